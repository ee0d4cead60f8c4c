"""Wakes those who wait for news. The database is the truth: a wake-up only says «look again».

A lost wake-up costs some seconds, because every waiter also looks by itself now
and then. So another carrier (PostgreSQL's NOTIFY) can stand behind the same
`Wakeups` without changing anybody who waits.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from connectors.conversation.model import Actor

DESK = "desk"  # the lists of waiting and taken conversations have changed
PLACES = "places"  # somebody's place in the queue has changed


def conversation_topic(conversation_id: UUID) -> str:
    """Name the wake-ups of one conversation."""
    return f"conversation:{conversation_id}"


@dataclass(frozen=True)
class Typing:
    """Somebody starts or stops writing. Never stored, and never the text itself."""

    conversation_id: UUID
    actor: Actor
    on: bool


@dataclass
class Woken:
    """What has happened since the last look. Repeats have melted into one."""

    topics: set[str] = field(default_factory=set)
    typing: dict[tuple[UUID, Actor], Typing] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.topics or self.typing)


class Subscription:
    """One waiter. However slow it is, what it has missed stays small."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._ready = asyncio.Event()
        self._woken = Woken()
        self.topics: set[str] = set()

    def follow(self, *topics: str) -> None:
        self.topics.update(topics)
        self._hub.join(self, topics)

    def leave(self, *topics: str) -> None:
        self.topics.difference_update(topics)
        self._hub.part(self, topics)

    def wake(self, topic: str) -> None:
        self._woken.topics.add(topic)
        self._ready.set()

    def hear(self, typing: Typing) -> None:
        self._woken.typing[typing.conversation_id, typing.actor] = typing
        self._ready.set()

    async def wait(self, timeout_s: float) -> Woken:
        """Return what has happened, at the latest after `timeout_s` (then perhaps nothing)."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._ready.wait()
        except TimeoutError:
            pass
        woken, self._woken = self._woken, Woken()
        if not self._hub.closed:
            self._ready.clear()
        return woken


class Wakeups(Protocol):
    """Carries wake-ups from those who write to those who wait."""

    @property
    def closed(self) -> bool:
        """The gateway is stopping: nobody should wait any longer."""

    def wake(self, *topics: str) -> None: ...

    def tell(self, typing: Typing) -> None: ...

    def subscribe(self, *topics: str) -> AbstractContextManager[Subscription]: ...


class Hub:
    """Wake-ups within one process."""

    def __init__(self) -> None:
        self._followers: defaultdict[str, set[Subscription]] = defaultdict(set)
        self.closed = False

    def wake(self, *topics: str) -> None:
        for topic in topics:
            for follower in tuple(self._followers.get(topic, ())):
                follower.wake(topic)

    def tell(self, typing: Typing) -> None:
        topic = conversation_topic(typing.conversation_id)
        for follower in tuple(self._followers.get(topic, ())):
            follower.hear(typing)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[Subscription]:
        subscription = Subscription(self)
        subscription.follow(*topics)
        try:
            yield subscription
        finally:
            self.part(subscription, subscription.topics)

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        for topic, followers in tuple(self._followers.items()):
            for follower in tuple(followers):
                follower.wake(topic)

    def join(self, subscription: Subscription, topics: Iterable[str]) -> None:
        for topic in topics:
            self._followers[topic].add(subscription)

    def part(self, subscription: Subscription, topics: Iterable[str]) -> None:
        for topic in topics:
            followers = self._followers.get(topic, set())
            followers.discard(subscription)
            if not followers:
                self._followers.pop(topic, None)
