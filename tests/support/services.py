"""What a gateway does with the queue, without its web server, on a clock that tests can set."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from bot.masking.masker import Masker
from bot.opening_hours.model import STOCKHOLM
from bot.texts import Texts
from connectors.auth.tokens import hash_token, new_token
from connectors.conversation.hearing import Alarm, Hearing
from connectors.conversation.model import Event, Handover, Key, Move, State, Status
from connectors.conversation.moving import Mover
from connectors.conversation.rules import DeskRules, load_rules
from connectors.conversation.service import Conversations, Start
from connectors.conversation.wakeups import Hub
from connectors.desk.closing import Closed, Closings, LastMove
from connectors.desk.model import Agent, Ending
from connectors.desk.noting import Noting
from connectors.desk.service import Desk
from connectors.desk.transferring import Transferring
from connectors.errands.model import Resolution
from connectors.errands.service import Errands, Wish
from connectors.errors import ApiError
from connectors.queue.clock import Clock
from connectors.queue.hours import DeskHours
from connectors.queue.presence import Presences
from connectors.queue.reception import Reception
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, ConversationRow, DeskSessionRow, PresenceRow

DATA = Path(__file__).parents[2] / "data"
TUESDAY = "2026-12-01 10:00"  # an ordinary day, in the morning
ENDING = Ending.model_validate(
    {
        "errand_type": "bygglov",
        "cause": "radgivning",
        "resolution": Resolution.SOLVED,
        "searched_web": "vet_ej",
    }
)
T = TypeVar("T")


@cache
def _shipped_rules() -> DeskRules:
    return load_rules(DATA)


@cache
def _texts() -> Texts:
    return Texts.load(DATA)


@lru_cache
def masker() -> Masker:
    return Masker.load(DATA)


class Now:
    """A clock that goes where the test says. Two looks never see the same moment."""

    def __init__(self) -> None:
        self.set(TUESDAY)

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def set(self, written: str) -> None:
        """Let it be this moment in Stockholm; time itself passes in UTC, as everywhere."""
        self.at = datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM).astimezone(UTC)

    def go(self, seconds: float = 0, **more: float) -> None:
        self.at += timedelta(seconds=seconds, **more)


class SetRules:
    """The municipality's rules, but for what the test changes."""

    def __init__(self, **changes: object) -> None:
        self.rules = _shipped_rules().model_copy(update=changes)

    def get(self) -> DeskRules:
        return self.rules

    def set(self, **changes: object) -> None:
        self.rules = self.rules.model_copy(update=changes)


@dataclass
class Services:
    """One gateway's services."""

    database: Database
    hub: Hub
    now: Now
    rules: SetRules
    reception: Reception
    conversations: Conversations
    presences: Presences
    errands: Errands
    desk: Desk
    noting: Noting
    transferring: Transferring
    closings: Closings
    clock: Clock

    async def arrive(self, **changes: object) -> "Guest":
        """A citizen who has a conversation with the bot."""
        secret = hash_token(new_token())
        start = Start(uuid4(), secret, **changes)  # type: ignore[arg-type]
        key, _ = await self.conversations.create(start)
        return Guest(key, self)

    async def wait_in_queue(self, **changes: object) -> "Guest":
        """A citizen who waits for a person."""
        guest = await self.arrive(**changes)
        await guest.move(Move.HAND_OFF)
        return guest

    async def go_on(self, seconds: float, *there: Agent) -> None:
        """Let time pass while the clock looks, and `there` show that they are."""
        while seconds > 0:
            self.now.go(min(seconds, 15))
            seconds -= 15
            for agent in there:
                await self.presences.renew(agent.id)
            await self.clock.tick()

    def with_hours(self, at: str) -> "Services":
        """Return the same desk with its opening hours in force, at a moment in Stockholm."""
        self.now.set(at)
        return services_on(self.database, self.now, self.rules, always_open=False)

    async def row(self, conversation_id: UUID) -> ConversationRow:
        async with self.database.read() as session:
            return await session.get_one(ConversationRow, conversation_id)

    async def presence(self, agent: Agent) -> PresenceRow | None:
        async with self.database.read() as session:
            return await session.get(PresenceRow, agent.id)

    async def handover(self, audience: str = "privat", page: str | None = None) -> Handover:
        async with self.database.read() as session:
            return await self.reception.handover(session, audience, page)

    async def move(self, agent: Agent, guest: "Guest", move: Move) -> Status:
        return await self.desk.move(agent, guest.id, move, uuid4())

    async def transfer(self, agent: Agent, guest: "Guest", to: Agent) -> Status:
        note = "Vill veta mer om altanen."
        return await self.transferring.to_colleague(agent, guest.id, to.username, note, uuid4())

    async def say(self, agent: Agent, guest: "Guest", text: str = "Hej!") -> None:
        await self.desk.post(agent, guest.id, uuid4(), text)

    async def close(self, agent: Agent, guest: "Guest", follow_up: Wish | None = None) -> Closed:
        return await self.closings.close(agent, guest.id, LastMove(uuid4()), ENDING, follow_up)


@dataclass
class Guest:
    """A citizen with a conversation."""

    key: Key
    services: Services

    @property
    def id(self) -> UUID:
        return self.key.conversation_id

    async def move(self, move: Move, move_id: UUID | None = None) -> Status:
        return await self.services.conversations.move(self.key, move, move_id or uuid4())

    async def say(self, text: str) -> Event:
        event, _ = await self.services.conversations.post(self.key, uuid4(), text)
        return event

    async def events(self) -> list[Event]:
        return (await self.services.conversations.news(self.key, 0)).events

    async def moves(self) -> list[Move]:
        return [event.move for event in await self.events() if event.move]

    async def status(self) -> Status:
        return (await self.services.conversations.news(self.key, 0)).status

    async def state(self) -> State:
        return (await self.status()).state


class Unlocked(Database):
    """A database that lets everybody think they are alone, as two clocks do in the worst case."""

    @asynccontextmanager
    async def held(self, name: str, *, wait: bool = True) -> AsyncIterator[bool]:
        yield True


def services_on(
    database: Database,
    now: Now,
    rules: SetRules,
    *,
    data_dir: Path = DATA,
    always_open: bool = True,
    alarm: Alarm = lambda *_: None,
) -> Services:
    """Put a gateway's services together as the gateway does."""
    texts, hub = _texts(), Hub()
    hours = DeskHours(data_dir, {str(key): place for key, place in rules.get().hours.items()})
    reception = Reception(rules, hours, texts, now, always_open=always_open)
    mover = Mover(texts, rules, now)
    hearing = Hearing(masker(), alarm, texts)
    conversations = Conversations(database, hub, mover, reception, hearing)
    errands = Errands(conversations, reception, "SK")
    presences = Presences(database, rules, hub, now)
    noting = Noting(conversations)
    return Services(
        database,
        hub,
        now,
        rules,
        reception,
        conversations,
        presences,
        errands,
        Desk(conversations, presences, errands),
        noting,
        Transferring(conversations, noting),
        Closings(conversations, errands),
        Clock(conversations, reception, errands),
    )


@asynccontextmanager
async def several(
    url: str, count: int, kind: type[Database] = Database, **changes: object
) -> AsyncIterator[list[Services]]:
    """Services of several gateways, with one time and one set of rules."""
    now, rules = Now(), SetRules(**changes)
    databases = [kind(url) for _ in range(count)]
    try:
        yield [services_on(database, now, rules) for database in databases]
    finally:
        for database in databases:
            await database.close()


async def account(database: Database, username: str) -> Agent:
    """Return one of the accounts that are there from the beginning."""
    async with database.read() as session:
        row = await session.scalar(select(AgentRow).where(AgentRow.username == username))
    assert row is not None
    return Agent(row.id, row.username, row.name, tuple(row.departments))


async def add_agents(database: Database, count: int) -> list[tuple[Agent, str]]:
    """Make agents who are logged in; with each the token of the login."""
    agents = [
        (Agent(uuid4(), f"vag{number:02}", f"Vägledare {number:02}"), new_token())
        for number in range(count)
    ]
    at = datetime.now(STOCKHOLM)
    async with database.write() as session:
        for agent, _ in agents:
            row = AgentRow(id=agent.id, username=agent.username, name=agent.name)
            row.password_hash, row.roles, row.created_at = "-", ["agent"], at
            session.add(row)
        await session.flush()
        for agent, token in agents:
            login = DeskSessionRow(token_hash=hash_token(token), agent_id=agent.id, role="agent")
            login.created_at, login.expires_at = at, at + timedelta(hours=10)
            session.add(login)
    return agents


async def tried(call: Awaitable[T]) -> T | ApiError:
    """Return what comes of a call, or how it was refused. Anything else is a fault."""
    try:
        return await call
    except ApiError as error:
        return error
