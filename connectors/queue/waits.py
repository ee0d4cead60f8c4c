"""An honest waiting time: an interval from the real waits of the last weeks, or none.

Those who gave up did wait at least so long. To leave them out would make the queue look shorter
than it is, and to count them as served as well. So the share that is served within a time is
estimated by the product-limit method, which takes them for what they are: Kaplan & Meier (1958),
Nonparametric estimation from incomplete observations, JASA 53, 457–481; for waits in a queue
Brown et al. (2005), Statistical analysis of a telephone call center, JASA 100, 36–50.
"""

import heapq
import math
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.storage.tables import ConversationRow, WaitRow

# At most one in ten shall wait longer than was told: that end is what a citizen plans by. With
# this beginning, and rounded to whole minutes, the interval held 80 % of the served who had
# somebody before them, on the simulation's seeds 0 and 1 (`kommunbot bench waits --simulated`).
LOW, HIGH = 0.15, 0.9
REMEMBERED = timedelta(weeks=6)  # longer ago, others sat at the desk and asked for other things
MOST = 200  # waits alike, the latest: more narrow an interval no further, and are older
# Of n waits that are alike the next one lies between the shortest and the longest with a chance
# of (n − 1) / (n + 1), so below nine no interval at all holds 80 %. Waits of the same morning
# resemble each other and tell less than their number, so twice as many are asked for.
ENOUGH = 20
_TINY = 1e-9  # shares are products of fractions, not exact

Cell = tuple[int, int]  # how many before, how many agents


@dataclass(frozen=True)
class Wait:
    """One wait that has ended: what stood before it, how long it took, and how it ended."""

    began_at: datetime
    ahead: int
    agents: int
    seconds: float
    served: bool  # False: given up, or sent away

    @property
    def ended_at(self) -> datetime:
        return self.began_at + timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Interval:
    """From so many to so many whole minutes."""

    shortest_min: int
    longest_min: int

    def holds(self, seconds: float) -> bool:
        return 60 * self.shortest_min <= seconds <= 60 * self.longest_min


@dataclass(frozen=True)
class Trial:
    """A wait, and what would have been told when it began."""

    wait: Wait
    told: Interval | None


@dataclass(frozen=True)
class Backtest:
    """What the estimates were worth; None where there is nothing to take a share of."""

    waits: int
    served: int
    told: float | None  # the share of all that got an interval
    inside: float | None  # of the served that got one, the share that lies inside
    longer: float | None  # of the same, the share that waited longer than was told
    width_min: float | None  # the mean width in minutes


def estimate(samples: Sequence[Wait], ahead: int, agents: int) -> Interval | None:
    """Say how long somebody who joins the queue now may wait, if others have waited alike.

    Alike are those with the same number before them and the same number of agents; where they
    are too few, those with one more or less before them as well, and then those with one agent
    more or less.

    Args:
        samples: waits of the last weeks that have ended, the latest to end last.
        ahead: how many wait before.
        agents: how many are there to take conversations.

    Returns:
        None without ground: nobody is there, fewer than `ENOUGH` alike were served, or so many
        gave up that nobody knows how long the longest wait would have been.
    """

    def pick(cells: Collection[Cell]) -> Sequence[Wait]:
        return [one for one in samples if (one.ahead, one.agents) in cells][-MOST:]

    return _estimate(pick, ahead, agents)


def backtest(samples: Iterable[Wait]) -> Backtest:
    """Walk through the waits and judge what each would have been told when it began."""
    return judge(list(trials(samples)))


def trials(samples: Iterable[Wait]) -> Iterator[Trial]:
    """Estimate each wait, in order of time, from those that had ended before it began."""
    past, still = _Past(), list[tuple[datetime, int, Wait]]()
    for number, wait in enumerate(sorted(samples, key=attrgetter("began_at"))):
        while still and still[0][0] <= wait.began_at:
            past.add(heapq.heappop(still)[-1])
        yield Trial(wait, past.estimate(wait))
        heapq.heappush(still, (wait.ended_at, number, wait))


def judge(tried: Sequence[Trial]) -> Backtest:
    """Sum up what the estimates were worth."""
    told = [(one.wait, one.told) for one in tried if one.told]
    served = [(wait, interval) for wait, interval in told if wait.served]
    return Backtest(
        waits=len(tried),
        served=sum(one.wait.served for one in tried),
        told=_mean([one.told is not None for one in tried]),
        inside=_mean([interval.holds(wait.seconds) for wait, interval in served]),
        longer=_mean([wait.seconds > 60 * interval.longest_min for wait, interval in served]),
        width_min=_mean([interval.longest_min - interval.shortest_min for _, interval in told]),
    )


async def alike(session: AsyncSession, audience: str, since: datetime) -> Sequence[Wait]:
    """Return the audience's real waits that began at `since` or later and have ended, as
    `estimate` wants them.

    Practice conversations and those between departments are left out.
    """
    row = WaitRow
    query = (
        select(row.began_at, row.ahead, row.agents, row.ended_at, row.served)
        .join(ConversationRow, ConversationRow.id == row.conversation_id)
        .where(ConversationRow.kind == "citizen", row.audience == audience)
        .where(row.began_at >= since, row.ended_at.is_not(None))
        .order_by(row.ended_at)
    )
    return [
        Wait(began, ahead, agents, max(0.0, (ended - began).total_seconds()), bool(served))
        for began, ahead, agents, ended, served in await session.execute(query)
        if ended
    ]


async def audiences(session: AsyncSession) -> Sequence[str]:
    """Return everybody whose waits are stored."""
    return list(
        await session.scalars(select(WaitRow.audience).distinct().order_by(WaitRow.audience))
    )


class _Past:
    """The waits that have ended, by what stood before them; the latest `MOST` of each."""

    def __init__(self) -> None:
        self._cells: dict[Cell, deque[tuple[int, Wait]]] = defaultdict(lambda: deque(maxlen=MOST))
        self._count = 0

    def add(self, wait: Wait) -> None:
        self._count += 1
        self._cells[wait.ahead, wait.agents].append((self._count, wait))

    def estimate(self, wait: Wait) -> Interval | None:
        since = wait.began_at - REMEMBERED

        def pick(cells: Collection[Cell]) -> Sequence[Wait]:
            rows = [self._cells[cell] for cell in cells if cell in self._cells]
            found = sorted((number, one) for row in rows for number, one in row)
            return [one for _, one in found if one.began_at >= since][-MOST:]

        return _estimate(pick, wait.ahead, wait.agents)


def _estimate(
    pick: Callable[[Collection[Cell]], Sequence[Wait]], ahead: int, agents: int
) -> Interval | None:
    if agents < 1:
        return None
    for cells in _reaches(ahead, agents):
        found = pick(cells)
        if sum(one.served for one in found) >= ENOUGH:
            return _interval(found)
    return None


def _reaches(ahead: int, agents: int) -> Iterator[frozenset[Cell]]:
    """Yield what counts as alike, the narrowest first. Without an agent it is another world."""
    around = range(max(0, ahead - 1), ahead + 2)
    yield frozenset({(ahead, agents)})
    yield frozenset((before, agents) for before in around)
    near = range(max(1, agents - 1), agents + 2)
    yield frozenset((before, there) for before in around for there in near)


def _interval(waits: Sequence[Wait]) -> Interval | None:
    """Return from the `LOW` to the `HIGH` quantile, rounded outwards to whole minutes.

    The k-th shortest of n stands for the share k / (n + 1): what has been seen so far is
    narrower than what may come.
    """
    served = sum(one.served for one in waits)
    spread = (served + 1) / served
    steps = list(_served_within(waits))
    before = [seconds for seconds, share in steps if share <= LOW * spread + _TINY]
    shortest = before[-1] if before else steps[0][0]
    longest = next((at for at, share in steps if share >= HIGH * spread - _TINY), None)
    if longest is None:
        return None
    return Interval(math.floor(shortest / 60), max(1, math.ceil(longest / 60)))


def _served_within(waits: Sequence[Wait]) -> Iterator[tuple[float, float]]:
    """Yield each time at which somebody was served, and the share that is served by then.

    One minus the product-limit estimate of Kaplan & Meier. Who gave up at the same time as
    somebody was served counts as still waiting then.
    """
    waiting, left = len(waits), 1.0
    for seconds, group in groupby(sorted(waits, key=_seconds), key=_seconds):
        ended = [one.served for one in group]
        if any(ended):
            left *= 1 - sum(ended) / waiting
            yield seconds, 1 - left
        waiting -= len(ended)


def _seconds(wait: Wait) -> float:
    return wait.seconds


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
