"""A classifier over entries, learnt from the ways in which editors say that people ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.encoders.model import Vectors
from bot.retrieval.model import Document
from bot.retrieval.vectors import texts_of

Floats: TypeAlias = NDArray[np.floating]

_MOST_ENTRIES = 3_000  # the softmax has a row for each
_REGULARISATION = 30.0  # C of scikit-learn: 10 and 100 find up to 5 points less or no more
# From zero the softmax takes 30 to 40 steps; from linear discriminants ten find as much, in a
# third of the time, and nothing depends on what was learnt before. Shrinkage and temperature are
# those whose start lies nearest (0.1 to 30 and 0.5 to 8 were tried).
_STEPS = 10
_SHRINKAGE = 3.0
_TEMPERATURE = 3.0


@dataclass(frozen=True)
class EntryHead:
    """Softmax regression on sentence vectors.

    It sees what nearest neighbours cannot: which directions tell neighbouring entries apart.
    `weights` has shape (entries, dimension), `bias` (entries,), `mean` (dimension,), `owner`
    (entries,) the numbers of the entries among the documents. Without entries it knows nothing.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    mean: NDArray[np.float32]
    owner: NDArray[np.int64]

    @classmethod
    def fit(
        cls,
        documents: Sequence[Document],
        encoded: Mapping[tuple[str, str], Vectors],
    ) -> "EntryHead":
        """Learn from every phrasing of every entry and from its text."""
        entries = [n for n, document in enumerate(documents) if document.kind == "entry"]
        if not 2 <= len(entries) <= _MOST_ENTRIES:
            return cls.empty()
        examples = [
            (place, key) for place, n in enumerate(entries) for key in _examples(documents[n])
        ]
        vectors = np.stack([encoded[key] for _, key in examples])
        mean = vectors.mean(axis=0)
        weights, bias = _softmax(vectors - mean, np.array([place for place, _ in examples]))
        return cls(
            weights.astype(np.float32),
            bias.astype(np.float32),
            mean.astype(np.float32),
            np.array(entries, dtype=np.int64),
        )

    @classmethod
    def empty(cls) -> "EntryHead":
        nothing = np.zeros(0, dtype=np.float32)
        return cls(nothing.reshape(0, 0), nothing, nothing, np.zeros(0, dtype=np.int64))

    def probabilities(
        self, question: NDArray[np.float32], shown: NDArray[np.bool_]
    ) -> NDArray[np.float32]:
        """Return P(entry | question, one of `shown` is meant) for each document; pages have 0.

        Args:
            question: shape (dimension,).
            shown: for each document whether it may be an answer, shape (documents,).
        """
        result = np.zeros(len(shown), dtype=np.float32)
        kept = shown[self.owner]
        if kept.any():
            logits = self.weights[kept] @ (question - self.mean) + self.bias[kept]
            odds = np.exp(logits - logits.max())
            result[self.owner[kept]] = odds / odds.sum()
        return result


def _softmax(vectors: Floats, place: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return weights, shape (owners, dimension), and bias, shape (owners,), of a softmax.

    Args:
        vectors: shape (examples, dimension), around their mean.
        place: the owner of each example, from 0 on, shape (examples,).
    """
    count, examples = len(vectors), np.arange(len(vectors))
    decay = 1 / (_REGULARISATION * count)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Mean cross-entropy with shrunken weights, and its gradient."""
        weights, bias = _unpacked(flat.astype(np.float32), vectors.shape[1])
        odds = vectors @ weights.T + bias
        odds -= odds.max(axis=1, keepdims=True)
        right = odds[examples, place].copy()
        np.exp(odds, out=odds)
        total = odds.sum(axis=1)
        value = (np.log(total) - right).mean() + decay * (weights**2).sum() / 2
        odds /= total[:, None]
        odds[examples, place] -= 1
        slope = _packed(odds.T @ vectors / count + decay * weights, odds.mean(axis=0))
        return float(value), slope

    start = _packed(*_discriminants(vectors, place))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return _unpacked(found.x, vectors.shape[1])


def _packed(weights: Floats, bias: Floats) -> NDArray[np.float64]:
    return np.column_stack([weights, bias]).ravel().astype(np.float64)


def _unpacked(flat: Floats, dimension: int) -> tuple[Floats, Floats]:
    rows = flat.reshape(-1, dimension + 1)
    return rows[:, :-1], rows[:, -1]


def _discriminants(vectors: Floats, place: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return linear discriminants with a shrunken common scatter, cooled: a softmax's first guess.

    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 4.3.
    """
    centres = np.zeros((place.max() + 1, vectors.shape[1]))
    np.add.at(centres, place, vectors)
    centres /= np.bincount(place)[:, None]
    apart = vectors - centres[place]
    scatter = apart.T @ apart / len(apart)
    evenly = max(scatter.trace() / len(scatter), np.finfo(np.float32).eps)
    scatter += _SHRINKAGE * evenly * np.eye(len(scatter))
    weights = np.linalg.solve(scatter, centres.T).T
    bias = -(weights * centres).sum(axis=1) / 2
    return weights / _TEMPERATURE, bias / _TEMPERATURE


def _examples(document: Document) -> list[tuple[str, str]]:
    asked, told = texts_of(document)
    return [*(("question", text) for text in asked), *(("passage", text) for text in told)]
