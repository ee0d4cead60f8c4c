"""Hiding personal data in what people write, before it is stored, logged or sent on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bot.live_file import LiveFile
from bot.masking.addresses import Addresses
from bot.masking.cues import Cued, cued
from bot.masking.digits import runs
from bot.masking.emails import emails
from bot.masking.kept import Kept
from bot.masking.model import Kind, Masked, Span, merged
from bot.masking.money import accounts, cards
from bot.masking.names import FindNames, Names
from bot.masking.personal import personal
from bot.masking.phones import is_public, phones
from bot.masking.published import Published, live
from bot.masking.reading import Reading
from bot.masking.words import Words

_MOST_TURNS = 8  # what is hidden may bring a number together with another word before it
_OF_STAFF = frozenset({Kind.PERSONAL, Kind.CARD, Kind.ACCOUNT})

Find = Callable[[Reading], list[Span]]


class Masker:
    """Puts words such as «[personnummer]» in the place of personal data.

    The time grows with the length of the text and no part of it is left out. Masking what is
    masked changes nothing.
    """

    def __init__(
        self, words: Words, addresses: Addresses, published: LiveFile[Published], find: FindNames
    ) -> None:
        self._words, self._addresses, self._published = words, addresses, published
        self._names = Names(words, find)

    @classmethod
    def load(cls, data_dir: Path) -> "Masker":
        """Read the words and what the municipality has published, and load the pipeline.

        Raises:
            ContentError: a file in `data_dir` cannot be used.
            LanguageModelError: the Swedish pipeline is missing or made for another spaCy.
        """
        from bot.language.swedish import names, pipeline  # noqa: PLC0415  # takes seconds to load

        pipeline()
        words = Words.load(data_dir)
        addresses = Addresses(words)
        return cls(words, addresses, live(data_dir, addresses), names)

    @property
    def masks(self) -> Mapping[Kind, str]:
        """What stands in the place of each kind."""
        return self._words.masks

    def mask(self, text: str, before: Sequence[str] = (), *, is_sensitive: bool = False) -> Masked:
        """Return what a citizen wrote with personal data hidden.

        Names are hidden where it is sensitive who is meant, never where staff are asked for.

        Args:
            before: what they wrote right before, already masked, the oldest first. People write
                «mitt personnummer är» in one message and the number in the next.
            is_sensitive: something else than the words tells that it is.

        Raises:
            LanguageModelError: the pipeline cannot be used.
            Exception: whatever the pipeline raises. The text is then not masked and must go
                nowhere: nothing is returned that has not been looked through.
        """
        return self._masked(text, partial(self._private, is_sensitive=is_sensitive), before)

    def mask_numbers(self, text: str) -> Masked:
        """Return what staff wrote without personnummer, card numbers and accounts."""
        return self._masked(text, self._numbers_of_staff)

    def mask_all(self, text: str) -> Masked:
        """Return a text that others than an agent read: names are hidden whatever is said of them.

        Raises:
            Exception: as `mask`.
        """
        return self._masked(text, self._everything)

    def _masked(self, text: str, find: Find, before: Sequence[str] = ()) -> Masked:
        kinds: set[Kind] = set()
        head = "".join(f"{one}\n" for one in before)
        for _ in range(_MOST_TURNS):
            reading = Reading.of(head + text, tuple(self._words.masks.values()))
            spans = list(_behind(len(head), reading, merged(find(reading))))
            if not spans:
                break
            kinds.update(span.kind for span in spans)
            text = self._replaced(text, spans)
        return Masked(text, tuple(sorted(kinds)))

    def _replaced(self, text: str, spans: Sequence[Span]) -> str:
        parts: list[str] = []
        place = 0
        for span in spans:
            parts += (text[place : span.start], self._words.masks[span.kind])
            place = span.end
        return "".join((*parts, text[place:]))

    def _everything(self, reading: Reading) -> list[Span]:
        spans = self._besides_names(reading)
        return [*spans, *_apart(self._names.everybody(reading), spans)]

    def _private(self, reading: Reading, is_sensitive: bool) -> list[Span]:
        spans = self._besides_names(reading)
        staff = self._published.get().people
        found = self._names.sensitive(reading, spans, staff, is_sensitive=is_sensitive)
        return [*spans, *_apart(found, spans)]

    def _besides_names(self, reading: Reading) -> list[Span]:
        told, kept = self._told(reading), Kept.of(reading.plain)
        published = self._published.get()
        return merged(
            [
                *self._numbers(reading, told, kept),
                *phones(told, kept, reading.plain, published.phones),
                *emails(reading, published.emails),
                *self._addresses.find(reading, published.addresses),
            ]
        )

    def _numbers_of_staff(self, reading: Reading) -> list[Span]:
        return list(self._numbers(reading, self._told(reading), Kept.of(reading.plain)))

    def _told(self, reading: Reading) -> list[Cued]:
        return cued(reading, runs(reading.plain), self._words.numbers)

    def _numbers(self, reading: Reading, told: list[Cued], kept: Kept) -> Iterator[Span]:
        yield from personal(told, kept, reading.plain)
        yield from cards(told, kept)
        public = self._published.get().phones
        own = [one for one in told if not is_public(one.run, public)]
        yield from accounts(own, kept, reading.plain)


def _behind(head: int, reading: Reading, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield where the spans stand in what was written behind a head of so many signs."""
    for span in spans:
        start, end = reading.written(span.start, span.end)
        if end > head:
            yield Span(max(start, head) - head, end - head, span.kind)


def _apart(found: Iterator[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Yield names that are no part of an address or the like."""
    hidden = merged(list(spans))
    for span in found:
        if len(merged([*hidden, span])) > len(hidden):
            yield span
