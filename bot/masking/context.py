"""What the words around a name say of the one it is of."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.language.lexicon import common_words
from bot.masking.model import Kind, Span
from bot.masking.phrases import Hit
from bot.masking.reading import Reading
from bot.masking.words import MAYBE, NAMED, PRIVATE, SELF, STAFF, Words
from bot.texts import SWEDISH

_TELLING = 500  # signs by which a text's language is known
_ABBREVIATED = 3  # letters
_SHORTEST_RARE = 4  # letters
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)")
_LAST = re.compile(r"[.!?]\s{1,4}[^\W\d_a-zåäö][^.!?,\d]{1,40}[.!]?\s{0,4}\Z")
_SIGNED = re.compile(r"[^\s/][\s.,!?]{1,4}/{1,2}\s?(?=[^\W\d_])|\n\s{0,4}-\s?(?=[^\W\d_])")
# Words between a cue and the name that it tells of.
_FAR = {SELF: 3, MAYBE: 1, PRIVATE: 5, STAFF: 3, NAMED: 3}
_EXPLAINS = re.compile(
    r"\s?(?:\(|,\s?|som ar\s|ar\s|- ?)(?:min|mitt|mina|var|vara|hennes|hans)?\s?"
)
_SHORTEST_AGAIN = 3  # letters of a part of a name that is hidden wherever it stands
_BACK = 12  # words between a cue and «hon heter»
_BESIDE = 3  # signs between a name and a number or an address of the same person
_HIDDEN = "\x00"


@dataclass(frozen=True)
class Found:
    """A name, as the words `[first:after]`."""

    first: int
    after: int


class Context:
    """A text with what its words say of the names in it."""

    def __init__(
        self,
        reading: Reading,
        words: Words,
        others: Sequence[Span] = (),
        *,
        is_sensitive: bool = False,
    ) -> None:
        self.reading, self._known, self._others = reading, words, sorted(others)
        self._is_told_sensitive = is_sensitive
        self.words = reading.words

    @cached_property
    def cues(self) -> list[Hit]:
        return self._known.introducing.find(self.words)

    @cached_property
    def cue_words(self) -> frozenset[int]:
        hits = (*self.cues, *self._sensitive)
        return frozenset(place for hit in hits for place in range(hit.first, hit.after))

    @cached_property
    def nobody(self) -> list[Hit]:
        return self._known.nobody.find(self.words)

    @cached_property
    def signed(self) -> list[int]:
        """The words after a slash that begins a signature; «/restart» on a line is a command."""
        starts = [word.start for word in self.words]
        signed: list[int] = []
        for found in _SIGNED.finditer(self.reading.plain):
            place = bisect_left(starts, found.end())
            if place == len(self.words):
                continue
            if "\n" not in found[0] or self.is_capital(place) or self.is_first_name(place):
                signed.append(place)
        return signed

    @property
    def is_sensitive(self) -> bool:
        return self._is_told_sensitive or bool(self._sensitive)

    @cached_property
    def _sensitive(self) -> list[Hit]:
        return self._known.sensitive.find(self.words)

    @cached_property
    def is_swedish(self) -> bool:
        """Tell whether the pipeline can read the text; what is near Swedish it can."""
        from bot.language.identify import NEIGHBOURS, identify  # noqa: PLC0415  # takes seconds to load

        return identify(self.reading.text[:_TELLING]) in {SWEDISH, *NEIGHBOURS}

    @cached_property
    def is_even(self) -> bool:
        """Tell whether capitals tell nothing: all letters are small, or all capitals."""
        text = self.reading.text
        return text.islower() or text.isupper() or not any(map(str.isupper, text[1:]))

    @property
    def may_tell(self) -> bool:
        told = any(hit.label != STAFF for hit in self.cues)
        return self.is_signed or told or bool(self._others or self.signed) or self.is_sensitive

    @property
    def is_signed(self) -> bool:
        """Tell whether the last sentence may be a name alone."""
        return bool(_LAST.search(self.reading.text))

    def _as_written(self, place: int) -> str:
        word = self.words[place]
        return self.reading.text[word.start : word.end].lower()

    def is_first_name(self, place: int) -> bool:
        return self._as_written(place) in self._known.first_names

    def is_listed(self, place: int) -> bool:
        """Tell whether a word is a first name or a surname, also in the genitive."""
        word, names = self._as_written(place), self._known.all_names
        return word in names or (word.endswith("s") and word[:-1] in names)

    def is_rare(self, place: int) -> bool:
        """Tell whether a word is none that people use: after a first name it is a surname."""
        word = self._as_written(place)
        return len(word) >= _SHORTEST_RARE and word not in common_words()

    def is_short_form(self, place: int) -> bool:
        """Tell whether a word is an abbreviation: «KA», «SK»."""
        word = self.words[place]
        written = self.reading.text[word.start : word.end]
        return (
            written.isupper() and len(written) <= _ABBREVIATED and not self.reading.text.isupper()
        )

    def is_capital(self, place: int) -> bool:
        return (
            not self.reading.text.isupper() and self.reading.text[self.words[place].start].isupper()
        )

    def is_capital_inside(self, place: int) -> bool:
        """Tell whether a word has a capital though no sentence begins there."""
        start = self.words[place].start
        before = self.reading.text[max(0, start - 3) : start].rstrip()
        return self.is_capital(place) and bool(before) and before[-1] not in ".!?:\n"

    def is_open(self, end: int, start: int) -> bool:
        """Tell whether no sentence ends between two places, and nothing hidden stands there."""
        between = self.reading.plain[end:start]
        return not _SENTENCE_END.search(between.replace("\n", " ", 1)) and _HIDDEN not in between

    def span(self, found: Found) -> Span:
        start, end = self.words[found.first].start, self.words[found.after - 1].end
        return Span(start, end, Kind.NAME)

    def tells(self, found: Found, staff: frozenset[str]) -> bool:
        """Tell whether a name should not be read.

        What stands before it decides: somebody's own name and that of a relative, pupil,
        client or neighbour tell, that of somebody who is looked for at work does not. Else a
        name tells beside a number or address that is hidden, and in a sensitive message.
        """
        cue = self.cue_before(found)
        if found.first in self.signed:
            return True
        if cue is not None and cue.label == NAMED:
            return self._is_private and not self._is_staff(cue)
        if cue is not None:
            return cue.label != STAFF
        if self._is_beside(found):
            return True
        if self._works(found) or self._is_of_place(found) or self._name(found) in staff:
            return False
        return self.is_sensitive or self._is_explained(found) or self._signs(found)

    def again(self, told: Sequence[Found], left: Sequence[Found]) -> Iterator[Found]:
        """Yield the other places where a name stands that tells, or a part of it."""
        taken = {place for one in (*told, *left) for place in range(one.first, one.after)}
        known = {self.words[place].text for one in told for place in range(one.first, one.after)}
        known = {word for word in known if len(word) >= _SHORTEST_AGAIN}
        for place, word in enumerate(self.words if known else ()):
            same = word.text in known or (word.text.endswith("s") and word.text[:-1] in known)
            if same and place not in taken and (self.is_capital(place) or self.is_listed(place)):
                yield Found(place, place + 1)

    def cue_before(self, found: Found) -> Hit | None:
        """Return the nearest cue before a name that reaches it."""
        place = bisect_right(self.cues, found.first, key=lambda hit: hit.after) - 1
        if place < 0:
            return None
        hit = self.cues[place]
        reaches = found.first - hit.after <= _FAR[hit.label]
        start = self.words[found.first].start
        return hit if reaches and self.is_open(hit.end, start) else None

    def _is_explained(self, found: Found) -> bool:
        """Tell whether right after the name comes who it is: «Karin (min mamma)»."""
        place = bisect_left(self.cues, found.after, key=lambda hit: hit.first)
        if place == len(self.cues) or self.cues[place].label != PRIVATE:
            return False
        hit, end = self.cues[place], self.words[found.after - 1].end
        near = hit.first - found.after <= 2
        return near and bool(_EXPLAINS.fullmatch(self.reading.plain, end, hit.start))

    def _signs(self, found: Found) -> bool:
        """Tell whether the name stands alone after the last sentence."""
        span = self.span(found)
        before, after = self.reading.text[: span.start].rstrip(), self.reading.text[span.end :]
        asked = any(hit.label == STAFF for hit in self.cues[-2:])
        return bool(before) and before[-1] in ".!?" and not after.strip(" .!\n") and not asked

    @cached_property
    def _is_private(self) -> bool:
        return self.is_sensitive or any(hit.label == PRIVATE for hit in self.cues)

    def _is_staff(self, named: Hit) -> bool:
        """Tell whether «hon heter» is said of staff: the cue before it tells."""
        before = self.cues[bisect_left(self.cues, named.first, key=lambda hit: hit.first) - 1]
        return before.label == STAFF and 0 < named.first - before.after <= _BACK

    def _is_beside(self, found: Found) -> bool:
        span = self.span(found)
        place = bisect_left(self._others, (span.start,), key=lambda one: (one.start,))
        near = self._others[max(0, place - 1) : place + 1]
        gaps = (max(one.start - span.end, span.start - one.end) for one in near)
        return any(0 <= gap <= _BESIDE for gap in gaps)

    def _works(self, found: Found) -> bool:
        after = self.words[found.after : found.after + 6]
        hits = self._known.working.find(after)
        if not hits or hits[0].first > 0:
            return False
        if any(hit.first == found.after for hit in self._sensitive):  # «jobbar svart»
            return False
        return after[0].start - self.words[found.after - 1].end <= _BESIDE

    def _is_of_place(self, found: Found) -> bool:
        """Tell whether a place is named after somebody: «Greta Garbos hus», «Viktoria School»."""
        after = self.words[found.after : found.after + 1]
        owns = self.words[found.after - 1].text.endswith("s")
        named = bool(after) and after[0].text in self._known.named_after
        return named and (owns or self.is_capital(found.after))

    def _name(self, found: Found) -> str:
        return " ".join(word.text for word in self.words[found.first : found.after])
