"""E-mail addresses, also spoken ones."""

import re
from collections.abc import Iterator, Set

from bot.language.lexicon import common_words
from bot.masking.model import Kind, Span
from bot.masking.reading import Reading

_AT = re.compile(
    r"@|[(\[{<]\s?(?:at|a|snabel-?a)\s?[)\]}>]|(?<![a-z])(?:snabel[\s-]{0,2}a|kanelbulle|alfakrull)(?![a-z])"
    r"|(?<=[a-z0-9]) at (?=[a-z0-9-]{2,40}(?:\.| dot | punkt )[a-z]{2,6})"
)
_DOT = r"(?:\s?[.,]\s?|\s?[(\[](?:dot|punkt|\.)[)\]]\s?|\s(?:dot|punkt|prick)\s)"
_DOMAIN = re.compile(
    rf"\s{{0,2}}(?P<host>[^\W_][\w-]{{0,62}}(?:\s?[.]\s?[\w-]{{1,62}}){{0,4}}?)"
    rf"(?:{_DOT}(?P<top>[a-z]{{2,24}})(?![a-z0-9-]))(?:[.][a-z]{{2,24}}(?![a-z0-9-])){{0,3}}",
    re.IGNORECASE,
)
_BARE_DOMAIN = re.compile(r"[^\W_][\w-]{1,62}")
_LONGEST = 64  # signs of the local part, RFC 5321
_JOINER = re.compile(
    r"(?:\s(?:punkt|dot|prick|understreck|underscore|bindestreck|streck|minus)\s"
    r"|\s?[(\[](?:dot|punkt)[)\]]\s?|\s_\s)\Z"
)
_LOCAL = re.compile(r"[\w.+%&'*/=?^{}~!#$-]")


_HOST_ALONE = re.compile(
    r"(?<![a-z0-9])(?P<local>[a-z0-9][a-z0-9._-]{4,63})\s(?:pa|at)\s"
    r"(?:gmail|googlemail|hotmail|outlook|icloud|yahoo|protonmail|telia|live)(?![a-z0-9])"
)  # «annasvensson på gmail»


def emails(reading: Reading, published: Set[str]) -> Iterator[Span]:
    """Yield addresses that are not published.

    Args:
        published: in small letters.
    """
    plain = reading.plain
    after = 0
    for found in _AT.finditer(plain):
        start = _local(plain, found.start(), after)
        end = _end(plain, found.end(), exact=found[0] == "@")
        if start is None or end is None:
            continue
        after = end
        if plain[start:end] not in published:
            yield Span(start, end, Kind.EMAIL)
    for found in _HOST_ALONE.finditer(plain):
        if reading.text[slice(*found.span("local"))].lower() not in common_words():
            yield Span(*found.span(), Kind.EMAIL)


def _local(plain: str, at: int, after: int) -> int | None:
    """Return where the part before the sign begins; None where there is none."""
    place = at
    while place > after and plain[place - 1].isspace() and at - place < 2:
        place -= 1
    end = place
    while place > after and end - place < _LONGEST and _LOCAL.match(plain[place - 1]):
        place -= 1
        joiner = _JOINER.search(plain, max(after, place - 14), place)
        if joiner and not _is_sign(plain, place):
            place = joiner.start()
    while place < end and not plain[place].isalnum():
        place += 1
    return place if place < end else None


def _is_sign(plain: str, place: int) -> bool:
    """Tell whether the local part goes on right before `place`."""
    return place > 0 and bool(_LOCAL.match(plain[place - 1]))


def _end(plain: str, at: int, *, exact: bool) -> int | None:
    found = _DOMAIN.match(plain, at)
    if found:
        return found.end()
    bare = _BARE_DOMAIN.match(plain, at) if exact else None
    return bare.end() if bare else None
