"""The one thing that every connector can do, and what it says of how it went."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid5

from connectors.outside.model import Told

AGAIN = frozenset({408, 429})  # of the 4xx: too slow, too often; everything else stays wrong
_LONGEST = 100  # characters of an answer that are kept


@dataclass(frozen=True)
class Parcel:
    """An event on its way to one target, with nothing that the target may not have.

    `id` is the same at every try, so that a receiver can tell a repeat.
    """

    id: UUID
    event: Told

    def json(self) -> bytes:
        """Return the same bytes at every try."""
        told = {"delivery": str(self.id), **self.event.model_dump(mode="json")}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


class Verdict(StrEnum):
    """What becomes of a delivery after a try."""

    DELIVERED = "delivered"
    AGAIN = "again"  # another try may succeed
    REFUSED = "refused"  # the same would be refused again


@dataclass(frozen=True)
class Answer:
    """How a try went. `said` is a status or a word, never a body: that could quote a citizen."""

    verdict: Verdict
    said: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", self.said[:_LONGEST])


class Connector(Protocol):
    """A way to another system.

    One method is enough: opening, messages, presence, transfers, closing and errands differ in
    the event's type, and a connector that treats a type in its own way looks at that.
    """

    async def deliver(self, parcel: Parcel) -> Answer:
        """Try once, within `SEND_SECONDS`. Whatever goes wrong is told by the answer."""


SEND_SECONDS = 15.0


def delivery_id(outbox_id: UUID, target: str) -> UUID:
    return uuid5(outbox_id, target)


def answer_of_status(status: int) -> Answer:
    """Judge a reply of HTTP. A redirect is not followed: it could lead behind the firewall."""
    if 200 <= status < 300:
        return Answer(Verdict.DELIVERED, str(status))
    if 400 <= status < 500 and status not in AGAIN:
        return Answer(Verdict.REFUSED, str(status))
    return Answer(Verdict.AGAIN, str(status))
