"""How much of what is private is hidden, and how much of what is hidden was private."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.errors import ContentError
from bot.masking.model import Kind
from bot.quality.lines import read_lines

_TELLING_DIGITS = 4  # in a row, of a number: fewer tell nobody
_NUMBERS = frozenset({Kind.PERSONAL, Kind.CARD, Kind.ACCOUNT, Kind.PHONE})
ALL = "all"


class Private(BaseModel):
    """A part of a message that tells who somebody is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    text: str


class Message(BaseModel):
    """What somebody may write, what must be hidden in it, and what must be left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    private: tuple[Private, ...]  # as they stand in the text, in order
    kept: tuple[str, ...]
    manner: str = Field(alias="register")  # a model has a method `register`


@dataclass(frozen=True)
class Hidden:
    """A part of a message that was hidden, and whether it touches something private."""

    start: int
    end: int
    kind: Kind
    is_private: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a message."""

    message: Message
    masked: str
    found: tuple[bool, ...]  # for each private part
    hidden: tuple[Hidden, ...]
    lost: tuple[str, ...]  # of what had to be left

    @property
    def is_right(self) -> bool:
        return all(self.found) and all(one.is_private for one in self.hidden) and not self.lost


@dataclass(frozen=True)
class Count:
    """How one kind, or one register, fared."""

    name: str
    private: int
    found: int
    hidden: int
    rightly: int  # of the hidden

    @property
    def recall(self) -> float | None:
        return self.found / self.private if self.private else None

    @property
    def precision(self) -> float | None:
        return self.rightly / self.hidden if self.hidden else None


def read_messages(path: Path) -> tuple[Message, ...]:
    """Raises ContentError: says which line, and what is wrong with it."""
    messages = read_lines(path, Message)
    for number, message in enumerate(messages, start=1):
        if _places(message) is None:
            raise ContentError(f"{path}:{number}: «private» is not in the text, in that order.")
    return messages


def put(
    mask: Callable[[str], str], messages: Sequence[Message], masks: dict[str, Kind]
) -> tuple[Outcome, ...]:
    """Mask each message and see what became of it.

    Args:
        masks: what stands in place of each kind.
    """
    return tuple(_outcome(message, mask(message.text), masks) for message in messages)


def _outcome(message: Message, masked: str, masks: dict[str, Kind]) -> Outcome:
    gone = _gone(message.text, masked, masks)
    places = _places(message) or []
    hidden = tuple(
        Hidden(start, end, kind, any(start < last and first < end for first, last in places))
        for start, end, kind in gone
    )
    found = tuple(
        _is_hidden(message.text, one, place, gone)
        for one, place in zip(message.private, places, strict=True)
    )
    return Outcome(message, masked, found, hidden, _lost(message, masked))


def _places(message: Message) -> list[tuple[int, int]] | None:
    places: list[tuple[int, int]] = []
    after = 0
    for one in message.private:
        start = message.text.find(one.text, after)
        if start < 0:
            return None
        after = start + len(one.text)
        places.append((start, after))
    return places


def _gone(text: str, masked: str, masks: dict[str, Kind]) -> list[tuple[int, int, Kind]]:
    """Return the parts of `text` that masks stand for: what is left between them tells where."""
    pieces = re.split(f"({'|'.join(map(re.escape, masks))})", masked)
    left, stand_ins = pieces[::2], pieces[1::2]
    whole = re.fullmatch("(.+?)".join(map(re.escape, left)), text, re.DOTALL)
    if whole is None:
        raise ValueError(f"{masked!r} is not made of {text!r}")
    spans = (whole.span(number) for number in range(1, len(left)))
    return [(*span, masks[mask]) for span, mask in zip(spans, stand_ins, strict=True)]


def _is_hidden(
    text: str, one: Private, place: tuple[int, int], gone: Sequence[tuple[int, int, Kind]]
) -> bool:
    """Tell whether nothing that tells is left of a private part.

    Of a number that is four digits in a row; of all else, and of a number in words, it is any
    letter or digit.
    """
    left = [n for n in range(*place) if not any(start <= n < end for start, end, _ in gone)]
    if one.kind not in _NUMBERS or not re.search(r"\d", one.text):
        return not any(text[n].isalnum() for n in left)
    kept = set(left)
    digits = [n for n in range(*place) if text[n].isdigit()]
    rows = (digits[n : n + _TELLING_DIGITS] for n in range(len(digits) - _TELLING_DIGITS + 1))
    return not any(kept.issuperset(row) for row in rows)


def _lost(message: Message, masked: str) -> tuple[str, ...]:
    return tuple(one for one in message.kept if one not in masked)


def by_kind(outcomes: Sequence[Outcome]) -> tuple[Count, ...]:
    """Count by kind, and all together at the end."""
    each = [_count(kind.value, outcomes, {kind}) for kind in Kind]
    return (*each, _count(ALL, outcomes, set(Kind)))


def by_register(outcomes: Sequence[Outcome]) -> tuple[Count, ...]:
    """Count by register, in the order in which they come."""
    names = dict.fromkeys(one.message.manner for one in outcomes)
    return tuple(
        _count(name, [one for one in outcomes if one.message.manner == name], set(Kind))
        for name in names
    )


def _count(name: str, outcomes: Sequence[Outcome], kinds: set[Kind]) -> Count:
    pairs = [
        found
        for one in outcomes
        for private, found in zip(one.message.private, one.found, strict=True)
        if private.kind in kinds
    ]
    hidden = [h for h in chain.from_iterable(o.hidden for o in outcomes) if h.kind in kinds]
    rightly = sum(one.is_private for one in hidden)
    return Count(name, len(pairs), sum(pairs), len(hidden), rightly)


def right(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """Return how many messages are wholly right, and how many there are."""
    return sum(one.is_right for one in outcomes), len(outcomes)


def faults(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say one line for each message that is not right."""
    for one in outcomes:
        if not one.is_right:
            pairs = zip(one.message.private, one.found, strict=True)
            missed = [private.text for private, found in pairs if not found]
            extra = [one.message.text[h.start : h.end] for h in one.hidden if not h.is_private]
            yield f"{one.message.id} missed {missed}, lost {list(one.lost)}, for nothing {extra}"
