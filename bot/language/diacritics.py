"""Putting back å ä ö in a line that was written without them («nar oppnar atervinningen»)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.compounds import Compounds
from bot.language.lexicon import Lexicon
from bot.language.normalise import bare, has_marks

# Times as frequent as the word as it stands another form must be, while nothing else shows that
# letters are missing, and once it is clear that they are.
_UNSURE, _SURE = 25.0, 2.5
_PAIR_WEIGHT = 2.0  # of seeing the pair in the content once, in natural logarithms

_END = ""  # where a clause ends


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBERS = _set("ett tva tre fyra fem sex sju atta nio tio tolv femton tjugo trettio hundra")
_BEFORE_INFINITIVE = _set(
    "kan vill att ska skall maste far behover borde kunna skulle vi jag man ni du och vilja"
)
_PREPOSITIONS = _set("vid till i pa fran for av med under hos om mot utanfor bakom nara pa at")


@dataclass(frozen=True)
class _Clue:
    """What stands before or after a word, both without å ä ö, and tells what it means."""

    word: str
    means: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def fits(self, before: str, after: str) -> bool:
        counted = before.isdigit() and self.before >= _NUMBERS
        return counted or before in self.before or after in self.after


# Words that are frequent in both readings; the first clue that fits decides.
_CLUES = (
    _Clue("ar", "år", _NUMBERS | _set("per i varje forra nasta detta om arligen"), _set("gammal")),
    _Clue("ar", "år", after=_set("gamla sedan sen")),
    _Clue("var", "vår", _PREPOSITIONS),
    _Clue("vart", "vårt", _PREPOSITIONS),
    _Clue("har", "har", _set("jag du han hon den det vi ni de dom man")),
    _Clue("har", "här", _set("bor ligger finns in dar"), frozenset({_END})),
    _Clue("far", "far", _set("min hans hennes din sin mor"), _set("illa och")),
    _Clue("tal", "tål", after=_set("inte ej")),
    _Clue("andra", "ändra", _BEFORE_INFINITIVE),
    _Clue("tomma", "tömma", _BEFORE_INFINITIVE),
    _Clue("tanka", "tänka", after=_set("mig sig oss pa ut")),
    _Clue("bada", "båda", _set("vi oss de dom barnen alla")),
    _Clue("tag", "tag", _set("fa ta far tar fatt hand")),
    _Clue("tag", "tag", after=_set("i")),
    _Clue("satt", "sätt", _set("pa vilket bra annat basta nagot")),
    _Clue("satt", "satt", _set("har hade")),
    _Clue("salt", "sålt", _set("har hade")),
    _Clue("last", "läst", _set("har hade")),
    _Clue("rad", "rad", _set("en")),
)
_CLUES_BY_WORD = {
    word: tuple(clue for clue in _CLUES if clue.word == word)
    for word in {clue.word for clue in _CLUES}
}


class Diacritics:
    """Chooses among the forms that the lexicon knows, by context and by frequency."""

    def __init__(self, lexicon: Lexicon, compounds: Compounds) -> None:
        self._lexicon = lexicon
        self._compounds = compounds

    def restore(self, words: Sequence[str | None]) -> list[str | None]:
        """Return `words` (lower case, or figures; None ends a clause) with å ä ö.

        A line with an å, ä or ö in it was written on a keyboard that has them: it comes back
        as it is.
        """
        spoken = [word for word in words if word]
        if any(map(has_marks, spoken)):
            return list(words)
        missing = self._lexicon.lacks_marks(spoken)
        read: list[str | None] = []
        for number, word in enumerate(words):
            before = read[-1] if read else None
            after = words[number + 1] if number + 1 < len(words) else None
            read.append(word and self._read(word, before or _END, after or _END, missing))
        return read

    def _read(self, word: str, before: str, after: str, missing: bool) -> str:
        if "-" in word:
            return "-".join(self._read(part, _END, _END, missing) for part in word.split("-"))
        forms = self._lexicon.forms(word)
        if not forms or (forms == (word,) and not self._lexicon.common(word)):
            return self._compounds.restore(word) or word
        for clue in _CLUES_BY_WORD.get(word, ()):
            if clue.fits(bare(before), after) and clue.means in forms and missing:
                return clue.means
        caution = math.log(_SURE if missing else _UNSURE)
        return max(
            forms,
            key=lambda form: (
                self._likely(before, form, after) + (caution if form == word else 0.0),
                form,
            ),
        )

    def _likely(self, before: str, form: str, after: str) -> float:
        pairs = self._lexicon.pair(before, form) + sum(
            self._lexicon.pair(form, following)
            for following in self._lexicon.forms(after) or (after,)
        )
        return math.log(1 + self._lexicon.frequency(form)) + _PAIR_WEIGHT * math.log(1 + pairs)
