"""How documents become rows of vectors, and rows become documents again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, Vectors
from bot.retrieval.model import Document

Progress = Callable[[int], None]  # called with the number of texts just encoded
BATCH = 32
VARIANT_SHARE = (
    0.7  # of the best variant beside the document itself; 0.5 and 0.85 find a point less
)
_LOOKED_AT = 200  # rows fetched a question; some ten rows an entry


@dataclass(frozen=True)
class Rows:
    """Vectors of shape (rows, dimension); `owner[i]` is the document of row i.

    A document's first row is the document itself, the others are its variants.
    """

    vectors: Vectors
    owner: NDArray[np.int64]


def texts_of(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is encoded as questions and what as passages."""
    if document.kind == "page":
        return (), (". ".join(filter(None, (document.title, document.text))),)
    return document.phrasings, (f"{document.title} {document.text}",)


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


def encode_texts(
    documents: Sequence[Document],
    encoder: Encoder,
    known: dict[tuple[str, str], Vectors],
    progress: Progress = lambda _: None,
) -> dict[tuple[str, str], Vectors]:
    """Encode every text of `documents`, taking what `known` already has."""
    wanted: dict[str, list[str]] = {"question": [], "passage": []}
    for document in documents:
        for kind, texts in zip(wanted, texts_of(document), strict=True):
            wanted[kind] += texts
    encoded = dict[tuple[str, str], Vectors]()
    for kind, encode in (
        ("question", encoder.encode_questions),
        ("passage", encoder.encode_passages),
    ):
        unique = list(dict.fromkeys(wanted[kind]))
        encoded |= {(kind, text): known[kind, text] for text in unique if (kind, text) in known}
        missing = [text for text in unique if (kind, text) not in known]
        progress(len(unique) - len(missing))
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            encoded |= {(kind, t): v for t, v in zip(batch, encode(batch), strict=True)}
            progress(len(batch))
    return encoded


class VectorIndex:
    """FAISS over rows: exact up to some 100,000 rows, which no municipality passes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._index = faiss.IndexFlatIP(rows.vectors.shape[1])
        self._index.add(rows.vectors)
        self._first = np.unique(rows.owner, return_index=True)[1]

    def search(self, question: NDArray[np.float32]) -> dict[int, float]:
        """Return cosines by document for the documents nearest to `question`, shape (dimension,).

        A document scores as itself, or as itself mixed with its best variant if that is more.
        """
        near, found = self._index.search(question[None], min(_LOOKED_AT, len(self._rows.owner)))
        scores: dict[int, float] = {}
        for cosine, row in zip(near[0], found[0], strict=True):
            document = int(self._rows.owner[row])
            if document not in scores:  # rows come best first: this is the document's best
                itself = self.score(question, document)
                mixed = (1 - VARIANT_SHARE) * itself + VARIANT_SHARE * float(cosine)
                scores[document] = max(itself, mixed)
        return scores

    def score(self, question: NDArray[np.float32], document: int) -> float:
        """The cosine of the document's own row."""
        return float(self._rows.vectors[self._first[document]] @ question)
