"""The books of a run: what was sent, what came, how late, and what went wrong on the way."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least `share` of the values do not exceed.

    This is the nearest rank: always a value that was measured, never one between two.

    Returns:
        None of no values.
    """
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


class Ledger:
    """What was sent by one side, and what came to the other."""

    def __init__(self) -> None:
        self._sent: dict[str, float] = {}
        self._came: dict[str, float] = {}
        self.refused = 0

    def send(self, message_id: str, at: float) -> None:
        """Note a message at the moment that it was due."""
        self._sent[message_id] = at

    def come(self, message_id: str, at: float) -> None:
        """Note that a message came; the first time counts."""
        if message_id in self._sent:
            self._came.setdefault(message_id, at)

    def refuse(self, message_id: str) -> None:
        """Note that a message was not accepted: its sender knows that it will not come."""
        self.refused += 1
        self._sent.pop(message_id, None)
        self._came.pop(message_id, None)

    @property
    def sent(self) -> int:
        return len(self._sent)

    @property
    def lost(self) -> int:
        """How many have not come, so far."""
        return len(self._sent.keys() - self._came.keys())

    def delays_ms(self) -> list[float]:
        return [1000 * (at - self._sent[message_id]) for message_id, at in self._came.items()]


@dataclass
class Reader:
    """What one socket has read of one conversation, by the events' numbers."""

    seq: int = 0
    doubled: int = 0
    skipped: int = 0  # gaps: something came before what should have come first

    def read(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number <= self.seq:
                self.doubled += 1
            else:
                self.skipped += number - self.seq - 1
                self.seq = number


@dataclass
class Races:
    """Who won each conversation that several agents claimed at once."""

    wins: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    raced: set[str] = field(default_factory=set)

    def claim(self, conversation_id: str, *, won: bool) -> None:
        self.claims += 1
        self.raced.add(conversation_id)
        self.wins[conversation_id] += won

    def add(self, other: "Races") -> None:
        self.wins.update(other.wins)
        self.claims += other.claims
        self.raced |= other.raced

    def double(self, stored: Mapping[str, int]) -> int:
        """Return how many were given twice, by the answers or by what is stored of them."""
        return sum(max(self.wins[one], stored.get(one, 0)) > 1 for one in self.raced)

    @property
    def unclaimed(self) -> int:
        return sum(self.wins[one] == 0 for one in self.raced)
