"""Takes secret words out of a transcript. What is left out is in nothing that leaves."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.language.normalise import fold
from connectors.records.model import (
    GroundCount,
    MarkView,
    OpenPart,
    OpenTranscript,
    Part,
    Piece,
    Span,
    Transcript,
)

_WORD = re.compile(r"[^\W_]+")
_TELLING = 4  # letters: shorter words stand in every address


def redact(transcript: Transcript, marks: Iterable[MarkView]) -> OpenTranscript:
    """Return the transcript without what is marked, and with the grounds in its place.

    A source whose title, address or entry holds a marked word goes with all that stands beside it.
    """
    by_part: dict[str, list[MarkView]] = {}
    for mark in marks:
        by_part.setdefault(mark.part, []).append(mark)
    texts = {part.key: part.text for part in transcript.parts}
    secret = {
        word
        for key, own in by_part.items()
        for mark in own
        for word in _words(texts.get(key, "")[mark.start : mark.end])
    }
    parts = tuple(
        open_part(part, by_part.get(part.key, ()), bare=_tells(part, secret))
        for part in transcript.parts
    )
    return OpenTranscript(heading=transcript.heading, parts=parts)


def open_part(part: Part, marks: Sequence[MarkView], *, bare: bool = False) -> OpenPart:
    """Return a part without its secret words.

    Where no word is left, or `bare` is asked for, the sources and whatever else could tell what
    was said are left out, too.
    """
    pieces = pieces_of(part.text, marks)
    is_read = any(piece.text.strip() for piece in pieces)
    if bare or (marks and not is_read):
        return OpenPart(
            kind=part.kind,
            field=part.field,
            at=part.at,
            actor=part.actor,
            name=part.name if is_read else None,
            pieces=pieces,
        )
    return OpenPart.model_validate({**part.model_dump(exclude={"key", "text"}), "pieces": pieces})


def pieces_of(text: str, marks: Sequence[MarkView]) -> tuple[Piece, ...]:
    """Cut a text at its marks. Marks that meet or overlap become one place with all grounds."""
    pieces: list[Piece] = []
    done = 0
    for start, end, grounds in _places(marks, len(text)):
        if start > done:
            pieces.append(Piece(text=text[done:start]))
        pieces.append(Piece(secret=grounds))
        done = end
    if done < len(text):
        pieces.append(Piece(text=text[done:]))
    return tuple(pieces)


def count_grounds(transcripts: Iterable[OpenTranscript]) -> tuple[GroundCount, ...]:
    """Return how many places are left out by each ground, in the grounds' own order."""
    places = Counter(
        ground
        for transcript in transcripts
        for part in transcript.parts
        for piece in part.pieces
        for ground in piece.secret
    )
    return tuple(GroundCount(ground=ground, places=places[ground]) for ground in sorted(places))


def same_words(transcript: Transcript, span: Span) -> list[Span]:
    """Return every place where the words of `span` stand, whatever their case; `span` is first."""
    texts = {part.key: part.text for part in transcript.parts}
    words = _folded(texts[span.part][span.start : span.end])
    found = [span]
    for key, text in texts.items():
        folded, at = _folded(text), 0
        while words.strip() and (at := folded.find(words, at)) >= 0:
            place = Span(key, at, at + len(words))
            at = place.end
            if place != span:
                found.append(place)
    return found


def _words(text: str) -> frozenset[str]:
    """Return the words as they may stand in an address: in small letters a–z."""
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) >= _TELLING)


def _tells(part: Part, secret: frozenset[str] | set[str]) -> bool:
    beside = " ".join([part.entry or "", *(f"{one.title} {one.url}" for one in part.sources)])
    return any(word in fold(beside) for word in secret)


def _folded(text: str) -> str:
    """Return the text in small letters, with as many characters as before."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _places(marks: Sequence[MarkView], length: int) -> list[tuple[int, int, tuple[str, ...]]]:
    places: list[tuple[int, int, tuple[str, ...]]] = []
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        start, end = mark.start, min(mark.end, length)
        if places and start <= places[-1][1]:
            first, last, grounds = places[-1]
            merged = tuple(sorted({*grounds, mark.ground}))
            places[-1] = (first, max(last, end), merged)
        elif start < end:
            places.append((start, end, (mark.ground,)))
    return places
