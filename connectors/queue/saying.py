"""Moments in words, said from where the citizen is now: «i morgon, tisdag 1 december …»."""

from datetime import date, datetime, timedelta

from bot.opening_hours.model import STOCKHOLM
from bot.texts import Texts


def moment_in_words(texts: Texts, moment: datetime, now: datetime) -> str:
    """Say when `moment` is on the clock of Stockholm, to be put after «senast» or «öppnar».

    Raises:
        ValueError: one of the two has no time zone.
    """
    if moment.tzinfo is None or now.tzinfo is None:
        raise ValueError("the moment has no time zone")
    there, here = moment.astimezone(STOCKHOLM), now.astimezone(STOCKHOLM)
    return texts.get(
        _key(there, here),
        clock=texts.get("moment_clock", hour=there.hour, minute=f"{there:%M}"),
        day=weekday(texts, there),
        date=there.day,
        month=month(texts, there),
        year=there.year,
    )


def weekday(texts: Texts, day: date) -> str:
    return texts["days"].split()[day.weekday()]


def month(texts: Texts, day: date) -> str:
    return texts["months"].split()[day.month - 1]


def _key(there: datetime, here: datetime) -> str:
    if there.date() == here.date():
        return "moment_today"
    if there.date() == here.date() + timedelta(days=1):
        return "moment_tomorrow"
    return "moment_this_year" if there.year == here.year else "moment_another_year"
