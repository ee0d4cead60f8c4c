from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.opening_hours.model import CLOSED, STOCKHOLM, Deviation, Hours, Span
from bot.opening_hours.standing import standing

DAY = (Span(time(8), time(12)), Span(time(13), time(16, 30)))
WEEK = (DAY, DAY, DAY, DAY, DAY, CLOSED, CLOSED)
SHORT = Deviation(
    date(2026, 12, 11), date(2026, 12, 11), (Span(time(8), time(10)),), "Vi övar brandlarm."
)
HOURS = Hours(WEEK, deviations=(SHORT,))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("moment", "closes", "opens", "reason"),
    [
        (at(1, 7), None, at(1, 8), None),
        (at(1, 8), at(1, 12), at(1, 13), None),
        (at(1, 12), None, at(1, 13), None),
        (at(1, 13), at(1, 16, 30), None, None),
        (at(1, 16, 30), None, at(2, 8), None),
        (at(4, 17), None, at(7, 8), None),
        (at(11, 9), at(11, 10), None, SHORT.reason),
        (at(11, 10), None, at(14, 8), SHORT.reason),
    ],
)
def test_a_place_tells_until_when_it_is_as_it_is(
    moment: datetime, closes: datetime | None, opens: datetime | None, reason: str | None
) -> None:
    found = standing(HOURS, moment)
    assert (found.closes, found.opens, found.reason) == (closes, opens, reason)
    assert found.open is (closes is not None)


def test_what_never_opens_has_no_next_time() -> None:
    never = Hours((CLOSED,) * 7)
    assert standing(never, at(1, 8)).opens is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC)))
def test_it_is_open_just_until_it_closes_and_closed_just_until_it_opens(moment: datetime) -> None:
    found = standing(HOURS, moment)
    assert found.open is HOURS.is_open(moment)
    if found.closes:
        assert not HOURS.is_open(found.closes)
        assert found.closes > moment
    elif found.opens:
        assert HOURS.is_open(found.opens)
