"""A classifier over entries, learnt from the ways in which editors say that people ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.encoders.model import Vectors
from bot.retrieval.model import Document
from bot.retrieval.vectors import texts_of

_MOST_ENTRIES = 3_000  # the softmax has a row for each
_REGULARISATION = 30.0  # C: 10 and 100 find up to 5 points less or no more


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
        cls, documents: Sequence[Document], encoded: Mapping[tuple[str, str], Vectors]
    ) -> "EntryHead":
        """Learn from every phrasing of every entry and from its text."""
        entries = [n for n, document in enumerate(documents) if document.kind == "entry"]
        if not 2 <= len(entries) <= _MOST_ENTRIES:
            return cls.empty()
        examples = [(n, kind_text) for n in entries for kind_text in _examples(documents[n])]
        vectors = np.stack([encoded[kind_text] for _, kind_text in examples])
        mean = vectors.mean(axis=0)
        model = LogisticRegression(C=_REGULARISATION, max_iter=300, tol=1e-3)
        model.fit(vectors - mean, [n for n, _ in examples])
        weights, bias = model.coef_, model.intercept_
        if len(entries) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
        return cls(
            weights.astype(np.float32),
            bias.astype(np.float32),
            mean.astype(np.float32),
            model.classes_.astype(np.int64),
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


def _examples(document: Document) -> list[tuple[str, str]]:
    asked, told = texts_of(document)
    return [*(("question", text) for text in asked), *(("passage", text) for text in told)]
