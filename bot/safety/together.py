"""Phrases whose parts may stand in any order: «[barn] + bil* + låst»."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from bot.safety.phrases import AND, JOINED, Groups, named, plain

NOT_NOW = "[inte_nu]"  # words of courses, rules and long ago, beside which nothing holds
_REACH = 14  # words from the first part to the last
_BESIDE = 3  # words around them in which NOT_NOW is looked for
_APOSTROPHE = "'"  # left out in haste: «cant», «hes»
_SIGNS = re.compile(r"[^\w*]+")
_WORD = re.compile(r"[^\W_]+")

_WHOLE, _BEGIN, _END, _WITHIN = "whole", "begin", "end", "within"

Span = tuple[int, int]  # first word, and the one after the last
Found = Mapping[str, Sequence[Span]]  # by choice


@dataclass(frozen=True)
class Said:
    """A choice of words: where it may begin, and the words that then follow."""

    choice: str
    rest: tuple[str, ...]


class Words:
    """Every choice of the phrases, ready to be looked for in one pass over a message."""

    def __init__(self, choices: Iterable[str], groups: Groups) -> None:
        """Sort the words by how they are found.

        Raises:
            KeyError: a choice names a group that there is not.
        """
        self._said: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        for choice in dict.fromkeys(choices):
            words = (word for member in choice.split("/") for word in named(member, groups))
            for word in dict.fromkeys(words):
                self._add(choice, word)
        self._starts = lru_cache(maxsize=20_000)(self._look)

    def find(self, text: str) -> Found:
        """Return where each choice stands in a plain text."""
        words = _WORD.findall(text.replace(_APOSTROPHE, ""))
        found: dict[str, list[Span]] = defaultdict(list)
        for place, word in enumerate(words):
            for rest, choices in self._starts(word):
                end = place + 1 + len(rest)
                if end <= len(words) and all(map(_fits, rest, words[place + 1 : end])):
                    for choice in choices:
                        found[choice].append((place, end))
        return found

    def _add(self, choice: str, word: str) -> None:
        place, core, rest = _kind(word)
        self._said[place][core].append(Said(choice, rest))

    def _look(self, word: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Return what must follow the word, each with the choices that then stand there."""
        found = [*self._beginning(word)]
        if word[0] in AND and len(word) > 3:  # «and» and a word of its own
            found += self._beginning(word[1:])
        choices: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for said in found:
            choices[said.rest].append(said.choice)
        return tuple((rest, tuple(dict.fromkeys(names))) for rest, names in choices.items())

    def _beginning(self, word: str) -> Iterator[Said]:
        yield from self._said[_WHOLE].get(word, ())
        for cut in range(1, len(word) + 1):
            yield from self._said[_BEGIN].get(word[:cut], ())
            yield from self._said[_END].get(word[-cut:], ())
        for core, said in self._said[_WITHIN].items():
            if core in word:
                yield from said


@lru_cache(maxsize=50_000)
def _kind(word: str) -> tuple[str, str, tuple[str, ...]]:
    """Return where in a word the first one of a rule stands, itself, and what must follow."""
    bare = plain(word).replace("_", " ").replace(_APOSTROPHE, "")
    first, *rest = _SIGNS.sub(" ", bare).split()
    core = first.strip("*")
    if first == core:
        return _WHOLE, core, tuple(rest)
    if first.startswith("*"):
        return _WITHIN if first.endswith("*") else _END, core, tuple(rest)
    return _BEGIN, core, tuple(rest)


@dataclass(frozen=True)
class Together:
    """A phrase of several parts; each part is one or more choices that follow one another."""

    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, phrase: str) -> "Together":
        return cls(tuple(tuple(part.split()) for part in phrase.split(JOINED)))

    @property
    def choices(self) -> Iterator[str]:
        return (choice for part in self.parts for choice in part)

    def holds(self, found: Found) -> bool:
        """Tell whether all parts stand near one another, each in words of its own."""
        if not all(choice in found for choice in self.choices):
            return False
        spans = sorted((_spans(part, found) for part in self.parts), key=len)
        first, *rest = spans
        return any(self._from(one, rest, found) for one in first)

    def _from(self, taken: Span, rest: Sequence[Sequence[Span]], found: Found) -> bool:
        near = [[one for one in _within(spans, taken[0]) if _apart(one, taken)] for spans in rest]
        return _placed((taken,), near, found.get(NOT_NOW, ()))


def _within(spans: Sequence[Span], place: int) -> Sequence[Span]:
    """Return those of `spans`, which are in order, that begin within reach of `place`."""
    begin = bisect_left(spans, place - _REACH, key=itemgetter(0))
    return spans[begin : bisect_right(spans, place + _REACH, key=itemgetter(0))]


def _placed(
    taken: tuple[Span, ...], rest: Sequence[Sequence[Span]], not_now: Sequence[Span]
) -> bool:
    begin, end = min(one[0] for one in taken), max(one[1] for one in taken)
    if end - begin > _REACH:
        return False
    if not rest:
        return not any(begin - _BESIDE <= one[0] < end + _BESIDE for one in not_now)
    return any(
        _placed((*taken, one), rest[1:], not_now)
        for one in rest[0]
        if all(_apart(one, other) for other in taken)
    )


def _spans(part: tuple[str, ...], found: Found) -> Sequence[Span]:
    spans = found[part[0]]
    for choice in part[1:]:
        ends = dict(found[choice])
        spans = [(begin, ends[end]) for begin, end in spans if end in ends]
    return spans


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _fits(pattern: str, word: str) -> bool:
    core = pattern.strip("*")
    if pattern == core:
        return word == core
    if pattern.startswith("*"):
        return core in word if pattern.endswith("*") else word.endswith(core)
    return word.startswith(core)
