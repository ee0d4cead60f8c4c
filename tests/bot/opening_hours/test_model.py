from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.opening_hours.calendar import Eve
from bot.opening_hours.model import CLOSED, STOCKHOLM, Deviation, Hours, Span, Spans, Summer, Week


def spans(*clocks: str) -> Spans:
    return tuple(
        Span(*(time.fromisoformat(clock) for clock in pair.split("-", 1))) for pair in clocks
    )


OFFICE = spans("08:00-16:30")
MORNING = spans("08:00-12:00")
SHORT = spans("09:00-15:00")
WORKDAYS: Week = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED, CLOSED)
SUMMER: Week = (SHORT, SHORT, SHORT, SHORT, CLOSED, CLOSED, CLOSED)
CENTRE = Hours(
    week=WORKDAYS,
    summer=Summer((6, 15), (8, 15), SUMMER),
    eves={
        Eve.TWELFTH_NIGHT: MORNING,
        Eve.MAUNDY_THURSDAY: MORNING,
        Eve.WALPURGIS: MORNING,
        Eve.MIDSUMMER: CLOSED,
        Eve.CHRISTMAS: CLOSED,
        Eve.NEW_YEAR: CLOSED,
    },
    deviations=(
        Deviation(date(2026, 12, 11), date(2026, 12, 11), MORNING, "Utbildning."),
        Deviation(date(2027, 6, 6), date(2027, 6, 6), SHORT, "Öppet hus på nationaldagen."),
    ),
)
EVERY_DAY = Hours(week=(OFFICE,) * 7)
NIGHT = Hours(week=(spans("01:30-03:30"),) * 7)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)


# A moment, and when the centre opens next; the same moment when it is open.
NEXT = {
    "an ordinary morning": ("2026-11-30 09:00", "2026-11-30 09:00"),
    "before opening": ("2026-11-30 07:59", "2026-11-30 08:00"),
    "at closing": ("2026-11-30 16:30", "2026-12-01 08:00"),
    "friday evening": ("2026-12-04 18:00", "2026-12-07 08:00"),
    "a dated deviation": ("2026-12-11 12:00", "2026-12-14 08:00"),
    "before christmas 2026": ("2026-12-23 16:45", "2026-12-28 08:00"),
    "new year's eve 2026": ("2026-12-31 10:00", "2027-01-04 08:00"),
    "twelfth night 2027 after closing": ("2027-01-05 14:05", "2027-01-07 08:00"),
    "twelfth night 2027 before closing": ("2027-01-05 11:59", "2027-01-05 11:59"),
    "twelfth night 2029 is a friday": ("2029-01-05 14:05", "2029-01-08 08:00"),
    "twelfth night 2030 is a saturday": ("2030-01-05 09:00", "2030-01-07 08:00"),
    "epiphany 2028 is a thursday": ("2028-01-06 09:00", "2028-01-07 08:00"),
    "maundy thursday 2026": ("2026-04-02 12:00", "2026-04-07 08:00"),
    "good friday 2027": ("2027-03-26 09:00", "2027-03-30 08:00"),
    "good friday 2028": ("2028-04-14 09:00", "2028-04-18 08:00"),
    "good friday 2029": ("2029-03-30 09:00", "2029-04-03 08:00"),
    "easter monday 2030": ("2030-04-22 09:00", "2030-04-23 08:00"),
    "good friday 2031": ("2031-04-11 09:00", "2031-04-15 08:00"),
    "walpurgis 2026 and may day": ("2026-04-30 13:00", "2026-05-04 08:00"),
    "ascension day 2026": ("2026-05-14 09:00", "2026-05-15 08:00"),
    "the friday after ascension 2027": ("2027-05-07 09:00", "2027-05-07 09:00"),
    "midsummer eve 2026": ("2026-06-19 09:00", "2026-06-22 09:00"),
    "midsummer eve 2027": ("2027-06-25 09:00", "2027-06-28 09:00"),
    "midsummer eve 2031": ("2031-06-20 09:00", "2031-06-23 09:00"),
    "the summer's week": ("2027-07-02 10:00", "2027-07-05 09:00"),
    "the last day of summer": ("2028-08-15 08:30", "2028-08-15 09:00"),
    "the day after summer": ("2028-08-16 08:30", "2028-08-16 08:30"),
    "a deviation on a public holiday": ("2027-06-06 08:00", "2027-06-06 09:00"),
    "national day 2029 is a wednesday": ("2029-06-06 09:00", "2029-06-07 08:00"),
    "all saints' day is a saturday": ("2026-10-31 09:00", "2026-11-02 08:00"),
}


@pytest.mark.parametrize("case", NEXT)
def test_a_place_opens_next_when_the_swedish_calendar_says(case: str) -> None:
    moment, expected = (at(written) for written in NEXT[case])
    assert CENTRE.next_opening(moment) == expected
    assert CENTRE.is_open(moment) == (moment == expected)


MIDSUMMER_EVES = ["2026-06-19", "2027-06-25", "2028-06-23", "2029-06-22", "2030-06-21"]


@pytest.mark.parametrize("written", MIDSUMMER_EVES)
def test_a_closed_eve_has_no_hours(written: str) -> None:
    assert CENTRE.intervals(date.fromisoformat(written)) == ()


def test_an_eve_never_opens_what_the_week_keeps_closed() -> None:
    assert CENTRE.intervals(date(2028, 4, 30)) == ()  # walpurgis on a Sunday


def test_a_public_holiday_is_closed_even_where_sundays_are_open() -> None:
    assert EVERY_DAY.intervals(date(2027, 3, 28)) == ()  # easter
    assert EVERY_DAY.intervals(date(2027, 4, 4)) != ()  # the Sunday after


def test_the_reason_of_a_deviation_can_be_told() -> None:
    assert CENTRE.reason(date(2026, 12, 11)) == "Utbildning."
    assert CENTRE.reason(date(2026, 12, 10)) is None


# The Sundays on which the clock is turned; at 08.00 in Stockholm it is this hour in UTC.
SWITCHES = {
    "2026-10-25": 7,
    "2027-10-31": 7,
    "2028-03-26": 6,
    "2029-03-25": 6,
    "2030-03-31": 6,
    "2031-03-30": 6,
    "2031-10-26": 7,
}


@pytest.mark.parametrize("written", SWITCHES)
def test_hours_follow_the_clock_on_the_wall_when_it_is_turned(written: str) -> None:
    (interval,) = EVERY_DAY.intervals(date.fromisoformat(written))
    assert interval.start.astimezone(UTC).hour == SWITCHES[written]


def test_the_hour_that_comes_twice_is_open_twice() -> None:
    first = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02.45, summer time
    assert NIGHT.is_open(first)
    assert NIGHT.is_open(first + timedelta(hours=1))
    assert not NIGHT.is_open(first + timedelta(hours=2))


def test_what_closes_before_the_hour_that_comes_twice_is_not_opened_again() -> None:
    place = Hours(week=(spans("01:30-02:15"),) * 7)
    assert place.is_open(datetime(2026, 10, 25, 2, 10, tzinfo=STOCKHOLM))
    assert not place.is_open(datetime(2026, 10, 25, 2, 10, tzinfo=STOCKHOLM, fold=1))


def test_a_time_that_the_clock_skips_becomes_the_one_an_hour_later() -> None:
    place = Hours(week=(spans("02:15-02:45"),) * 7)
    (interval,) = place.intervals(date(2028, 3, 26))
    assert (interval.start, interval.end) == (at("2028-03-26 03:15"), at("2028-03-26 03:45"))


def test_hours_of_which_the_clock_leaves_nothing_are_closed() -> None:
    assert Hours(week=(spans("02:30-03:00"),) * 7).intervals(date(2028, 3, 26)) == ()


def test_a_place_that_never_opens_has_no_next_opening() -> None:
    assert Hours(week=(CLOSED,) * 7).next_opening(at("2026-11-28 12:00")) is None


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 30, 9)
    with pytest.raises(ValueError, match="no time zone"):
        CENTRE.is_open(naive)


moments = st.datetimes(
    datetime(2026, 1, 1),
    datetime(2031, 12, 31),
    timezones=st.just(UTC),
)
places = st.sampled_from([CENTRE, EVERY_DAY, NIGHT])


@given(places, moments)
def test_the_next_opening_is_never_before_the_moment_and_is_open(
    hours: Hours, moment: datetime
) -> None:
    found = hours.next_opening(moment)
    assert found is not None
    assert found.astimezone(UTC) >= moment
    assert hours.is_open(found)


@given(places, moments, st.floats(0, 1, exclude_max=True))
def test_nothing_is_open_between_the_moment_and_the_next_opening(
    hours: Hours, moment: datetime, part: float
) -> None:
    found = hours.next_opening(moment)
    assert found is not None
    between = moment + part * (found.astimezone(UTC) - moment)
    assert between == found.astimezone(UTC) or not hours.is_open(between)


@given(places, moments)
def test_a_place_is_open_exactly_within_the_days_intervals(hours: Hours, moment: datetime) -> None:
    day = moment.astimezone(STOCKHOLM).date()
    around = [day + timedelta(days=offset) for offset in (-1, 0, 1)]
    within = any(one.holds(moment) for near in around for one in hours.intervals(near))
    assert hours.is_open(moment) == within


@given(places, moments)
def test_the_zone_in_which_a_moment_is_told_makes_no_difference(
    hours: Hours, moment: datetime
) -> None:
    assert hours.is_open(moment) == hours.is_open(moment.astimezone(STOCKHOLM))
