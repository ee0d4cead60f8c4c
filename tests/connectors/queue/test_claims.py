"""Who gets a conversation: one agent, with room for it, in the queue's order."""

import asyncio

import pytest

from bot.answering.model import Decision, Outcome, Phone
from connectors.conversation.model import Move, State
from connectors.conversation.moving import URGENT
from connectors.desk.model import Agent
from connectors.errors import (
    AgentNotFound,
    AlreadyTaken,
    ConversationNotFound,
    InvalidRequest,
    MoveNotAllowed,
    NoCapacity,
)
from connectors.queue.presence import RENEW_EVERY
from tests.support.services import Guest, Services, services_on, tried


async def queue_of(services: Services, count: int) -> list[Guest]:
    return [await services.wait_in_queue() for _ in range(count)]


async def test_take_next_takes_the_oldest(services: Services, anna: Agent) -> None:
    guests = await queue_of(services, 3)
    taken = [await services.desk.take_next(anna) for _ in range(3)]
    assert [one[0] for one in taken if one] == [guest.id for guest in guests]
    assert {one[1].agent_name for one in taken if one} == {"Anna Berg"}


async def test_where_nobody_waits_nobody_is_taken(services: Services, anna: Agent) -> None:
    assert await services.desk.take_next(anna) is None


async def test_what_is_offered_to_a_colleague_is_not_next(
    services: Services, anna: Agent, omar: Agent
) -> None:
    services.rules.set(assignment="automatisk")
    first = await services.wait_in_queue()
    await services.clock.tick()
    second = await services.wait_in_queue()
    holder = (await services.row(first.id)).agent_id
    other = omar if holder == anna.id else anna
    taken = await services.desk.take_next(other)
    assert taken is not None and taken[0] == second.id
    with pytest.raises(AlreadyTaken):
        await services.desk.take(other, first.id)


@pytest.mark.parametrize(("status", "room"), [("chatt", 4), ("telefon", 1), ("rast", 0)])
async def test_the_status_says_for_how_many_there_is_room(
    services: Services, anna: Agent, status: str, room: int
) -> None:
    guests = await queue_of(services, 5)
    view = await services.presences.set(anna.id, status)
    assert (view.limit, view.held) == (room, 0)
    for guest in guests[:room]:
        await services.desk.take(anna, guest.id)
    with pytest.raises(NoCapacity) as refused:
        await services.desk.take(anna, guests[room].id)
    assert refused.value.values["limit"] == room
    assert isinstance(await tried(services.desk.take_next(anna)), NoCapacity)


async def test_offered_held_and_unfinished_conversations_all_take_room(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guests = await queue_of(services, 4)
    for guest in guests[:2]:
        await services.desk.take(anna, guest.id)
    await services.move(anna, guests[0], Move.HOLD)
    await services.move(anna, guests[1], Move.CLOSE)
    await services.desk.take(omar, guests[2].id)
    await services.transfer(omar, guests[2], anna)
    assert (await services.desk.lists(anna)).presence.held == 3
    await services.close(anna, guests[1])
    assert (await services.desk.lists(anna)).presence.held == 2


async def test_a_lower_limit_takes_nothing_away(services: Services, anna: Agent) -> None:
    for guest in await queue_of(services, 3):
        await services.desk.take(anna, guest.id)
    view = await services.presences.set(anna.id, "telefon")
    assert (view.limit, view.held) == (1, 3)


async def test_a_status_that_there_is_not_is_refused(services: Services, anna: Agent) -> None:
    with pytest.raises(InvalidRequest) as refused:
        await services.presences.set(anna.id, "fika")
    assert refused.value.values["fields"] == ["status"]


async def test_who_has_it_is_told_before_that_there_is_no_room(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await services.presences.set(omar.id, "rast")
    with pytest.raises(AlreadyTaken) as refused:
        await services.desk.take(omar, guest.id)
    assert refused.value.values["agent_name"] == "Anna Berg"


async def test_taking_again_changes_nothing(services: Services, anna: Agent) -> None:
    guest = await services.wait_in_queue()
    first = await services.desk.take(anna, guest.id)
    assert await services.desk.take(anna, guest.id) == first
    assert (await guest.moves()).count(Move.TAKE) == 1


async def test_what_does_not_wait_cannot_be_taken(services: Services, anna: Agent) -> None:
    guest = await services.arrive()
    with pytest.raises(MoveNotAllowed):
        await services.desk.take(anna, guest.id)
    with pytest.raises(ConversationNotFound):
        await services.desk.take(anna, anna.id)


async def test_of_many_tries_at_once_there_is_room_for_the_limit_only(
    services: Services, anna: Agent
) -> None:
    guests = await queue_of(services, 8)
    other = services_on(services.database, services.now, services.rules)
    found = await asyncio.gather(
        *(tried((services, other)[n % 2].desk.take(anna, guests[n].id)) for n in range(8))
    )
    assert len([one for one in found if isinstance(one, NoCapacity)]) == 4
    assert (await services.desk.lists(anna)).presence.held == 4


async def test_who_comes_back_to_the_queue_has_their_place(services: Services, anna: Agent) -> None:
    guests = await queue_of(services, 3)
    queued_at = (await services.row(guests[0].id)).queued_at
    for _ in range(2):
        await services.desk.take(anna, guests[0].id)
        await services.move(anna, guests[0], Move.RETURN_TO_QUEUE)
    assert (await services.row(guests[0].id)).queued_at == queued_at
    assert [(await guest.status()).queue_place for guest in guests] == [1, 2, 3]


async def test_who_has_been_with_the_bot_meanwhile_comes_last(services: Services) -> None:
    first, second = await queue_of(services, 2)
    await first.move(Move.LEAVE_QUEUE)
    await first.move(Move.HAND_OFF)
    assert [(await guest.status()).queue_place for guest in (first, second)] == [2, 1]


def alarm(text: str, talk: str | None = None) -> Decision | None:
    if "brinner" not in text:
        return None
    phones = (Phone(label="Nödnumret", number="112"),)
    return Decision(outcome=Outcome.EMERGENCY, text="Ring 112.", phones=phones)


async def test_danger_is_answered_at_once_and_raises_the_place(
    services: Services, anna: Agent
) -> None:
    desk = services_on(services.database, services.now, services.rules, alarm=alarm)
    first, second = await desk.wait_in_queue(), await desk.wait_in_queue()
    await second.say("Det brinner hos grannen!")
    told = (await second.events())[-1]
    assert (told.actor, told.text) == ("system", "Ring 112.")
    assert told.decision is not None and told.decision.phones[0].number == "112"
    assert [(await guest.status()).queue_place for guest in (first, second)] == [2, 1]
    line = (await desk.desk.lists(anna)).waiting[0]
    assert (line.conversation_id, line.priority) == (second.id, URGENT)
    taken = await desk.desk.take_next(anna)
    assert taken is not None and taken[0] == second.id


async def test_what_is_harmless_raises_nothing(services: Services) -> None:
    desk = services_on(services.database, services.now, services.rules, alarm=alarm)
    first, second = await desk.wait_in_queue(), await desk.wait_in_queue()
    await second.say("Får man elda i trädgården?")
    assert [(await guest.status()).queue_place for guest in (first, second)] == [1, 2]


async def test_urgent_ends_with_the_conversation(services: Services, anna: Agent) -> None:
    desk = services_on(services.database, services.now, services.rules, alarm=alarm)
    guest = await desk.wait_in_queue()
    await guest.say("Det brinner!")
    await desk.desk.take(anna, guest.id)
    await desk.close(anna, guest)
    await guest.move(Move.REOPEN)
    assert (await desk.row(guest.id)).priority == 0


# --- who is there


async def test_asking_for_something_shows_that_one_is_there_for_a_while(
    services: Services, anna: Agent
) -> None:
    (found,) = [one for one in await services.presences.colleagues() if one.username == "anna"]
    assert (found.online, found.status, found.held, found.limit) == (True, "chatt", 0, 4)
    services.now.go(45)
    (found,) = [one for one in await services.presences.colleagues() if one.username == "anna"]
    assert not found.online


async def test_the_lease_is_written_seldom_and_lasts_all_the_time(
    services: Services, anna: Agent
) -> None:
    leases = set()
    for _ in range(8):
        await services.presences.renew(anna.id)
        row = await services.presence(anna)
        assert row is not None and row.lease_until > services.now()
        leases.add(row.lease_until)
        services.now.go(RENEW_EVERY.total_seconds() / 4)
    assert len(leases) <= 3


async def test_editors_are_nobodys_colleagues_at_the_desk(services: Services) -> None:
    assert [one.username for one in await services.presences.colleagues()] == [
        "anna",
        "maja",
        "omar",
    ]


async def test_nothing_can_be_transferred_to_who_is_not_there(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await services.presences.leave(omar.id)
    with pytest.raises(AgentNotFound):
        await services.transfer(anna, guest, omar)
    with pytest.raises(AgentNotFound):
        await services.transfer(anna, guest, anna)
    assert await guest.state() is State.ACTIVE
