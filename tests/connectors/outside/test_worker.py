import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from sqlalchemy import update

from connectors.now import utc_now
from connectors.outside import deliveries
from connectors.outside.connector import Answer, Parcel, Verdict
from connectors.outside.deliveries import LEASE
from connectors.outside.worker import Connection, Sender
from connectors.storage.database import Database
from connectors.storage.outbox_tables import OutboxRow
from tests.support.clients import eventually
from tests.support.outside import (
    Office,
    Receiver,
    message,
    tell,
    web_receiver,
    webhook,
    webhook_target,
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with web_receiver() as receiver:
        yield receiver


@pytest.fixture
async def office(prepared_url: str, receiver: Receiver) -> AsyncIterator[Office]:
    database = Database(prepared_url)
    yield Office(database, webhook(receiver.port, forsok=3))
    await database.close()


class Slow:
    """Holds every delivery until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.gate = asyncio.Event()

    async def deliver(self, parcel: Parcel) -> Answer:
        self.asked += 1
        await self.gate.wait()
        return Answer(Verdict.DELIVERED, "200")


class Faulty:
    async def deliver(self, parcel: Parcel) -> Answer:
        raise ZeroDivisionError


async def test_it_gives_up_after_so_many_tries_and_that_is_seen(
    office: Office, receiver: Receiver
) -> None:
    receiver.behaves += ["later"] * 5
    await office.tell(message())
    for _ in range(5):
        await office.step()
        office.clock.forward()
    (given_up,) = await office.listed()
    assert len(receiver.got) == given_up.attempts == 3
    assert given_up.failed
    assert given_up.answer == "gave_up 503"


async def test_what_was_given_up_can_be_replayed_under_its_id(
    office: Office, receiver: Receiver
) -> None:
    receiver.behaves += ["refuse"]
    await office.tell(message())
    await office.step()
    async with office.database.write() as session:
        chosen = await deliveries.listed(session, None)
        await deliveries.replay(session, chosen, office.clock())
    assert await office.step() == 1
    assert receiver.deliveries == [str(chosen[0].id)] * 2
    assert not await office.listed()


async def test_a_replay_leaves_alone_what_is_being_tried(office: Office) -> None:
    await office.tell(message())
    async with office.database.write() as session:
        await deliveries.claim(session, office.connection.target.id, office.clock(), 8)
    async with office.database.write() as session:
        chosen = await deliveries.listed(session, None)
        await deliveries.replay(session, chosen, office.clock())
    assert await office.step() == 0


async def test_one_subject_is_tried_by_one_sender_at_a_time(office: Office) -> None:
    conversation = uuid4()
    slow = Slow()
    held = Office(office.database, Connection(office.connection.target, slow), office.clock)
    await held.tell(message(conversation, 1), message(conversation, 2))
    first = asyncio.create_task(held.step())
    await eventually(lambda: slow.asked)
    assert await office.step() == 0, "the first has its lease, the second waits for the first"
    slow.gate.set()
    await first
    assert await office.step() == 1


async def test_a_lease_that_has_run_out_is_taken_over_and_the_late_answer_changes_nothing(
    office: Office, receiver: Receiver
) -> None:
    await office.tell(message())
    target = office.connection.target.id
    async with office.database.write() as session:
        (claimed,) = await deliveries.claim(session, target, office.clock(), 8)
    assert await office.step() == 0
    office.clock.forward(LEASE)
    receiver.behaves.append("later")
    assert await office.step() == 1
    refused = Answer(Verdict.REFUSED, "400")
    async with office.database.write() as session:
        assert not await deliveries.record(session, claimed, refused, office.clock(), None)
    office.clock.forward()
    assert await office.step() == 1
    (delivered,) = await office.listed(delivered=True)
    assert not delivered.failed


async def test_several_senders_deliver_everything_once_and_each_conversation_in_order(
    prepared_postgres_url: str, receiver: Receiver
) -> None:
    databases = [Database(prepared_postgres_url) for _ in range(3)]
    connection = webhook(receiver.port)
    conversations = [uuid4() for _ in range(12)]
    told = [message(one, seq) for seq in range(1, 6) for one in conversations]
    await tell(databases[0], [connection.target], told, utc_now())
    running = [asyncio.create_task(Sender(one, [connection]).run()) for one in databases]
    await eventually(lambda: len(receiver.got) >= len(told))
    for task in running:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert len(set(receiver.deliveries)) == len(receiver.got) == len(told)
    office = Office(databases[0], connection)
    listed = await office.listed(delivered=True)
    for conversation in conversations:
        in_order = [str(one.id) for one in listed if one.subject == str(conversation)]
        assert [one for one in receiver.deliveries if one in in_order] == in_order
    for database in databases:
        await database.close()


async def test_a_target_that_hangs_delays_no_other(office: Office, receiver: Receiver) -> None:
    hanging = Connection(webhook_target(1, id="hanger"), Slow())
    targets = [hanging.target, office.connection.target]
    await tell(office.database, targets, [message() for _ in range(30)], office.clock())
    sender = Sender(office.database, [hanging, office.connection], office.clock)
    running = asyncio.create_task(sender.run())
    await eventually(lambda: len(receiver.got) == 30)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert asyncio.all_tasks() == {asyncio.current_task()}, "all have let go of the database"


async def test_a_connector_with_a_fault_is_tried_again_like_any_other(office: Office) -> None:
    faulty = Office(office.database, Connection(office.connection.target, Faulty()), office.clock)
    await faulty.tell(message())
    await faulty.step()
    (waiting,) = await faulty.listed()
    assert waiting.answer == "again ZeroDivisionError"
    office.clock.forward()
    assert await office.step() == 1


async def test_what_another_version_told_is_set_aside(office: Office, receiver: Receiver) -> None:
    await office.tell(message())
    async with office.database.write() as session:
        body = {"subject": "x", "place": 0, "event": {"type": "from.tomorrow"}}
        await session.execute(update(OutboxRow).values(body=body))
    await office.tell(message())
    await office.step()
    assert len(receiver.got) == 1
    (unreadable,) = await office.listed()
    assert unreadable.failed
