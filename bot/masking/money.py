"""Numbers of cards and of accounts with a bank."""

import re
from collections.abc import Iterator

from bot.masking.checksums import is_iban, luhn
from bot.masking.cues import Cued
from bot.masking.digits import Run
from bot.masking.kept import Kept, is_meter
from bot.masking.model import Kind, Span

_ISSUERS = re.compile(r"3|4|5|6|2[2-7]")  # the first digits of all card networks
_FOURS = re.compile(r"4(?P<gap>\D{1,12})4(?P=gap)4(?P=gap)4(?:(?P=gap)[1-3])?|4(\D{1,12})6\2[45]")
_CARD = range(13, 20)
# Clearing number and account without a cue; 3300 and a personnummer is one as well.
_ACCOUNT = re.compile(r"4-1\D{1,3}.+|4,\s?[0-9].*|4-(?:6[- ]?4|3 3 3)")
_FEWEST = 7  # digits of an account
_CLEARING = 4
_GIRO = 5
_LONGEST = 24
# Signs of an IBAN by country, those of the EEA and its neighbours (SWIFT's IBAN registry).
_IBANS = {
    **{"ad": 24, "al": 28, "at": 20, "ba": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24},
    **{"de": 22, "dk": 18, "ee": 20, "es": 24, "fi": 18, "fr": 27, "gb": 22, "gr": 27, "hr": 21},
    **{"hu": 28, "ie": 22, "is": 26, "it": 27, "li": 21, "lt": 20, "lu": 20, "lv": 21, "mt": 31},
    **{"nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "rs": 22, "se": 24, "si": 19, "sk": 24},
    **{"tr": 26, "ua": 29, "xk": 20},
}
_IBAN = re.compile(
    rf"(?<![a-z0-9])(?P<land>{'|'.join(_IBANS)})\s?[0-9]{{2}}(?=[\s.-]{{0,2}}[a-z0-9])"
)
# IBANs are parted by four signs: a longer word belongs to the sentence after a number.
_ORDINARY = re.compile(r"(?<![^\W_])[^\W\d_]{5,}(?![^\W_])")
_PAUSE = re.compile(r"[^a-z0-9]{3}|[^\sa-z0-9.-]")
_PARTED = 3  # signs of an IBAN with what is between: at most so many for each


def cards(told: list[Cued], kept: Kept) -> Iterator[Span]:
    """Yield card numbers: with the right check digit, in the form of a card, or after the word."""
    for one in told:
        if one.cue in {"public", "account", "own"} or is_meter(one.run.digits):
            continue
        parts = [part for part in one.run.windows(13, 19, _is_issued) if _is_card(part, one)]
        yield from (Span(part.start, part.end, Kind.CARD) for part in parts)
        if not parts and one.cue == "card" and not kept.covers(one.run.start):
            yield from _after_card(one.run)


def _is_issued(digits: str) -> bool:
    return bool(_ISSUERS.match(digits))


def _is_card(part: Run, one: Cued) -> bool:
    in_fours = bool(_FOURS.fullmatch(part.shape))
    whole = len(part.groups) == 1 or part == one.run or in_fours
    return in_fours or (whole and luhn(part.digits))


def _after_card(run: Run) -> Iterator[Span]:
    size = len(run.digits)
    if size in _CARD:
        yield Span(run.start, run.end, Kind.CARD)
    elif _FEWEST < size < _CARD.start:  # «kortnummer» where an account was meant
        yield Span(run.start, run.end, Kind.ACCOUNT)


def accounts(told: list[Cued], kept: Kept, plain: str) -> Iterator[Span]:
    """Yield accounts: an IBAN, the form that banks use, or whatever follows the word."""
    for found in _IBAN.finditer(plain):
        end = _iban_end(plain, found)
        if end:
            yield Span(found.start(), end, Kind.ACCOUNT)
    for one in told:
        run, size = one.run, len(one.run.digits)
        fewest = {"own": _GIRO, "account": _fewest(one.word)}.get(one.cue)
        known = 11 <= size <= 16 and bool(_ACCOUNT.fullmatch(run.shape))
        if (fewest and size >= fewest) or (known and one.cue != "public"):
            part = run if size <= _LONGEST else next(run.windows(_FEWEST, size))
            if not kept.covers(part.start):
                yield Span(part.start, part.end, Kind.ACCOUNT)


def _fewest(cue: str) -> int:
    return _CLEARING if cue.startswith("clear") else _FEWEST


def _iban_end(plain: str, found: re.Match[str]) -> int | None:
    """Return where an IBAN ends. A mistyped one of nothing but digits is one too."""
    land = found["land"]
    size, start = _IBANS[land], found.start()
    near = plain[start : start + size * _PARTED]
    places = [start + n for n, sign in enumerate(near) if sign.isalnum()][:size]
    signs = "".join(plain[place] for place in places)
    if len(signs) < size or _PAUSE.search(plain[start : places[-1]]):
        return None
    if _ORDINARY.search(plain[start : places[-1] + 1]):
        return None
    if not (signs[2:].isdigit() or is_iban(signs.upper())):
        return None
    return places[-1] + 1
