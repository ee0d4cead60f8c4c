"""The product beside what one would use instead, on one collection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from bot.confidence.calibrator import Calibrator
from bot.quality.baselines import CannotRun, rasa_answers
from bot.quality.beir import Collection
from bot.quality.metrics import Bools, Floats, curve, reliability
from bot.quality.remembering import Remembering
from bot.quality.search_bench import (
    Maker,
    Progress,
    ask,
    bench_search,
    product,
    report,
)
from bot.quality.unanswerable import (
    LABELS,
    Mix,
    Outcomes,
    Trial,
    average,
    judge,
    outcomes,
    refitted,
    tell_apart,
    trials,
)
from bot.retrieval.wording import Wording

_POINTS = 100  # of a curve that is drawn
_ENOUGH = 20  # questions

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Ours:
    """What the product's search and confidence are made with."""

    encoder: Remembering
    calibrator: Calibrator
    wording: Wording | None = None


def measure_product(
    collection: Collection,
    mix: Mix,
    ours: Ours,
    labels: int | None = LABELS,
    progress: Progress = lambda _: None,
) -> Row:
    """Measure the product: its ranking, and its confidence as shipped and after a refit.

    Args:
        labels: how many labelled questions a refit has; None for all that are not judged; 0 for
            no refit at all.

    Returns:
        the figures of a SearchReport; `shipped` and `refit` with the figures of `judge`, a
        `curve` of coverage and precision, `reliability` (confidence, share right, share of all)
        and `slices` by language, register and topic.
    """
    row = bench_search(collection, ours.encoder, ours.calibrator, progress, ours.wording).rows()
    maker = product(ours.encoder, ours.calibrator, progress, ours.wording)
    found = [outcomes(trial, maker, progress) for trial in trials(collection, mix)]
    row["shipped"] = _probability(collection, found)
    if labels != 0:
        again = [refitted(one, labels, seed) for seed, one in enumerate(found)]
        row["refit"] = _probability(collection, again)
    return row


def measure_others(
    collection: Collection,
    mix: Mix,
    makers: Mapping[str, Maker],
    progress: Progress = lambda _: None,
) -> dict[str, Row]:
    """Measure each other search; where one cannot run its row is {"not_run": reason}."""
    drawn = tuple(trials(collection, mix))
    rows: dict[str, Row] = {}
    for name, maker in makers.items():
        try:
            rows[name] = _other(collection, drawn, maker, progress)
        except CannotRun as error:
            rows[name] = {"not_run": str(error)}
    return rows


def _other(collection: Collection, drawn: Sequence[Trial], maker: Maker, progress: Progress) -> Row:
    row = _ranking(collection, maker, progress)
    found = [outcomes(trial, maker, progress) for trial in drawn]
    row |= average([tell_apart(one) for one in found]) | {"curve": _curve(found)}
    if found[0].evidence.shape[1:] == (2,):
        row["as_it_comes"] = average([_as_it_comes(one) for one in found])
    return row


def _ranking(collection: Collection, maker: Maker, progress: Progress) -> Row:
    ranker = maker(collection.documents)
    return report(collection, *ask(ranker, collection.questions, progress)).rows()


def _as_it_comes(found: Outcomes) -> dict[str, float]:
    answers, weight = rasa_answers(found.evidence), found.weight
    answered, right = float(weight[answers].sum()), float(weight[answers & found.right].sum())
    return {"coverage": answered / float(weight.sum()), "precision": right / max(answered, 1e-9)}


def _probability(collection: Collection, found: Sequence[Outcomes]) -> Row:
    bins = reliability(*_together(found))
    return {
        **average([judge(one) for one in found]),
        "curve": _curve(found),
        "reliability": [[b.confidence, b.right, b.share] for b in bins],
        "slices": _slices(collection, found),
    }


def _slices(collection: Collection, found: Sequence[Outcomes]) -> Row:
    """Judge questions of one language, register or topic alone; few of them say nothing."""
    told: Row = {}
    for trait, value in sorted(
        {pair for own in collection.traits.values() for pair in own.items()}
    ):
        chosen = [one[_having(collection, one, trait, value)] for one in found]
        if min(len(one.right) for one in chosen) >= _ENOUGH:
            told.setdefault(trait, {})[value] = average([judge(one) for one in chosen])
    return told


def _having(collection: Collection, found: Outcomes, trait: str, value: str) -> Bools:
    traits = collection.traits
    return np.array([traits.get(str(q), {}).get(trait) == value for q in found.question])


def _curve(found: Sequence[Outcomes]) -> list[list[float]]:
    points = curve(*_together(found))
    kept = np.unique(np.linspace(0, len(points.coverage) - 1, _POINTS).astype(int))
    return [[float(points.coverage[n]), float(points.precision[n])] for n in kept]


def _together(found: Sequence[Outcomes]) -> tuple[Floats, Bools, Floats]:
    """Put the removals together; each weighs the same."""
    return (
        np.concatenate([one.confidence for one in found]),
        np.concatenate([one.right for one in found]),
        np.concatenate([one.weight for one in found]),
    )
