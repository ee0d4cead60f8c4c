"""Wake-ups melt, rest and are packed; what cannot be understood is passed over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.auth.tokens import hash_token, new_token
from connectors.conversation.listening import (
    CHANNEL,
    SAID,
    PostgresHub,
    TypingSaid,
    WakeSaid,
    payloads,
)
from connectors.conversation.model import Actor
from connectors.conversation.rereading import Rereading
from connectors.conversation.service import Start
from connectors.conversation.wakeups import (
    DESK,
    PLACES,
    Hub,
    Subscription,
    Typing,
    conversation_topic,
)
from connectors.storage.database import Database
from tests.support.clients import eventually
from tests.support.services import Now, SetRules, services_on

LONG = 15.0  # longer than anything here takes; only a broken test waits for it

typings = st.builds(Typing, st.uuids(), st.sampled_from(Actor), st.booleans())


async def rounds(subscription: Subscription, until: Callable[[], bool]) -> int:
    """Return how often the waiter was woken until something was true."""
    found = 0
    while not until():
        found += bool(await subscription.wait(LONG))
    return found


async def test_a_burst_of_changes_makes_few_rounds() -> None:
    hub, changes = Hub(), 0
    with hub.subscribe(DESK) as waiting:
        asked = asyncio.create_task(rounds(waiting, lambda: changes == 100 and not hub.rests(DESK)))
        for _ in range(100):
            changes += 1
            hub.wake(DESK)
            await asyncio.sleep(0)
        assert await asked <= 3


async def test_the_last_change_of_a_burst_is_told() -> None:
    hub = Hub()
    with hub.subscribe(PLACES) as waiting:
        hub.wake(PLACES)
        assert (await waiting.wait(LONG)).topics == {PLACES}
        hub.wake(PLACES)
        assert (await waiting.wait(LONG)).topics == {PLACES}


async def test_a_conversations_wake_up_does_not_rest() -> None:
    hub, topic = Hub(), conversation_topic(uuid4())
    with hub.subscribe(topic) as waiting:
        for _ in range(3):
            hub.wake(topic)
            assert (await waiting.wait(LONG)).topics == {topic}
            assert not hub.rests(topic)


@given(st.sets(st.text(max_size=60)), st.lists(typings))
def test_payloads_say_everything_and_each_is_below_the_limit(
    topics: set[str], typing: list[Typing]
) -> None:
    packed = list(payloads(topics, typing))
    assert all(len(one.encode()) < 8000 for one in packed)
    said = [one for payload in packed for one in SAID.validate_json(payload)]
    assert {one.topic for one in said if isinstance(one, WakeSaid)} == topics
    heard = [one.heard() for one in said if isinstance(one, TypingSaid)]
    assert heard == typing


def test_many_changes_take_few_payloads() -> None:
    topics = [conversation_topic(UUID(int=number)) for number in range(1000)]
    assert len(list(payloads(topics, ()))) <= 10


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[PostgresHub]:
    database = Database(url)
    hub = PostgresHub(database)
    await hub.start()
    try:
        yield hub
    finally:
        hub.close()
        await hub.stop()
        await database.close()


async def test_three_hubs_hear_each_other_and_none_hears_itself_twice(postgres_url: str) -> None:
    async with (
        listening(postgres_url) as one,
        listening(postgres_url) as other,
        listening(postgres_url) as third,
    ):
        hubs = (one, other, third)
        for speaker in hubs:
            topic = conversation_topic(uuid4())
            with (
                one.subscribe(topic) as a,
                other.subscribe(topic) as b,
                third.subscribe(topic) as c,
            ):
                speaker.wake(topic)
                for waiting in (a, b, c):
                    assert (await waiting.wait(LONG)).topics == {topic}
                # What is said later is heard later: by then an echo would have come.
                ended = conversation_topic(uuid4())
                next(hub for hub in hubs if hub is not speaker).wake(ended)
                own = {one: a, other: b, third: c}[speaker]
                own.follow(ended)
                assert (await own.wait(LONG)).topics == {ended}


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "not json",
        "null",
        "{}",
        "[1]",
        '[{"topic": 1}]',
        '[{"topic": "desk", "text": "hej"}]',
        '[{"typing": "x", "actor": "agent", "on": true}]',
        "[" * 5000,
    ],
)
async def test_a_payload_that_makes_no_sense_is_passed_over(
    postgres_url: str, payload: str
) -> None:
    topic = conversation_topic(uuid4())
    async with listening(postgres_url) as hub:
        with hub.subscribe(topic) as waiting:
            connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
            for said in (payload, f'[{{"topic": "{topic}"}}]'):
                await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, said)
            await connection.close()
            assert (await waiting.wait(LONG)).topics == {topic}
            assert hub.hears


async def test_a_waiter_looks_more_often_while_nothing_is_heard() -> None:
    hub = Hub()
    hub.hears = False
    with hub.subscribe(DESK) as waiting:
        assert not await waiting.wait(3600)


async def test_without_a_database_it_starts_and_says_that_it_hears_nothing() -> None:
    async with listening("postgresql+asyncpg://nobody@127.0.0.1:1/none") as hub:
        assert not hub.hears
        hub.tell(Typing(uuid4(), Actor.AGENT, on=True))
        hub.wake(DESK)


async def test_news_without_a_wake_up_are_found_for_those_who_hold_less(
    prepared_url: str,
) -> None:
    database, hub = Database(prepared_url), Hub()
    silent = services_on(database, Now(), SetRules()).conversations
    keys = [(await silent.create(Start(uuid4(), hash_token(new_token()))))[0] for _ in range(3)]
    topics = [conversation_topic(key.conversation_id) for key in keys]
    with (
        hub.subscribe(topics[0]) as moved_on,
        hub.subscribe(topics[1]) as still,
        hub.subscribe(topics[2]) as gone,
    ):
        moved_on.hold(keys[0].conversation_id, 1)
        still.hold(keys[1].conversation_id, 1)
        gone.hold(uuid4(), 1)
        gone.follow(conversation_topic(gone.held[0] if gone.held else uuid4()))
        await silent.post(keys[0], uuid4(), "hej")
        await Rereading(database, hub, 3600).look()
        assert (await moved_on.wait(LONG)).topics == {topics[0]}
        assert await gone.wait(LONG)
        assert not await still.wait(0)
    await database.close()


async def test_asking_for_a_look_wakes_the_one_who_looks_for_everybody(
    sqlite_url: str,
) -> None:
    database, hub = Database(sqlite_url), Hub()
    await database.migrate()
    running = asyncio.create_task(Rereading(database, hub, 3600).run())
    with hub.subscribe(PLACES) as waiting:
        hub.look_again()
        assert (await waiting.wait(LONG)).topics == {PLACES}
        await eventually(lambda: hub.rests(PLACES))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await database.close()
