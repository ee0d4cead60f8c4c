"""What confidence is worth when some questions have no answer.

Near: the answer was taken out of the index, or never stood there, so a neighbour of the same
subject comes first. Far: the question has nothing to do with the collection.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import GroupKFold

from bot.confidence.calibrator import Calibrator
from bot.quality.beir import Collection, CollectionError
from bot.quality.metrics import (
    Bools,
    Floats,
    area_under_risk,
    auroc,
    coverage,
    expected_calibration_error,
)
from bot.quality.search_bench import Maker, Progress, Ranked, ask

UNANSWERABLE = 0.30  # share of all questions; half near and half far where there are both
LABELS = 100  # questions that a municipality can be asked to label
_FOLDS = 5
_PRECISIONS = (0.90, 0.95, 0.98)

WORTH = (
    "auroc_near",
    "auroc_far",
    "auroc_right",
    *(f"coverage_at_{round(100 * p)}" for p in _PRECISIONS),
    "answerable_coverage_at_95",
    "area_under_risk",
    "expected_calibration_error",
)

Kind: TypeAlias = Literal["in", "near", "far"]
KINDS: tuple[Kind, ...] = ("in", "near", "far")


@dataclass(frozen=True)
class Mix:
    """How questions come to have no answer.

    `remove` is the share of right documents taken out, `seeds` how often they are drawn anew;
    `near` and `far` are questions that have no answer from the start.
    """

    remove: float = 0.0
    far: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    seeds: int = 5

    def __bool__(self) -> bool:
        return bool(self.remove or self.far or self.near)


@dataclass(frozen=True)
class Trial:
    """A collection after some answers were taken out, and all questions that are put to it."""

    collection: Collection
    questions: dict[str, str]
    kinds: dict[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcomes:
    """What a search said of each question, and what was true; each array has one row a question.

    `evidence` has shape (questions, features). `group` is the same for questions with a common
    answer.
    """

    question: NDArray[np.str_]
    evidence: Floats
    confidence: Floats
    right: Bools
    kind: NDArray[np.str_]
    group: NDArray[np.int64]

    @property
    def weight(self) -> Floats:
        return weights(self.kind)

    def __getitem__(self, chosen: NDArray[np.int64] | Bools) -> "Outcomes":
        return Outcomes(*(getattr(self, column.name)[chosen] for column in fields(self)))


def weights(kind: NDArray[np.str_]) -> Floats:
    """Return a weight for each question, so that each kind has its share of the whole.

    Args:
        kind: "in", "near" or "far", shape (questions,).
    """
    shares = shares_of(kind)
    counts = {name: (kind == name).sum() for name in shares}
    return np.array([shares[name] / counts[name] for name in kind])


def shares_of(kind: NDArray[np.str_]) -> dict[str, float]:
    """Return what share of the whole each kind that occurs is to stand for."""
    without = [name for name in ("near", "far") if (kind == name).any()]
    answerable = {"in": 1 - UNANSWERABLE} if without else {"in": 1.0}
    return answerable | {name: UNANSWERABLE / len(without) for name in without}


def trials(collection: Collection, mix: Mix) -> Iterator[Trial]:
    """Yield the collection once for each random removal; once where nothing is removed.

    Raises:
        CollectionError: nothing would be left to search.
    """
    for seed in range(mix.seeds if mix.remove else 1):
        yield _trial(collection, mix, seed)


def _trial(collection: Collection, mix: Mix, seed: int) -> Trial:
    held = {document.id for document in collection.documents}
    answers = sorted({d for grades in collection.right.values() for d in grades} & held)
    drawn = np.random.default_rng(seed).permutation(answers)[: round(mix.remove * len(answers))]
    gone = {str(document) for document in drawn}
    gone |= {other for d in gone for other in collection.belonging.get(d, ())}
    left = tuple(document for document in collection.documents if document.id not in gone)
    if not left:
        raise CollectionError("Nothing would be left to search. Remove less.")
    kinds: dict[str, Kind] = {
        question: "near" if (grades.keys() & held) <= gone else "in"
        for question, grades in collection.right.items()
    }
    near = {f"near {number}": text for number, text in enumerate(mix.near)}
    far = {f"far {number}": text for number, text in enumerate(mix.far)}
    return Trial(
        replace(collection, documents=left),
        collection.questions | near | far,
        kinds | dict.fromkeys(near, "near") | dict.fromkeys(far, "far"),
    )


def outcomes(trial: Trial, maker: Maker, progress: Progress = lambda _: None) -> Outcomes:
    """Index what is left, ask everything, and compare the best hits with the right documents."""
    found, _ = ask(maker(trial.collection.documents), trial.questions, progress)
    right = trial.collection.right
    return Outcomes(
        question=np.array(list(found)),
        evidence=np.array([found[q].evidence for q in found]),
        confidence=np.array([found[q].confidence for q in found]),
        right=np.array([_is_right(trial, q, found[q]) for q in found]),
        kind=np.array([trial.kinds[q] for q in found]),
        group=groups([frozenset(right.get(q, {q: 0})) for q in found]),
    )


def _is_right(trial: Trial, question: str, ranked: Ranked) -> bool:
    best = trial.collection.credited(question, ranked.ids[:1])
    return any(document in trial.collection.right.get(question, ()) for document in best)


def bench_confidence(
    collection: Collection,
    maker: Maker,
    mix: Mix,
    labels: int | None = LABELS,
    progress: Progress = lambda _: None,
) -> dict[str, float]:
    """Return what the shipped confidence is worth and what a refit makes of it.

    Each figure is a mean over the random removals. `labels` as for `refitted`.
    """
    told = []
    for seed, trial in enumerate(trials(collection, mix)):
        found = outcomes(trial, maker, progress)
        again = judge(refitted(found, labels, seed))
        told.append(
            judge(found) | {f"refit_{name}": again[name] for name in again if name in WORTH}
        )
    return average(told)


def judge(found: Outcomes) -> dict[str, float]:
    """Return what a probability is worth; docs/how-to/measure.md explains each name."""
    error = expected_calibration_error(found.confidence, found.right, found.weight)
    return {**tell_apart(found), "expected_calibration_error": error}


def tell_apart(found: Outcomes) -> dict[str, float]:
    """Return how well a confidence on any scale tells right from wrong."""
    confidence, right, weight = found.confidence, found.right, found.weight
    by_kind = {kind: confidence[found.kind == kind] for kind in KINDS}
    areas = {
        "auroc_near": auroc(by_kind["in"], by_kind["near"]),
        "auroc_far": auroc(by_kind["in"], by_kind["far"]),
        "auroc_right": auroc(confidence[right], confidence[~right]),
    }
    covered = {
        f"coverage_at_{round(100 * p)}": coverage(confidence, right, p, weight) for p in _PRECISIONS
    }
    return {
        **{f"questions_{kind}": float(len(values)) for kind, values in by_kind.items()},
        "right_at_1": float(np.average(right, weights=weight)),
        **{name: area for name, area in areas.items() if area is not None},
        **covered,
        "answerable_coverage_at_95": covered["coverage_at_95"] / shares_of(found.kind)["in"],
        "area_under_risk": area_under_risk(confidence, right, weight),
    }


def refitted(found: Outcomes, labels: int | None, seed: int) -> Outcomes:
    """Fit the confidence anew, for each fold to labelled questions of the other folds.

    No fold has an answer in common with another, so nobody is judged by what was fitted to.

    Args:
        labels: how many labelled questions there are to fit to; all of the other folds if None.
    """
    folds = min(_FOLDS, len(set(found.group)))
    if folds < 2:
        return found
    confidence = np.zeros(len(found.right))
    generator = np.random.default_rng(seed)
    split = GroupKFold(folds, shuffle=True, random_state=seed)
    for others, held_out in split.split(confidence, groups=found.group):
        sample = draw(found[others], labels, generator)
        confidence[held_out] = refit(sample)(found.evidence[held_out])
    return replace(found, confidence=confidence)


def draw(found: Outcomes, count: int | None, generator: np.random.Generator) -> Outcomes:
    """Draw at most `count` questions, each kind with its share; as many as there are if None."""
    shares = shares_of(found.kind)
    own = {kind: np.nonzero(found.kind == kind)[0] for kind in shares}
    possible = min(len(own[kind]) / share for kind, share in shares.items())
    wanted = min(possible, count or possible)
    drawn = [
        generator.choice(own[kind], round(share * wanted), replace=False)
        for kind, share in shares.items()
    ]
    return found[np.concatenate(drawn)]


def refit(found: Outcomes) -> Callable[[Floats], Floats]:
    """Fit a confidence to labelled questions, as `kommunbot calibrate` does.

    Moving and stretching the shipped confidence instead (Platt 1999) is calibrated as well, but
    ranks as the shipped one does: on other content that covers half as many questions.
    """
    if len(set(found.right)) < 2:
        return lambda evidence: np.full(len(evidence), float(found.right.mean()))
    fitted = Calibrator.fit(found.evidence, [bool(right) for right in found.right])
    return lambda evidence: np.array([fitted.probability(row) for row in evidence])


def groups(right: Sequence[frozenset[str]]) -> NDArray[np.int64]:
    """Number questions so that two with a right document in common have the same number."""
    documents = {d: n for n, d in enumerate(sorted(set().union(*right)), start=len(right))}
    pairs = np.array([(q, documents[d]) for q, own in enumerate(right) for d in own])
    size = len(right) + len(documents)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][: len(right)], dtype=np.int64)


def average(told: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each figure over the reports that have it."""
    names = dict.fromkeys(name for report in told for name in report)
    return {name: float(np.mean([r[name] for r in told if name in r])) for name in names}
