"""The lexical channel: BM25 on lemmas and character n-grams, both without å ä ö.

Vectors miss names, numbers and misspelled words; letters do not.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.normalise import fold
from bot.language.tokens import terms
from bot.retrieval.model import Document

Scores = NDArray[np.float32]

# It sets its own level and writes its progress as debugging, whatever the root logger says.
logging.getLogger("bm25s").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Lexical:
    """Scores of one question against every document; each array has shape (documents,)."""

    char: Scores
    bm25: Scores
    coverage: Scores
    unknown: float


class LexicalChannel:
    """Built in memory from the documents: milliseconds for an FAQ, no file to keep in step."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._count = len(documents)
        phrasings = [(n, fold(p)) for n, doc in enumerate(documents) for p in _char_texts(doc)]
        self._owner = np.array([n for n, _ in phrasings], dtype=np.int64)
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True
        )
        self._chars = self._vectorizer.fit_transform([text for _, text in phrasings])
        tokens = [terms(f"{' '.join(doc.phrasings)} {doc.text}") for doc in documents]
        self._sets = [frozenset(found) for found in tokens]
        self._weights = _inverse_frequencies(self._sets)
        self._bm25 = bm25s.BM25()
        self._bm25.index(tokens, show_progress=False)

    def score(self, question: str) -> Lexical:
        asked = terms(question)
        known = [term for term in asked if term in self._weights]
        unknown = 1 - len(known) / len(asked) if asked else 1.0
        return Lexical(self._char(question), self._bm25_of(known), self._coverage(asked), unknown)

    def _char(self, question: str) -> Scores:
        similar = np.asarray(
            (self._chars @ self._vectorizer.transform([fold(question)]).T).todense()
        )
        best = np.zeros(self._count, dtype=np.float32)
        np.maximum.at(best, self._owner, similar.ravel().astype(np.float32))
        return best

    def _bm25_of(self, known: list[str]) -> Scores:
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        scores = np.asarray(self._bm25.get_scores(known), dtype=np.float32)
        return scores / max(sum(self._weights[term] for term in known), 1e-6)

    def _coverage(self, asked: list[str]) -> Scores:
        rare = max(self._weights.values(), default=1.0)  # an unknown word weighs as the rarest
        weights = {term: self._weights.get(term, rare) for term in asked}
        total = sum(weights.values()) or 1.0
        return np.array(
            [
                sum(w for term, w in weights.items() if term in found) / total
                for found in self._sets
            ],
            dtype=np.float32,
        )


def _char_texts(document: Document) -> tuple[str, ...]:
    """An entry is recognised by one of its phrasings, a passage by its heading and text."""
    if document.kind == "entry":
        return document.phrasings
    return (f"{document.title} {document.text}",)


def _inverse_frequencies(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for found in sets:
        for term in found:
            counts[term] = counts.get(term, 0) + 1
    return {term: float(np.log(1 + len(sets) / n)) for term, n in counts.items()}
