"""How alike two names are: the same, the same by sound, or a slip of the pen apart."""

import unicodedata
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.language.normalise import fold

_ONE_SLIP = (
    5  # letters; shorter names that differ by one are other names: Eva and Ewe, Lars and Mars
)
_TWO_SLIPS = 8

# Swedish spellings of one sound. Longer ones first; what is made by one is read by the next.
_SPELLINGS = (
    ("sch", "sk"),
    ("ph", "f"),
    ("th", "t"),
    ("ch", "k"),
    ("qu", "kv"),
    ("kvv", "kv"),
    ("q", "k"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("dt", "t"),
    ("w", "v"),
    ("z", "s"),
    ("x", "ks"),
    ("ae", "a"),
    ("oe", "o"),
    ("y", "i"),
    ("j", "i"),
)

# Names that are words as well: written alone they are names only where somebody is looked for.
ALSO_WORDS = frozenset(
    """
    alm berg blom bo bjorn brandt brant dag dahl dal ek eld falk fors frid gren hagg hult kim klint
    kvist lilja lind ljung lund lov malm maj mo person persson per quist ren ro roos ros sol stal
    sten stig strand strom svan tor vik vide viking wik ost alv as
    """.split()  # noqa: SIM905  # a list would take forty lines
)


class Likeness(IntEnum):
    """How near what is written comes to a name."""

    OTHER = 0
    NEAR = 1  # a slip of the pen, or a part: worth a question, never an answer
    SOUND = 2  # Lindkvist for Lindqvist
    SAME = 3


@lru_cache(maxsize=20_000)
def letters(name: str) -> str:
    """Return `name` in small letters without marks, hyphens and blanks."""
    plain = unicodedata.normalize("NFKD", fold(name.lower()))
    return "".join(letter for letter in plain if letter.isalnum())


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """Spell alike what sounds alike: Ericsson and Eriksson, Lindqvist and Lindkvist."""
    said = letters(name)
    for written, spoken in _SPELLINGS:
        said = said.replace(written, spoken)
    first, rest = said[:1], said[1:].replace("h", "").replace("v", "f")
    if rest.endswith("ie"):
        rest = rest[:-1]
    said = first + rest
    return "".join(letter for n, letter in enumerate(said) if n == 0 or letter != said[n - 1])


def likeness(name: str, written: str) -> Likeness:
    """Tell how near `written`, also in the genitive, comes to `name`."""
    if letters(name) == letters(written):
        return Likeness.SAME
    if written.endswith("s") and letters(name) == letters(written[:-1]):
        return Likeness.SAME
    said, heard = sound(name), sound(written)
    if heard == said or (heard.endswith("s") and heard[:-1] == said):
        return Likeness.SOUND
    shortest = min(len(letters(name)), len(letters(written)))
    return Likeness.NEAR if _is_slip(said, heard, shortest) else Likeness.OTHER


def _is_slip(said: str, heard: str, shortest: int) -> bool:
    slips = 2 if shortest >= _TWO_SLIPS else 1
    if shortest < _ONE_SLIP or said[0] != heard[0]:
        return False
    return OSA.distance(said, heard, score_cutoff=slips) <= slips
