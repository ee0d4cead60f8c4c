"""What an agent looks up in the middle of a conversation: what is open now, and who does what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import Field

from bot.answering.model import ContactCard
from bot.opening_hours.model import STOCKHOLM, Place
from bot.opening_hours.repository import live_opening_hours
from bot.opening_hours.standing import Standing, standing
from bot.people.directory import Directory
from bot.people.finding import find
from bot.texts import Texts
from connectors.conversation.model import Shown
from connectors.now import utc_now
from connectors.queue.saying import month, weekday

MOST_PEOPLE = 20  # cards: with more, the agent writes another word
_DAY = timedelta(days=1)
_WEEK = 7  # days; from then on a weekday alone would be the wrong one


class PlaceNow(Shown):
    """A place, and how it stands just now."""

    id: str
    name: str
    open: bool
    text: str = Field(description="until when, and why today differs, in Swedish")


class Facts:
    """Reads the editors' files of places and staff, and keeps up with them."""

    def __init__(
        self, data_dir: Path, texts: Texts, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._texts, self._now = texts, now
        self._places = live_opening_hours(data_dir)
        self._directory = Directory.live(data_dir)

    def places(self) -> list[PlaceNow]:
        """Return every place in the order of the file. Reads the file if it is new."""
        now = self._now()
        return [self._place_now(place, now) for place in self._places.get().values()]

    def people(self, question: str) -> list[ContactCard]:
        """Return the staff and functions that `question` fits, of those who may be shown."""
        return find(question, self._directory.get(), MOST_PEOPLE)

    def _place_now(self, place: Place, now: datetime) -> PlaceNow:
        stands = standing(place.hours, now)
        told = self._told(stands, now)
        text = f"{told}. {stands.reason}" if stands.reason else told
        return PlaceNow(id=place.id, name=place.name, open=stands.open, text=text)

    def _told(self, stands: Standing, now: datetime) -> str:
        if stands.closes is not None:
            key = "fact_open_break" if stands.opens else "fact_open"
            opens = _clock(stands.opens) if stands.opens else ""
            return self._texts.get(key, closes=_clock(stands.closes), opens=opens)
        if stands.opens is None:
            return self._texts["fact_closed_for_long"]
        day = self._day(stands.opens, now)
        return self._texts.get("fact_closed", day=day, opens=_clock(stands.opens))

    def _day(self, moment: datetime, now: datetime) -> str:
        """Name the day of `moment` as one says it: i dag, i morgon, fredag, fredag 4 december."""
        today, day = now.astimezone(STOCKHOLM).date(), moment.date()
        if day <= today + _DAY:
            return self._texts["fact_today" if day == today else "fact_tomorrow"]
        name = weekday(self._texts, day)
        if (day - today).days < _WEEK:
            return name
        return self._texts.get(
            "fact_date", weekday=name, day=day.day, month=month(self._texts, day)
        )


def _clock(moment: datetime) -> str:
    return f"{moment.hour}.{moment.minute:02}"
