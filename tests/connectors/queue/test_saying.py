from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.opening_hours.model import STOCKHOLM
from bot.texts import Texts
from connectors.queue.saying import moment_in_words

TEXTS = Texts.load(Path(__file__).parents[3] / "data")


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)


# Now, a moment, and how it is said.
SAID = {
    "later today": ("2026-11-30 09:00", "2026-11-30 13:00", "i dag klockan 13.00"),
    "earlier today": ("2026-11-30 23:59", "2026-11-30 00:05", "i dag klockan 0.05"),
    "tomorrow": (
        "2026-11-30 16:31",
        "2026-12-01 08:00",
        "i morgon, tisdag 1 december, klockan 8.00",
    ),
    "tomorrow in another year": (
        "2026-12-31 10:00",
        "2027-01-01 08:00",
        "i morgon, fredag 1 januari, klockan 8.00",
    ),
    "in two days": ("2026-11-28 10:00", "2026-11-30 08:30", "måndag 30 november klockan 8.30"),
    "later this year": ("2027-01-05 14:05", "2027-01-11 08:00", "måndag 11 januari klockan 8.00"),
    "another year": ("2026-12-30 16:45", "2027-01-04 08:00", "måndag 4 januari 2027 klockan 8.00"),
    "yesterday": ("2026-11-30 09:00", "2026-11-29 12:00", "söndag 29 november klockan 12.00"),
    "over a change of the clock": (
        "2027-03-27 23:30",
        "2027-03-28 03:00",
        "i morgon, söndag 28 mars, klockan 3.00",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_a_moment_is_said_from_where_the_citizen_is_now(case: str) -> None:
    now, moment, said = SAID[case]
    assert moment_in_words(TEXTS, at(moment), at(now)) == said


def test_the_day_is_that_of_stockholm_whatever_the_zone() -> None:
    now, moment = datetime(2026, 6, 30, 21, 30, tzinfo=UTC), datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert moment_in_words(TEXTS, moment, now) == "i morgon, onsdag 1 juli, klockan 0.00"


def test_there_is_a_name_for_every_day_and_month() -> None:
    assert len(TEXTS["days"].split()) == 7
    assert len(TEXTS["months"].split()) == 12


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        moment_in_words(TEXTS, datetime(2026, 11, 30, 9), at("2026-11-30 09:00"))
