"""Telephone numbers."""

import re
from collections.abc import Iterator, Set

from bot.masking.cues import Cued
from bot.masking.digits import Run
from bot.masking.kept import Kept, is_true_company
from bot.masking.model import Kind, Span

_NATIONAL = range(8, 11)  # digits with the area code; 11 where one is too many
_LOCAL = range(5, 10)  # without it
_FOREIGN = range(8, 16)  # with the country's, ITU-T E.164
_MOST_GROUPS = 20  # of one number; in a longer run the look ahead must end
_AREA = re.compile(r"0[1-9]")
_MOBILE = re.compile(r"07[02369][0-9]{7}")
_SIGN = re.compile(
    r"(?:\(?(?:\+|(?<![a-z])plus\s)[\s(]{0,2}|\({1,2})\Z"
)  # before a number, a part of it
_LONGEST_SIGN = 8
_COUNTRY = re.compile(r"467[02369][0-9]{7}")  # a mobile as it is dialled from abroad
_IN_PARTS = re.compile(r"[34]\D{1,3}(?:3 2 2|2 2 3|7|6|3 3|2 2 2)(?![0-9])")
# Freephone, shared cost, premium rate, helplines: never somebody's own (PTS's numbering plan).
_SERVICES = re.compile(r"020|077|0900|0939|0944|099|11[68][0-9]{3}$|11313$|11414$|1177$")
_CALLED = "phone"
_OTHER_CUES = frozenset({"public", "account", "own", "card", "four"})


def national(digits: str) -> str:
    """Return a Swedish number as it is dialled within Sweden; others as they are."""
    for prefix in ("0046", "46"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in range(7, 11):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def phones(told: list[Cued], kept: Kept, plain: str, published: Set[str]) -> Iterator[Span]:
    """Yield telephone numbers that are not published.

    Args:
        published: as they are dialled within Sweden, digits only.
    """
    for one in told:
        place, found = 0, False
        while place < len(one.run.groups):
            part = _at(one, place, plain, published)
            if part is None:
                place += 1
                continue
            place += len(part.groups)
            found = True
            if not is_public(part, published) and not _is_kept(part, kept, plain):
                yield _with_sign(part, plain)
        local = not found and one.cue == _CALLED and _is_local(one.run, published)
        if local and not kept.covers(one.run.start):
            yield Span(one.run.start, one.run.end, Kind.PHONE)


def _at(one: Cued, place: int, plain: str, published: Set[str]) -> Run | None:
    """Return the number that begins at a group, the likeliest one."""
    group = one.run.groups[place]
    sign = _SIGN.search(plain, max(0, group.start - _LONGEST_SIGN), group.start)
    plus = sign is not None and sign[0].lstrip("(") != ""
    rest = one.run.part(place, place + _MOST_GROUPS)
    first = rest.digits[:4]
    if plus or (first.startswith("00") and first[2:3] not in {"", "0"}):
        return _abroad(rest, plus)
    if _COUNTRY.fullmatch(group.digits) and one.cue not in _OTHER_CUES:
        return one.run.part(place, place + 1)
    if not _AREA.match(first) or (one.cue in _OTHER_CUES and not _is_mobile(rest)):
        return None
    parts = [part for part in _beginning(rest) if len(part.digits) in range(7, 12)]
    known = [part for part in parts if national(part.digits) in published]
    usual = [part for part in parts if len(part.digits) in _NATIONAL]
    whole = rest if len(rest.digits) == _NATIONAL.stop and place == 0 else None
    return next(iter(known), None) or whole or (usual[-1] if usual else None)


def _is_mobile(rest: Run) -> bool:
    """Tell whether a number has the parts of a mobile's, which nothing else has."""
    return bool(_MOBILE.match(rest.digits)) and bool(_IN_PARTS.match(rest.shape))


def _abroad(rest: Run, plus: bool) -> Run | None:
    parts = [part for part in _beginning(rest) if _digits_abroad(part, plus) in _FOREIGN]
    swedish = [part for part in parts if national(part.digits) != part.digits]
    fitting = [part for part in swedish if len(national(part.digits)) <= _NATIONAL.stop - 1]
    chosen = fitting or swedish or parts
    return chosen[-1] if chosen else None


def _digits_abroad(part: Run, plus: bool) -> int:
    return len(part.digits) - (0 if plus else 2)


def _beginning(run: Run) -> Iterator[Run]:
    """Yield the parts that begin where `run` does, up to the longest number there is."""
    for after in range(1, len(run.groups) + 1):
        part = run.part(0, after)
        if len(part.digits) > _FOREIGN.stop + 2:
            return
        yield part


def is_public(part: Run, published: Set[str]) -> bool:
    """Tell whether a number is published, or a service that everybody may call."""
    number = national(part.digits)
    return number in published or bool(_SERVICES.match(number))


def _is_kept(part: Run, kept: Kept, plain: str) -> bool:
    alone = not any(plain[part.start - 1 : part.start] == sign for sign in "+(")
    return alone and kept.covers(part.start)


def _is_local(run: Run, published: Set[str]) -> bool:
    digits = run.digits
    if digits in published or _SERVICES.match(digits):
        return False
    return len(digits) in _LOCAL or _lacks_zero(digits)


def _lacks_zero(digits: str) -> bool:
    return len(digits) == 9 and digits.startswith("7") and not is_true_company(digits)


def _with_sign(part: Run, plain: str) -> Span:
    sign = _SIGN.search(plain, max(0, part.start - _LONGEST_SIGN), part.start)
    return Span(sign.start() if sign else part.start, part.end, Kind.PHONE)
