"""Numbers that tell nobody's name: dates, times, sums, laws, properties, reference numbers."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.masking.checksums import luhn

_UNITS = (
    r"kr\b|kronor|:-|sek\b|euro|spann|tkr|kwh|m2|m3|kvm|kbm|kvadrat|kubik|m\b|cm\b|mm\b|meter|km\b"
    r"|kilo|kg\b|ton\b|liter|l\b|%|procent|aring|manader|veckor|dagar|timm|minuter"
    r"|personer|hushall|mb\b|gb\b|bq|db\b"
)
_DATE = (
    r"(?:(?:19|20)[0-9]{2}[-./](?:0?[1-9]|1[0-2])[-./](?:3[01]|[12][0-9]|0?[1-9])"
    r"|(?:3[01]|[12][0-9]|0?[1-9])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)[0-9]{2})"
)
_CLOCK = r"(?:2[0-4]|[01]?[0-9])[.:][0-5][0-9]"
_HOURS = r"(?:2[0-4]|[01][0-9])[0-5][0-9]"  # «0730-1600»
_KEPT = re.compile(
    rf"(?<![0-9-])(?P<date>{_DATE})(?![0-9])"
    rf"|(?<![0-9.:-])(?P<clock>{_CLOCK}(?:\s?-\s?{_CLOCK})?)(?![0-9:.-])"
    rf"|(?<![0-9.:-])(?P<hours>{_HOURS}\s?-\s?{_HOURS})(?![0-9:.-])"
    r"|(?<![0-9])(?P<law>[0-9]{1,4}:[0-9]{1,4})(?![0-9:])"
    r"|(?<![a-z0-9])(?P<diary>[a-z]{1,5}[ -]{0,2}(?:19|20)[0-9]{2}[-/ ][0-9]{1,6})(?![0-9-])"
    r"|(?<![a-z0-9])(?P<reference>[a-z]{2,9}-[0-9a-z]{6})(?![0-9a-z-])"
    rf"|(?<![0-9+-])(?P<sum>[0-9]{{1,9}}(?:[ .][0-9]{{3}}){{0,3}}(?:,[0-9]{{1,2}})?\s?(?:{_UNITS}))"
)
_MOMENT = re.compile(
    rf"{_DATE}[\sT,]{{1,3}}(?:kl\.?\s?|klockan\s)?{_CLOCK}(?![0-9])", re.IGNORECASE
)
_THIRD_OF_COMPANIES = "2"  # the third digit of an organisation number is at least 2
_METERS = "735999"  # begins every number of a Swedish connection for electricity (GS1)


@dataclass(frozen=True)
class Kept:
    """Where numbers stand that are left as they are."""

    spans: tuple[tuple[int, int], ...]  # in order
    moments: tuple[tuple[int, int], ...]  # dates with a time of day

    @classmethod
    def of(cls, plain: str) -> "Kept":
        return cls(_spans(_KEPT, plain), _spans(_MOMENT, plain))

    def covers(self, start: int) -> bool:
        """Tell whether what begins at a place belongs to a number that is kept."""
        return _touches(self.spans, start, start + 1)

    def is_moment(self, start: int, end: int) -> bool:
        return _touches(self.moments, start, end)


def is_company(digits: str) -> bool:
    """Tell whether digits have the form of an organisation number (lag 1974:174)."""
    ten = digits[2:] if len(digits) == 12 and digits.startswith("16") else digits
    return len(ten) == 10 and ten[2] >= _THIRD_OF_COMPANIES and ten[0] != "0"


def is_true_company(digits: str) -> bool:
    return is_company(digits) and luhn(digits[-10:])


def is_meter(digits: str) -> bool:
    return digits.startswith(_METERS)


def _spans(pattern: re.Pattern[str], plain: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in pattern.finditer(plain))


def _touches(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    place = bisect_left(spans, (end, 0)) - 1
    return place >= 0 and spans[place][1] > start
