"""The parts of a run: opening sockets, talking, a storm of reconnects, and raced claims."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from connectors.cli.load.ledger import Ledger, Races, percentile
from connectors.cli.load.people import FIRST_PAUSE_SECONDS, Agent, Citizen, Person, pause
from connectors.cli.load.prepared import Opened

OPENING_AT_ONCE = 100
FILLING_AT_ONCE = 8  # desks
PULSE_SECONDS = 20.0  # as the widget's
SETTLE_SECONDS = 3.0  # until what has been opened lies still
LATE_SECONDS = 15.0  # what has not come by then is lost
RIVALS = 3  # agents that claim the same conversation at once
RACING_AT_ONCE = 20  # conversations


@dataclass
class Crowd:
    """Everybody in a run."""

    ledger: Ledger
    citizens: list[Citizen]
    agents: list[Agent]
    chats: list[tuple[Citizen, Agent]] = field(default_factory=list)


async def each(
    people: Iterable[Any], act: Callable[[Any], Awaitable[object]], at_once: int
) -> None:
    """Let everybody act, so many at a time."""
    waiting = iter(people)

    async def work() -> None:
        for one in waiting:
            await act(one)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())


async def open_all(people: Sequence[Person]) -> float:
    """Open everybody's socket and return the seconds that it took."""
    began = perf_counter()
    await each(people, lambda one: one.connect(), OPENING_AT_ONCE)
    return perf_counter() - began


async def fill_desks(crowd: Crowd, waiting: Sequence[Citizen], room: int) -> None:
    """Let agents take waiting conversations, up to `room` each, or as many as they may."""
    parts = [waiting[start : start + room] for start in range(0, len(waiting), room)]

    async def fill(desk: tuple[Agent, Sequence[Citizen]]) -> None:
        agent, own = desk
        for citizen in own:
            if await agent.take(citizen.id):
                crowd.chats.append((citizen, agent))

    await each(zip(crowd.agents, parts, strict=False), fill, FILLING_AT_ONCE)


async def pulses(people: Sequence[Person]) -> None:
    """Send everybody's pulse, evenly over the time between two, until cancelled."""
    part = 0.1
    count = max(1, round(len(people) * part / PULSE_SECONDS))
    while True:
        for start in range(0, len(people), count):
            for one in people[start : start + count]:
                one.pulse()
            await asyncio.sleep(part)


async def talk(crowd: Crowd, rate: float, until: Callable[[], bool]) -> tuple[int, float]:
    """Send `rate` messages a second, from both sides in turn, until told to stop.

    The pace does not wait for answers: a slow gateway gets the messages all the same, and a
    message's delay counts from when it was due.

    Returns:
        How many were sent, and the seconds that it took until all were stored.
    """
    began, number = perf_counter(), 0
    async with asyncio.TaskGroup() as group:
        while not until():
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            citizen, agent = random.choice(crowd.chats)  # noqa: S311  # no secret
            said = agent.say(citizen.id, due) if number % 2 else citizen.say(due)
            group.create_task(said)
            number += 1
    return number, perf_counter() - began


async def until_all_came(ledger: Ledger) -> None:
    """Wait for what is on its way; what does not come in time is lost."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LATE_SECONDS):
            while ledger.lost:  # noqa: ASYNC110  # thousands of sockets fill in the books
                await asyncio.sleep(0.05)


async def storm(people: Sequence[Person]) -> dict[str, float | int | None]:
    """Cut everybody's socket at once; return how long it takes until each is whole again."""
    began = perf_counter()
    took: list[float] = []
    for one in people:
        one.cut()

    async def come_back(one: Person) -> None:
        await pause(FIRST_PAUSE_SECONDS)
        if await one.connect():
            took.append(perf_counter() - began)

    await each(people, come_back, max(1, len(people)))
    return {
        "cut": len(people),
        "half_s": percentile(took, 0.5),
        "whole_s": percentile(took, 1.0) if len(took) == len(people) else None,
        "missing": len(people) - len(took),
    }


async def race(agents: Sequence[Agent], waiting: Sequence[Opened], races: Races) -> None:
    """Let several agents claim each conversation at once; the winner hands it to the bot."""

    async def claim(one: Opened) -> None:
        rivals = random.sample(agents, min(RIVALS, len(agents)))
        answers = await asyncio.gather(*(agent.take(one.id) for agent in rivals))
        for agent, won in zip(rivals, answers, strict=True):
            races.claim(one.id, won=won)
            if won:
                await agent.give_back(one.id)

    await each(waiting, claim, RACING_AT_ONCE)


def counted(crowd: Crowd) -> dict[str, int]:
    """Return what went wrong, of everything that anybody sent and read."""
    readers = [citizen.reader for citizen in crowd.citizens]
    readers += [reader for agent in crowd.agents for reader in agent.readers.values()]
    return {
        "refused": crowd.ledger.refused,
        "lost": crowd.ledger.lost,
        "doubled": sum(reader.doubled for reader in readers),
        "out_of_order": sum(reader.skipped for reader in readers),
    }
