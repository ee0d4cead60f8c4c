"""Making a question as badly written as people write: to measure what reading it well is worth."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

from bot.language.keyboard import BESIDE

Kind = Literal["no_diacritics", "typos", "capitals", "decomposed"]

LETTERS_PER_TYPO = 14
_SHORT_WORD = 5  # letters; the first letter of a shorter word is never hit
_BARE = str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")


def noisy(text: str, kind: Kind, seed: int = 0) -> str:
    """Return `text` as written in haste, on a foreign keyboard, with caps lock, or by a Mac.

    The same text, kind and seed always give the same result.

    Args:
        kind: `typos` makes about one slip in 14 letters: a neighbouring key, or a letter that is
            dropped, doubled or swapped with the next. `no_diacritics` writes a, a, o for å, ä, ö;
            `capitals` shouts; `decomposed` writes å ä ö as two code points each (NFD).
    """
    if kind == "typos":
        return _with_typos(text, random.Random(f"{seed} {text}"))  # noqa: S311  # no secret
    change: dict[str, Callable[[str], str]] = {
        "no_diacritics": lambda even: even.translate(_BARE),
        "capitals": str.upper,
        "decomposed": lambda even: unicodedata.normalize("NFD", even),
    }
    return change[kind](unicodedata.normalize("NFC", text))


def _with_typos(text: str, chance: random.Random) -> str:
    letters = unicodedata.normalize("NFC", text)
    places = list(_places(letters))
    count = int(sum(map(str.isalpha, letters)) / LETTERS_PER_TYPO + chance.random())
    hit = chance.sample(places, min(count, len(places)))
    for place in sorted(hit, reverse=True):  # from the end: earlier places keep their number
        letters = chance.choice(_SLIPS)(letters, place, chance)
    return letters


def _places(text: str) -> Iterator[int]:
    """Where a slip may happen: in a word of letters only, not at the beginning of a short one."""
    start = 0
    for word in text.split(" "):
        core = word.strip(".,;:!?()«»\"'")
        begin = start + word.find(core)
        if core.isalpha() and len(core) > 1:
            yield from range(begin + (len(core) < _SHORT_WORD), begin + len(core))
        start += len(word) + 1


def _neighbour(text: str, place: int, chance: random.Random) -> str:
    old = text[place]
    new = chance.choice(BESIDE.get(old.lower(), old.lower()))
    return text[:place] + (new.upper() if old.isupper() else new) + text[place + 1 :]


def _dropped(text: str, place: int, _: random.Random) -> str:
    return text[:place] + text[place + 1 :]


def _doubled(text: str, place: int, _: random.Random) -> str:
    return text[:place] + text[place] + text[place:]


def _swapped(text: str, place: int, chance: random.Random) -> str:
    """Swap with the next letter; at the end of a word there is none."""
    pair = text[place : place + 2]
    if len(pair) < 2 or not pair.isalpha() or pair[0] == pair[1]:
        return _neighbour(text, place, chance)
    swapped = pair[::-1].lower()  # a capital stays where it was
    swapped = "".join(n.upper() if o.isupper() else n for o, n in zip(pair, swapped, strict=True))
    return text[:place] + swapped + text[place + 2 :]


_SLIPS = (_neighbour, _dropped, _doubled, _swapped)
