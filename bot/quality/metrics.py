"""What a ranking and a confidence are worth, as numbers. Every function is pure.

A question may weigh more or less than another (`weight`, any positive scale), so that a
measured mix of questions can stand for another mix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import ir_measures
import numpy as np
from ir_measures import RR, P, R, nDCG
from numpy.typing import NDArray
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

RANKING = {
    "accuracy_at_1": P @ 1,
    "recall_at_5": R @ 5,
    "mrr_at_10": RR @ 10,
    "ndcg_at_10": nDCG @ 10,
}
_NAMES = {measure: name for name, measure in RANKING.items()}
_BINS = 10
_RESAMPLES = 2000
_ROUNDING = 1e-9  # 19 of 20 are 95 %, whatever the last bit says


def ranking(
    right: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, Floats]:
    """Score rankings with ir-measures.

    Args:
        right: the grade of each right document, by question; grades are above 0.
        ranked: document ids, best first, by question; a question without any scores 0.

    Returns:
        for each name of RANKING the scores from 0 to 1, in the order of `right`.
    """
    judged = [
        ir_measures.Qrel(question, document, grade)
        for question, grades in right.items()
        for document, grade in grades.items()
    ]
    run = [  # falling numbers keep the order as it is; equal scores would be ordered by id
        ir_measures.ScoredDoc(question, document, -float(place))
        for question in right
        for place, document in enumerate(ranked.get(question, ()))
    ]
    row = {question: number for number, question in enumerate(right)}
    scores = {name: np.zeros(len(right)) for name in RANKING}
    for found in ir_measures.iter_calc(list(RANKING.values()), judged, run) if run else ():
        scores[_NAMES[found.measure]][row[found.query_id]] = found.value
    return scores


def interval(values: Floats) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean (Efron 1979, percentile method)."""
    if len(values) < 2:
        return float(values.mean()), float(values.mean())
    found = bootstrap(
        (values,), np.mean, n_resamples=_RESAMPLES, batch=100, method="percentile", rng=0
    ).confidence_interval
    return float(found.low), float(found.high)


@dataclass(frozen=True)
class Curve:
    """What happens when everything at or above a confidence is answered, least first.

    Each array has one value for each confidence that occurs: the share of all questions that is
    answered, and the share of those answers that is right.
    """

    confidence: Floats
    coverage: Floats
    precision: Floats


def curve(confidence: Floats, right: Bools, weight: Floats | None = None) -> Curve:
    """Return coverage and precision at every confidence (El-Yaniv & Wiener 2010)."""
    weight = _weights(confidence, weight)
    order = np.argsort(-confidence, kind="stable")
    answered, good = np.cumsum(weight[order]), np.cumsum((weight * right)[order])
    last = np.append(np.diff(confidence[order]) != 0, True)  # equal confidence, equal fate
    return Curve(
        confidence[order][last], answered[last] / answered[-1], good[last] / answered[last]
    )


def coverage(
    confidence: Floats, right: Bools, precision: float, weight: Floats | None = None
) -> float:
    """Return the largest share that can be answered with at least `precision` of it right."""
    points = curve(confidence, right, weight)
    enough = points.precision >= precision - _ROUNDING
    return float(points.coverage[enough].max(initial=0.0))


def area_under_risk(confidence: Floats, right: Bools, weight: Floats | None = None) -> float:
    """Return AURC: the share wrong among the answered, averaged over all coverages.

    0 is perfect; a confidence that tells nothing has the share of wrong best hits
    (Geifman & El-Yaniv 2017).
    """
    points = curve(confidence, right, weight)
    return float(np.diff(points.coverage, prepend=0.0) @ (1 - points.precision))


@dataclass(frozen=True)
class Bin:
    """Questions of like confidence: their mean confidence, share right, share of all."""

    confidence: float
    right: float
    share: float


def reliability(confidence: Floats, right: Bools, weight: Floats | None = None) -> tuple[Bin, ...]:
    """Sort questions into ten equally wide bins of confidence; empty ones are left out."""
    weight = _weights(confidence, weight)
    place = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return tuple(
        Bin(
            float(np.average(confidence[place == b], weights=weight[place == b])),
            float(np.average(right[place == b], weights=weight[place == b])),
            float(weight[place == b].sum() / weight.sum()),
        )
        for b in range(_BINS)
        if (place == b).any()
    )


def expected_calibration_error(
    confidence: Floats, right: Bools, weight: Floats | None = None
) -> float:
    """Mean gap between confidence and share right over ten equal bins (Naeini et al. 2015)."""
    bins = reliability(confidence, right, weight)
    return float(sum(abs(b.confidence - b.right) * b.share for b in bins))


def auroc(higher: Floats, lower: Floats) -> float | None:
    """Return how often a value of `higher` is above one of `lower`; None where one is empty."""
    if not len(higher) or not len(lower):
        return None
    truth = np.repeat([1, 0], [len(higher), len(lower)])
    return float(roc_auc_score(truth, np.concatenate([higher, lower])))


def _weights(confidence: Floats, weight: Floats | None) -> Floats:
    return np.ones(len(confidence)) if weight is None else weight
