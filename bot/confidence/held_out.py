"""Confidence in searches that it was not fitted to: the honest figures come from these."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from bot.confidence.calibrator import Calibrator

Fit = Callable[..., Calibrator]  # of rows, whether each was right, and weights where there are any

_FOLDS = 5


def held_out(
    rows: NDArray[np.float64],
    right: NDArray[np.bool_],
    group: NDArray[np.str_],
    fit: Fit,
    weight: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return a probability for each row, from a fit to the rows of other groups.

    Args:
        rows: evidence, shape (searches, features).
        group: searches of one group, for example for one entry, are held out together.
        weight: of each search, where they do not weigh the same.

    Raises:
        ValueError: there are fewer than two groups.
    """
    confidence = np.zeros(len(rows))
    folds = GroupKFold(min(_FOLDS, len(set(group))))
    for fitted, left in folds.split(rows, right, group):
        weights = () if weight is None else (weight[fitted],)
        model = fit(rows[fitted], right[fitted].tolist(), *weights)
        confidence[left] = model.probabilities(rows[left])
    return confidence
