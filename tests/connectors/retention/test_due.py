"""What is deleted when, by class, to the second; and what never is."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from connectors.conversation import holding
from connectors.conversation.holding import HoldReason
from connectors.conversation.model import Move
from connectors.desk.model import Agent
from connectors.retention.model import Category, Disposed
from tests.support.retention import Archive
from tests.support.services import Guest

Make = Callable[[Archive, Agent], Awaitable[Guest]]


async def with_bot(archive: Archive, _: Agent) -> Guest:
    return await archive.chat()


async def closed_with_bot(archive: Archive, _: Agent) -> Guest:
    guest = await archive.chat()
    await guest.move(Move.CLOSE)
    return guest


async def left_the_queue(archive: Archive, _: Agent) -> Guest:
    guest = await archive.chat()
    await guest.move(Move.HAND_OFF)
    await guest.move(Move.LEAVE_QUEUE)
    return guest


async def with_agent(archive: Archive, anna: Agent) -> Guest:
    guest = await archive.chat()
    await guest.move(Move.HAND_OFF)
    await archive.services.desk.take(anna, guest.id)
    await archive.services.say(anna, guest)
    await archive.services.close(anna, guest)
    return guest


async def practice(archive: Archive, anna: Agent) -> Guest:
    return await archive.chat(kind="practice")


async def with_errand_done(archive: Archive, anna: Agent, kind: str = "citizen") -> Guest:
    guest = await archive.chat(kind=kind)
    errand = await archive.errand(guest)
    archive.services.now.go(days=2)
    await archive.finish(errand, anna)
    return guest


async def practice_with_errand_done(archive: Archive, anna: Agent) -> Guest:
    return await with_errand_done(archive, anna, "practice")


CLASSES = [
    (with_bot, Category.BOT, 30),
    (closed_with_bot, Category.BOT, 30),
    (left_the_queue, Category.BOT, 30),
    (with_agent, Category.AGENT, 90),
    (practice, Category.PRACTICE, 7),
    (with_errand_done, Category.ERRAND, 365),
    (practice_with_errand_done, Category.ERRAND, 365),
]


@pytest.mark.parametrize(("make", "category", "days"), CLASSES)
async def test_a_class_goes_when_its_days_have_passed_and_not_a_second_before(
    archive: Archive, anna: Agent, make: Make, category: Category, days: int
) -> None:
    guest = await make(archive, anna)
    archive.go_to_last_second(days, archive.services.now.at)
    assert await archive.run() == {}
    assert await archive.is_there(guest)
    events, errands = len(await guest.events()), int(category is Category.ERRAND)
    archive.services.now.go(1)
    planned = [one.disposed for one in await archive.plan() if one.disposed]
    assert planned == [Disposed(category, 1, events, errands)]
    assert await archive.is_there(guest)
    assert await archive.run() == {category: (1, events, errands)}
    assert not await archive.is_there(guest)
    assert await archive.run() == {}


async def test_the_last_event_counts_not_the_first(archive: Archive) -> None:
    guest = await archive.chat()
    archive.services.now.go(days=29)
    await guest.say("En sak till.")
    archive.services.now.go(days=29)
    assert await archive.run() == {}
    assert await archive.is_there(guest)


@pytest.mark.parametrize("there", ["waiting", "active", "on_hold", "wrap_up"])
async def test_what_waits_or_is_with_an_agent_never_goes(
    archive: Archive, anna: Agent, there: str
) -> None:
    guest = await archive.chat()
    await guest.move(Move.HAND_OFF)
    if there != "waiting":
        await archive.services.desk.take(anna, guest.id)
    if there == "on_hold":
        await archive.services.move(anna, guest, Move.HOLD)
    if there == "wrap_up":
        await archive.services.move(anna, guest, Move.CLOSE)
    assert await guest.state() == there
    archive.services.now.go(days=5_000)
    assert await archive.run() == {}
    assert await archive.is_there(guest)


@pytest.mark.parametrize("kind", ["citizen", "practice"])
async def test_an_open_errand_keeps_its_conversation(
    archive: Archive, anna: Agent, kind: str
) -> None:
    guest = await archive.chat(kind=kind)
    first, second = await archive.errand(guest), await archive.errand(guest)
    await archive.finish(first, anna)
    archive.services.now.go(days=5_000)
    assert await archive.run() == {}
    await archive.finish(second, anna)
    assert await archive.run() == {}
    archive.services.now.go(days=365)
    (done,) = (await archive.run()).values()
    assert done[2] == 2
    assert not await archive.has_errand(first) and not await archive.has_errand(second)


async def test_a_conversation_that_goes_on_after_its_errand_is_kept(
    archive: Archive, anna: Agent
) -> None:
    guest = await with_errand_done(archive, anna)
    archive.services.now.go(days=200)
    await guest.say("Tack för hjälpen.")
    archive.services.now.go(days=200)
    assert await archive.run() == {}
    archive.services.now.go(days=165)
    assert (await archive.run()).keys() == {Category.ERRAND}


async def test_an_errand_whose_conversation_is_gone_goes_by_itself(
    archive: Archive, anna: Agent
) -> None:
    guest = await archive.chat()
    done, still_open = await archive.errand(guest), await archive.errand(guest)
    await archive.tell(done)
    await archive.finish(done, anna)
    async with archive.database.write() as session:
        await session.delete(await archive.services.row(guest.id))
    archive.go_to_last_second(365, archive.services.now.at)
    await archive.run()
    assert await archive.has_errand(done)
    archive.services.now.go(2)
    request = await archive.ask_for(archive.services.now())
    assert await archive.run() == {}
    await archive.answer_request(request)
    assert (await archive.plan())[2].disposed == Disposed(Category.ERRAND, errands=1)
    assert await archive.run() == {Category.ERRAND: (0, 0, 1)}
    assert not await archive.has_errand(done)
    assert await archive.has_errand(still_open)


async def test_a_hold_keeps_until_it_is_lifted(archive: Archive) -> None:
    held, free = await archive.chat(), await archive.chat()
    now = archive.services.now()
    async with archive.database.write() as session:
        hold = await holding.place(session, held.id, HoldReason.APPEAL, "registrator", now)
        again = await holding.place(session, held.id, HoldReason.APPEAL, "registrator", now)
    assert hold.id == again.id
    archive.services.now.go(days=5_000)
    assert [one.kept for one in await archive.plan()] == [1, 0, 0, 0, 0]
    await archive.run()
    assert [await archive.is_there(guest) for guest in (held, free)] == [True, False]
    async with archive.database.write() as session:
        assert await holding.lift(session, hold.id, "registrator", archive.services.now())
        assert not await holding.lift(session, hold.id, "registrator", archive.services.now())
        assert not await holding.held(session, held.id)
    await archive.run()
    assert not await archive.is_there(held)


async def test_a_request_keeps_what_it_names_and_all_there_was_when_it_came(
    archive: Archive,
) -> None:
    before = await archive.chat()
    received = archive.services.now()
    archive.services.now.go(days=1)
    named, after = await archive.chat(), await archive.chat()
    request = await archive.ask_for(received, named)
    archive.services.now.go(days=5_000)
    await archive.run()
    there = [await archive.is_there(guest) for guest in (before, named, after)]
    assert there == [True, True, False]
    await archive.answer_request(request)
    await archive.run()
    assert [await archive.is_there(guest) for guest in (before, named)] == [False, False]


async def test_a_request_that_names_nothing_yet_keeps_all_there_was_when_it_came(
    archive: Archive, anna: Agent
) -> None:
    before = await archive.chat()
    errand = await archive.errand(await archive.chat())
    await archive.finish(errand, anna)
    request = await archive.ask_for(archive.services.now())
    after = await archive.chat()
    archive.services.now.go(days=5_000)
    assert await archive.run() == {Category.BOT: (1, 2, 0)}
    assert [await archive.is_there(guest) for guest in (before, after)] == [True, False]
    assert await archive.has_errand(errand)
    await archive.answer_request(request)
    await archive.run()
    assert not await archive.is_there(before)
    assert not await archive.has_errand(errand)


async def test_what_other_systems_were_told_goes_with_the_conversation(
    archive: Archive, anna: Agent
) -> None:
    guest, other = await archive.chat(), await archive.chat()
    errand = await archive.errand(guest)
    await archive.finish(errand, anna)
    archive.services.now.go(days=364, hours=23)
    for subject in (guest.id, errand, other.id):
        await archive.tell(subject)
    await other.say("Är ni kvar?")
    archive.services.now.go(hours=1)
    assert (await archive.run()).keys() == {Category.ERRAND}
    assert await archive.told() == 1


async def test_what_other_systems_were_told_has_days_of_its_own(archive: Archive) -> None:
    guest = await archive.chat()
    await archive.tell(guest.id)
    archive.go_to_last_second(14, archive.services.now.at)
    await archive.run()
    assert await archive.told() == 1
    archive.services.now.go(1)
    assert await archive.run() == {Category.DELIVERY: (0, 1, 0)}
    assert await archive.told() == 0
    assert await archive.is_there(guest)


async def test_what_was_told_is_kept_by_a_hold_or_a_request(archive: Archive) -> None:
    received = archive.services.now()
    held, named, free = [await archive.chat() for _ in range(3)]
    for subject in (held.id, await archive.errand(held), named.id, free.id):
        await archive.tell(subject)
    request, now = await archive.ask_for(received, named), archive.services.now()
    async with archive.database.write() as session:
        hold = await holding.place(session, held.id, HoldReason.OTHER, "registrator", now)
    archive.services.now.go(days=14)
    planned = (await archive.plan())[-1]
    assert (planned.disposed, planned.kept) == (Disposed(Category.DELIVERY, events=1), 3)
    assert await archive.run() == {Category.DELIVERY: (0, 1, 0)}
    await archive.answer_request(request)
    assert await archive.run() == {Category.DELIVERY: (0, 1, 0)}
    async with archive.database.write() as session:
        await holding.lift(session, hold.id, "registrator", now)
    assert await archive.run() == {Category.DELIVERY: (0, 2, 0)}


async def test_what_was_told_before_a_request_came_is_kept_while_it_is_open(
    archive: Archive,
) -> None:
    await archive.tell(uuid4())
    request = await archive.ask_for(archive.services.now())
    await archive.tell(uuid4())
    archive.services.now.go(days=14)
    assert await archive.run() == {Category.DELIVERY: (0, 1, 0)}
    await archive.answer_request(request)
    assert await archive.run() == {Category.DELIVERY: (0, 1, 0)}


async def test_more_than_one_batch_goes(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.retention.service.AT_ONCE", 2)
    guests = [await archive.chat() for _ in range(5)]
    now = archive.services.now()
    async with archive.database.write() as session:
        await holding.place(session, guests[2].id, HoldReason.OTHER, "registrator", now)
    archive.services.now.go(days=30)
    assert (await archive.run())[Category.BOT][0] == 4
    assert [await archive.is_there(guest) for guest in guests].count(True) == 1
    lines = await archive.protocol()
    assert [line.conversations for line in lines] == [2, 2]


async def test_days_are_counted_from_the_file_as_it_says_now(archive: Archive) -> None:
    await archive.chat()
    archive.services.now.go(days=10)
    assert await archive.run() == {}
    rules = (archive.data_dir / "gallring.yml").read_text(encoding="utf-8")
    archive.write(rules.replace("chatt_med_bot: 30", "chatt_med_bot: 10"))
    assert (await archive.run()).keys() == {Category.BOT}
