"""`kommunbot bench queue`: the run, its figures, and their page."""

import asyncio
import os
import platform
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import uvloop
from sqlalchemy import make_url

from bot.settings import Settings
from connectors.cli.load import gateways, prepared, stages
from connectors.cli.load.gateways import CannotMeasure, Gateway
from connectors.cli.load.ledger import Ledger, Races, percentile
from connectors.cli.load.people import Agent, Citizen, Door
from connectors.cli.load.stages import Crowd
from connectors.conversation.model import State
from connectors.storage.database import Database

ROOM = 4  # conversations that an agent holds
RACED_AT_ONCE = 500  # conversations that wait at the same time
WARM_UP = 100  # sockets that are opened before memory is counted
CONNECTIONS = 100  # to the API of one gateway

Figures = dict[str, Any]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What to measure."""

    sockets: Sequence[int]
    agents: int
    rate: float  # messages a second
    seconds: float
    races: int
    storm: int
    gateways: int = 1
    url: str | None = None  # a gateway that runs already


def numbers(text: str) -> tuple[int, ...]:
    """Read numbers with commas between them.

    Raises:
        CannotMeasure: something else stands there.
    """
    try:
        found = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise CannotMeasure(f"{text!r} is not a list of numbers such as 200,2000.") from error
    if any(number < 1 for number in found):
        raise CannotMeasure("There is no crowd without a socket: give numbers above 0.")
    return found


def run_on(plan: Plan, settings: Settings, database_url: str | None, say: Say) -> Figures:
    """Measure on a database, or on a SQLite file of the run's own.

    Raises:
        CannotMeasure: the plan does not go with the database, the machine or the gateway.
    """
    if database_url is not None:
        return run(plan, settings.model_copy(update={"database_url": database_url}), say)
    if plan.url or plan.gateways > 1:
        raise CannotMeasure("Several gateways, or a running one, need their --database-url.")
    with tempfile.TemporaryDirectory(prefix="kommunbot-bench-") as folder:
        own = f"sqlite+aiosqlite:///{folder}/kommunbot.db"
        return run(plan, settings.model_copy(update={"database_url": own}), say)


def run(plan: Plan, settings: Settings, say: Say) -> Figures:
    """Measure everything that `plan` names, on the settings' database.

    Raises:
        CannotMeasure: too few files may be open, or no gateway starts.
    """
    gateways.allow_files(max(plan.sockets, default=0))
    made = _made(plan, settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return {"made": made} | runner.run(_run(plan, settings, say))


def _made(plan: Plan, settings: Settings) -> Figures:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores",
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "database": make_url(settings.database_url).get_backend_name(),
        "gateways": plan.gateways,
        "agents": plan.agents,
        "rate": plan.rate,
    }


async def _run(plan: Plan, settings: Settings, say: Say) -> Figures:
    database = Database(settings.database_url)
    try:
        await database.migrate()
        figures: Figures = {"crowds": [], "races": None}
        for sockets in plan.sockets:
            say(f"{sockets} open sockets")
            figures["crowds"].append(await _crowd(plan, settings, database, sockets, say))
            say(f"  {_in_short(figures['crowds'][-1])}")
        if plan.races:
            say(f"{plan.races} raced conversations")
            figures["races"] = await _races(plan, settings, database)
        return figures
    finally:
        await database.close()


@contextmanager
def _running(plan: Plan, settings: Settings) -> Iterator[list[Gateway]]:
    if plan.url:
        yield [Gateway(plan.url.rstrip("/"))]
        return
    with (
        tempfile.TemporaryDirectory(prefix="kommunbot-bench-") as folder,
        gateways.started(settings, plan.gateways, Path(folder)) as found,
    ):
        yield found


@asynccontextmanager
async def _doors(running: Sequence[Gateway]) -> AsyncIterator[list[Door]]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with AsyncExitStack() as stack:
        doors = []
        for gateway in running:
            http = httpx.AsyncClient(
                base_url=gateway.url, timeout=30, limits=limits, trust_env=False
            )
            doors.append(Door(gateway.url, await stack.enter_async_context(http)))
        yield doors


async def _crowd(
    plan: Plan, settings: Settings, database: Database, sockets: int, say: Say
) -> Figures:
    """Measure with so many citizens' sockets open, on gateways that have just started."""
    with _running(plan, settings) as running:
        async with _doors(running) as doors:
            crowd = await _gather(plan, database, sockets, doors)
            chatting = min(ROOM * plan.agents, max(1, sockets // 2))
            await _warm_up(database, doors)
            before = _memory(running)
            say("  opening them")
            opened_s = await stages.open_all(crowd.citizens)
            await asyncio.sleep(stages.SETTLE_SECONDS)
            grown = _memory(running) - before
            say("  agents take conversations")
            await stages.fill_desks(crowd, crowd.citizens[:chatting], ROOM)
            await stages.open_all(crowd.agents)
            if not crowd.chats:
                raise CannotMeasure("No agent could take a conversation, so nothing can be said.")
            found = await _talk_and_storm(plan, crowd, running, say)
            for person in (*crowd.citizens, *crowd.agents):
                person.cut()
            await prepared.close(database, [citizen.id for citizen in crowd.citizens])
            return {
                "sockets": sockets,
                "opened_s": opened_s,
                "kib_a_socket": grown / sockets if running[0].pid else None,
                **found,
            }


async def _gather(plan: Plan, database: Database, sockets: int, doors: Sequence[Door]) -> Crowd:
    chatting = min(ROOM * plan.agents, max(1, sockets // 2))
    opened = await prepared.conversations(database, chatting, State.WAITING)
    opened += await prepared.conversations(database, sockets - chatting, State.BOT)
    tokens = await prepared.agents(database, plan.agents)
    ledger = Ledger()
    citizens = [
        Citizen(number, doors[number % len(doors)], ledger, id=one.id, secret=one.secret)
        for number, one in enumerate(opened)
    ]
    agents = [
        Agent(number, doors[(number + 1) % len(doors)], ledger, token=token)
        for number, token in enumerate(tokens)
    ]
    for agent in agents:
        await agent.arrive()
    return Crowd(ledger, citizens, agents)


async def _warm_up(database: Database, doors: Sequence[Door]) -> None:
    """Open some sockets and leave: what is loaded only once is no connection's memory."""
    opened = await prepared.conversations(database, WARM_UP, State.BOT)
    people = [
        Citizen(number, doors[number % len(doors)], Ledger(), id=one.id, secret=one.secret)
        for number, one in enumerate(opened)
    ]
    await stages.open_all(people)
    for one in people:
        one.cut()
    await asyncio.sleep(1)


async def _talk_and_storm(
    plan: Plan, crowd: Crowd, running: Sequence[Gateway], say: Say
) -> Figures:
    pulsing = asyncio.create_task(stages.pulses([*crowd.citizens, *crowd.agents]))
    try:
        say(f"  {len(crowd.chats)} chats talk")
        used, ends = _processor(running), perf_counter() + plan.seconds
        sent, took_s = await stages.talk(crowd, plan.rate, lambda: perf_counter() > ends)
        await stages.until_all_came(crowd.ledger)
        delays, used = crowd.ledger.delays_ms(), _processor(running) - used
        say("  many are cut and come back")
        storm = await _storm(plan, crowd) if plan.storm else None
        await stages.until_all_came(crowd.ledger)
    finally:
        pulsing.cancel()
    return {
        "chats": len(crowd.chats),
        "messages": sent,
        "rate": sent / took_s,
        **{f"p{share}_ms": percentile(delays, share / 100) for share in (50, 95, 99)},
        "cores": used / took_s if running[0].pid else None,
        "storm": storm,
        **stages.counted(crowd),
    }


async def _storm(plan: Plan, crowd: Crowd) -> Figures:
    """Cut sockets while everybody goes on talking."""
    cut = crowd.citizens[: plan.storm]
    breaking = asyncio.create_task(stages.storm(cut))
    await stages.talk(crowd, plan.rate, breaking.done)
    return await breaking


async def _races(plan: Plan, settings: Settings, database: Database) -> Figures:
    races, doubles = Races(), 0
    with _running(plan, settings) as running:
        async with _doors(running) as doors:
            tokens = await prepared.agents(database, plan.agents)
            agents = [
                Agent(number, doors[number % len(doors)], Ledger(), token=token)
                for number, token in enumerate(tokens)
            ]
            for agent in agents:
                await agent.arrive()
            began = perf_counter()
            for start in range(0, plan.races, RACED_AT_ONCE):
                number = min(RACED_AT_ONCE, plan.races - start)
                waiting = await prepared.conversations(database, number, State.WAITING)
                part = Races()
                await stages.race(agents, waiting, part)
                doubles += part.double(await prepared.takes(database, waiting))
                races.add(part)
            took_s = perf_counter() - began
    return {
        "raced": len(races.raced),
        "claims": races.claims,
        "claims_a_second": races.claims / took_s,
        "double": doubles,
        "unclaimed": races.unclaimed,
    }


def _in_short(crowd: Figures) -> str:
    """Name every figure, so that a run that is broken off later has told something."""
    figures = {**crowd, **(crowd["storm"] or {})}
    told = {name: value for name, value in figures.items() if isinstance(value, int | float)}
    return ", ".join(f"{name} {value:.5g}" for name, value in told.items())


def _memory(running: Sequence[Gateway]) -> int:
    return sum(gateway.memory_kib() or 0 for gateway in running)


def _processor(running: Sequence[Gateway]) -> float:
    return sum(gateway.processor_s() or 0.0 for gateway in running)
