"""Reading alarm words that were written in haste, by ear, or together with the word before."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.language.lexicon import common_words
from bot.language.normalise import bare
from bot.safety.phrases import plain

_SHORTEST = 4  # letters: a slip in a shorter word makes another word
_LONG = 7  # letters: such a word is read as an alarm word, whatever else it is near
_OFTEN = 2.0  # in a million: the words that a short slip may also come from
_RARE = 0.5  # in a million: in the list of words, but mostly as a slip
_TIMES = 300  # as frequent: then a rare word is a slip of the other
_MOST_LETTERS = 24
_OTHERS = {"en": 25_000, "fi": 10_000}  # as many frequent words that are no slip of a Swedish one
_WORD = re.compile(r"[^\W\d_]+")

# How people spell by ear. Letters that sound alike become one; a doubled letter is one.
_SOUNDS = (
    (re.compile(r"skj|stj|sch|sj"), "s"),
    (re.compile(r"tj|kj|ch"), "k"),
    (re.compile(r"hj|lj|gj|dj"), "j"),
    (re.compile(r"ck|c|q"), "k"),
    (re.compile(r"dt|th"), "t"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"e"), "a"),  # ä is a here
    (re.compile(r"(.)\1+"), r"\1"),
)


class Slips:
    """The words of the alarms, and the ordinary ones that they must not be taken from.

    A letter too many, too few or another one, or two that have changed places, is one slip; a
    word that sounds the same is none. What is a Swedish, English or Finnish word is left as it is.
    """

    def __init__(
        self,
        alarms: Iterable[str],
        others: Iterable[str],
        spoken: Mapping[str, str] | None = None,
        small: Iterable[str] = (),
    ) -> None:
        """Gather the words.

        Args:
            alarms: phrases that raise the alarm.
            others: words that look like theirs, and are left as they are.
            spoken: how a word is spoken, and how it is written.
            small: words that people write together with the next one.
        """
        words = {word for phrase in alarms for word in _words(phrase)}
        self._often = _often()
        self._alarms = words
        kept = {word for other in others for word in _words(other)}
        self._known = words | kept | _other().keys()
        self._kept = kept
        self._spoken = {plain(said): plain(written) for said, written in (spoken or {}).items()}
        self._small = tuple(map(plain, small))
        self._near, self._sounds = self._indexed(words)
        self._mended = lru_cache(maxsize=20_000)(self._find)

    def mended(self, said: str) -> str:
        """Return a plain text with what is nearly a word of the alarms put right."""
        return _WORD.sub(lambda found: self._mended(found[0]), said)

    def _indexed(self, alarms: Iterable[str]) -> tuple[Mapping[str, list[str]], Mapping[str, str]]:
        near: dict[str, list[str]] = defaultdict(list)
        sounds: dict[str, str] = {}
        ordinary = {word for word, often in self._often.items() if often >= _OFTEN}
        for word in sorted({*alarms, *ordinary}):
            if _SHORTEST <= len(word) <= _MOST_LETTERS and word.isascii():
                for rest in _without_one(word):
                    near[rest].append(word)
        for word in sorted(alarms, key=self._frequency):
            sounds[_sound(word)] = word
        return near, sounds

    def _frequency(self, word: str) -> float:
        often = self._often.get(word, 0.0)
        return max(often, _other().get(word, 0.0)) if word in self._alarms else often

    def _find(self, word: str) -> str:
        if word in self._spoken:
            return self._spoken[word]
        if word in self._known or not _SHORTEST <= len(word) <= _MOST_LETTERS:
            return word
        often = self._frequency(word)
        if often >= _RARE:
            return word
        alike = self._alike(word)
        if alike and (not often or self._frequency(alike) >= _TIMES * often):
            return alike
        return word if often else self._apart(word)

    def _alike(self, word: str) -> str | None:
        """Return the alarm word that was meant, or None: there is none, or another is likelier."""
        sounding = self._sounds.get(_sound(word)) if len(word) > _SHORTEST else None
        if sounding:
            return sounding
        one_off = {
            other
            for rest in _without_one(word)
            for other in self._near.get(rest, ())
            if OSA.distance(word, other, score_cutoff=1) <= 1
        }
        if len(word) >= _LONG - 1 and (meant := one_off & self._alarms):
            return max(sorted(meant), key=self._frequency)
        likeliest = max(sorted(one_off), key=self._frequency, default=None)
        return likeliest if likeliest in self._alarms else None

    def _apart(self, word: str) -> str:
        """Return the word with a small word at its beginning set apart, if the rest is a word."""
        for small in self._small:
            rest = word.removeprefix(small)
            if rest != word and (rest in self._alarms or self._frequency(rest) >= _OFTEN):
                return f"{small} {rest}"
            if rest != word and len(rest) > _SHORTEST and (more := self._apart(rest)) != rest:
                return f"{small} {more}"
        return word


@lru_cache(maxsize=1)
def _often() -> Mapping[str, float]:
    """Return how often in a million each Swedish word is written, without å ä ö."""
    found: dict[str, float] = defaultdict(float)
    for word, often in common_words().items():
        found[bare(word)] += often
    return found


@lru_cache(maxsize=1)
def _other() -> Mapping[str, float]:
    """Return how often in a million each frequent English and Finnish word is written."""
    import wordfreq  # noqa: PLC0415  # takes seconds to load

    found: dict[str, float] = defaultdict(float)
    for language, count in _OTHERS.items():
        for word in wordfreq.top_n_list(language, count):
            often = wordfreq.word_frequency(word, language) * 1e6
            found[bare(word)] = max(often, found[bare(word)])
    for cached in (wordfreq.get_frequency_list, wordfreq.get_frequency_dict, wordfreq.top_n_list):
        cached.cache_clear()  # they would hold all rarer words in memory
    return found


def _without_one(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _sound(word: str) -> str:
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _words(phrase: str) -> list[str]:
    return _WORD.findall(plain(phrase.replace("_", " ").replace("*", "")))
