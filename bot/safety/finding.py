"""Finding which of some thousand phrases stand in a message, in some milliseconds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from bot.safety.phrases import ALONE, AND, JOINED, KEY, Groups, keys, pattern
from bot.safety.together import NOT_NOW, Together, Words

Label = tuple[int, int]  # the rule, and the language of the phrase

_START = re.compile(r"\b\w")
_LONGEST_ALONE = 100  # signs: a lone word with its cries for help is no longer


class Finder:
    """The phrases of all rules, looked up by the letters with which they begin."""

    def __init__(self, phrases: Iterable[tuple[Label, str]], groups: Groups) -> None:
        """Sort the phrases. One is made a pattern when a message may hold it: all take seconds.

        Raises:
            KeyError: a phrase names a group that there is not.
        """
        self._pattern = cache(lambda phrase: pattern([phrase], groups))
        self._by_key: dict[str, list[tuple[Label, str]]] = defaultdict(list)
        self._alone: list[tuple[Label, re.Pattern[str]]] = []
        self._together: list[tuple[Label, Together]] = []
        for label, phrase in phrases:
            self._add(label, phrase, groups)
        choices = [choice for _, one in self._together for choice in one.choices]
        not_now = [NOT_NOW] if NOT_NOW.strip("[]") in groups else []
        self._words = Words([*choices, *not_now], groups)

    def labels(self, text: str) -> frozenset[Label]:
        """Return the labels of the phrases that stand in a plain text."""
        found = self._words.find(text)
        return frozenset(
            {
                *self._in_order(text),
                *(label for label, one in self._together if one.holds(found)),
                *self._lone(text),
            }
        )

    def _add(self, label: Label, phrase: str, groups: Groups) -> None:
        if JOINED in phrase:
            self._together.append((label, Together.of(phrase)))
            return
        if phrase.startswith(ALONE):
            self._alone.append((label, pattern([phrase], groups)))
            return
        for key in keys(phrase, groups):
            self._by_key[key].append((label, phrase))

    def _in_order(self, text: str) -> Iterator[Label]:
        for start in _START.finditer(text):
            place = start.start()
            for label, one in self._beginning(text[place : place + KEY + 1]):
                if self._pattern(one).match(text, place):
                    yield label

    def _beginning(self, letters: str) -> Iterator[tuple[Label, str]]:
        for cut in range(KEY + 1):
            yield from self._by_key.get(letters[:cut], ())
        if letters[0] in AND:
            for cut in range(1, KEY + 1):
                yield from self._by_key.get(letters[1 : 1 + cut], ())

    def _lone(self, text: str) -> Iterator[Label]:
        if len(text) <= _LONGEST_ALONE:
            yield from (label for label, one in self._alone if one.match(text))
