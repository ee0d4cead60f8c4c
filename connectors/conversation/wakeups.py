"""Wakes those who wait for news. The database is the truth: a wake-up only says «look again».

A lost wake-up costs some seconds, because somebody also looks without one now and then:
`rereading` for the citizens' sockets, every other waiter for itself. So what carries wake-ups
between gateways (`listening`) may fail at any time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from connectors.conversation.model import Actor

DESK = "desk"  # the lists of waiting and taken conversations have changed
PLACES = "places"  # somebody's place in the queue has changed
BROAD = frozenset({DESK, PLACES})  # concern many, so that a burst of changes is told as one
REST_SECONDS = 0.1  # between two wake-ups of a broad topic
REST_SECONDS_EACH = 0.01  # …and so much for each follower: their looks cost about half of it
LOOKING_AT_ONCE = 8  # of twenty connections to the database; those who write need the others
ALONE_SECONDS = 2.0  # how often waiters look while nothing comes from other gateways


def conversation_topic(conversation_id: UUID) -> str:
    """Name the wake-ups of one conversation."""
    return f"conversation:{conversation_id}"


def desk_topic(agent_id: UUID) -> str:
    """Name the wake-ups of one agent's own list: somebody has written in it, or it was read."""
    return f"desk:{agent_id}"


def logins_topic(agent_id: UUID) -> str:
    """Name the wake-ups of one agent's logins: one of them has ended."""
    return f"logins:{agent_id}"


@dataclass(frozen=True)
class Typing:
    """Somebody starts or stops writing. Never stored, and never the text itself."""

    conversation_id: UUID
    actor: Actor
    on: bool
    agent_name: str | None = None


@dataclass(slots=True)
class Woken:
    """What has happened since the last look. Repeats have melted into one."""

    topics: set[str] = field(default_factory=set)
    typing: dict[tuple[UUID, Actor], Typing] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.topics or self.typing)


class Subscription:
    """One waiter. However slow it is, what it has missed stays small.

    It either waits, or is called when there is something to take.
    """

    __slots__ = ("_call", "_hub", "_waiting", "_woken", "held", "topics")

    def __init__(self, hub: "Hub", call: Callable[[], None] | None = None) -> None:
        self._hub, self._call = hub, call
        self._waiting: asyncio.Future[None] | None = None
        self._woken: Woken | None = None
        self.topics: set[str] = set()
        self.held: tuple[UUID, int] | None = None

    def follow(self, *topics: str) -> None:
        self.topics.update(topics)
        self._hub.join(self, topics)

    def leave(self, *topics: str) -> None:
        self.topics.difference_update(topics)
        self._hub.part(self, topics)

    def hold(self, conversation_id: UUID, seq: int) -> None:
        """Say which event is the last one that this waiter has: the gateway looks for newer ones.

        A waiter that never says so looks for itself.
        """
        self.held = (conversation_id, seq)

    def wake(self, topic: str) -> None:
        self._woken = self._woken or Woken()
        self._woken.topics.add(topic)
        self._stir()

    def hear(self, typing: Typing) -> None:
        self._woken = self._woken or Woken()
        self._woken.typing[typing.conversation_id, typing.actor] = typing
        self._stir()

    @property
    def has_woken(self) -> bool:
        """There is something to take."""
        return self._woken is not None

    def take(self) -> Woken:
        """Return what has happened since the last time, perhaps nothing."""
        woken, self._woken = self._woken or Woken(), None
        return woken

    async def wait(self, timeout_s: float) -> Woken:
        """Return what has happened, at the latest after `timeout_s` (then perhaps nothing).

        While nothing comes from other gateways, a waiter that looks for itself waits less.
        """
        if not self._hub.hears:
            timeout_s = min(timeout_s, ALONE_SECONDS)
        if self._woken is None and not self._hub.closed:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._waiting
            except TimeoutError:
                pass
            finally:
                self._waiting = None
        return self.take()

    def _stir(self) -> None:
        if self._call is not None:
            self._call()
        elif self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Wakeups(Protocol):
    """Carries wake-ups from those who write to those who wait."""

    @property
    def closed(self) -> bool:
        """The gateway is stopping: nobody should wait any longer."""

    @property
    def hears(self) -> bool:
        """Wake-ups come from every gateway; if not, waiters have to look more often."""

    @property
    def turns(self) -> asyncio.Semaphore:
        """Taken by whoever looks: thousands who come back at once must not crowd out writers."""

    def wake(self, *topics: str) -> None: ...

    def tell(self, typing: Typing) -> None: ...

    def subscribe(
        self, *topics: str, call: Callable[[], None] | None = None
    ) -> AbstractContextManager[Subscription]: ...


class Hub:
    """Wake-ups within one process."""

    def __init__(self) -> None:
        self._followers: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._resting: dict[str, asyncio.TimerHandle] = {}
        self._postponed: set[str] = set()
        self._must_look = asyncio.Event()
        self.turns = asyncio.Semaphore(LOOKING_AT_ONCE)
        self.closed = False
        self.hears = True

    async def start(self) -> None:
        """Begin to hear other gateways. There are none."""

    async def stop(self) -> None:
        """Hear nothing any longer."""

    def wake(self, *topics: str) -> None:
        """Wake everybody who follows one of `topics`, in every gateway."""
        self.arrive(*topics)

    def tell(self, typing: Typing) -> None:
        """Let everybody who follows the conversation know who writes, in every gateway."""
        self.arrive_typing(typing)

    def arrive(self, *topics: str) -> None:
        """Wake the followers in this process; a broad topic rests between two times."""
        for topic in topics:
            if topic in BROAD:
                self._wake_or_postpone(topic)
            else:
                self._wake(topic)

    def arrive_typing(self, typing: Typing) -> None:
        """Tell the followers in this process."""
        for follower in tuple(self._followers.get(conversation_topic(typing.conversation_id), ())):
            follower.hear(typing)

    @contextmanager
    def subscribe(
        self, *topics: str, call: Callable[[], None] | None = None
    ) -> Iterator[Subscription]:
        """Follow `topics` for a while; `call` is called when there is something to take."""
        subscription = Subscription(self, call)
        subscription.follow(*topics)
        try:
            yield subscription
        finally:
            self.part(subscription, subscription.topics)

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        for timer in self._resting.values():
            timer.cancel()
        for topic in tuple(self._followers):
            self._wake(topic)

    def join(self, subscription: Subscription, topics: Iterable[str]) -> None:
        for topic in topics:
            self._followers[topic].add(subscription)

    def part(self, subscription: Subscription, topics: Iterable[str]) -> None:
        for topic in topics:
            followers = self._followers.get(topic, set())
            followers.discard(subscription)
            if not followers:
                self._followers.pop(topic, None)

    def look_again(self) -> None:
        """Let everybody look once: wake-ups may have been lost.

        Those who have said what they hold are looked for together, which costs little.
        """
        self._must_look.set()
        for topic, followers in tuple(self._followers.items()):
            for follower in tuple(followers):
                if follower.held is None:
                    follower.wake(topic)

    async def until_look(self, timeout_s: float) -> None:
        """Wait until it is time to look for everybody, at the latest after `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s if self.hears else ALONE_SECONDS):
                await self._must_look.wait()
        except TimeoutError:
            pass
        self._must_look.clear()

    def rests(self, topic: str) -> bool:
        """Tell whether a broad topic was told a moment ago, so that the next time waits."""
        return topic in self._resting

    def held(self) -> dict[UUID, int]:
        """Return the conversations that somebody looks for, and the oldest event held of each."""
        found: dict[UUID, int] = {}
        for followers in self._followers.values():
            for follower in followers:
                if follower.held is not None:
                    conversation_id, seq = follower.held
                    found[conversation_id] = min(seq, found.get(conversation_id, seq))
        return found

    def _wake(self, topic: str) -> None:
        for follower in tuple(self._followers.get(topic, ())):
            follower.wake(topic)

    def _wake_or_postpone(self, topic: str) -> None:
        if topic in self._resting:
            self._postponed.add(topic)
            return
        self._wake(topic)
        rest_s = max(REST_SECONDS, REST_SECONDS_EACH * len(self._followers.get(topic, ())))
        loop = asyncio.get_running_loop()
        self._resting[topic] = loop.call_later(rest_s, self._end_rest, topic)

    def _end_rest(self, topic: str) -> None:
        del self._resting[topic]
        if topic in self._postponed:
            self._postponed.discard(topic)
            self._wake_or_postpone(topic)
