"""Wake-ups between gateways, by PostgreSQL's LISTEN and NOTIFY.

One connection a gateway says and hears everything. What is said carries names of topics and who
writes, never what. What is lost is found by looking, so nothing here is ever waited for.
"""

import asyncio
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, Self
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from connectors.conversation.model import Actor
from connectors.conversation.wakeups import Hub, Typing
from connectors.storage.database import Database

log = structlog.get_logger()

CHANNEL = "kommunbot_wakeups"
PAYLOAD_BYTES = 7000  # PostgreSQL refuses 8000
UNSAID = 10_000  # what is kept while nothing can be said; the rest is found by looking
BEAT_SECONDS = 5.0  # a connection that is only half there is found out
ANSWER_SECONDS = 5.0
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0
_NOTIFY = "SELECT pg_notify($1, said) FROM unnest($2::text[]) AS said"


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WakeSaid(_Said):
    """A topic has news."""

    topic: str


class TypingSaid(_Said):
    """Somebody starts or stops writing."""

    typing: UUID
    actor: Actor
    on: bool
    agent_name: str | None = None

    @classmethod
    def of(cls, typing: Typing) -> Self:
        return cls(
            typing=typing.conversation_id,
            actor=typing.actor,
            on=typing.on,
            agent_name=typing.agent_name,
        )

    def heard(self) -> Typing:
        return Typing(self.typing, self.actor, self.on, self.agent_name)


SAID: TypeAdapter[list[WakeSaid | TypingSaid]] = TypeAdapter(list[WakeSaid | TypingSaid])


def payloads(topics: Iterable[str], typing: Iterable[Typing]) -> Iterator[str]:
    """Pack what is to be said into as few payloads as PostgreSQL's limit allows."""
    said: list[_Said] = [WakeSaid(topic=topic) for topic in topics]
    said += map(TypingSaid.of, typing)
    part: list[str] = []
    size = 0
    for text in (one.model_dump_json() for one in said):
        if part and size + len(text.encode()) > PAYLOAD_BYTES:
            yield f"[{','.join(part)}]"
            part, size = [], 0
        part.append(text)
        size += len(text.encode()) + 1
    if part:
        yield f"[{','.join(part)}]"


class PostgresHub(Hub):
    """Wake-ups within this process at once, and to the other gateways a moment later."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.hears = False
        self._database = database
        self._topics: set[str] = set()
        self._typing: dict[tuple[UUID, Actor], Typing] = {}
        self._stirred = asyncio.Event()  # there is something to say, or the connection is gone
        self._tried = asyncio.Event()
        self._failures = 0
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen. Returns after the first try, whether it succeeded or not."""
        self._running = asyncio.create_task(self._run())
        await self._tried.wait()

    async def stop(self) -> None:
        """End the connection."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    def wake(self, *topics: str) -> None:
        super().wake(*topics)
        if len(self._topics) < UNSAID:
            self._topics.update(topics)
            self._stirred.set()

    def tell(self, typing: Typing) -> None:
        super().tell(typing)
        if self.hears:
            self._typing[typing.conversation_id, typing.actor] = typing
            self._stirred.set()

    async def _run(self) -> None:
        while True:
            began = monotonic()
            try:
                await self._carry()
            except Exception as error:  # asyncpg raises all kinds when a line is cut
                log.warning("wakeups_not_carried", error=type(error).__name__)
            if monotonic() - began > BEAT_SECONDS:
                self._failures = 0
            if self.hears:
                self.hears = False
                self.look_again()  # so that nobody goes on waiting as long as before
            self._tried.set()
            await asyncio.sleep(self._pause_s())

    async def _carry(self) -> None:
        """Listen and say until the connection breaks, which raises what the driver likes."""
        async with self._database.driver(ANSWER_SECONDS) as connection:
            connection.add_termination_listener(lambda _connection: self._stirred.set())
            async with asyncio.timeout(ANSWER_SECONDS):
                await connection.add_listener(CHANNEL, self._hear)
            log.info("wakeups_carried")
            self.hears = True
            self._tried.set()
            self.look_again()
            while True:
                await self._say(connection)
                await self._until_stirred()

    async def _until_stirred(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT_SECONDS):
                await self._stirred.wait()
        self._stirred.clear()

    async def _say(self, connection: Any) -> None:
        """Say everything that has gathered; saying nothing shows that the connection is alive."""
        topics, self._topics = self._topics, set()
        typing, self._typing = self._typing, {}
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                said = list(payloads(topics, typing.values()))
                await connection.execute(_NOTIFY, CHANNEL, said)
        except Exception:
            self._topics |= topics
            raise

    def _hear(self, connection: Any, pid: int, _channel: str, payload: object) -> None:
        """Take what another gateway says; this process has heard its own already."""
        if pid == connection.get_server_pid():
            return
        try:
            heard = SAID.validate_json(str(payload))
        except ValidationError:
            log.warning("wakeup_not_understood", length=len(str(payload)))
            return
        for one in heard:
            if isinstance(one, WakeSaid):
                self.arrive(one.topic)
            else:
                self.arrive_typing(one.heard())

    def _pause_s(self) -> float:
        """Return how long to leave a broken database alone: longer each time, and never in step."""
        longest = min(PAUSE_SECONDS * 2**self._failures, LONGEST_PAUSE_SECONDS)
        self._failures = min(self._failures + 1, 10)
        return random.uniform(longest / 2, longest)  # noqa: S311  # no secret
