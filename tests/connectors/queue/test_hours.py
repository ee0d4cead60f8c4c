import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.opening_hours.calendar import Eve
from bot.opening_hours.model import CLOSED, STOCKHOLM, Hours, Span
from connectors.queue.hours import DeskHours, NeverOpen, after_working, closing

DATA = Path(__file__).parents[3] / "data"
AUDIENCES = {"privat": "chatt-privat", "foretag": "chatt-foretag"}
PHONE = "kontaktcenter-telefon"


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)


def span(opens: str, closes: str) -> Span:
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


@pytest.fixture
def shipped() -> DeskHours:
    return DeskHours(DATA, AUDIENCES, needed=[PHONE])


# A moment, how long work takes, and when it is due; the phone is open 8.00–16.30.
DUE = {
    "within the morning": ("2026-11-30 08:00", 4, "2026-11-30 12:00"),
    "over the night": ("2026-11-30 15:00", 4, "2026-12-01 10:30"),
    "from before opening": ("2026-11-30 03:00", 1, "2026-11-30 09:00"),
    "exactly until closing": ("2026-11-30 08:00", 8.5, "2026-11-30 16:30"),
    "exactly a working day from closing": ("2026-11-30 16:30", 8.5, "2026-12-01 16:30"),
    "over a weekend": ("2026-11-27 16:00", 1, "2026-11-30 08:30"),
    "over christmas": ("2026-12-23 14:30", 4, "2026-12-28 10:00"),
    "over new year": ("2026-12-30 16:00", 1, "2027-01-04 08:30"),
    "over a half-day and epiphany": ("2027-01-05 10:00", 4, "2027-01-07 10:00"),
    "over easter with its half-day": ("2028-04-13 11:00", 8.5, "2028-04-18 15:30"),
    "over midsummer": ("2027-06-24 16:00", 8.5, "2027-06-28 16:00"),
    "over the change to summer time": ("2029-03-23 16:00", 1, "2029-03-26 08:30"),
    "over the change to winter time": ("2026-10-23 16:00", 1, "2026-10-26 08:30"),
    "nothing to do while it is open": ("2026-11-30 09:00", 0, "2026-11-30 09:00"),
    "nothing to do while it is closed": ("2026-11-28 09:00", 0, "2026-11-30 08:00"),
    "a whole working week": ("2026-11-30 08:00", 42.5, "2026-12-04 16:30"),
}


@pytest.mark.parametrize("case", DUE)
def test_a_promise_counts_the_hours_in_which_somebody_works(shipped: DeskHours, case: str) -> None:
    moment, hours, due = DUE[case]
    assert shipped.due(at(moment), timedelta(hours=hours), PHONE) == at(due)


NIGHT = Hours(week=((span("00:30", "05:30"),),) * 7)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2029-03-25 01:00", "2029-03-25 05:00"),
        ("2029-03-25 00:00", "2029-03-25 04:30"),
        ("2026-10-25 01:00", "2026-10-25 03:00"),
        ("2026-10-25 00:00", "2026-10-25 02:30"),
    ],
)
def test_an_hour_that_the_clock_skips_or_repeats_is_counted_as_it_passes(
    moment: str, due: str
) -> None:
    found = after_working(NIGHT, at(moment), timedelta(hours=3))
    assert found.replace(fold=0) == at(due)
    assert open_between(NIGHT, at(moment), found) == timedelta(hours=3)


def test_spans_that_the_clock_pushes_over_each_other_are_counted_once() -> None:
    both = Hours(week=((span("02:15", "02:45"), span("03:00", "04:00")),) * 7)
    found = after_working(both, at("2028-03-26 00:00"), timedelta(hours=1))
    assert found == at("2028-03-26 04:00")


OFFICE = Hours(
    week=((span("08:00", "12:00"), span("13:00", "16:30")),) * 5 + (CLOSED, CLOSED),
    eves={Eve.TWELFTH_NIGHT: (span("08:00", "12:00"),), Eve.CHRISTMAS: CLOSED},
)
SELDOM = Hours(week=(CLOSED, CLOSED, CLOSED, (span("13:00", "17:00"),), CLOSED, CLOSED, CLOSED))
places = st.sampled_from([OFFICE, NIGHT, SELDOM])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 1), timezones=st.just(UTC))
works = st.timedeltas(timedelta(), timedelta(hours=60))
some_work = works.filter(bool)


def open_between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """Sum up the opening time by looking at every interval of every day."""
    day, total = start.astimezone(STOCKHOLM).date(), timedelta()
    while day <= end.astimezone(STOCKHOLM).date():
        for one in hours.intervals(day):
            first = max(one.start.astimezone(UTC), start.astimezone(UTC))
            last = min(one.end.astimezone(UTC), end.astimezone(UTC))
            total += max(last - first, timedelta())
        day += timedelta(days=1)
    return total


@given(places, moments, works)
def test_the_open_time_until_it_is_due_is_the_working_time(
    hours: Hours, moment: datetime, working: timedelta
) -> None:
    assert open_between(hours, moment, after_working(hours, moment, working)) == working


@given(places, moments, works)
def test_nothing_is_due_before_the_moment_or_while_the_place_is_closed(
    hours: Hours, moment: datetime, working: timedelta
) -> None:
    due = after_working(hours, moment, working).astimezone(UTC)
    assert due >= moment
    assert hours.is_open(due) or hours.is_open(due - timedelta(microseconds=1))


@given(places, moments, works, works)
def test_more_work_is_never_due_sooner(
    hours: Hours, moment: datetime, one: timedelta, other: timedelta
) -> None:
    less, more = (
        after_working(hours, moment, working).astimezone(UTC) for working in sorted((one, other))
    )
    assert less <= more


@given(places, moments, st.timedeltas(timedelta(), timedelta(days=9)), works)
def test_what_comes_later_is_never_due_sooner(
    hours: Hours, moment: datetime, later: timedelta, working: timedelta
) -> None:
    first = after_working(hours, moment, working).astimezone(UTC)
    assert first <= after_working(hours, moment + later, working).astimezone(UTC)


@given(places, moments, some_work, some_work)
def test_work_done_in_two_parts_is_due_when_the_whole_is(
    hours: Hours, moment: datetime, one: timedelta, other: timedelta
) -> None:
    half_way = after_working(hours, moment, one)
    assert after_working(hours, half_way, other) == after_working(hours, moment, one + other)


@given(places, moments)
def test_the_desk_closes_at_the_end_of_the_hours_that_it_is_open(
    hours: Hours, moment: datetime
) -> None:
    closes = closing(hours, moment)
    assert (closes is not None) == hours.is_open(moment)
    if closes:
        end = closes.astimezone(UTC)
        assert hours.is_open(end - timedelta(microseconds=1))
        assert open_between(hours, moment, closes) == end - moment


@pytest.mark.parametrize(("hours", "error"), [(-1, ValueError), (1e5, NeverOpen)])
def test_a_time_that_cannot_be_promised_is_refused(
    shipped: DeskHours, hours: float, error: type[Exception]
) -> None:
    with pytest.raises(error):
        shipped.due(at("2026-11-30 09:00"), timedelta(hours=hours), PHONE)


def test_a_place_that_is_not_there_promises_nothing(shipped: DeskHours) -> None:
    with pytest.raises(NeverOpen, match="has no place vaxeln"):
        shipped.due(at("2026-11-30 09:00"), timedelta(hours=1), "vaxeln")


def test_a_moment_without_a_time_zone_is_refused(shipped: DeskHours) -> None:
    naive = datetime(2026, 11, 30, 9)
    with pytest.raises(ValueError, match="no time zone"):
        shipped.is_open("privat", naive)
    with pytest.raises(ValueError, match="no time zone"):
        shipped.due(naive, timedelta(hours=1), PHONE)


def test_each_audience_has_the_hours_of_its_own_place(shipped: DeskHours) -> None:
    early, late = at("2026-11-30 08:30"), at("2026-11-30 15:30")
    assert shipped.is_open("privat", early) and not shipped.is_open("foretag", early)
    assert shipped.next_opening("foretag", early) == at("2026-11-30 09:00")
    assert shipped.closes_at("privat", late) == at("2026-11-30 16:30")
    assert shipped.closes_at("foretag", late) is None
    with pytest.raises(KeyError):
        shipped.is_open("press", early)


def write(folder: Path, hours: str, places: str = "chatt-privat chatt-foretag") -> None:
    """Write a file that is newer than the one before, however soon after it."""
    path = folder / "oppettider.yml"
    newer = path.stat().st_mtime_ns + 1_000_000 if path.exists() else 0
    rows = [
        f"  - id: {id}\n    namn: Chatt\n    vecka:\n      mandag-fredag: {hours}\n"
        for id in places.split()
    ]
    path.write_text("platser:\n" + "".join(rows), encoding="utf-8")
    os.utime(path, ns=(newer, newer))


MONDAY = at("2026-11-30 12:30")


def test_hours_that_are_edited_hold_at_once(tmp_path: Path) -> None:
    write(tmp_path, "8.00–16.30")
    desk = DeskHours(tmp_path, AUDIENCES)
    assert desk.is_open("privat", MONDAY)
    write(tmp_path, "8.00–12.00")
    assert not desk.is_open("privat", MONDAY)
    assert desk.next_opening("privat", MONDAY) == at("2026-12-01 08:00")


@pytest.mark.parametrize(
    ("hours", "ids", "problem"),
    [
        ("8-16", "chatt-privat chatt-foretag", "ska vara tider som"),
        ("13.00–14.00", "chatt-privat", "Platsen chatt-foretag saknas"),
    ],
)
def test_a_file_that_is_wrong_leaves_the_hours_before_in_use(
    tmp_path: Path, hours: str, ids: str, problem: str
) -> None:
    write(tmp_path, "8.00–16.30")
    desk = DeskHours(tmp_path, AUDIENCES)
    assert desk.is_open("privat", MONDAY) and desk.problem is None
    write(tmp_path, hours, ids)
    assert desk.is_open("privat", MONDAY)
    assert problem in (desk.problem or "")
    write(tmp_path, "13.00–14.00")
    assert not desk.is_open("privat", MONDAY) and desk.problem is None


def test_a_file_that_is_taken_away_leaves_the_hours_before_in_use(tmp_path: Path) -> None:
    write(tmp_path, "8.00–16.30")
    desk = DeskHours(tmp_path, AUDIENCES)
    assert desk.is_open("privat", MONDAY)
    (tmp_path / "oppettider.yml").unlink()
    assert desk.is_open("privat", MONDAY) and desk.problem


def test_a_desk_whose_hours_nobody_knows_is_closed(tmp_path: Path) -> None:
    desk = DeskHours(tmp_path, AUDIENCES)
    assert not desk.is_open("privat", MONDAY)
    assert desk.next_opening("privat", MONDAY) is None
    assert desk.closes_at("privat", MONDAY) is None
    assert desk.problem
