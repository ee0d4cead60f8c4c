"""Figures in Swedish text: how much, how many, how long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = {
    "krona": "kronor|krona|kr|:-",
    "procent": "procent|%",
    "m2": "kvadratmeter|m²|m2|kvm",
    "meter": "meter|m",
    "cm": "centimeter|cm",
    "km": "kilometer|km",
    "liter": "liter",
    "kg": "kilogram|kilo|kg",
    "minut": "minuter|minut",
    "timme": "timmar|timme|timmars",
    "arbetsdag": "arbetsdagar|arbetsdag|arbetsdagars|vardagar|vardag",
    "dag": "dagar|dag|dagars|dygn",
    "vecka": "veckor|vecka|veckors",
    "månad": "månader|månad|månaders",
    "år": "år|års",
    "gång": "gånger|gång",
}
_WORDS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12,
}  # fmt: skip
_WHAT = "number"
_SPACE = r"[ \u00a0\u2009]"
_NUMBER = rf"\d{{1,3}}(?:(?:{_SPACE}|\.)\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?"
_UNIT = "|".join(f"(?P<u{number}>{words})" for number, words in enumerate(_UNITS.values()))
_FIGURE = re.compile(
    rf"(?<![\d,.\w])(?P<number>{_NUMBER}|{'|'.join(_WORDS)})(?:{_SPACE}|-)?(?:{_UNIT})(?![\w²])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """An amount with its unit, one of the base forms of `_UNITS`, and where it stands."""

    value: Decimal
    unit: str
    start: int
    end: int


def figures(text: str) -> Iterator[Figure]:
    """Find every amount in `text` that has a unit, numbers up to twelve in words too.

    "3 420 kronor" is one figure; so is each end of "2–3 veckor" that has the unit beside it.
    """
    for found in _FIGURE.finditer(text):
        group = next(name for name, value in found.groupdict().items() if value and name != _WHAT)
        unit = list(_UNITS)[int(group.removeprefix("u"))]
        yield Figure(_value(found[_WHAT]), unit, found.start(), found.end())


def without_figures(text: str) -> str:
    """Return `text` with a space in the place of each figure."""
    return _FIGURE.sub(" ", text)


def _value(written: str) -> Decimal:
    if written.lower() in _WORDS:
        return Decimal(_WORDS[written.lower()])
    digits = re.sub(rf"{_SPACE}|\.(?=\d{{3}}(?!\d))", "", written)
    return Decimal(digits.replace(",", "."))
