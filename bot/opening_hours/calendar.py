"""Sweden's public holidays, and the eves on which much is closed though the law does not say so.

Public holidays: lag (1989:253) om allmänna helgdagar, kept by the `holidays` package.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)


class Eve(StrEnum):
    """The days that a place may have hours of its own for, as editors write them."""

    TWELFTH_NIGHT = "trettondagsafton"
    MAUNDY_THURSDAY = "skartorsdag"
    EASTER = "paskafton"
    WALPURGIS = "valborg"
    MIDSUMMER = "midsommarafton"
    CHRISTMAS = "julafton"
    NEW_YEAR = "nyarsafton"


def is_public_holiday(day: date) -> bool:
    """Say whether `day` is a public holiday; an ordinary Sunday is not counted as one."""
    return day in _holidays(day.year)


def eve_of(day: date) -> Eve | None:
    """Return the eve that `day` is, if it is one."""
    return _eves(day.year).get(day)


@lru_cache
def _holidays(year: int) -> dict[date, str]:
    return dict(
        holidays.country_holidays("SE", years=year, language="en_US", include_sundays=False)
    )


@lru_cache
def _eves(year: int) -> dict[date, Eve]:
    named = {name: day for day, name in _holidays(year).items()}
    easter, midsummer = named["Easter Sunday"], named["Midsummer Day"]
    return {
        date(year, 1, 5): Eve.TWELFTH_NIGHT,
        easter - 3 * _DAY: Eve.MAUNDY_THURSDAY,
        easter - _DAY: Eve.EASTER,
        date(year, 4, 30): Eve.WALPURGIS,
        midsummer - _DAY: Eve.MIDSUMMER,
        date(year, 12, 24): Eve.CHRISTMAS,
        date(year, 12, 31): Eve.NEW_YEAR,
    }
