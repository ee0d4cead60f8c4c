"""The lexical channel: words by their base forms, and runs of letters, both without å ä ö.

Vectors miss names, numbers and rare words; letters do not. Everything is a sparse matrix read
by the question's own columns, so that a search costs what the question's words occur.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from bot.language.letters import LetterRuns
from bot.language.normalise import fold
from bot.language.tokens import terms
from bot.retrieval.model import Document

Scores = NDArray[np.float32]

# It sets its own level and writes its progress as debugging, whatever the root logger says.
logging.getLogger("bm25s").setLevel(logging.WARNING)

ADDED_WEIGHT = 0.5  # of a term that the reader added, beside one that the citizen wrote
LETTERS_UP_TO = 10_000  # documents: beyond, runs of letters take longer than all the rest


@dataclass(frozen=True)
class Lexical:
    """Scores of one question against every document; each array has shape (documents,).

    `char` is the best cosine of letter runs to one phrasing, `whole` the cosine to the whole
    text, `bm25` the share of the question's own BM25 weight, `coverage` the share of its terms'
    weight that stands in the document, `unknown` the share of its terms that stand in none.
    """

    char: Scores
    whole: Scores
    bm25: Scores
    coverage: Scores
    unknown: float


class LexicalChannel:
    """Built in memory from the documents: a second for an FAQ, no file to keep in step."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._count = len(documents)
        self._words = _Words([_terms(_everything(document)) for document in documents])
        self._letters = _Letters(documents) if self._count <= LETTERS_UP_TO else None

    def score(self, question: str, asked: Sequence[str], added: Sequence[str] = ()) -> Lexical:
        """Score every document for `question`, whose terms are `asked`.

        Args:
            added: terms that mean the same as what was asked, or parts of it; they can only add.
        """
        bm25, coverage, unknown = self._words.score(asked, added)
        nothing = np.zeros(self._count, dtype=np.float32)
        char, whole = self._letters.score(question) if self._letters else (nothing, nothing)
        return Lexical(char, whole, bm25, coverage, unknown)


class _Words:
    """BM25, and the share of a question's weight that stands in a document."""

    def __init__(self, tokens: Sequence[list[str]]) -> None:
        self._bm25 = bm25s.BM25()
        self._bm25.index(tokens, show_progress=False)
        counter = CountVectorizer(analyzer=_as_it_is, binary=True, dtype=np.float32)
        present = counter.fit_transform(tokens)
        self._columns: dict[str, int] = counter.vocabulary_
        found_in = np.asarray(present.sum(axis=0)).ravel()
        self._weights = np.log(1 + len(tokens) / found_in).astype(np.float32)
        self._rarest = float(self._weights.max())  # what an unknown word weighs
        self._present = present.T.tocsr()

    def score(self, asked: Sequence[str], added: Sequence[str]) -> tuple[Scores, Scores, float]:
        wanted = list(dict.fromkeys(asked))
        known = [term for term in wanted if term in self._columns]
        more = [term for term in dict.fromkeys(added) if term in self._columns]
        unknown = len(wanted) - len(known)
        columns = np.array([self._columns[term] for term in (*known, *more)], dtype=np.int64)
        weights = self._weights[columns]
        weights[len(known) :] *= ADDED_WEIGHT
        own = max(float(weights[: len(known)].sum()), 1e-6)
        covered = _sum_of(self._present, columns, weights) / (own + unknown * self._rarest)
        bm25 = (self._ranked(known) + ADDED_WEIGHT * self._ranked(more)) / own
        share = unknown / len(wanted) if wanted else 1.0
        return bm25.astype(np.float32), np.minimum(covered, 1.0).astype(np.float32), share

    def _ranked(self, known: list[str]) -> Scores:
        if not known:
            return np.zeros(self._present.shape[1], dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


class _Letters:
    """Cosines of runs of three to five letters."""

    def __init__(self, documents: Sequence[Document]) -> None:
        phrasings = [(n, _folded(text)) for n, doc in enumerate(documents) for text in _ways(doc)]
        whole = [_folded(_everything(document)) for document in documents]
        self._owner = np.array([n for n, _ in phrasings], dtype=np.int64)
        self._count = len(documents)
        self._runs = LetterRuns(whole)
        self._whole = self._runs.rows.T.tocsr()
        self._phrasings = self._runs.of_many([text for _, text in phrasings]).T.tocsr()

    def score(self, question: str) -> tuple[Scores, Scores]:
        columns, weights = self._runs.of(fold(question))
        best = np.zeros(self._count, dtype=np.float32)
        np.maximum.at(best, self._owner, _sum_of(self._phrasings, columns, weights))
        return best, _sum_of(self._whole, columns, weights)


@lru_cache(maxsize=5_000)  # 1 ms a document, and an editor changes one
def _terms(text: str) -> list[str]:
    return terms(text)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(text)


def _everything(document: Document) -> str:
    return " ".join((*document.phrasings, document.text))


def _ways(document: Document) -> tuple[str, ...]:
    """An entry is recognised by one of its phrasings, a passage by its heading."""
    return document.phrasings if document.title else (document.text,)


def _as_it_is(tokens: list[str]) -> list[str]:
    return tokens


def _sum_of(matrix: Any, columns: NDArray[np.integer], weights: Scores) -> Scores:
    """Add the rows `columns` of `matrix` (terms × documents), weighted: shape (documents,)."""
    total = np.zeros(matrix.shape[1], dtype=np.float32)
    for column, weight in zip(columns, weights, strict=True):
        start, end = matrix.indptr[column], matrix.indptr[column + 1]
        total[matrix.indices[start:end]] += weight * matrix.data[start:end]
    return total
