"""The words that may stand in a question: Swedish ones, and those of the municipality's content."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, pairwise
from sys import intern

from bot.language.normalise import bare, has_marks, normalise

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_RAREST = -700  # centibels, 1 in 10 million: what is rarer is mostly a slip, a name or a compound
_OFTEN = 1.0  # in a million: words that others are corrected to
_DOMAIN_WEIGHT = 30.0  # in a million, for the square root of a word's count in the content
_SLIP_RATIO = 4  # a content word is a slip where one like it is so many times as frequent
_ENDING = 2  # letters; words that differ in them alone are forms of one word
_CLEAR = 20.0  # times as frequent: who has an ö does not write the word without it
_CLEAR_LEAST = 0.01  # in a million
_SWEDISH = re.compile(r"[a-zåäöéüàè]+(?:-[a-zåäöéüàè]+)*")


class Lexicon:
    """Words, how frequent they are, and what a word without å ä ö may stand for.

    All words are lower case and in NFC.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._common = common_words()
        self._forms = _common_forms()
        lines = [_words_in(text) for text in texts]
        lines = [line for line in lines if not self.lacks_marks(line)]
        self.content = _right(Counter(chain.from_iterable(lines)), self._common)
        self._forms = {**self._forms, **_forms_of_content(self.content)}
        self._pairs = self._telling_pairs(lines)

    def known(self, word: str) -> bool:
        """Tell whether `word` is written as a Swede or the municipality writes it."""
        return word in self.content or word in self._common

    def frequency(self, word: str) -> float:
        """Return how often `word` stands in a million words; the content's words are lifted."""
        return self._common.get(word, 0.0) + _DOMAIN_WEIGHT * math.sqrt(self.content.get(word, 0))

    def forms(self, without: str) -> tuple[str, ...]:
        """Return the known words that become `without` when å ä ö are left out, in order."""
        if without in self._forms:
            return self._forms[without]
        return (without,) if self.known(without) else ()

    def common(self, word: str) -> float:
        """Return how often `word` stands in a million words of Swedish; 0 where it is too rare."""
        return self._common.get(word, 0.0)

    def best_form(self, without: str) -> str | None:
        """Return the most frequent of the forms of `without`."""
        return max(self.forms(without), key=self.frequency, default=None)

    def pair(self, first: str, second: str) -> int:
        """Return how often `second` follows `first` in the content.

        Counted only where it tells something: one of them has several forms, or the two also
        make one word.
        """
        return self._pairs.get((first, second), 0)

    def lacks_marks(self, words: Collection[str]) -> bool:
        """Tell whether `words` are a line of Swedish written without å ä ö.

        One word that hardly anybody writes so shows it ("nar", "oppnar").
        """
        if any(map(has_marks, words)):
            return False
        return any(self._clearly_lacks_marks(word) for word in words)

    def _clearly_lacks_marks(self, word: str) -> bool:
        forms = self._forms.get(word, ())
        usual = max((self._common.get(form, 0.0) for form in forms), default=0.0)
        return usual > _CLEAR * max(self._common.get(word, 0.0), _CLEAR_LEAST)

    def content_bare(self) -> frozenset[str]:
        return frozenset(bare(word) for word in self.content)

    def common_bare(self) -> frozenset[str]:
        """Return the frequent Swedish words without å ä ö."""
        return _common_bare()

    def _telling_pairs(self, lines: Iterable[Collection[str]]) -> Mapping[tuple[str, str], int]:
        found = Counter(chain.from_iterable(map(pairwise, lines)))
        words = {word for pair in found for word in pair}
        several = {word for word in words if len(self.forms(bare(word))) > 1}
        return {
            (first, second): count
            for (first, second), count in found.items()
            if first in several or second in several or first + second in self.content
        }


@lru_cache(maxsize=20_000)  # an editor changes one of them
def _words_in(text: str) -> tuple[str, ...]:
    return tuple(map(intern, WORD.findall(normalise(text).lower())))


@lru_cache(maxsize=1)
def common_words() -> Mapping[str, float]:
    """Return Swedish words with their frequency in a million, from wordfreq's large list."""
    import wordfreq  # noqa: PLC0415  # takes seconds to load

    buckets = wordfreq.get_frequency_list("sv", "large")
    words = {
        word: 10 ** (6 - centibels / 100)
        for centibels, bucket in enumerate(buckets[: 1 - _RAREST])
        for word in bucket
        if _SWEDISH.fullmatch(word)
    }
    wordfreq.get_frequency_list.cache_clear()  # it would hold 240,000 rarer words in memory
    return words


@lru_cache(maxsize=1)
def _common_bare() -> frozenset[str]:
    return frozenset(bare(word) for word, often in common_words().items() if often >= _OFTEN)


@lru_cache(maxsize=1)  # half a second, and the same for every content
def _common_forms() -> Mapping[str, tuple[str, ...]]:
    """Return what each frequent word without å ä ö may stand for."""
    return _forms_by_bare(common_words())


def _forms_of_content(content: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what the words of `content` may stand for without å ä ö, among frequent words too."""
    common, known = common_words(), _common_forms()
    touched = {form for word in content for form in known.get(bare(word), ())}
    plain = {bare(word) for word in content if bare(word) in common}
    return _forms_by_bare({*content, *touched, *plain})


def _right(counts: Counter[str], common: Mapping[str, float]) -> Mapping[str, int]:
    """Drop slips: editors write down misspelled questions too, as variants."""
    marked: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        if word != bare(word):
            marked[bare(word)].append(word)
    near = _best_counts(counts)

    def bare_slip(word: str) -> bool:
        return any(
            counts[form] >= counts[word] and common.get(form, 0.0) >= common.get(word, 0.0)
            for form in marked.get(word, ())
        )

    def misspelt(word: str) -> bool:
        outdone = _SLIP_RATIO * counts[word]
        return word not in common and any(
            near[rest] >= outdone for rest in _without_one_letter(word)
        )

    return {w: n for w, n in counts.items() if not bare_slip(w) and not misspelt(w)}


def _best_counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return the count of the most frequent word for every word that lacks one letter of it."""
    best: dict[str, int] = defaultdict(int)
    for word, count in counts.items():
        for rest in _without_one_letter(word):
            best[rest] = max(best[rest], count)
    return best


def _without_one_letter(word: str) -> Iterator[str]:
    """Two words that differ in one letter before the ending share one of these."""
    yield word
    for place in range(len(word) - _ENDING):
        yield word[:place] + word[place + 1 :]


def _forms_by_bare(words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what each word without å ä ö may stand for, where that is more than itself."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if not word.isascii():
            forms[bare(word)].append(word)
    for without, found in forms.items():
        if without in words:
            found.append(without)
    return {without: tuple(sorted(found)) for without, found in forms.items()}
