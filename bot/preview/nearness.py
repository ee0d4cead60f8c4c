"""Which questions an edit can reach at all: a cheap look at all of them, in a few matrices.

The whole way to a decision takes some 20 ms a question. An edit of one entry cannot change what
is decided about a question for which that entry is not among the best hits, before or after.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.encoders.model import Vectors
from bot.language.tokens import terms
from bot.retrieval.index import Index
from bot.retrieval.model import Document
from bot.retrieval.search import HEAD_SHARE, LEXICAL_SHARE
from bot.retrieval.vectors import VARIANT_SHARE, rows_of

# Places: a document further down changes no decision.
REACH = 6
REACH_OF_VARIANTS = 3  # phrasings of the entries: their answers stand firmer
REACH_OF_UNMOVED = 20  # answers that may not change: nothing is left to chance
_AT_ONCE = 500  # questions: 500 x 5,000 rows are 10 MB
_LOOKED_AT = 200  # documents between the best and the last that a search looks at

Scores = NDArray[np.float32]


class Nearness:
    """Scores like those of a search, for many questions at a time and without its finer parts."""

    def __init__(self, index: Index, shown: NDArray[np.bool_]) -> None:
        """Args:
        shown: for each document whether it may be an answer, shape (documents,).
        """
        self._rows = rows_of(index.documents, index.encoded)
        self._first = np.unique(self._rows.owner, return_index=True)[1]
        self._head = index.head
        self._shown = shown
        self._words = _Words(index.documents)

    def scores(self, questions: Sequence[str], vectors: Vectors) -> Scores:
        """Return a score for every question and document, shape (questions, documents).

        Args:
            vectors: of the questions, shape (questions, dimension).
        """
        found = [
            self._some(questions[start : start + _AT_ONCE], vectors[start : start + _AT_ONCE])
            for start in range(0, len(questions), _AT_ONCE)
        ]
        return np.concatenate(found) if found else np.zeros((0, len(self._shown)), np.float32)

    def _some(self, questions: Sequence[str], vectors: Vectors) -> Scores:
        dense = _spread(self._dense(vectors))
        score = (1 - LEXICAL_SHARE) * dense + LEXICAL_SHARE * self._words.share(questions)
        score += HEAD_SHARE * np.sqrt(self._probabilities(vectors))
        score[:, ~self._shown] = -np.inf
        return score.astype(np.float32)

    def _dense(self, vectors: Vectors) -> Scores:
        cosines = vectors @ self._rows.vectors.T
        itself = cosines[:, self._first]
        best = np.maximum.reduceat(cosines, self._first, axis=1)
        return np.asarray(np.maximum(itself, (1 - VARIANT_SHARE) * itself + VARIANT_SHARE * best))

    def _probabilities(self, vectors: Vectors) -> Scores:
        found = np.zeros((len(vectors), len(self._shown)), dtype=np.float32)
        kept = self._shown[self._head.owner]
        if kept.any():
            logits = (vectors - self._head.mean) @ self._head.weights[kept].T + self._head.bias[
                kept
            ]
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            found[:, self._head.owner[kept]] = odds / odds.sum(axis=1, keepdims=True)
        return found


class _Words:
    """The share of a question's words, weighted by rarity, that stand in a document."""

    def __init__(self, documents: Sequence[Document]) -> None:
        told = [_terms_of(_said(document)) for document in documents]
        counts = Counter(term for said in told for term in said)
        self._columns = {term: number for number, term in enumerate(counts)}
        self._weights = np.log(1 + len(documents) / np.array(list(counts.values()) or [1]))
        self._present = _matrix(told, self._columns)

    def share(self, questions: Sequence[str]) -> Scores:
        asked = _matrix([_terms_of(question) for question in questions], self._columns)
        weighed = asked.multiply(self._weights[None, : len(self._columns)]).tocsr()
        own = np.maximum(np.asarray(weighed.sum(axis=1)), 1e-6)
        return np.asarray((weighed @ self._present.T).toarray() / own, dtype=np.float32)


def reached(
    scores: Scores, documents: Iterable[int], reach: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell for each question whether one of `documents` is among its best.

    Args:
        reach: how many of its best are looked at, shape (questions,).
    """
    found = np.zeros(len(scores), dtype=bool)
    for number in documents:
        own = scores[:, [number]]
        found |= np.isfinite(own[:, 0]) & ((scores > own).sum(axis=1) < reach)
    return found


def _spread(values: Scores) -> Scores:
    """Spread each row over 0 to 1 as a search does over the documents that it looks at."""
    high = values.max(axis=1, keepdims=True)
    looked_at = min(_LOOKED_AT, values.shape[1]) - 1
    low = -np.partition(-values, looked_at, axis=1)[:, [looked_at]]
    return np.asarray(np.maximum((values - low) / np.maximum(high - low, 1e-9), 0))


def _matrix(told: Sequence[Collection[str]], columns: dict[str, int]) -> csr_matrix:
    places = [[columns[term] for term in said if term in columns] for said in told]
    ends = np.cumsum([0, *map(len, places)])
    flat = np.array([place for row in places for place in row], dtype=np.int64)
    ones = np.ones(len(flat), dtype=np.float32)
    return csr_matrix((ones, flat, ends), shape=(len(told), max(len(columns), 1)))


def _said(document: Document) -> str:
    return " ".join((*document.phrasings, document.text))


@lru_cache(maxsize=40_000)  # every question and document: one too few, and nothing stays
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))
