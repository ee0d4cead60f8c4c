"""The shipped hours of the desk on each day of 2026 to 2031.

What is expected is worked out here from `holidays`, and the movable days also from a table
written by hand, without the code that is tried.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import holidays
import pytest

from bot.opening_hours.model import STOCKHOLM
from connectors.queue.hours import DeskHours

DATA = Path(__file__).parents[3] / "data"
YEARS = range(2026, 2032)
DAY = timedelta(days=1)
FULL = {"privat": ("08:00", "16:30"), "foretag": ("09:00", "15:00")}
# Lag (1989:253): Easter, and the Saturdays of midsummer and All Saints.
EASTER = {
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
}
MIDSUMMER = {2026: 20, 2027: 26, 2028: 24, 2029: 23, 2030: 22, 2031: 21}
ALL_SAINTS = {
    2026: date(2026, 10, 31),
    2027: date(2027, 11, 6),
    2028: date(2028, 11, 4),
    2029: date(2029, 11, 3),
    2030: date(2030, 11, 2),
    2031: date(2031, 11, 1),
}
SUMMER_TIME = {  # the last Sundays of March and October, directive 2000/84/EC
    2026: (date(2026, 3, 29), date(2026, 10, 25)),
    2027: (date(2027, 3, 28), date(2027, 10, 31)),
    2028: (date(2028, 3, 26), date(2028, 10, 29)),
    2029: (date(2029, 3, 25), date(2029, 10, 28)),
    2030: (date(2030, 3, 31), date(2030, 10, 27)),
    2031: (date(2031, 3, 30), date(2031, 10, 26)),
}


@pytest.fixture(scope="module")
def desk() -> DeskHours:
    return DeskHours(DATA, {"privat": "chatt-privat", "foretag": "chatt-foretag"})


def by_hand(year: int) -> set[date]:
    easter = EASTER[year]
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (6, MIDSUMMER[year]), (12, 25), (12, 26)]
    moving = [easter + days * DAY for days in (-2, 0, 1, 39, 49)]
    return {date(year, *day) for day in fixed} | {*moving, ALL_SAINTS[year]}


def half_days(year: int) -> set[date]:
    return {date(year, 1, 5), EASTER[year] - 3 * DAY, date(year, 4, 30)}


def closed_eves(year: int) -> set[date]:
    return {date(year, 6, MIDSUMMER[year] - 1), date(year, 12, 24), date(year, 12, 31)}


def expected(day: date, audience: str, public: holidays.HolidayBase) -> tuple[str, str] | None:
    if day.weekday() >= 5 or day in public or day in closed_eves(day.year):
        return None
    opens, closes = FULL[audience]
    return opens, "12:00" if day in half_days(day.year) else closes


def utc(day: date, clock: str) -> datetime:
    """Turn Stockholm's time into UTC by the rule of summer time, not by a table of zones."""
    begins, ends = SUMMER_TIME[day.year]
    offset = timedelta(hours=2 if begins <= day < ends else 1)
    return datetime.combine(day, time.fromisoformat(clock), UTC) - offset


@pytest.mark.parametrize("year", YEARS)
def test_holidays_and_the_table_by_hand_name_the_same_days(year: int) -> None:
    found = holidays.country_holidays("SE", years=year, include_sundays=False)
    assert {day for day in found if day.year == year} == by_hand(year)


@pytest.mark.parametrize("audience", FULL)
@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_open_or_closed_as_the_swedish_calendar_says(
    desk: DeskHours, year: int, audience: str
) -> None:
    public = holidays.country_holidays("SE", years=year, include_sundays=False)
    day, second = date(year, 1, 1), timedelta(seconds=1)
    while day.year == year:
        clocks = expected(day, audience, public)
        midday = utc(day, "11:00")
        assert desk.is_open(audience, midday) == (clocks is not None), day
        if clocks:
            opens, closes = (utc(day, clock) for clock in clocks)
            assert desk.next_opening(audience, utc(day, "00:00")) == opens, day
            assert not desk.is_open(audience, opens - second), day
            assert desk.closes_at(audience, opens) == closes, day
            assert not desk.is_open(audience, closes), day
        day += DAY


@pytest.mark.parametrize("audience", FULL)
def test_the_next_opening_is_told_from_every_evening(desk: DeskHours, audience: str) -> None:
    public = holidays.country_holidays("SE", years=YEARS, include_sundays=False)
    day, coming = date(2031, 12, 1), None
    while day.year >= YEARS[0]:
        evening = desk.next_opening(audience, utc(day, "18:00"))
        assert coming is None or evening == coming, day
        clocks = expected(day, audience, public)
        coming = utc(day, clocks[0]) if clocks else coming
        day -= DAY


@pytest.mark.parametrize("day", [day for both in SUMMER_TIME.values() for day in both])
def test_the_desk_opens_by_the_clock_on_the_wall_when_it_has_been_turned(
    desk: DeskHours, day: date
) -> None:
    """The Sunday itself is closed, so it is told from the Friday evening before."""
    opens = desk.next_opening("privat", utc(day - 2 * DAY, "18:00"))
    first = day + (2 if day in EASTER.values() else 1) * DAY
    assert opens is not None
    assert opens.astimezone(UTC) == utc(first, "08:00")
    assert opens.astimezone(STOCKHOLM).hour == 8


TWELFTH_NIGHT = {
    2026: date(2026, 1, 7),  # a Wednesday
    2027: date(2027, 1, 7),  # a Thursday
    2028: date(2028, 1, 7),  # a Friday
    2029: date(2029, 1, 8),  # Epiphany is a Saturday
    2030: date(2030, 1, 7),  # Epiphany is a Sunday
    2031: date(2031, 1, 7),  # Epiphany is a Monday
}


@pytest.mark.parametrize("year", TWELFTH_NIGHT)
@pytest.mark.parametrize(("audience", "hour"), [("privat", 8), ("foretag", 9)])
def test_who_comes_five_past_two_on_twelfth_night_is_told_the_exact_opening(
    desk: DeskHours, year: int, audience: str, hour: int
) -> None:
    moment = datetime(year, 1, 5, 14, 5, tzinfo=STOCKHOLM)
    opens = datetime.combine(TWELFTH_NIGHT[year], time(hour), STOCKHOLM)
    assert desk.next_opening(audience, moment) == opens
