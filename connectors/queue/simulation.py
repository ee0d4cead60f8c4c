"""A made-up desk, to try the waiting times on. The same seed always gives the same waits.

Citizens come by chance, more at some hours than at others and on some days than on others.
Agents hold several conversations each, slower the more they are, and are away now and then for
the telephone. Whoever waits longer than their patience gives up; who waits at closing is sent
away.
"""

import heapq
import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from connectors.queue.waits import Wait

_FIRST = datetime(2027, 1, 11, 7, tzinfo=UTC)  # a Monday, 8.00 in Stockholm
_HOUR, _SHIFT, _OPEN = 3600.0, 1800.0, 8.5 * 3600.0  # seconds


@dataclass(frozen=True)
class Desk:
    """How busy the desk is, and who is there."""

    arrivals: tuple[float, ...]  # citizens an hour, from opening on
    agents: tuple[int, ...]  # planned, by the hour
    there: float = 0.85  # the chance that one who is planned is not on the telephone
    chats: int = 3  # each may hold so many
    handling: float = 660.0  # seconds, on average, for one conversation alone
    slower: float = 0.25  # by so much for every other conversation at the same time
    spread: float = 0.8  # of the handling times' logarithm
    answers: float = 25.0  # seconds, on average, until an agent who could has taken it
    patience: float = 900.0  # seconds, on average
    days_differ: float = 0.25  # the standard deviation of a day's load

    def times(self, load: float) -> "Desk":
        """Return the same desk with so many times as many citizens."""
        return replace(self, arrivals=tuple(load * rate for rate in self.arrivals))


ORDINARY = Desk(arrivals=(12, 20, 23, 20, 15, 19, 20, 15, 7), agents=(2, 3, 3, 3, 2, 3, 3, 2, 2))
SUMMER = ORDINARY.times(2)


@dataclass(frozen=True)
class _Waiting:
    joined: float
    patience: float
    ahead: int
    agents: int

    @property
    def leaves(self) -> float:
        return self.joined + self.patience


def simulate(desk: Desk, days: int, seed: int) -> list[Wait]:
    """Return the waits of so many working days, in the order in which they end."""
    chance = np.random.default_rng(seed)
    waits = [
        wait
        for number in range(days)
        for wait in _Day(desk, chance, _FIRST + timedelta(days=number + number // 5 * 2)).waits()
    ]
    return sorted(waits, key=lambda wait: wait.ended_at)


class _Day:
    """One day, event by event. Times are seconds since opening."""

    def __init__(self, desk: Desk, chance: np.random.Generator, opens: datetime) -> None:
        self._desk, self._chance, self._opens = desk, chance, opens
        self._queue: deque[_Waiting] = deque()
        self._held = 0
        self._there = [
            max(1, int(chance.binomial(desk.agents[int(at // _HOUR)], desk.there)))
            for at in np.arange(0, _OPEN, _SHIFT)
        ]
        self._events = [*self._arrivals(), *((at, "shift") for at in np.arange(0, _OPEN, _SHIFT))]
        heapq.heapify(self._events)

    def waits(self) -> Iterator[Wait]:
        """Yield each wait when it has ended."""
        while self._events and self._events[0][0] < _OPEN:
            now, what = heapq.heappop(self._events)
            yield from self._given_up(now)
            if what == "arrival":
                self._join(now)
            elif what == "end":
                self._held -= 1
            yield from self._served(now)
        yield from self._given_up(_OPEN)
        yield from (self._wait(one, _OPEN, served=False) for one in self._queue)

    def _arrivals(self) -> Iterator[tuple[float, str]]:
        differ = self._desk.days_differ
        load = self._chance.gamma(differ**-2, differ**2)
        for hour, rate in enumerate(self._desk.arrivals):
            length = min(_HOUR, _OPEN - hour * _HOUR)
            count = self._chance.poisson(load * rate * length / _HOUR)
            for at in self._chance.uniform(0, length, count):
                yield hour * _HOUR + float(at), "arrival"

    def _join(self, now: float) -> None:
        patience = self._chance.exponential(self._desk.patience)
        self._queue.append(_Waiting(now, patience, len(self._queue), self._agents(now)))

    def _given_up(self, now: float) -> Iterator[Wait]:
        for one in [one for one in self._queue if one.leaves <= now]:
            self._queue.remove(one)
            yield self._wait(one, one.leaves, served=False)

    def _served(self, now: float) -> Iterator[Wait]:
        while self._queue and self._held < self._agents(now) * self._desk.chats:
            self._held += 1
            taken = now + self._chance.exponential(self._desk.answers)
            heapq.heappush(self._events, (taken + self._handling(now), "end"))
            yield self._wait(self._queue.popleft(), taken, served=True)

    def _handling(self, now: float) -> float:
        others = max(0.0, self._held / self._agents(now) - 1)
        mean, spread = self._desk.handling * (1 + self._desk.slower * others), self._desk.spread
        return float(self._chance.lognormal(math.log(mean) - spread**2 / 2, spread))

    def _agents(self, now: float) -> int:
        return self._there[int(now // _SHIFT)]

    def _wait(self, one: _Waiting, ended: float, *, served: bool) -> Wait:
        began = self._opens + timedelta(seconds=one.joined)
        return Wait(began, one.ahead, one.agents, ended - one.joined, served)
