"""When the desk is open, and what time lies so many working hours ahead."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import KommunbotError
from bot.live_file import LiveFile
from bot.opening_hours.model import STOCKHOLM, Hours, Interval, Place
from bot.opening_hours.repository import FILE, load_opening_hours
from bot.yaml_faults import Faults

_FARTHEST = 366  # days; nobody is promised anything for later than in a year


class NeverOpen(KommunbotError):
    """A place is not open for so long within a year, or there is no such place."""


class DeskHours:
    """The desk's hours as the file says now.

    A file that is wrong, or that lacks a place that is needed, leaves the hours before in use.
    Where there never were any the desk counts as closed: a queue that nobody minds is worse
    than none.
    """

    def __init__(
        self, data_dir: Path, audiences: Mapping[str, str], needed: Collection[str] = ()
    ) -> None:
        """Read the hours of each audience's place.

        Args:
            data_dir: the folder with the file.
            audiences: the id of the place for each audience.
            needed: ids of other places that the file must have.
        """
        self._data_dir, self._audiences = data_dir, dict(audiences)
        self._needed = [*dict.fromkeys((*self._audiences.values(), *needed))]
        nothing: Mapping[str, Place] = {}
        self._places = LiveFile([data_dir / FILE], self._load, nothing, "opening_hours_unusable")

    @property
    def problem(self) -> str | None:
        """Why the newest file is not in use; None if it is."""
        return self._places.problem

    def get(self) -> Mapping[str, Place]:
        """Return every place by its id. Looks at the file each time."""
        return self._places.get()

    def is_open(self, audience: str, moment: datetime) -> bool:
        """Say whether the desk is open for `audience` at `moment`.

        Raises:
            KeyError: there is no such audience.
            ValueError: `moment` has no time zone.
        """
        hours = self._hours(audience)
        return hours is not None and hours.is_open(moment)

    def next_opening(self, audience: str, moment: datetime) -> datetime | None:
        """Return the first time from `moment` on when the desk is open, in Stockholm's time.

        That is `moment` itself while it is open, and None if it does not open within a year.

        Raises:
            KeyError: there is no such audience.
            ValueError: `moment` has no time zone.
        """
        hours = self._hours(audience)
        return hours.next_opening(moment) if hours else None

    def closes_at(self, audience: str, moment: datetime) -> datetime | None:
        """Return the end of the hours that `moment` lies in; None while the desk is closed.

        Raises:
            KeyError: there is no such audience.
            ValueError: `moment` has no time zone.
        """
        hours = self._hours(audience)
        return closing(hours, moment) if hours else None

    def due(self, moment: datetime, working: timedelta, place_id: str) -> datetime:
        """Return the moment that lies `working` of the place's opening time after `moment`.

        Raises:
            NeverOpen: there is no such place, or it is not open for so long within a year.
            ValueError: `moment` has no time zone, or `working` is negative.
        """
        place = self.get().get(place_id)
        if place is None:
            raise NeverOpen(f"{FILE} has no place {place_id}.")
        return after_working(place.hours, moment, working)

    def _hours(self, audience: str) -> Hours | None:
        place = self.get().get(self._audiences[audience])
        return place.hours if place else None

    def _load(self) -> Mapping[str, Place]:
        places = load_opening_hours(self._data_dir)
        self._require(places)
        return places

    def _require(self, places: Mapping[str, Place]) -> None:
        faults = Faults(self._data_dir / FILE)
        for needed in self._needed:
            if needed not in places:
                faults.tell(1, f"Platsen {needed} saknas. Lägg till den, kön behöver den.")
        faults.raise_any()


def closing(hours: Hours, moment: datetime) -> datetime | None:
    """Return the end of the interval that `moment` lies in; None if it lies in none.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if not hours.is_open(moment):
        return None
    today = hours.intervals(moment.astimezone(STOCKHOLM).date())
    return max((one.end for one in today if one.holds(moment)), key=_in_utc)


def after_working(hours: Hours, moment: datetime, working: timedelta) -> datetime:
    """Return the moment, in Stockholm's time, that `working` of opening time leads to.

    Time is what really passes, so an hour that the clock skips or repeats is counted rightly.
    Working time that is used up exactly at closing is due at closing, not at the next opening;
    no working time at all is due at the next opening.

    Raises:
        NeverOpen: the place is not open for so long within a year.
        ValueError: `moment` has no time zone, or `working` is negative.
    """
    if moment.tzinfo is None or working < timedelta():
        raise ValueError("the moment has no time zone, or the working time is negative")
    left, reached = working, moment.astimezone(UTC)
    for start, end in _ahead(hours, reached):
        # Where the clock skips an hour two spans of a day may overlap: count none twice.
        begin = max(start, reached)
        if begin >= end:
            continue
        if left <= end - begin:
            return (begin + left).astimezone(STOCKHOLM)
        left, reached = left - (end - begin), end
    raise NeverOpen(f"The place is not open for {working} within a year of {moment:%Y-%m-%d}.")


def _ahead(hours: Hours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the intervals from the moment's day on, in UTC and in order."""
    day = moment.astimezone(STOCKHOLM).date()
    for ahead in range(_FARTHEST + 1):
        yield from sorted(_ends(one) for one in hours.intervals(day + timedelta(days=ahead)))


def _ends(interval: Interval) -> tuple[datetime, datetime]:
    return _in_utc(interval.start), _in_utc(interval.end)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
