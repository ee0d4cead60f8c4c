"""From which confidence on enough of the answers are right, and how sure that is.

A threshold chosen as the lowest where 95 % of the labelled answers were right was lucky to be
chosen: on new questions about half of all such thresholds give less. Here the chance is counted
in. Nothing is assumed of how confidence is spread, only that more confidence means fewer wrong.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom

SURE = 0.9  # the promised share of draws of labels in which precision holds on new questions
LEVELS = tuple(level / 100 for level in range(99, -1, -1))
_ROUNDING = 1e-9  # 19 of 20 are 95 %, whatever the last bit says


@dataclass(frozen=True)
class Threshold:
    """What came of answering everything at or above a confidence, on labelled questions."""

    at: float
    questions: int
    answered: int
    wrong: int

    @property
    def coverage(self) -> float:
        return self.answered / self.questions

    @property
    def precision(self) -> float:
        return 1 - self.wrong / self.answered if self.answered else 1.0

    def precision_at_least(self, sure: float = SURE) -> float:
        """Return what precision is at least, `sure` of the time (Clopper & Pearson 1934)."""
        if self.wrong >= self.answered:
            return 0.0
        return float(beta.ppf(1 - sure, self.answered - self.wrong, self.wrong + 1))

    def holds(self, precision: float, sure: float) -> bool:
        """Tell whether so few wrong ones would be seen by chance in at most 1 − `sure` of cases,
        if precision were below what is wanted.
        """
        return bool(binom.cdf(self.wrong, self.answered, 1 - precision) <= 1 - sure)


def thresholds(
    confidence: NDArray[np.float64], right: Sequence[bool], levels: Sequence[float] = LEVELS
) -> list[Threshold]:
    """Count what comes of answering from each level on.

    `confidence` and `right` have one value a question.
    """
    values = np.asarray(confidence)
    every, wrong = np.sort(values), np.sort(values[~np.asarray(right, dtype=bool)])
    answered = len(every) - np.searchsorted(every, levels)
    faults = len(wrong) - np.searchsorted(wrong, levels)
    counts = zip(levels, answered, faults, strict=True)
    return [Threshold(at, len(every), int(n), int(bad)) for at, n, bad in counts]


def without_margin(
    confidence: NDArray[np.float64], right: Sequence[bool], precision: float
) -> Threshold | None:
    """Return the lowest threshold at which `precision` was seen, or None."""
    found = [
        one
        for one in thresholds(confidence, right)
        if one.answered and one.precision >= precision - _ROUNDING
    ]
    return found[-1] if found else None


def with_margin(
    confidence: NDArray[np.float64],
    right: Sequence[bool],
    precision: float,
    sure: float = SURE,
) -> Threshold | None:
    """Return the lowest threshold that gives `precision` on new questions, `sure` of the time.

    Learn then Test with fixed-sequence testing (Angelopoulos, Bates, Candès, Jordan & Lei 2021,
    "Learn then Test: Calibrating predictive algorithms to achieve risk control"): from the
    highest threshold down, each is tested with the exact binomial tail, and the first that fails
    ends it, so that looking at many costs nothing. The sequence begins where enough is answered
    that a test could succeed at all. For questions like the labelled ones, independent of each
    other.

    Returns:
        None where no threshold holds; `fewest(precision, sure)` answers are needed for any.
    """
    last = None
    for one in thresholds(confidence, right):
        if one.answered < fewest(precision, sure):
            continue
        if not one.holds(precision, sure):
            break
        last = one
    return last


def fewest(precision: float, sure: float = SURE) -> int:
    """Return how many answers, all right, it takes to be `sure` of `precision`."""
    return math.ceil(math.log(1 - sure) / math.log(precision) - _ROUNDING)
