"""The agent's socket: lists, the events of the agent's conversations, and who is writing."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from time import monotonic
from typing import Annotated, Literal
from uuid import UUID

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from connectors.accounts.model import Role
from connectors.accounts.service import Accounts
from connectors.conversation.frames import (
    BAD_FRAME,
    BAD_TOKEN,
    MAX_SEQ,
    PULSE_SECONDS,
    REREAD_SECONDS,
    RESTARTING,
    BadFrame,
    Channel,
    Frame,
    PulseFrame,
    first_to_end,
)
from connectors.conversation.model import Actor, DeskEvent, Status
from connectors.conversation.wakeups import (
    DESK,
    Subscription,
    Typing,
    Woken,
    conversation_topic,
    desk_topic,
    logins_topic,
)
from connectors.desk.model import Agent, Lists
from connectors.desk.service import Desk
from connectors.errors import ConversationClosed, ConversationNotFound, NotLoggedIn, NotYours

log = structlog.get_logger()

MOST_CONVERSATIONS = 1000  # in a hello; nobody holds so many
MOST_READ = 10  # at once
PULSE_ASKED, READING_CHANGED = "pulse", "reading"

LoginCheck = Callable[[], Awaitable[object]]


class DeskHello(Frame):
    """The first frame: the last event that the client has of each conversation."""

    type: Literal["hello"]
    after: dict[UUID, Annotated[int, Field(ge=0, le=MAX_SEQ)]] = Field(
        {}, max_length=MOST_CONVERSATIONS
    )


class DeskTyping(Frame):
    """The agent starts or stops writing in a conversation."""

    type: Literal["typing"]
    conversation_id: UUID
    on: bool


class DeskReading(Frame):
    """What the agent reads along in, besides what is theirs; replaces what was said before."""

    type: Literal["reading"]
    conversations: frozenset[UUID] = Field(max_length=MOST_READ)


class HereFrame(Frame):
    """The answer to a pulse: somebody's page is there. It is what keeps the agent's lease.

    A socket that stays open proves nothing, and a hidden page's own timers run once a minute.
    """

    type: Literal["here"]


class ListsOut(Lists):
    """Who waits, what the agent has and does, and what there is to follow up."""

    type: Literal["conversations"] = "conversations"


class DeskEventsOut(BaseModel):
    """New events of one of the agent's conversations."""

    type: Literal["events"] = "events"
    conversation_id: UUID
    events: list[DeskEvent]
    status: Status


class DeskTypingOut(BaseModel):
    """The citizen starts or stops writing, or a colleague in the same conversation."""

    type: Literal["typing"] = "typing"
    conversation_id: UUID
    actor: Actor
    on: bool
    agent_name: str | None = None


class DeskPulseOut(BaseModel):
    """The gateway is there."""

    type: Literal["pulse"] = "pulse"


HELLO: TypeAdapter[DeskHello] = TypeAdapter(DeskHello)
FRAMES: TypeAdapter[DeskTyping | DeskReading | HereFrame | PulseFrame] = TypeAdapter(
    Annotated[DeskTyping | DeskReading | HereFrame | PulseFrame, Field(discriminator="type")]
)


async def serve(socket: WebSocket, token: str | None, desk: Desk, accounts: Accounts) -> None:
    """Deliver until one side leaves, or the login ends."""
    await socket.accept()
    channel = Channel(socket)
    try:
        agent = Agent.of(await accounts.whose(token, Role.AGENT))
        hello = await channel.hello(HELLO)
        check = partial(accounts.whose, token, Role.AGENT)
        await _Link(channel, agent, desk, check, hello.after).run()
        await channel.close(RESTARTING)
    except BadFrame:
        await channel.close(BAD_FRAME)
    except NotLoggedIn:
        await channel.close(BAD_TOKEN)
    except WebSocketDisconnect:
        return
    except SQLAlchemyError as error:
        log.error("socket_without_database", error=type(error).__name__)
        await channel.close(RESTARTING)


class _Link:
    """One open socket: what the client has, and what it has been told."""

    def __init__(
        self, channel: Channel, agent: Agent, desk: Desk, check: LoginCheck, after: dict[UUID, int]
    ) -> None:
        self._channel, self._agent, self._desk = channel, agent, desk
        self._check_login, self._logins = check, logins_topic(agent.id)
        self._own = desk_topic(agent.id)
        self._known = dict(after)  # what the client has, also of conversations no longer held
        self._followed: dict[UUID, Status | None] = dict.fromkeys(after)
        self._reading: frozenset[UUID] = frozenset()
        self._lists: Lists | None = None
        self._pulsed = self._checked = monotonic()
        self._looked = float("-inf")

    async def run(self) -> None:
        """Deliver until the gateway stops.

        Raises:
            BadFrame, WebSocketDisconnect: the client's side ended it.
            NotLoggedIn: the login has ended.
        """
        await self._desk.presences.renew(self._agent.id)
        with self._desk.wakeups.subscribe(DESK, self._own, self._logins) as news:
            news.follow(*map(conversation_topic, self._followed))
            listening = asyncio.create_task(self._listen(news))
            delivering = asyncio.create_task(self._deliver(news))
            await first_to_end(listening, delivering)

    async def _listen(self, news: Subscription) -> None:
        while True:
            frame = await self._channel.receive(FRAMES)
            await self._desk.presences.keep(self._agent.id)
            if isinstance(frame, PulseFrame):
                news.wake(PULSE_ASKED)
            if isinstance(frame, DeskReading):
                self._reading = frame.conversations
                news.wake(READING_CHANGED)
            if not isinstance(frame, DeskTyping):
                continue
            typing = Typing(frame.conversation_id, Actor.AGENT, frame.on, self._agent.name)
            try:
                await self._desk.tell_typing(self._agent, typing)
            except (ConversationClosed, ConversationNotFound, NotYours):
                continue  # it was closed or given back a moment ago

    async def _deliver(self, news: Subscription) -> None:
        await self._look(news, set())
        while not self._desk.wakeups.closed:
            woken = await news.wait(REREAD_SECONDS)
            # First of all: a look shows that the agent is there, and who has logged out is not.
            if self._logins in woken.topics or monotonic() - self._checked >= REREAD_SECONDS:
                self._checked = monotonic()
                await self._check_login()
            await self._look(news, woken.topics)
            await self._tell_typing(woken)
            await self._pulse_if_due(asked=PULSE_ASKED in woken.topics)

    async def _look(self, news: Subscription, topics: set[str]) -> None:
        """Look at what has changed; now and then at everything, which heals a lost wake-up."""
        everything = monotonic() - self._looked >= REREAD_SECONDS
        if everything:
            self._looked = monotonic()
        new: set[UUID] = set()
        if everything or DESK in topics or self._lists is None:
            new = await self._look_at_lists(news, await self._desk.lists(self._agent))
        elif self._own in topics:
            own = await self._desk.with_own_news(self._agent, self._lists)
            new = await self._look_at_lists(news, own)
        new |= self._follow(news, self._reading)
        for conversation_id in tuple(self._followed):
            told = conversation_topic(conversation_id) in topics
            if everything or told or conversation_id in new:
                await self._look_at(conversation_id, news)

    async def _look_at_lists(self, news: Subscription, lists: Lists) -> set[UUID]:
        """Send the lists if they have changed; return which conversations are new to follow."""
        if lists != self._lists:
            self._lists = lists
            await self._channel.send(ListsOut(**dict(lists)))
        return self._follow(news, {one.conversation_id for one in lists.mine})

    def _follow(self, news: Subscription, conversations: Collection[UUID]) -> set[UUID]:
        """Return those that were not followed yet."""
        new = set(conversations) - self._followed.keys()
        self._followed |= dict.fromkeys(new)
        news.follow(*map(conversation_topic, new))
        return new

    async def _look_at(self, conversation_id: UUID, news: Subscription) -> None:
        after = self._known.get(conversation_id, 0)
        reading = conversation_id in self._reading
        watched = await self._desk.watch(self._agent, conversation_id, after, reading=reading)
        if watched and (watched.events or watched.status != self._followed[conversation_id]):
            await self._channel.send(
                DeskEventsOut(
                    conversation_id=conversation_id, events=watched.events, status=watched.status
                )
            )
        if watched and watched.events:
            self._known[conversation_id] = watched.events[-1].seq
        if watched and watched.follows:
            self._followed[conversation_id] = watched.status
        else:
            self._reading -= {conversation_id}
            del self._followed[conversation_id]
            news.leave(conversation_topic(conversation_id))

    async def _tell_typing(self, woken: Woken) -> None:
        for typing in woken.typing.values():
            own = typing.agent_name == self._agent.name
            if typing.actor is Actor.BOT or own or typing.conversation_id not in self._followed:
                continue
            await self._channel.send(
                DeskTypingOut(
                    conversation_id=typing.conversation_id,
                    actor=typing.actor,
                    on=typing.on,
                    agent_name=typing.agent_name,
                )
            )

    async def _pulse_if_due(self, *, asked: bool) -> None:
        if asked or monotonic() - self._pulsed >= PULSE_SECONDS:
            self._pulsed = monotonic()
            await self._channel.send(DeskPulseOut())
