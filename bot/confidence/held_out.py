"""Confidence in searches that it was not fitted to: the honest figures come from these."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from bot.confidence.calibrator import Calibrator

Fit = Callable[[NDArray[np.float64], Sequence[bool]], Calibrator]

_FOLDS = 5


def held_out(
    rows: NDArray[np.float64], right: NDArray[np.bool_], group: NDArray[np.str_], fit: Fit
) -> NDArray[np.float64]:
    """Return a probability for each row, from a fit to the rows of other groups.

    Args:
        rows: evidence, shape (searches, features).
        group: searches of one group, for example for one entry, are held out together.

    Raises:
        ValueError: there are fewer than two groups.
    """
    confidence = np.zeros(len(rows))
    folds = GroupKFold(min(_FOLDS, len(set(group))))
    for fitted, left in folds.split(rows, right, group):
        confidence[left] = fit(rows[fitted], right[fitted].tolist()).probabilities(rows[left])
    return confidence
