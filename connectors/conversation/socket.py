"""The citizen's socket. It only delivers: everything that must not be lost is sent by POST."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.auth.tokens import hash_token
from connectors.conversation.frames import (
    BAD_FRAME,
    BAD_TOKEN,
    CITIZEN_FRAMES,
    HELLO,
    PULSE_SECONDS,
    RESTARTING,
    BadFrame,
    Channel,
    EventsOut,
    PulseOut,
    StatusOut,
    TypingFrame,
    TypingOut,
)
from connectors.conversation.model import Actor, Key, News, Status
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import PLACES, Typing, conversation_topic
from connectors.errors import ConversationNotFound

log = structlog.get_logger()

PULSE_ASKED = "pulse"
_PATH = re.compile(r"/api/conversations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/socket")

OpenSocket = Callable[[WebSocket, UUID, Conversations], Awaitable[None]]


class SocketDoor:
    """Lets the citizens' sockets in past what only requests need.

    Routing, dependencies and their exits would stay in memory for as long as a socket is open:
    ten kilobytes, thousands of times.
    """

    def __init__(self, app: ASGIApp, open_socket: OpenSocket) -> None:
        self._app, self._open = app, open_socket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.fullmatch(scope["path"]) if scope["type"] == "websocket" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        socket = WebSocket(scope, receive, send)
        await self._open(socket, UUID(found[1]), socket.app.state.conversations)


async def serve(socket: WebSocket, conversation_id: UUID, conversations: Conversations) -> None:
    """Deliver a conversation's news until one side leaves."""
    await socket.accept()
    channel = Channel(socket)
    try:
        hello = await channel.hello(HELLO)
        key = Key(conversation_id, hash_token(hello.token))
        await _Link(channel, key, conversations, hello.after).run()
        await channel.close(RESTARTING)
    except BadFrame:
        await channel.close(BAD_FRAME)
    except ConversationNotFound:
        await channel.close(BAD_TOKEN)
    except WebSocketDisconnect:
        return
    except SQLAlchemyError as error:
        log.error("socket_without_database", error=type(error).__name__)
        await channel.close(RESTARTING)


class _Link:
    """One open socket: what the client has, and what it has been told.

    The socket's own task only listens. Another one delivers, and lives only while there is
    something to deliver: of thousands of open sockets few have news.
    """

    __slots__ = (
        "_after",
        "_channel",
        "_conversations",
        "_delivering",
        "_failure",
        "_key",
        "_listening",
        "_news",
        "_next_pulse",
        "_over",
        "_told",
    )

    def __init__(
        self, channel: Channel, key: Key, conversations: Conversations, after: int
    ) -> None:
        self._channel, self._key, self._conversations = channel, key, conversations
        self._after = after
        self._told: Status | None = None
        self._delivering: asyncio.Task[None] | None = None
        self._next_pulse: asyncio.TimerHandle | None = None
        self._failure: BaseException | None = None
        self._over = False

    async def run(self) -> None:
        """Deliver until the gateway stops.

        Raises:
            BadFrame, WebSocketDisconnect: the client's side ended it.
            ConversationNotFound: the token opens nothing, or nothing any longer.
            SQLAlchemyError: the database is away.
        """
        self._listening = cast("asyncio.Task[None]", asyncio.current_task())
        topic = conversation_topic(self._key.conversation_id)
        with self._conversations.wakeups.subscribe(topic, call=self._start) as self._news:
            self._plan_pulse()
            self._news.wake(topic)
            try:
                await self._listen()
            except asyncio.CancelledError:
                if not self._over:
                    raise
                self._listening.uncancel()
                if self._failure is not None:
                    raise self._failure from None
            finally:
                await self._stop()

    async def _listen(self) -> None:
        while True:
            frame = await self._channel.receive(CITIZEN_FRAMES)
            if isinstance(frame, TypingFrame):
                self._conversations.wakeups.tell(
                    Typing(self._key.conversation_id, Actor.CITIZEN, frame.on)
                )
            elif self._delivering is None:  # thousands ask every minute: a task for each costs
                await self._pulse()
            else:
                self._news.wake(PULSE_ASKED)

    def _start(self) -> None:
        if self._delivering is None and not self._over:
            self._delivering = asyncio.create_task(self._deliver())
            self._delivering.add_done_callback(self._delivered)

    def _delivered(self, task: "asyncio.Task[None]") -> None:
        """Go on if there is more by now; stop listening if nothing can be delivered any longer."""
        self._delivering = None
        if self._over or task.cancelled():
            return
        self._failure = task.exception()
        if self._failure is not None or self._conversations.wakeups.closed:
            self._over = True
            self._listening.cancel()
        elif self._news.has_woken:
            self._start()

    async def _stop(self) -> None:
        self._over = True
        if self._next_pulse is not None:
            self._next_pulse.cancel()
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)

    async def _deliver(self) -> None:
        while not self._conversations.wakeups.closed and (woken := self._news.take()):
            if woken.topics - {PULSE_ASKED}:
                await self._look()
            for typing in woken.typing.values():
                if typing.actor is not Actor.CITIZEN:
                    await self._channel.send(TypingOut(actor=typing.actor, on=typing.on))
            if PULSE_ASKED in woken.topics:
                await self._pulse()

    async def _look(self) -> None:
        """Tell what is new. Places in the queue concern only those who wait in it."""
        async with self._conversations.wakeups.turns:
            found = await self._conversations.news(self._key, self._after)
        await self._tell(found)
        self._news.hold(self._key.conversation_id, found.status.seq)
        if found.status.queue_place is None:
            self._news.leave(PLACES)
        else:
            self._news.follow(PLACES)

    async def _tell(self, news: News) -> None:
        if news.events:
            await self._channel.send(EventsOut(events=news.events, status=news.status))
        elif news.status != self._told:
            await self._channel.send(StatusOut(status=news.status))
        self._told = news.status
        self._after = max(self._after, news.status.seq)

    async def _pulse(self) -> None:
        self._plan_pulse()
        await self._channel.send(PulseOut(seq=self._told.seq if self._told else 0))

    def _plan_pulse(self) -> None:
        if self._next_pulse is not None:
            self._next_pulse.cancel()
        self._next_pulse = asyncio.get_running_loop().call_later(
            PULSE_SECONDS, self._news.wake, PULSE_ASKED
        )
