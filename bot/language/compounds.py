"""Taking Swedish compounds apart: slamtömningsavgift is about slam, tömning and avgift."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language.lexicon import Lexicon
from bot.language.tokens import function_words, lemma

_SHORTEST = 6  # letters; a shorter word is searched for whole
_SHORTEST_PART = 3
_OFTEN = {
    3: 40.0,
    4: 8.0,
    5: 1.0,
}  # in a million, by length: short pieces stand in many words by chance
_OFTEN_ENOUGH = 0.3  # in a million, for a longer part
_IN_CONTENT = {3: 3, 4: 2}  # times in the content, by length
_SHORTEST_RESTORED = 4  # letters: "lär" and "nån" stand at the end of many a misspelled word
_COST = 8.0  # of each part, in natural logarithms of frequency
_PLAIN_LEAD = 5.0  # in natural logarithms: what is a compound as it stands stays so
_LONGEST = 40  # letters; nobody's word is longer

# How the first part of a compound may be made from its base form: what is added to the base,
# and what the base has at its end instead. avgift-s, skol(a), förskol(a)-e, kyrk(a)-o, pojk(e).
_LINKS = (
    ("", ""),
    ("s", ""),
    ("es", "a"),
    ("", "a"),
    ("e", "a"),
    ("o", "a"),
    ("u", "a"),
    ("", "e"),
    ("e", ""),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that look like compounds but are not, or whose parts mislead.
SIMPLEX = _set(
    "kontakt kultur protokoll blankett kontroll restaurang kommun kontor semester program ansvar"
    " adress telefon paragraf personal person syskon matematik material statistik trafik transport"
    " förskola förslag uppdrag anslag sjukdom lägenhet fullmäktige parkering servering tillstånd"
    " borgmästare tidning ledning handling lördag söndag"
)
# Parts that are too short or too rare to be taken for one, but stand in many of our words.
_OUR_PARTS = _set("sop sim dag val del beslut nummer ferie färd pump träd krog vård larm färja")
# Words that stand at the end or the beginning of others by chance.
_NO_PARTS = _set(
    "het else ning ande are ell ist isk ast era ska kon rad rum tal ter sen tar ger ans ett både"
    " båda ring son kul tur dom per trans uppe föra förs serva bolaget lös fri"
)


@dataclass(frozen=True)
class _Part:
    written: str  # as it stands in the compound: "skol"
    base: str  # as a word of its own: "skola"


@dataclass(frozen=True)
class _Parts:
    parts: tuple[_Part, ...]
    score: float


class Compounds:
    """Splits words whose parts are Swedish words or words of the municipality's content."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._of_word = lru_cache(maxsize=20_000)(self._split_word)
        self._of_bare = lru_cache(maxsize=20_000)(self._split_bare)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of `word` (lower case) as words, or nothing where it has none.

        A part that is a word of the content stays whole, though it may be a compound itself.
        """
        found = self._of_word(word)
        return tuple(part.base for part in found.parts) if found else ()

    def smallest(self, word: str) -> tuple[str, ...]:
        """Return the parts of `word` that cannot be split further."""
        return tuple(
            least for part in self.split(word) for least in (self.smallest(part) or (part,))
        )

    def restore(self, without: str) -> str | None:
        """Return a compound written without å ä ö with them: "farjelage" is "färjeläge"."""
        plain, found = self._of_word(without), self._of_bare(without)
        if not found or (plain and plain.score + _PLAIN_LEAD >= found.score):
            return None
        return "".join(part.written for part in found.parts)

    def _split_word(self, word: str) -> _Parts | None:
        return self._best(word, self._part, self._of_word)

    def _split_bare(self, word: str) -> _Parts | None:
        return self._best(word, self._part_of_bare, self._of_bare)

    def _best(
        self,
        word: str,
        find: Callable[[str], str | None],
        split: Callable[[str], _Parts | None],
    ) -> _Parts | None:
        if not _SHORTEST <= len(word) <= _LONGEST or self._is_simplex(word):
            return None
        found = [
            whole
            for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
            for head in self._heads(word[place:], find, split)
            for whole in self._with_first(word[:place], head, find, split)
        ]
        return max(found, key=lambda parts: parts.score, default=None)

    def _with_first(
        self,
        first: str,
        head: _Parts,
        find: Callable[[str], str | None],
        split: Callable[[str], _Parts | None],
    ) -> Iterator[_Parts]:
        for link, ending in _LINKS:
            if not first.endswith(link):
                continue
            stem = first[: len(first) - len(link)]
            base = find(stem + ending) if len(stem) >= _SHORTEST_PART else None
            if base:
                written = base[: len(stem)] + link
                yield self._joined((_Part(written, base),), head)
        inner = split(first.removesuffix("s"))
        if inner:
            yield _Parts(inner.parts + head.parts, inner.score + head.score)

    def _heads(
        self,
        rest: str,
        find: Callable[[str], str | None],
        split: Callable[[str], _Parts | None],
    ) -> Iterator[_Parts]:
        base = find(rest)
        if base:
            yield self._joined((_Part(base, base),), _Parts((), 0.0))
        inner = split(rest)
        if inner:
            yield inner

    def _joined(self, parts: tuple[_Part, ...], head: _Parts) -> _Parts:
        score = sum(math.log(1 + self._lexicon.frequency(part.base)) - _COST for part in parts)
        return _Parts(parts + head.parts, head.score + score)

    def _part_of_bare(self, without: str) -> str | None:
        forms = [
            form
            for form in self._lexicon.forms(without)
            if self._part(form) and (form == without or len(form) >= _SHORTEST_RESTORED)
        ]
        return max(forms, key=self._lexicon.frequency, default=None)

    def _part(self, word: str) -> str | None:
        if word in _OUR_PARTS:
            return word
        if word in function_words() or word in _NO_PARTS:
            return None
        size = len(word)
        often = self._lexicon.common(word) >= _OFTEN.get(size, _OFTEN_ENOUGH)
        ours = self._lexicon.content.get(word, 0) >= _IN_CONTENT.get(size, 1)
        return word if often or ours else None

    @staticmethod
    def _is_simplex(word: str) -> bool:
        return word in SIMPLEX or lemma(word) in SIMPLEX
