"""What the words beside a run of digits say that it is."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.masking.digits import Run
from bot.masking.phrases import Hit, Phrases
from bot.masking.reading import Reading

_NEAR = 40  # signs between a cue and what it tells of
_USED = 5  # digits from which a run has used up the cue before it
_AFTER = re.compile(
    r"[\s,)]{1,3}(?:(?:ar|e|som|det|blir|va|var|mitt|min|vart|var|hans|hennes|is|my)\s{1,2}){0,4}"
)
_GOES_ON = re.compile(r"[\s,]{0,3}(?:(?:nr|nummer|konto|kontonr|och|sen)[\s.:]{1,3}){0,3}")
# A sentence that says nothing but that the number comes: «mitt konto. Det är 9022 14 385 07».
_BRINGS = re.compile(
    r"[.!?]\s{1,3}(?:(?:det|de|numret|nummer|nr|siffrorna)\s?(?:ar|e|blir)?|it is)?[\s:]{0,3}\Z"
)
_SENTENCE = re.compile(r"[.!?]\s[^0-9]{0,40}?[a-z]")  # «nr. » ends none
_HIDDEN = "\x00"


@dataclass(frozen=True)
class Cued:
    """A run of digits and the label of the cue that it has, "" where it has none."""

    run: Run
    cue: str
    word: str = ""  # the cue as it was written


def cued(reading: Reading, found: Sequence[Run], phrases: Phrases) -> list[Cued]:
    """Give each run its cue: the nearest before it, else one right after it."""
    hits = phrases.find(reading.words)
    starts, ends = [hit.start for hit in hits], [hit.end for hit in hits]
    told: list[Cued] = []
    used = 0  # where the last run ends that has used up its cue
    for run in found:
        before = bisect_right(ends, run.start) - 1
        hit = hits[before] if before >= 0 else None
        if hit is None or hit.end < used or not _reaches(reading.plain, hit, run):
            hit = _after(reading.plain, run, hits, starts)
        one = Cued(run, hit.label, reading.plain[hit.start : hit.end]) if hit else Cued(run, "")
        if not one.cue and told and _continues(reading.plain, told[-1], run):
            one = Cued(run, told[-1].cue)
        told.append(one)
        if len(run.digits) >= _USED:
            used = run.end
    return told


def _reaches(plain: str, hit: Hit, run: Run) -> bool:
    between = run.start - hit.end
    if between > _NEAR or _HIDDEN in plain[hit.end : run.start]:
        return False
    words = plain[hit.end : run.start]
    return not _SENTENCE.search(words) or bool(_BRINGS.search(words))


def _after(plain: str, run: Run, hits: Sequence[Hit], starts: Sequence[int]) -> Hit | None:
    """Return a cue such as in «850709-9805 är mitt personnummer»."""
    found = _AFTER.match(plain, run.end)
    if found is None or found.end() == found.start() or found[0].strip(" ,)\n") == "":
        return None
    place = bisect_right(starts, found.end()) - 1
    return hits[place] if place >= 0 and hits[place].start == found.end() else None


def _continues(plain: str, last: Cued, run: Run) -> bool:
    between = plain[last.run.end : run.start]
    is_account = last.cue == "account"
    return is_account and len(between) <= 16 and bool(_GOES_ON.fullmatch(between))
