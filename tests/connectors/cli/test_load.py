"""The books of a run are right, and a small crowd loses nothing."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import KommunbotError
from connectors.cli.load import gateways, telling
from connectors.cli.load.ledger import Ledger, Races, Reader, percentile
from connectors.cli.load.queue import Plan, numbers, run_on
from tests.support.gateway import settings_for

times = st.lists(st.floats(0, 1000), min_size=1)


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [
        ([], 0.5, None),
        ([3.0], 0.99, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 101)], 0.99, 99.0),
        ([2.0, 1.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_the_nearest_value(
    values: list[float], share: float, wanted: float | None
) -> None:
    assert percentile(values, share) == wanted


@given(times, st.floats(0.01, 1))
def test_at_least_the_share_lies_at_or_below_the_percentile(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6


@pytest.mark.parametrize(
    ("numbers_read", "doubled", "skipped"),
    [([1, 2, 3], 0, 0), ([1, 1, 2], 1, 0), ([1, 3, 2], 1, 1), ([4], 0, 3), ([], 0, 0)],
)
def test_a_reader_counts_what_came_twice_or_too_early(
    numbers_read: list[int], doubled: int, skipped: int
) -> None:
    reader = Reader()
    reader.read(numbers_read)
    assert (reader.doubled, reader.skipped) == (doubled, skipped)


@given(st.integers(1, 50), st.lists(st.integers(1, 10)))
def test_however_it_is_cut_up_a_whole_conversation_has_no_fault(
    length: int, cuts: list[int]
) -> None:
    reader, seq = Reader(), 0
    for cut in [*cuts, length]:
        last = min(length, seq + cut)
        reader.read(range(seq + 1, last + 1))
        seq = last
    assert (reader.seq, reader.doubled, reader.skipped) == (length, 0, 0)


def test_what_was_sent_and_has_not_come_is_lost_unless_it_was_refused() -> None:
    ledger = Ledger()
    for number in range(3):
        ledger.send(str(number), float(number))
    ledger.come("0", 0.25)
    ledger.come("0", 9.0)
    ledger.come("somebody else's", 9.0)
    ledger.refuse("1")
    assert (ledger.sent, ledger.lost, ledger.refused) == (2, 1, 1)
    assert ledger.delays_ms() == [250.0]


def test_a_double_claim_is_seen_in_the_answers_and_in_what_is_stored() -> None:
    races = Races()
    for one, won in [("a", True), ("a", False), ("b", True), ("b", True), ("c", True)]:
        races.claim(one, won=won)
    races.claim("d", won=False)
    assert races.double(Counter({"a": 1, "b": 1, "c": 2})) == 2
    assert (races.claims, races.unclaimed) == (6, 1)


@pytest.mark.parametrize("text", ["x", "1,0", "-3", "1.5"])
def test_only_whole_crowds_are_measured(text: str) -> None:
    with pytest.raises(KommunbotError):
        numbers(text)


def test_more_sockets_than_files_may_be_open_are_refused_plainly() -> None:
    with pytest.raises(gateways.CannotMeasure, match="open files"):
        gateways.allow_files(10**9)


def test_a_small_crowd_loses_nothing_and_claims_nothing_twice(tmp_path: Path) -> None:
    plan = Plan((20,), agents=2, rate=20, seconds=2, races=6, storm=10)
    settings = settings_for("sqlite+aiosqlite:///unused.db", tmp_path)
    found = run_on(plan, settings, None, lambda _line: None)
    (crowd,) = found["crowds"]
    faults = ("refused", "lost", "doubled", "out_of_order")
    assert [crowd[fault] for fault in faults] == [0, 0, 0, 0]
    assert crowd["messages"] > 0
    assert (crowd["storm"]["cut"], crowd["storm"]["missing"]) == (10, 0)
    assert (found["races"]["raced"], found["races"]["double"]) == (6, 0)
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- queue -->\n<!-- /queue -->\nafter\n", encoding="utf-8")
    telling.write(found, page)
    assert "| 20 |" in page.read_text(encoding="utf-8")
    assert len(list(telling.tables(found))) == 3
