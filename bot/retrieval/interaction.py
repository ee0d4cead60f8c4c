"""Late interaction: how well each word of a question is met by some word of a document.

One vector for a whole text blurs; the vectors of its tokens, compared one by one, do not. A
question about dogs at the bathing place finds "badplats" and lacks its dog, and that is seen here.

Khattab and Zaharia (2020), "ColBERT", arXiv:2004.12832; the tokens are centred, since those of
one language lie close together, and weighted by how rare they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, TokenEncoder, Tokens, Vectors, unit
from bot.retrieval.model import Document
from bot.retrieval.vectors import Key, texts_of

MOST_TEXTS = 30_000  # beyond, the tokens of all texts take gigabytes
_STEPS = 127
_LOW_SHARE = 4  # one token in four: the least met ones
_TOKENS_FOR_MEAN = 200_000


@dataclass(frozen=True)
class TokenStore:
    """The tokens of many texts, centred, of unit length, in 8 bits.

    Text i has the rows `offsets[i]` to `offsets[i + 1]` of `vectors`, shape (tokens, dimension),
    and of `ids`. A number x stands for `x * scale`. `mean` has shape (dimension,).
    """

    offsets: NDArray[np.int64]
    ids: NDArray[np.int32]
    vectors: NDArray[np.int8]
    mean: NDArray[np.float32]
    scale: float

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def rows(self, texts: Sequence[int]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(self.offsets[n], self.offsets[n + 1]) for n in texts])


def tells(encoder: Encoder, texts: int) -> bool:
    """Tell whether the tokens of so many texts of `encoder` are kept."""
    return isinstance(encoder, TokenEncoder) and 0 < texts <= MOST_TEXTS


def token_store(
    keys: Sequence[Key],
    fresh: Mapping[Key, Tokens],
    known: tuple[Iterable[Key], TokenStore] | None = None,
) -> TokenStore:
    """Pack the tokens of each text: they are `fresh` or known.

    Args:
        known: texts whose tokens the same encoder has made before, and these.
    """
    places = {key: n for n, key in enumerate(known[0])} if known else {}
    if known:
        mean, scale = known[1].mean, known[1].scale
    else:
        mean = _mean_of([fresh[key] for key in keys])
        scale = 1.0 / _STEPS
    ids, vectors = [], []
    for key in keys:
        if key in fresh:
            ids.append(fresh[key].ids)
            vectors.append(_packed(_centred(fresh[key].vectors, mean), scale))
        elif known:
            start, end = known[1].offsets[places[key] : places[key] + 2]
            ids.append(known[1].ids[start:end])
            vectors.append(known[1].vectors[start:end])
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in ids])]).astype(np.int64)
    return TokenStore(offsets, np.concatenate(ids), np.concatenate(vectors), mean, scale)


def _mean_of(tokens: Sequence[Tokens]) -> NDArray[np.float32]:
    together = np.concatenate([part.vectors for part in tokens])[:_TOKENS_FOR_MEAN]
    return np.asarray(together.mean(axis=0), dtype=np.float32)


def _centred(vectors: Vectors, mean: NDArray[np.float32]) -> Vectors:
    return unit(vectors - mean)


def _packed(vectors: Vectors, scale: float) -> NDArray[np.int8]:
    return np.clip(np.round(vectors / scale), -_STEPS, _STEPS).astype(np.int8)


class LateInteraction:
    """Compares a question with some documents, token by token."""

    def __init__(
        self, documents: Sequence[Document], places: Mapping[Key, int], store: TokenStore
    ) -> None:
        self._store = store
        self._texts = [
            [places[key] for key in _keys(document) if key in places] for document in documents
        ]
        self._rarity = _rarity(self._texts, store)
        self._rarest = float(np.log(1 + 2 * len(documents)))

    def compare(
        self, question: Tokens, documents: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return how well each of `documents` meets the question: `close` and `low`.

        `close` is the mean over the question's tokens, weighted by rarity, of the cosine to the
        nearest token of the document; `low` the mean cosine of the quarter that is met worst.
        """
        asked = _centred(question.vectors, self._store.mean)
        weights = np.array([self._rarity.get(int(n), self._rarest) for n in question.ids])
        close = np.zeros(len(documents), dtype=np.float32)
        low = np.zeros(len(documents), dtype=np.float32)
        for place, number in enumerate(documents):
            if not self._texts[number] or not len(asked):
                continue
            told = self._store.vectors[self._store.rows(self._texts[number])]
            met = (told.astype(np.float32) @ asked.T).max(axis=0) * self._store.scale
            close[place] = met @ weights / weights.sum()
            low[place] = np.sort(met)[: max(1, len(met) // _LOW_SHARE)].mean()
        return close, low


def _keys(document: Document) -> list[Key]:
    asked, told = texts_of(document)
    return [*(("question", text) for text in asked), ("passage", told[0])]


def _rarity(texts: Sequence[Sequence[int]], store: TokenStore) -> dict[int, float]:
    """Inverse document frequency of each token."""
    told = [store.ids[store.rows(numbers)] for numbers in texts if numbers]
    if not sum(map(len, told)):
        return {}
    width = int(store.ids.max()) + 1
    documents = np.repeat(np.arange(len(told), dtype=np.int64), [len(ids) for ids in told])
    pairs = np.sort(documents * width + np.concatenate(told))
    first = np.append(True, pairs[1:] != pairs[:-1])  # of each token in each document
    counts = np.bincount(pairs[first] % width)
    tokens = np.flatnonzero(counts)
    rarity = np.log(1 + len(texts) / counts[tokens])
    return dict(zip(tokens.tolist(), rarity.tolist(), strict=True))
