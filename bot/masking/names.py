"""Names of people, and whether what is said of them is sensitive."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from bot.masking.context import Context, Found
from bot.masking.model import Span
from bot.masking.phrases import Hit
from bot.masking.reading import Reading
from bot.masking.words import MAYBE, NAMED, SELF, STAFF, Words


class Name(Protocol):
    """What the pipeline finds: see `bot.language.swedish`."""

    @property
    def label(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


FindNames = Callable[[str], Sequence[Name]]
Piece = tuple[int, int]  # where it begins and ends

_PERSON = "PER"
_PIECE = 600  # signs that names are looked for in at a time
_LONGEST_WORD = 40  # signs; a longer one is no name, and takes spaCy long
_LONG = re.compile(rf"[^\s]{{{_LONGEST_WORD},}}")
_MOST_FILLERS = 3  # between a cue and the name
_MOST_WORDS = 4  # of a name
_BETWEEN_WORDS = re.compile(r"[ \t]{1,2}|-|\. ?")
_SURNAME = re.compile(
    r".{2,}(?:sson|son|sen|qvist|kvist|quist|berg|strom|lund|gren|blad|dahl|holm|mark|man|stedt|borg"
    r"|strand|blom|feldt|lof|skold|hed|vall|wall|in|en|ell|elius|ander|dotter|ic|vic|ska|ski|oglu)"
)
_THING = re.compile(r".*(?:en|et|an|erna|orna|arna|ens|ets|ing|tion|skola|het|hus)")
_HIDDEN = "\x00"


class Names:
    """Finds names of people by the Swedish pipeline, by lists and by what stands before them."""

    def __init__(self, words: Words, find: FindNames) -> None:
        self._words, self._find = words, find

    def everybody(self, reading: Reading) -> Iterator[Span]:
        """Yield every name of a person.

        Raises:
            Exception: whatever the pipeline raises.
        """
        context = Context(reading, self._words)
        for found in self._candidates(context):
            yield context.span(found)

    def sensitive(
        self,
        reading: Reading,
        others: Sequence[Span],
        staff: frozenset[str],
        *,
        is_sensitive: bool = False,
    ) -> Iterator[Span]:
        """Yield the names that somebody would mind being read: see `Context.tells`.

        Args:
            others: what else is hidden; a name beside it is of the same person.
            staff: published names, folded.
            is_sensitive: something else than the words tells that it is.

        Raises:
            Exception: whatever the pipeline raises.
        """
        context = Context(reading, self._words, others, is_sensitive=is_sensitive)
        if not context.may_tell:
            return
        told: list[Found] = []
        left: list[Found] = []
        candidates = self._candidates if context.is_swedish else self._in_other_languages
        for found in candidates(context):
            if context.tells(found, staff):
                told.append(found)
            else:
                left.append(found)
        for found in (*told, *context.again(told, left)):
            yield context.span(found)

    def _candidates(self, context: "Context") -> list[Found]:
        found = [
            *self._by_pipeline(context),
            *self._by_lists(context),
            *self._by_cue(context),
            *self._by_capitals(context),
        ]
        return _besides_nobody(found, context)

    def _in_other_languages(self, context: "Context") -> list[Found]:
        """Return what a word before it or a list of names tells: the pipeline reads Swedish, and
        what is rare there need not be a name.
        """
        listed = (one for one in self._by_lists(context) if context.is_capital_inside(one.first))
        told = (one for one in self._by_capitals(context) if context.cue_before(one))
        return _besides_nobody([*self._by_cue(context), *listed, *told], context)

    def _by_pipeline(self, context: "Context") -> Iterator[Found]:
        reading, words = context.reading, context.words
        starts = [word.start for word in words]
        hints = [word.start for n, word in enumerate(words) if self._is_hint(context, n)]
        for start, end in self._named(reading.text.replace(_HIDDEN, " "), hints):
            first = bisect_left(starts, start)
            after = bisect_left(starts, end)
            while first < after and self._is_none(context, first):
                first += 1
            while after > first and self._is_none(context, after - 1):
                after -= 1
            if first < after and self._is_likely(context, first, after):
                yield Found(first, after)

    def _is_hint(self, context: "Context", place: int) -> bool:
        """Tell whether a word may be in a name; without one the pipeline is not asked."""
        return context.is_listed(place) or context.is_capital_inside(place)

    def _is_none(self, context: "Context", place: int) -> bool:
        if self._ends(context.words[place].text):
            return True
        return place in context.cue_words and not context.is_listed(place)

    def _is_likely(self, context: "Context", first: int, after: int) -> bool:
        """Tell whether what the pipeline took for a name is: it sees names in slips as well."""
        if after - first > 1:
            places = range(first, after)
            return any(map(context.is_listed, places)) or all(map(context.is_capital, places))
        also_word = context.words[first].text in self._words.also_words
        return context.is_listed(first) and (context.is_capital(first) or not also_word)

    def _named(self, text: str, hints: Sequence[int]) -> Iterator[Piece]:
        """Yield people's names piece by piece: the same piece is looked at once."""
        text = _LONG.sub(lambda long: " " * len(long[0]), text)
        seen: dict[str, list[Name]] = {}
        for start, end in _pieces(text):
            piece = text[start:end]
            if bisect_left(hints, start) == bisect_left(hints, end):
                continue
            if piece not in seen:
                seen[piece] = [n for n in self._find(piece) if n.label == _PERSON]
            for name in seen[piece]:
                yield start + name.start, start + name.end

    def _by_lists(self, context: "Context") -> Iterator[Found]:
        """Yield a listed first name with a surname, or alone with a capital inside a sentence.

        In a sensitive message one that begins it is somebody as well: «Fatima är gravid», and
        one in small letters where all letters are: «det är pontus som slår henne».
        """
        words, place = context.words, 0
        while place < len(words):
            after = place + 1
            if context.is_first_name(place) and not self._ends(words[place].text):
                after = self._extended(context, place)
                alone = context.is_capital_inside(place) or self._begins(context, place)
                if after > place + 1 or alone:
                    yield Found(place, after)
            place = after

    def _by_capitals(self, context: "Context") -> Iterator[Found]:
        """Yield two or more words that nobody uses but as names, one after the other."""
        place = 0
        while place < len(context.words):
            after = place
            while after < len(context.words) and self._is_foreign(context, place, after):
                after += 1
            if after - place > 1:
                yield Found(place, after)
            place = max(after, place + 1)

    def _is_foreign(self, context: "Context", first: int, place: int) -> bool:
        follows = place == first or _BETWEEN_WORDS.fullmatch(
            context.reading.plain, context.words[place - 1].end, context.words[place].start
        )
        known = self._is_none(context, place) or not context.is_rare(place)
        return bool(follows) and context.is_capital(place) and not known

    def _begins(self, context: "Context", place: int) -> bool:
        also_word = context.words[place].text in self._words.also_words
        written = context.is_capital(place) or context.is_even
        return context.is_sensitive and written and not also_word

    def _by_cue(self, context: "Context") -> Iterator[Found]:
        """Yield what stands where a name must: «jag heter …», «min son Kalle», «/Anna»."""
        for hit in context.cues:
            first = self._past_fillers(context, hit.after)
            if first >= len(context.words) or context.words[first].text in self._words.fillers:
                continue
            word = context.words[first]
            if hit.label in {STAFF, MAYBE} or not context.is_open(hit.end, word.start):
                continue
            if self._may_name(context, hit, first):
                yield Found(first, self._extended(context, first))
        for place in context.signed:
            if not self._ends(context.words[place].text):
                yield Found(place, self._extended(context, place))

    def _may_name(self, context: "Context", hit: Hit, first: int) -> bool:
        word = context.words[first].text
        if self._ends(word) or len(word) < 2:
            return False
        listed = context.is_first_name(first)
        if context.is_short_form(first):
            return False
        if hit.label in {SELF, NAMED}:
            return listed or context.is_capital(first) or context.is_even
        named = context.words[first - 1].text in _NAMING if first else False
        foreign = context.is_capital_inside(first) and context.is_rare(first)
        if not (listed or named or foreign) and _THING.fullmatch(word):
            return False
        if word in self._words.also_words and not context.is_capital(first):
            return named
        return listed or context.is_capital(first) or (named and context.is_even)

    def _past_fillers(self, context: "Context", place: int) -> int:
        words, last = context.words, min(place + _MOST_FILLERS, len(context.words))
        while place < last and words[place].text in self._words.fillers:
            if context.is_capital(place) and context.is_first_name(place):
                break
            place += 1
        return place

    def _extended(self, context: "Context", first: int) -> int:
        """Return where the name ends that begins at a word."""
        after = first + 1
        while after < len(context.words) and after - first < _MOST_WORDS:
            last, word = context.words[after - 1], context.words[after]
            if not _BETWEEN_WORDS.fullmatch(context.reading.plain, last.end, word.start):
                break
            if not self._goes_on(context, first, after):
                break
            after += 1
        return after

    def _goes_on(self, context: "Context", first: int, place: int) -> bool:
        word = context.words[place].text
        if word in self._words.particles and place + 1 < len(context.words):
            return context.is_capital(place + 1) or context.is_listed(place + 1)
        if self._is_none(context, place) or len(word) < 2:
            return False
        if context.is_capital(place):
            return True
        return context.is_even and (
            context.is_listed(place)
            or (bool(_SURNAME.fullmatch(word)) and len(word) > 6)
            or (self._begins(context, first) and context.is_rare(place))
        )

    def _ends(self, word: str) -> bool:
        return word in self._words.no_names


_NAMING = frozenset({"heter", "hette", "namn"})


def _besides_nobody(found: list[Found], context: "Context") -> list[Found]:
    nobody = {place for hit in context.nobody for place in range(hit.first, hit.after)}
    return [one for one in _joined(found) if one.first not in nobody]


def _joined(found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in sorted(found, key=lambda one: (one.first, one.after)):
        if joined and one.first < joined[-1].after:
            joined[-1] = Found(joined[-1].first, max(joined[-1].after, one.after))
        else:
            joined.append(one)
    return joined


def _pieces(text: str) -> Iterator[Piece]:
    """Yield parts that end at a sentence or else at a blank, and together are the text."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            stops = [text.rfind(stop, start + _PIECE // 2, end) for stop in (". ", "\n", " ")]
            end = next((stop + 1 for stop in stops if stop > start), end)
        yield start, end
        start = end
