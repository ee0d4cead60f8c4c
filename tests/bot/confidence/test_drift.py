from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit, logit

from bot.confidence.drift import BAND, Observation, stakes, watch

Floats = NDArray[np.float64]
Truth = Callable[[Floats], Floats]

DAY = datetime(2026, 11, 1, tzinfo=UTC)
OBSERVED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def observe(truth: Truth, count: int, seed: int = 1) -> list[Observation]:
    generator = np.random.default_rng(seed)
    told = generator.beta(3, 1.2, count)
    right = generator.random(count) < truth(told)
    return [
        Observation(DAY + timedelta(minutes=number), float(p), bool(y))
        for number, (p, y) in enumerate(zip(told, right, strict=True))
    ]


def as_told(told: Floats) -> Floats:
    return told


def less(told: Floats) -> Floats:
    return np.clip(told - 0.2, 0, 1)


def more(told: Floats) -> Floats:
    return np.clip(told + 0.25, 0, 1)


def spread_too_wide(told: Floats) -> Floats:
    return np.asarray(expit(0.3 * logit(told)))


@pytest.mark.parametrize(
    ("truth", "count", "verdict"),
    [
        (as_told, 2000, "inside"),
        (as_told, 20, "too few"),
        (less, 1000, "too sure"),
        (more, 1000, "too unsure"),
        (spread_too_wide, 2000, "too sure"),
    ],
)
def test_drift_is_told_from_calibration(truth: Truth, count: int, verdict: str) -> None:
    found = watch(observe(truth, count))
    assert found.verdict == verdict
    assert found.fine == (verdict in {"inside", "too few"})
    if not found.fine:
        assert found.error > found.error_if_calibrated


def stake_of(seen: list[Observation]) -> Floats:
    return stakes(np.array([one.confidence for one in seen]), np.array([one.right for one in seen]))


@pytest.mark.parametrize("edge", [-BAND, 0.0, BAND])
def test_looking_after_every_observation_gives_hardly_a_false_alarm(edge: float) -> None:
    services, false_alarms = 200, 0.05

    def truth(told: Floats) -> Floats:
        return np.clip(told + edge, 0, 1)

    highest = np.array([stake_of(observe(truth, 1000, seed)).max() for seed in range(services)])
    assert (highest >= 1 / false_alarms).mean() <= false_alarms


def test_an_alarm_comes_while_it_is_worth_something() -> None:
    needed = [np.argmax(stake_of(observe(less, 2000, seed)) >= 100) for seed in range(20)]
    assert 0 < np.median(needed) < 300


def test_what_shows_only_faults_never_tells_of_too_little_confidence() -> None:
    assert watch(observe(more, 1000), only_too_sure=True).fine
    assert watch(observe(less, 1000), only_too_sure=True).verdict == "too sure"


@given(OBSERVED, st.floats(0.01, 0.3), st.booleans())
def test_the_stake_is_never_negative_and_never_lost_track_of(
    observed: list[tuple[float, bool]], band: float, only_too_sure: bool
) -> None:
    confidence = np.array([p for p, _ in observed], dtype=np.float64)
    right = np.array([y for _, y in observed], dtype=bool)
    stake = stakes(confidence, right, band, only_too_sure)
    assert len(stake) == len(observed)
    assert np.isfinite(stake).all() and (stake >= 0).all()


@given(st.floats(0, 1), st.floats(-1, 1), st.booleans())
def test_no_truth_inside_the_band_is_expected_to_raise_the_stake(
    told: float, where: float, only_too_sure: bool
) -> None:
    told = min(max(told, 1e-3), 1 - 1e-3)
    truth = min(max(told + where * BAND, 0), 1)
    yes, no = (
        stakes(np.array([told]), np.array([right]), BAND, only_too_sure)[0]
        for right in (True, False)
    )
    assert truth * yes + (1 - truth) * no <= 1 + 1e-9


@settings(max_examples=15)
@given(st.permutations(range(40)))
def test_the_order_of_dates_counts_not_the_order_of_rows(order: list[int]) -> None:
    seen = observe(less, 40)
    assert watch([seen[number] for number in order]) == watch(seen)


def test_nothing_observed_is_no_alarm() -> None:
    found = watch([])
    assert (found.fine, found.verdict, found.observations) == (True, "too few", 0)
