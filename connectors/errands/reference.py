"""Reference numbers of errands, such as `SK-7F3K2P`: short enough to be said on the telephone.

A reference number opens no door by itself. It is read aloud, mailed and written on paper, so
whoever names one is shown nothing of the errand without being logged in at the desk.
"""

import re
import secrets

PREFIX = "SK"
# No 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V beside each other, and no vowel, so no word comes of it.
# Their number is a prime, which is what makes the check character catch every swap.
SIGNS = "23456789CDFGHJKMNPRTVWX"
_DRAWN = 5  # signs: 6.4 million numbers
_READ_AS = str.maketrans("BSUZ", "85V2")  # what is written for a sign that looks like it
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")  # spaces, stops and every kind of hyphen
_PREFIX = re.compile(r"[A-ZÅÄÖ0-9]{1,9}")  # the whole number has room in 16 signs


def new_reference(prefix: str = PREFIX) -> str:
    """Draw a number. It may be taken, if seldom: whoever stores it then draws another.

    Args:
        prefix: up to nine capitals or digits that tell whose number it is.

    Raises:
        ValueError: the prefix is none.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"the prefix {prefix!r} is not one to nine capitals or digits")
    drawn = "".join(secrets.choice(SIGNS) for _ in range(_DRAWN))
    return f"{prefix}-{drawn}{_check(drawn)}"


def read_reference(text: str, prefix: str = PREFIX) -> str | None:
    """Return the number that somebody has written, as it is stored; None if it cannot be one.

    Small letters, spaces, another hyphen or none, a prefix left out and signs that look alike
    are all read. A number with one wrong sign, or with two that have changed places, is not.
    """
    signs = _BETWEEN.sub("", text).upper().removeprefix(prefix).translate(_READ_AS)
    drawn, check = signs[:_DRAWN], signs[_DRAWN:]
    if len(drawn) < _DRAWN or not set(drawn) <= set(SIGNS) or check != _check(drawn):
        return None
    return f"{prefix}-{signs}"


def _check(drawn: str) -> str:
    """Return the sign that makes the weighted sum of all a multiple of their number.

    The weights differ and the modulus is a prime, as in ISBN-10: one wrong sign, or two that
    have changed places, always makes another sum.
    """
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(drawn, start=2))
    return SIGNS[-total % len(SIGNS)]
