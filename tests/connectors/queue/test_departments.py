"""Departments: some agents take what has been handed to them, everybody else the rest."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from connectors.conversation.model import Move, State
from connectors.desk.model import Agent
from connectors.errors import DepartmentAway, InvalidRequest, MessageEmpty
from connectors.storage.tables import WaitRow
from tests.support.services import TUESDAY, Guest, Services


async def hand_to(
    services: Services, agent: Agent, guest: Guest, department: str, note: str = "Altan, 30 kvm."
) -> None:
    await services.transferring.to_department(agent, guest.id, department, note, uuid4())


async def next_for(services: Services, agent: Agent) -> object:
    taken = await services.desk.take_next(agent)
    return taken and taken[0]


@pytest.fixture
async def handed(services: Services, anna: Agent, maja: Agent) -> Guest:
    """A citizen whom Anna has handed to bygglov, where Maja is."""
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await hand_to(services, anna, guest, "bygglov")
    return guest


async def test_what_is_handed_to_a_department_is_next_for_its_agents_only(
    services: Services, handed: Guest, anna: Agent, maja: Agent
) -> None:
    later = await services.wait_in_queue()
    assert await next_for(services, anna) == later.id
    assert await next_for(services, anna) is None
    assert await next_for(services, maja) == handed.id
    await services.wait_in_queue()
    assert await next_for(services, maja) is None, "the rest is for the generalists"


async def test_everybody_sees_it_and_may_take_it_by_hand(
    services: Services, handed: Guest, anna: Agent
) -> None:
    [line] = (await services.desk.lists(anna)).waiting
    assert (line.conversation_id, line.department, line.notes) == (handed.id, "Bygglov", 1)
    await services.desk.take(anna, handed.id)


async def test_the_citizen_is_told_where_to_and_keeps_the_time(
    services: Services, anna: Agent, maja: Agent
) -> None:
    guest = await services.wait_in_queue()
    queued_at = (await services.row(guest.id)).queued_at
    services.now.go(20)
    await services.desk.take(anna, guest.id)
    await hand_to(services, anna, guest, "bygglov")
    news = await services.conversations.news(guest.key, 0)
    assert "vidare till Bygglov" in (news.events[-1].text or "")
    assert "30 kvm" not in news.model_dump_json()
    assert (await services.row(guest.id)).queued_at == queued_at


async def test_each_department_has_a_queue_of_its_own(
    services: Services, handed: Guest, anna: Agent
) -> None:
    other = await services.wait_in_queue()
    for guest in (handed, other):
        status = (await services.conversations.news(guest.key, 0)).status
        assert (status.state, status.queue_place) == (State.WAITING, 1)


async def test_nobody_is_handed_to_a_department_where_nobody_is(
    services: Services, anna: Agent, maja: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    with pytest.raises(DepartmentAway) as refused:
        await hand_to(services, anna, guest, "barn-utbildning")
    assert refused.value.values["department"] == "Barn och utbildning"
    with pytest.raises(InvalidRequest):
        await hand_to(services, anna, guest, "finns-inte")
    with pytest.raises(MessageEmpty):
        await hand_to(services, anna, guest, "bygglov", note=" ")
    assert await services.noting.list(anna, guest.id) == []
    assert (await services.row(guest.id)).state == State.ACTIVE.value


async def test_when_the_department_has_gone_home_the_generalists_have_it(
    services: Services, handed: Guest, anna: Agent, maja: Agent
) -> None:
    await services.presences.leave(maja.id)
    assert await next_for(services, anna) == handed.id


async def test_what_comes_back_from_a_department_is_for_everybody(
    services: Services, handed: Guest, anna: Agent, maja: Agent
) -> None:
    await services.desk.take(maja, handed.id)
    await services.move(maja, handed, Move.RETURN_TO_QUEUE)
    assert (await services.row(handed.id)).department is None
    assert await next_for(services, anna) == handed.id


async def test_a_conversation_that_has_ended_is_no_departments(
    services: Services, handed: Guest, maja: Agent
) -> None:
    await services.desk.take(maja, handed.id)
    await services.close(maja, handed)
    assert (await services.row(handed.id)).department is None


async def test_offers_go_to_the_department_and_a_full_one_holds_up_nobody_else(
    services: Services, anna: Agent, maja: Agent
) -> None:
    services.rules.set(assignment="automatisk")
    await services.presences.set(maja.id, "telefon")
    guests = [await services.wait_in_queue() for _ in range(2)]
    for guest in guests:
        await services.desk.take(anna, guest.id)
        await hand_to(services, anna, guest, "bygglov")
    last = await services.wait_in_queue()
    await services.clock.tick()
    owners = [(await services.row(guest.id)).agent_id for guest in (*guests, last)]
    assert owners == [maja.id, None, anna.id]


async def test_a_department_alone_does_not_open_the_desk(services: Services, maja: Agent) -> None:
    desk = services.with_hours(TUESDAY)
    await desk.presences.renew(maja.id)
    assert (await desk.handover()).reason == "nobody"


async def test_a_wait_is_measured_against_the_generalists(
    services: Services, handed: Guest, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    async with services.database.read() as session:
        wait = await session.scalar(select(WaitRow).where(WaitRow.conversation_id == guest.id))
    assert wait is not None
    assert (wait.ahead, wait.agents) == (0, 2)
