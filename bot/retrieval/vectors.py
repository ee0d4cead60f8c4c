"""How documents become rows of vectors, and rows become documents again."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import faiss
import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, TokenEncoder, Tokens, Vectors
from bot.retrieval.model import Document

Key: TypeAlias = tuple[str, str]  # "question" or "passage", and the text
Progress = Callable[[int], None]  # called with the number of texts just encoded
BATCH = 32
VARIANT_SHARE = (
    0.7  # of the best variant beside the document itself; 0.5 and 0.85 find a point less
)
VARIANTS_ENOUGH = 3  # with fewer, an answer's sentences stand in for ways to ask
_LOOKED_AT = 200  # rows fetched a question; some ten rows an entry
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_SHORTEST_STATEMENT = 16  # characters

EXACT_ROWS = 20_000  # 0.5 ms; 100,000 rows would take 10 ms, and 4 ms with 8 bits
ONE_CELL_ROWS = 200_000
_EIGHT_BITS = faiss.ScalarQuantizer.QT_8bit
_CELLS_LOOKED_AT = 512
_TRAINED_ON = 40  # rows a cell, as FAISS advises
_AT_ONCE = 10_000  # rows


@dataclass(frozen=True)
class Rows:
    """Vectors of shape (rows, dimension); `owner[i]` is the document of row i.

    A document's first row is the document itself, the others are its variants.
    """

    vectors: Vectors
    owner: NDArray[np.int64]


def texts_of(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is encoded as questions and what as passages; the first passage is the whole."""
    if document.kind == "page":
        return (), (". ".join(filter(None, (document.title, document.text))),)
    return document.asked, (f"{document.title} {document.text}", *statements(document))


def statements(document: Document) -> tuple[str, ...]:
    """Return the sentences of an answer that few phrasings lead to: they stand in for these."""
    if document.kind == "page" or len(document.variants) >= VARIANTS_ENOUGH:
        return ()
    parts = (part.strip() for part in _SENTENCE_END.split(document.text))
    return tuple(part for part in parts if len(part) >= _SHORTEST_STATEMENT)


def rows_of(documents: Sequence[Document], encoded: dict[tuple[str, str], Vectors]) -> Rows:
    """Arrange encoded texts into rows.

    An entry's row is the mean of its question as a question and of question and answer as a
    passage: one vector that is near both kinds of wording (6 to 12 points better than either).
    """
    vectors: list[Vectors] = []
    owner: list[int] = []
    for number, document in enumerate(documents):
        asked, told = texts_of(document)
        passage = encoded["passage", told[0]]
        questions = [encoded["question", text] for text in asked]
        first = _halfway(questions[0], passage) if questions else passage
        vectors += [first, *questions[1:]]
        owner += [number] * max(len(questions), 1)
    return Rows(np.stack(vectors).astype(np.float32), np.array(owner, dtype=np.int64))


def _halfway(one: Vectors, other: Vectors) -> Vectors:
    return np.asarray((one + other) / 2, dtype=np.float32)


def keys_of(documents: Sequence[Document]) -> list[Key]:
    """Return every text of `documents` once, as a question or a passage; questions come first."""
    wanted: dict[str, list[str]] = {"question": [], "passage": []}
    for document in documents:
        for kind, texts in zip(wanted, texts_of(document), strict=True):
            wanted[kind] += texts
    return [(kind, text) for kind, texts in wanted.items() for text in dict.fromkeys(texts)]


def encode_texts(
    keys: Sequence[Key],
    encoder: Encoder,
    known: Mapping[Key, Vectors],
    progress: Progress = lambda _: None,
    *,
    telling: bool = False,
) -> tuple[dict[Key, Vectors], dict[Key, Tokens]]:
    """Encode the texts that `known` lacks.

    Args:
        telling: ask the encoder for tokens too; it must be a `TokenEncoder`.

    Returns:
        the vector of each text, in the order of `keys`, and the tokens of those just encoded.
    """
    missing = [key for key in keys if key not in known]
    progress(len(keys) - len(missing))
    vectors, tokens = dict[Key, Vectors](), dict[Key, Tokens]()
    for kind in ("question", "passage"):
        texts = [text for one, text in missing if one == kind]
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            named = [(kind, text) for text in batch]
            made, told = _encode(kind, batch, encoder, telling)
            vectors |= zip(named, made, strict=True)
            tokens |= zip(named, told, strict=telling)
            progress(len(batch))
    return {key: known[key] if key in known else vectors[key] for key in keys}, tokens


def _encode(
    kind: str, texts: list[str], encoder: Encoder, telling: bool
) -> tuple[Vectors, list[Tokens]]:
    if telling and isinstance(encoder, TokenEncoder):
        return encoder.encode_tokens(texts, is_question=kind == "question")
    encode = encoder.encode_questions if kind == "question" else encoder.encode_passages
    return encode(texts), []


class VectorIndex:
    """FAISS over rows: exact for an FAQ, 8 bits a number for more, in cells past a million.

    What FAISS finds with fewer bits is scored again with all of them.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._index = faiss_index(rows.vectors)
        self._first = np.unique(rows.owner, return_index=True)[1]

    def search(self, question: NDArray[np.float32]) -> dict[int, float]:
        """Return cosines by document for the documents nearest to `question`, shape (dimension,).

        A document scores as itself, or as itself mixed with its best variant if that is more.
        """
        _, found = self._index.search(question[None], min(_LOOKED_AT, len(self._rows.owner)))
        rows = found[0][found[0] >= 0]
        cosines = self._rows.vectors[rows] @ question
        scores: dict[int, float] = {}
        for row, cosine in sorted(zip(rows, cosines, strict=True), key=lambda pair: -pair[1]):
            document = int(self._rows.owner[row])
            if document not in scores:  # rows come best first: this is the document's best
                itself = self.score(question, document)
                mixed = (1 - VARIANT_SHARE) * itself + VARIANT_SHARE * float(cosine)
                scores[document] = max(itself, mixed)
        return scores

    def score(self, question: NDArray[np.float32], document: int) -> float:
        """The cosine of the document's own row."""
        return float(self._rows.vectors[self._first[document]] @ question)


def faiss_index(vectors: Vectors) -> Any:
    """Return a FAISS index of `vectors`, shape (rows, dimension), by inner product."""
    count, dimension = vectors.shape
    cells = int(4 * np.sqrt(count))
    index: Any
    if count <= EXACT_ROWS:
        index = faiss.IndexFlatIP(dimension)
    elif count <= ONE_CELL_ROWS:
        index = faiss.IndexScalarQuantizer(dimension, _EIGHT_BITS, faiss.METRIC_INNER_PRODUCT)
    else:
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, cells, _EIGHT_BITS, faiss.METRIC_INNER_PRODUCT
        )
        index.nprobe = _CELLS_LOOKED_AT
    if not index.is_trained:
        sample = np.random.default_rng(0).choice(
            count, min(count, _TRAINED_ON * cells), replace=False
        )
        index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
    for start in range(0, count, _AT_ONCE):
        index.add(np.ascontiguousarray(vectors[start : start + _AT_ONCE]))
    return index
