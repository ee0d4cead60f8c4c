"""Personnummer and samordningsnummer, also mistyped and spoken."""

import re
from collections.abc import Iterator

from bot.masking.checksums import is_date, is_personal
from bot.masking.cues import Cued
from bot.masking.digits import Run
from bot.masking.kept import Kept, is_company, is_meter
from bot.masking.model import Kind, Span

_DASH = re.compile(r"[-+]|streck|bindestreck|minus|plus")
_DATED = re.compile(r"(?:4|2)([-./ ])2\1(?:2)(\D{1,12})4")  # 1985-07-09-9805
_PARTED = re.compile(r"(?:6|8)(\D{1,12})4")  # 850709-9805
_AREA = re.compile(r"[234](?:\)?[-/]|\))")  # digits and sign of a telephone number: 070-, (08)
_TEMPORARY = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{6}[-+ ]?[a-z][0-9]{3}(?![0-9a-z])")
_HALF = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{6}[-+ ]?x{4}(?![a-z])")  # 850709-xxxx
_DAY_FIRST = re.compile(
    r"(?<![0-9/])(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/. -]{1,2}"
    r"(?:19|20)?(?P<year>[0-9]{2})[-+, ]{1,3}(?P<last>[0-9]{4})(?![0-9])"
)  # 9/7 1985 9805
_FEWEST, _MOST = 9, 13  # digits of a mistyped one after its cue
_PARTS = (2, 4)  # 850709-9805, 1985-07-09-9805
_FOUR = 4
_PUBLIC, _DOCUMENT = "public", "document"
_LETTERS, _MOST_LETTERS = re.compile(r"[a-z]+\Z"), 4  # «SEA0482917»
_OF_DOCUMENT = range(6, 11)  # digits of a passport, an identity card or an asylum seeker's card


def personal(told: list[Cued], kept: Kept, plain: str) -> Iterator[Span]:
    """Yield every part that is a personnummer, or was meant to be one.

    What has the right check digit is one, whatever is said before it. A mistyped one is known
    by its dash or plus, by the words before it, or by being spoken.
    """
    said_four = any(one.cue == "four" for one in told)
    for one in told:
        spans = [*_right(one, kept), *_inside(one)]
        spans = spans or list(_mistyped(one, kept))
        yield from spans or _after_cue(one, kept, said_four)
        yield from _of_document(one, kept, plain)
    for found in (*_TEMPORARY.finditer(plain), *_HALF.finditer(plain)):
        if is_date(re.sub(r"\D.*", "", found[0])[-6:]):
            yield Span(*found.span(), Kind.PERSONAL)
    for found in _DAY_FIRST.finditer(plain):
        day, month = found["day"].zfill(2), found["month"].zfill(2)
        if is_personal(f"{found['year']}{month}{day}{found['last']}"):
            yield Span(*found.span(), Kind.PERSONAL)


def _right(one: Cued, kept: Kept) -> Iterator[Span]:
    for part in one.run.windows(10, 12, is_personal):
        moment = kept.is_moment(part.start, part.end)
        if not moment and not _is_phone_like(part, one.cue):
            yield Span(part.start, part.end, Kind.PERSONAL)


def _is_phone_like(part: Run, cue: str) -> bool:
    if not part.digits.startswith("0") or len(part.digits) != 10 or cue == "personal":
        return False
    return cue == "phone" or (bool(_AREA.match(part.shape)) and not _DATED.fullmatch(part.shape))


def _inside(one: Cued) -> Iterator[Span]:
    """Yield what has other digits right beside it, with nothing or a sign between."""
    for places, digits in _glued(one.run):
        if len(digits) <= 10 or one.cue == _PUBLIC or is_meter(digits) or is_company(digits):
            continue
        for size in (10, 12):
            for first in range(len(digits) - size + 1):
                if is_personal(digits[first : first + size]):
                    last = places[first + size - 1]
                    yield Span(places[first], last + 1, Kind.PERSONAL)


def _glued(run: Run) -> Iterator[tuple[list[int], str]]:
    """Yield the digits that stand together without white space, and where each stands."""
    places: list[int] = []
    digits = ""
    for number, group in enumerate(run.groups):
        if number and (group.said or any(sign.isspace() for sign in run.gaps[number - 1])):
            yield places, digits
            places, digits = [], ""
        if not group.said:
            places += range(group.start, group.end)
            digits += group.digits
    yield places, digits


def _mistyped(one: Cued, kept: Kept) -> Iterator[Span]:
    if one.cue in {_PUBLIC, "account", "own", "card"}:
        return
    for part in one.run.windows(10, 12, _may_be_meant):
        if _is_meant(part) and not kept.is_moment(part.start, part.end):
            yield Span(part.start, part.end, Kind.PERSONAL)


def _may_be_meant(digits: str) -> bool:
    century = digits[:-10]
    return len(digits) in {10, 12} and century in {"", "18", "19", "20"} and digits[-8] in "01"


def _is_meant(part: Run) -> bool:
    dated = is_date(part.digits[-10:])
    if part.is_said and part.digits[0] != "0":
        return dated
    if len(part.groups) not in _PARTS:
        return False
    found = _PARTED.fullmatch(part.shape) or _DATED.fullmatch(part.shape)
    if found is None:
        return False
    gap = found.groups()[-1]
    if _DASH.search(gap):
        return dated or bool(_PARTED.fullmatch(part.shape))
    return dated and gap.strip(" ./") == ""


def _of_document(one: Cued, kept: Kept, plain: str) -> Iterator[Span]:
    """Yield the number of a passport or a card, with the letters right before its digits."""
    run = one.run
    if one.cue != _DOCUMENT or len(run.digits) not in _OF_DOCUMENT or kept.covers(run.start):
        return
    letters = _LETTERS.search(plain, max(0, run.start - _MOST_LETTERS), run.start)
    yield Span(letters.start() if letters else run.start, run.end, Kind.PERSONAL)


def _after_cue(one: Cued, kept: Kept, said_four: bool) -> Iterator[Span]:
    run, size = one.run, len(one.run.digits)
    if one.cue == "four" and size >= _FOUR:
        part = next(run.windows(_FOUR, size))
        yield Span(part.start, part.end, Kind.PERSONAL)
    if one.cue != "personal":
        return
    if said_four and size in {6, 8} and is_date(run.digits[-6:]):
        yield Span(run.start, run.end, Kind.PERSONAL)
    if size >= _FEWEST and not kept.covers(run.start):
        part = run if size <= _MOST else next(run.windows(10, size))
        yield Span(part.start, part.end, Kind.PERSONAL)
