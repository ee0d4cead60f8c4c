"""When a place is open. Pure values: the same day always gives the same answer.

What decides a day, the first that applies:

1. a dated deviation
2. a public holiday: closed
3. an eve with hours of its own, on a weekday when the place is otherwise open
4. the summer's week
5. the ordinary week
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.opening_hours.calendar import Eve, eve_of, is_public_holiday

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_FARTHEST = 366  # days; what opens later than in a year is as good as closed for good


@dataclass(frozen=True)
class Span:
    """Hours on the clock, within one day."""

    opens: time
    closes: time


Spans = tuple[Span, ...]
CLOSED: Spans = ()
Week = tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]  # Monday first


@dataclass(frozen=True)
class Interval:
    """From `start` up to but not including `end`, in Stockholm's time."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        # Two datetimes of one zone are compared by their clocks, which is wrong where the
        # clock is turned back: compare in UTC.
        return self.start.astimezone(UTC) <= moment.astimezone(UTC) < self.end.astimezone(UTC)


@dataclass(frozen=True)
class Summer:
    """A part of every year, both days included, with a week of its own."""

    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    week: Week

    def holds(self, day: date) -> bool:
        return self.first <= (day.month, day.day) <= self.last


@dataclass(frozen=True)
class Deviation:
    """Hours of certain days, and why, in words for the citizen."""

    first: date
    last: date
    spans: Spans
    reason: str

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """The opening hours of one place."""

    week: Week
    summer: Summer | None = None
    eves: Mapping[Eve, Spans] = field(default_factory=dict)
    deviations: tuple[Deviation, ...] = ()

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Return when the place is open on `day`, in order; nothing if it is closed."""
        found = (_interval(day, span) for span in self._spans(day))
        return tuple(one for one in found if one.start.astimezone(UTC) < one.end.astimezone(UTC))

    def is_open(self, moment: datetime) -> bool:
        """Say whether the place is open at `moment`.

        Raises:
            ValueError: `moment` has no time zone.
        """
        return any(one.holds(moment) for one in self.intervals(_day_of(moment)))

    def next_opening(self, moment: datetime) -> datetime | None:
        """Return the first time from `moment` on when the place is open.

        That is `moment` itself while it is open, and None if it does not open within a year.

        Raises:
            ValueError: `moment` has no time zone.
        """
        if self.is_open(moment):
            return moment.astimezone(STOCKHOLM)
        now = moment.astimezone(UTC)
        coming = (one.start for one in self._coming(_day_of(moment)))
        return next((start for start in coming if start.astimezone(UTC) >= now), None)

    def reason(self, day: date) -> str | None:
        """Return why the hours of `day` differ, if a deviation says so."""
        found = self._deviation(day)
        return found.reason if found else None

    def _coming(self, day: date) -> Iterator[Interval]:
        for ahead in range(_FARTHEST + 1):
            yield from self.intervals(day + timedelta(days=ahead))

    def _deviation(self, day: date) -> Deviation | None:
        return next((one for one in self.deviations if one.holds(day)), None)

    def _spans(self, day: date) -> Spans:
        if found := self._deviation(day):
            return found.spans
        if is_public_holiday(day):
            return CLOSED
        usual = self._week(day)[day.weekday()]
        eve = eve_of(day)
        return self.eves.get(eve, usual) if eve and usual else usual

    def _week(self, day: date) -> Week:
        return self.summer.week if self.summer and self.summer.holds(day) else self.week


@dataclass(frozen=True)
class Place:
    """Something that opens and closes: a counter, a phone line, a pool."""

    id: str
    name: str
    hours: Hours


def _day_of(moment: datetime) -> date:
    if moment.tzinfo is None:
        raise ValueError("the moment has no time zone")
    return moment.astimezone(STOCKHOLM).date()


def _interval(day: date, span: Span) -> Interval:
    return Interval(_at(day, span.opens), _at(day, span.closes))


def _at(day: date, clock: time) -> datetime:
    """Where the clock is turned forward, a time that it skips becomes the one an hour later."""
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC).astimezone(STOCKHOLM)
