"""A text as the rules read it: one sign for each way to write it, and where each one came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_PLAIN = re.compile(r"[\n\r\t -~\u00a1-\u00ac\u00ae-\u00ff\u2013\u2014\u2019\u201d]*+")
_FOLD = str.maketrans("åäöæøéèêëáàâãüúùûíìîïóòôõñç", "aaoaoeeeeaaaauuuuiiiioooonc")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"))
_WORD = re.compile(r"[^\W\d_]+")
# The reference number of an errand: its last six signs have no vowel, so no name looks like it.
_REFERENCE = re.compile(r"(?<![^\W_])[a-z0-9]{1,9}-[2-9cdfghjkmnprtvwx]{6}(?![^\W_])")
# The letter o in the place of a zero: «O7O-174 O6 O5».
_ZERO = re.compile(r"(?<![a-z])o(?=[0-9o][0-9o-])|(?<=[0-9])o(?=[0-9o-]|\b)")
_BLANK = "\x00"  # stands where something is hidden already: no rule reads it


@dataclass(frozen=True)
class Word:
    """A run of letters, folded, at `[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text without what cannot be seen, sign by sign.

    `text` has its capitals and marks, `plain` is as long and has neither: small letters
    without marks, ASCII digits and one kind of dash.
    """

    text: str
    plain: str
    places: Sequence[int] | None  # of each sign in the text as it was written, and its length

    @classmethod
    def of(cls, written: str, hidden: Sequence[str] = ()) -> "Reading":
        """Read a text.

        Args:
            hidden: what stands in place of something hidden: no rule reads it again.
        """
        text, places = (written, None) if _PLAIN.fullmatch(written) else _seen(written)
        for mask in hidden:
            text = text.replace(mask, _BLANK * len(mask))
        return cls(text, _plain(text), places)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where `[start:end]` stands in the text as it was written."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    @cached_property
    def words(self) -> list[Word]:
        """All words but those in the reference number of an errand."""
        plain = _REFERENCE.sub(lambda found: _BLANK * len(found[0]), self.plain)
        return [Word(found[0], *found.span()) for found in _WORD.finditer(plain)]


def _plain(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two signs
        lowered = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return _ZERO.sub("0", lowered.translate(_FOLD).translate(_DASHES))


def _seen(written: str) -> tuple[str, list[int]]:
    """Put letters and their marks together, digits of all scripts as ours, and leave out signs
    that cannot be seen.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(written):
        category = unicodedata.category(sign)
        if category in {"Cf", "Me"} or (category == "Mn" and _is_mark(sign, signs)):
            continue
        signs.append(_one(sign))
        places.append(place)
    return "".join(signs), places


def _is_mark(mark: str, signs: list[str]) -> bool:
    """Put a mark on the letter before it; on anything else it tells nothing."""
    if signs:
        both = unicodedata.normalize("NFC", signs[-1] + mark)
        if len(both) == 1:
            signs[-1] = both
    return True


def _one(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace() and sign not in "\n\r\t":
        return " "
    same = unicodedata.normalize("NFKC", sign)
    return same if len(same) == 1 else sign
