"""Words and phrases of the masking, found in a text at one pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from rapidfuzz.distance import OSA

from bot.language.normalise import fold
from bot.masking.reading import Word

_LONG = 7  # letters from which a word may have a slip
_LONGEST = 30  # letters of a word in a phrase
_APART = 3  # signs between the words of a phrase: «pers.nr», «c/o»
_END = "*"


@dataclass(frozen=True)
class Hit:
    """A phrase at `[start:end]`; its words are `words[first:after]`."""

    label: str
    start: int
    end: int
    first: int
    after: int


class Phrases:
    """Phrases with labels: `a/b` is one word or the other, a final `*` any ending."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._labels: dict[tuple[str, ...], str] = {}
        for label, written in phrases.items():
            for words in (one for phrase in written for one in _alternatives(phrase)):
                self._labels.setdefault(words, label)
        self._firsts: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self._labels, key=lambda one: -len(one)):
            self._firsts.setdefault(words[0], []).append(words)
        self._stems = {first[:-1] for first in self._firsts if first.endswith(_END)}
        self._slips: dict[str, list[str]] = {}  # by their first letter, which people seldom miss
        for first in filter(_may_slip, self._firsts):
            self._slips.setdefault(first[0], []).append(first)
        self._known = lru_cache(maxsize=20_000)(self._read)

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Return what stands among `words`, in order; of phrases in one place the longest."""
        hits: list[Hit] = []
        place = 0
        while place < len(words):
            hit = self._at(words, place)
            if hit:
                hits.append(hit)
            place = hit.after if hit else place + 1
        return hits

    def _at(self, words: Sequence[Word], place: int) -> Hit | None:
        for phrase in self._known(words[place].text):
            after = place + len(phrase)
            if after <= len(words) and _goes_on(phrase, words[place:after]):
                start, end = words[place].start, words[after - 1].end
                return Hit(self._labels[phrase], start, end, place, after)
        return None

    def _read(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return the phrases that `word` may begin."""
        found = list(self._firsts.get(word, ()))
        for size in range(2, min(len(word), _LONGEST) + 1):
            if word[:size] in self._stems:
                found += self._firsts[word[:size] + _END]
        if not found and _LONG <= len(word) <= _LONGEST:
            near = (one for one in self._slips.get(word[0], ()) if _is_slip(one, word))
            found = [phrase for one in near for phrase in self._firsts[one] if len(phrase) == 1]
        return tuple(sorted(found, key=lambda one: -len(one)))


def _alternatives(phrase: str) -> Iterable[tuple[str, ...]]:
    return product(*(fold(word).split("/") for word in phrase.split()))


def _may_slip(first: str) -> bool:
    return len(first) >= _LONG and not first.endswith(_END)


def _is_slip(right: str, word: str) -> bool:
    """Tell whether `word` is one slip from `right`, in long words two; an ending is no slip."""
    slips = 1 if len(right) < _LONG + 3 else 2
    return OSA.distance(right, word, score_cutoff=slips) <= slips


def _goes_on(phrase: Sequence[str], words: Sequence[Word]) -> bool:
    if any(two.start - one.end > _APART for one, two in pairwise(words)):
        return False
    return all(
        word.text.startswith(part[:-1]) if part.endswith(_END) else word.text == part
        for part, word in zip(phrase[1:], words[1:], strict=True)
    )
