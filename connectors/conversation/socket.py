"""The citizen's socket. It only delivers: everything that must not be lost is sent by POST."""

import asyncio
from time import monotonic
from uuid import UUID

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from sqlalchemy.exc import SQLAlchemyError

from connectors.auth.tokens import hash_token
from connectors.conversation.frames import (
    BAD_FRAME,
    BAD_TOKEN,
    CITIZEN_FRAMES,
    HELLO,
    PULSE_SECONDS,
    REREAD_SECONDS,
    RESTARTING,
    BadFrame,
    Channel,
    EventsOut,
    PulseOut,
    StatusOut,
    TypingFrame,
    TypingOut,
    first_to_end,
)
from connectors.conversation.model import Actor, Key, News, Status
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import PLACES, Subscription, Typing, conversation_topic
from connectors.errors import ConversationNotFound

log = structlog.get_logger()

PULSE_ASKED = "pulse"


async def serve(socket: WebSocket, conversation_id: UUID, conversations: Conversations) -> None:
    """Deliver a conversation's news until one side leaves."""
    await socket.accept()
    channel = Channel(socket)
    try:
        hello = await channel.hello(HELLO)
        key = Key(conversation_id, hash_token(hello.token))
        await conversations.check(key)
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
    """One open socket: what the client has, and what it has been told."""

    def __init__(
        self, channel: Channel, key: Key, conversations: Conversations, after: int
    ) -> None:
        self._channel, self._key, self._conversations = channel, key, conversations
        self._after = after
        self._told: Status | None = None
        self._pulsed = monotonic()

    async def run(self) -> None:
        """Deliver until the gateway stops.

        Raises:
            BadFrame, WebSocketDisconnect: the client's side ended it.
        """
        topic = conversation_topic(self._key.conversation_id)
        with self._conversations.wakeups.subscribe(topic, PLACES) as news:
            listening = asyncio.create_task(self._listen(news))
            delivering = asyncio.create_task(self._deliver(news))
            await first_to_end(listening, delivering)

    async def _listen(self, news: Subscription) -> None:
        while True:
            frame = await self._channel.receive(CITIZEN_FRAMES)
            if isinstance(frame, TypingFrame):
                self._conversations.wakeups.tell(
                    Typing(self._key.conversation_id, Actor.CITIZEN, frame.on)
                )
            else:
                news.wake(PULSE_ASKED)

    async def _deliver(self, news: Subscription) -> None:
        await self._tell(await self._conversations.news(self._key, self._after))
        while not self._conversations.wakeups.closed:
            woken = await news.wait(REREAD_SECONDS)
            if woken.topics != {PULSE_ASKED} and self._must_look(woken.topics):
                await self._tell(await self._conversations.news(self._key, self._after))
            for typing in woken.typing.values():
                if typing.actor is not Actor.CITIZEN:
                    await self._channel.send(TypingOut(actor=typing.actor, on=typing.on))
            if PULSE_ASKED in woken.topics or monotonic() - self._pulsed >= PULSE_SECONDS:
                await self._pulse()

    def _must_look(self, topics: set[str]) -> bool:
        """Places in the queue concern only those who wait in it."""
        waits = self._told is not None and self._told.queue_place is not None
        return waits or topics != {PLACES}

    async def _tell(self, news: News) -> None:
        if news.events:
            await self._channel.send(EventsOut(events=news.events, status=news.status))
        elif news.status != self._told:
            await self._channel.send(StatusOut(status=news.status))
        self._told = news.status
        self._after = max(self._after, news.status.seq)

    async def _pulse(self) -> None:
        self._pulsed = monotonic()
        await self._channel.send(PulseOut(seq=self._told.seq if self._told else 0))
