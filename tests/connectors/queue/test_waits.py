from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from connectors.queue.simulation import ORDINARY, SUMMER, Desk, simulate
from connectors.queue.waits import (
    ENOUGH,
    MOST,
    REMEMBERED,
    Interval,
    Wait,
    _served_within,
    alike,
    audiences,
    backtest,
    estimate,
    judge,
    trials,
)
from connectors.storage.database import Database
from tests.support.waits import MINUTE, MONDAY, store, waits

TWENTY = waits(range(1, 21))
lengths = st.floats(0, 3600, allow_nan=False)
ended = st.builds(
    Wait, st.just(MONDAY), st.just(2), st.just(3), lengths, st.sampled_from([True, True, False])
)
served = ended.map(lambda wait: replace(wait, served=True))


def test_the_interval_leaves_out_the_shortest_and_the_longest_waits() -> None:
    # ranks 0.15 · 21 rounded down and 0.9 · 21 rounded up
    assert estimate(TWENTY, 2, 3) == Interval(3, 19)


def test_it_is_told_in_whole_minutes_rounded_outwards() -> None:
    assert estimate(waits([length + 0.5 for length in range(20)]), 2, 3) == Interval(2, 19)
    assert estimate(waits([0.1] * 20), 2, 3) == Interval(0, 1)
    assert estimate(waits([0] * 20), 2, 3) == Interval(0, 1)


@given(st.lists(served, min_size=ENOUGH, max_size=60, unique_by=lambda wait: wait.seconds))
def test_where_nobody_gave_up_it_runs_between_two_of_the_waits_in_order(
    samples: list[Wait],
) -> None:
    order, ranks = sorted(one.seconds for one in samples), len(samples) + 1
    low, high = order[floor(0.15 * ranks + 1e-6) - 1], order[ceil(0.9 * ranks - 1e-6) - 1]
    assert estimate(samples, 2, 3) == Interval(floor(low / 60), max(1, ceil(high / 60)))


@pytest.mark.parametrize(
    ("samples", "ahead", "agents"),
    [
        ([], 2, 3),
        (TWENTY[1:], 2, 3),
        (TWENTY, 4, 3),
        (TWENTY, 2, 5),
        (TWENTY, 0, 0),
        (waits(range(1, 21), 0, 1), 0, 0),
        (waits(range(1, 20)) + waits([5] * 30, served=False), 2, 3),
    ],
    ids=[
        "no wait",
        "one too few",
        "too many before",
        "too many agents",
        "nobody is there",
        "one agent is unlike none",
        "those who gave up are no ground",
    ],
)
def test_without_ground_nothing_is_told(samples: list[Wait], ahead: int, agents: int) -> None:
    assert estimate(samples, ahead, agents) is None


def test_nothing_is_told_where_so_many_gave_up_that_the_end_is_unknown() -> None:
    assert estimate(TWENTY + waits([30] * 10, served=False), 2, 3) is None


@pytest.mark.parametrize(("ahead", "agents"), [(1, 3), (3, 3), (2, 2), (3, 4)])
def test_neighbours_count_where_those_quite_alike_are_too_few(ahead: int, agents: int) -> None:
    few = waits([50] * 5, ahead, agents)
    assert estimate(TWENTY + few, ahead, agents) is not None


def test_those_quite_alike_are_enough_where_they_are_many() -> None:
    samples = waits([50] * 40, 3) + TWENTY + waits([50] * 40, 2, 4)
    assert estimate(samples, 2, 3) == Interval(3, 19)


def test_the_latest_waits_count() -> None:
    assert estimate(waits([50] * 40) + waits([5] * MOST), 2, 3) == Interval(5, 5)


def test_somebody_who_gave_up_makes_the_estimate_longer() -> None:
    # 10 at a minute and 20 at ten; 20 others left after five, and would have waited on
    samples = waits([1] * 10) + waits([5] * 20, served=False) + waits([10] * 20)
    shares = dict(_served_within(samples))
    assert shares[60.0] == pytest.approx(0.2)
    assert shares[600.0] == pytest.approx(1.0)


@given(st.lists(ended, min_size=1, max_size=60).filter(lambda some: any(w.served for w in some)))
def test_the_share_that_is_served_is_that_of_kaplan_and_meier(samples: list[Wait]) -> None:
    """SciPy's own estimate is the witness."""
    seconds = [one.seconds for one in samples]
    data = CensoredData.right_censored(seconds, [not one.served for one in samples])
    witness = ecdf(data).cdf
    for at, share in _served_within(samples):
        assert share == pytest.approx(float(witness.evaluate([at])[0]), abs=1e-9)


@given(st.lists(served, min_size=ENOUGH, max_size=60), st.lists(lengths, max_size=20))
def test_those_who_gave_up_never_make_the_estimate_shorter(
    samples: list[Wait], gave_up: list[float]
) -> None:
    before = estimate(samples, 2, 3)
    after = estimate(samples + waits([one / 60 for one in gave_up], served=False), 2, 3)
    assert before is not None
    if after:
        assert after.shortest_min >= before.shortest_min
        assert after.longest_min >= before.longest_min


def small(days: int, seed: int, desk: Desk = SUMMER) -> list[Wait]:
    return simulate(desk, days, seed)


def test_a_trial_knows_nothing_that_had_not_ended_yet() -> None:
    every = small(3, 7)
    for trial in list(trials(every))[-150:]:
        now = trial.wait.began_at
        past = [one for one in every if one.ended_at <= now and one.began_at >= now - REMEMBERED]
        assert trial.told == estimate(past, trial.wait.ahead, trial.wait.agents)


def test_what_is_long_ago_is_forgotten() -> None:
    later = replace(TWENTY[0], began_at=MONDAY + REMEMBERED + MINUTE)
    soon = replace(later, began_at=MONDAY + timedelta(days=1))
    assert [trial.told is None for trial in trials([*TWENTY, soon, later])][-2:] == [False, True]


def test_a_backtest_counts_what_came_true() -> None:
    begins = [MONDAY + timedelta(days=1), MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)]
    right, longer, gave_up = (
        Wait(at, 2, 3, seconds, kept)
        for at, seconds, kept in zip(begins, (300, 3000, 60), (True, True, False), strict=True)
    )
    found = backtest([*TWENTY, right, longer, gave_up])
    assert (found.waits, found.served) == (23, 22)
    assert found.told == pytest.approx(3 / 23)
    assert (found.inside, found.longer) == (0.5, 0.5)
    assert found.width_min == pytest.approx(16, abs=1)


def test_a_backtest_of_nothing_has_no_figures() -> None:
    assert backtest([]).told is None
    assert backtest(TWENTY[:3]).inside is None


def test_four_of_five_who_are_served_in_a_queue_wait_as_long_as_they_were_told() -> None:
    queued = [trial for trial in trials(small(30, 200)) if trial.wait.ahead]
    found = judge(queued)
    assert found.inside is not None and found.longer is not None and found.told is not None
    assert 0.75 <= found.inside <= 0.87
    assert found.longer <= 0.12
    assert found.told > 0.8


def test_a_made_up_desk_is_the_same_for_the_same_seed() -> None:
    assert small(2, 5) == small(2, 5)
    assert small(2, 5) != small(2, 6)


def test_a_made_up_day_is_within_the_hours_and_the_busier_the_more_give_up() -> None:
    calm, busy = small(10, 3, ORDINARY), small(10, 3)
    assert all(7 <= one.began_at.hour < 16 and one.seconds >= 0 for one in busy)
    assert {one.began_at.weekday() for one in busy} == {0, 1, 2, 3, 4}
    assert [one.ended_at for one in busy] == sorted(one.ended_at for one in busy)
    assert sum(not one.served for one in busy) > 2 * sum(not one.served for one in calm) > 0


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()


async def test_the_real_waits_of_an_audience_are_read_in_the_order_of_their_ends(
    database: Database,
) -> None:
    long, short = waits([30])[0], replace(waits([2], served=False)[0], began_at=MONDAY + MINUTE)
    for wait in (long, short, replace(short, began_at=MONDAY - MINUTE)):
        await store(database, wait)
    await store(database, None)
    await store(database, short, kind="practice")
    await store(database, long, audience="foretag")
    async with database.read() as session:
        assert await alike(session, "privat", MONDAY) == [short, long]
        assert await alike(session, "foretag", MONDAY) == [long]
        assert await audiences(session) == ["foretag", "privat"]


async def test_a_clock_that_was_set_back_makes_no_wait_shorter_than_none(
    database: Database,
) -> None:
    await store(database, waits([-5])[0])
    async with database.read() as session:
        (found,) = await alike(session, "privat", MONDAY)
    assert found.seconds == 0
