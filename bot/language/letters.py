"""Runs of letters, weighted: what a text looks like, whatever its words mean.

The runs stay inside words, so they are taken from each word once in a process, and counted for a
text through its words: content that changes in one place costs little more than a product of
matrices.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

_runs_of = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5)).build_analyzer()


class LetterRuns:
    """Runs of three to five letters with the weights that `TfidfVectorizer` gives them.

    `rows` are the texts that it was made from, shape (texts, runs): of unit length, by sublinear
    tf and smooth idf. Some columns may be of other content; they are empty.
    """

    def __init__(self, texts: Sequence[str], kind: type[np.floating] = np.float32) -> None:
        """Learn from `texts`, which are folded."""
        counts = _counts(texts, kind)
        found_in = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log((1 + len(texts)) / (1 + found_in)) + 1
        self._rarity = np.where(found_in > 0, rarity, 0).astype(kind)
        self.rows = self._weighted(counts)

    def of_many(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows of `texts`, which have no other words."""
        counts = _counts(texts, self._rarity.dtype.type)
        counts.resize(len(texts), len(self._rarity))
        return self._weighted(counts)

    def of(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.floating]]:
        """Return the columns of one text that are known, and their weights."""
        known = _vocabulary.numbers(_runs_of(text), len(self._rarity))
        counts = np.array(list(known.values()), dtype=self._rarity.dtype)
        columns = np.array(list(known), dtype=np.int64)
        weights = (1 + np.log(counts)) * self._rarity[columns]
        return columns, weights / max(float(np.linalg.norm(weights)), 1e-12)

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        counts.data = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        return normalize(counts, copy=False)


class _Vocabulary:
    """Gives each run a number, once and for all contents of this process."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, NDArray[np.int32]] = {}
        self._lock = threading.Lock()

    def learn(self, words: Iterable[str]) -> tuple[list[NDArray[np.int32]], int]:
        """Return the numbers of the runs of each word, and how many there are in all."""
        with self._lock:
            return [self._learnt(word) for word in words], len(self._numbers)

    def numbers(self, runs: Iterable[str], below: int) -> Counter[int]:
        """Return how often each known run stands in `runs`; those from `below` on are unknown."""
        found = (self._numbers.get(run, below) for run in runs)
        return Counter(number for number in found if number < below)

    def _learnt(self, word: str) -> NDArray[np.int32]:
        if word not in self._of_word:
            numbers = [self._numbers.setdefault(r, len(self._numbers)) for r in _runs_of(word)]
            self._of_word[word] = np.array(numbers, dtype=np.int32)
        return self._of_word[word]


_vocabulary = _Vocabulary()


def _counts(texts: Sequence[str], kind: type[np.floating]) -> csr_matrix:
    """Return how often each run stands in each text, shape (texts, runs)."""
    split = [text.split() for text in texts]
    places = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(split)))}
    runs, count = _vocabulary.learn(places)
    used = _table([[places[word] for word in words] for words in split], len(places), kind)
    return used @ _table(runs, count, kind)


def _table(
    rows: Sequence[Sequence[int] | NDArray[np.int32]], width: int, kind: type[np.floating]
) -> csr_matrix:
    """Return how often each number stands in each row, shape (rows, width)."""
    columns = np.concatenate([np.asarray(row, dtype=np.int32) for row in (*rows, ())])
    starts = np.cumsum([0, *map(len, rows)])
    table = csr_matrix((np.ones(len(columns), kind), columns, starts), shape=(len(rows), width))
    table.sum_duplicates()
    return table
