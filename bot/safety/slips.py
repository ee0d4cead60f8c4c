"""Reading a long alarm word that was written with one slip."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.lexicon import common_words
from bot.language.normalise import bare
from bot.safety.phrases import plain

_SHORTEST = 7  # letters: a slip in a shorter word often makes another word
_WORD = re.compile(r"[^\W\d_]+")


class Slips:
    """The long words of the alarms.

    A letter too many, too few or another one, or two that have changed places, is one slip. What
    is a Swedish word is none.
    """

    def __init__(self, alarms: Iterable[str], others: Iterable[str]) -> None:
        """Gather the words.

        Args:
            alarms: phrases that raise the alarm.
            others: words that look like theirs, and are left as they are.
        """
        words = {word for phrase in alarms for word in _words(phrase)}
        self._known = words.union(map(bare, common_words()), *map(_words, others))
        self._mended = lru_cache(maxsize=20_000)(self._find)
        self._long = sorted(word for word in words if len(word) >= _SHORTEST)

    def mended(self, said: str) -> str:
        """Return a plain text with every word that is one slip from a long alarm word put right."""
        return _WORD.sub(lambda found: self._mended(found[0]), said)

    def _find(self, word: str) -> str:
        if len(word) < _SHORTEST - 1 or word in self._known:
            return word
        near = process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else word


def _words(phrase: str) -> list[str]:
    return _WORD.findall(plain(phrase.replace("_", " ").replace("*", "")))
