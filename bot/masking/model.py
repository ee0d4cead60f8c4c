"""What is hidden, and what is left."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody can be known or reached by."""

    PERSONAL = "personal"  # personnummer or samordningsnummer
    CARD = "card"
    ACCOUNT = "account"  # of a bank
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Masked:
    """A text with what it must not tell replaced, and the kinds that were, each once, sorted."""

    text: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, order=True)
class Span:
    """Something to hide, at `[start:end]`."""

    start: int
    end: int
    kind: Kind


def merged(spans: list[Span]) -> list[Span]:
    """Return the spans in order, those that overlap made one, of the longer one's kind."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last is None or span.start >= last.end:
            joined.append(span)
            continue
        longer = max(last, span, key=lambda one: one.end - one.start)
        joined[-1] = Span(last.start, max(last.end, span.end), longer.kind)
    return joined
