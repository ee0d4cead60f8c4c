"""Faults of other products that lose people in a queue, or give one to two. Ours has none of them.

Each test has the fault's number, and says where it was met and what happened there.
"""

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import text

from connectors.conversation import repository as conversations
from connectors.conversation.model import Move, State
from connectors.desk.model import Agent
from connectors.errors import ApiError, NoCapacity
from connectors.queue.repository import load
from tests.faults.conftest import Seats, through
from tests.support.clients import DEADLINE_SECONDS, AgentClient, Citizen, assert_whole
from tests.support.gateway import Gateway, Process, settings_for, write_passwords
from tests.support.services import Services, add_agents, tried


async def loads(services: Services, agents: list[Agent]) -> list[int]:
    async with services.database.read() as session:
        return [await load(session, agent.id) for agent in agents]


async def at_the_desk(services: Services, count: int) -> list[Agent]:
    agents = [agent for agent, _ in await add_agents(services.database, count)]
    for agent in agents:
        await services.presences.renew(agent.id)
    return agents


def limited_to(services: Services, limit: int) -> None:
    """Let an agent have so many conversations at once."""
    statuses = services.rules.get().statuses
    chat = statuses[0].model_copy(update={"limit": limit})
    services.rules.set(statuses=(chat, *statuses[1:]), most_waiting=100)


async def test_f01_two_agents_take_one_conversation_and_one_gets_it(
    gateways: list[Gateway], seats: Seats
) -> None:
    """RocketChat/Rocket.Chat#22206: both chat with the visitor."""
    citizens = [await Citizen.start(gateways[0].http) for _ in range(3)]
    async with seats(12) as agents:
        for citizen in citizens:
            await citizen.move("hand_off")
            answers = await asyncio.gather(*(agent.take(citizen.id) for agent in agents))
            assert sorted(answer.status_code for answer in answers) == [200] + [409] * 11
            holder = (await citizen.news())["status"]["agent_name"]
            lost = [answer.json() for answer in answers if answer.status_code == 409]
            assert {one["error"] for one in lost} == {"already_taken"}
            assert {one["agent_name"] for one in lost} == {holder}
            written = [await agent.post(citizen.id, "Hej") for agent in agents]
            assert sorted(answer.status_code for answer in written) == [201] + [409] * 11
            events = (await citizen.news())["events"]
            assert_whole(events)
            assert [event["move"] for event in events].count("take") == 1


async def test_f02_three_assigners_at_once_never_give_an_agent_too_many(
    desks: list[Services],
) -> None:
    """RocketChat/Rocket.Chat#37776: with three instances and a limit of 3 an agent got 4."""
    services = desks[0]
    limited_to(services, 3)
    services.rules.set(assignment="automatisk")
    agents = await at_the_desk(services, 3)
    guests = [await services.wait_in_queue() for _ in range(14)]
    for _ in range(3):
        taking = [tried(one.desk.take_next(agent)) for one in desks for agent in agents]
        await asyncio.gather(*(one.clock.tick() for one in desks), *taking)
        assert max(await loads(services, agents)) <= 3
    assert await loads(services, agents) == [3, 3, 3]
    assert [await guest.state() for guest in guests].count(State.WAITING) == 5


async def test_f03_two_assigners_at_once_never_bounce_a_conversation(
    desks: list[Services],
) -> None:
    """chatwoot/chatwoot#14495: overlapping runs moved one conversation dozens of times."""
    services = desks[0]
    services.rules.set(assignment="automatisk")
    await at_the_desk(services, 4)
    guests = [await services.wait_in_queue() for _ in range(10)]
    for _ in range(4):
        await asyncio.gather(*(one.clock.tick() for one in desks))
    for guest in guests:
        assert (await guest.moves()) == [Move.HAND_OFF, Move.OFFER]


async def test_f13_when_there_is_room_again_the_oldest_is_next(desks: list[Services]) -> None:
    """chatwoot/chatwoot#10583: the oldest stays unassigned while a newer one is served."""
    services = desks[0]
    limited_to(services, 1)
    services.rules.set(assignment="automatisk")
    agents = await at_the_desk(services, 2)
    guests = [await services.wait_in_queue() for _ in range(6)]
    served: list[object] = []
    while len(served) < 10:
        await asyncio.gather(*(one.clock.tick() for one in desks))
        for agent in agents:
            for line in (await services.desk.lists(agent)).mine:
                await services.desk.take(agent, line.conversation_id)
                served.append(line.conversation_id)
                guests.append(await services.wait_in_queue())
                guest = next(one for one in guests if one.id == line.conversation_id)
                await services.close(agent, guest)
    in_order = [guest.id for guest in guests]
    pairs = [sorted(served[place : place + 2], key=str) for place in range(0, 10, 2)]
    assert pairs == [sorted(in_order[place : place + 2], key=str) for place in range(0, 10, 2)]


async def test_f13_whoever_takes_next_at_the_same_time_takes_the_oldest(
    desks: list[Services],
) -> None:
    """The same where agents take for themselves: a row that is locked is never passed over."""
    services = desks[0]
    agents = await at_the_desk(services, 3)
    guests = [await services.wait_in_queue() for _ in range(9)]
    for place in range(0, 9, 3):
        taken = await asyncio.gather(
            *(one.desk.take_next(agent) for one, agent in zip(desks, agents, strict=True))
        )
        wanted = {guest.id for guest in guests[place : place + 3]}
        assert {one[0] for one in taken if one} == wanted


async def test_f13_a_conversation_that_is_locked_for_a_moment_is_not_passed_over(
    desks: list[Services],
) -> None:
    """The same while the oldest one's citizen is just writing: the agent gets it, a bit later."""
    services, other, _ = desks
    (agent,) = await at_the_desk(services, 1)
    oldest, _later = await services.wait_in_queue(), await services.wait_in_queue()
    async with other.database.write() as writing:
        await conversations.lock(writing, oldest.id)
        taking = asyncio.create_task(services.desk.take_next(agent))
        await _until_somebody_waits_for_a_lock(other)
        assert not taking.done()
    found = await taking
    assert found is not None and found[0] == oldest.id


async def _until_somebody_waits_for_a_lock(services: Services) -> None:
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            async with services.database.read() as session:
                if await session.scalar(waits):
                    return
            await asyncio.sleep(0.01)


async def test_f14_an_agent_who_vanishes_keeps_nobody(services: Services, anna: Agent) -> None:
    """chatwoot/chatwoot#7204, #14508: a chat stays with an agent who is offline for ever."""
    first, second = await services.wait_in_queue(), await services.wait_in_queue()
    queued_at = (await services.row(first.id)).queued_at
    await services.desk.take(anna, first.id)
    await services.go_on(60, anna)
    rules = services.rules.get()
    await services.go_on(rules.lease_s + rules.grace_s)
    assert (await services.row(first.id)).queued_at == queued_at
    places = [(await guest.status()).queue_place for guest in (first, second)]
    assert places == [1, 2]


async def test_f14_a_reopened_conversation_does_not_stay_with_an_agent_who_has_gone(
    services: Services, anna: Agent, omar: Agent
) -> None:
    """The same for a chat that is opened again when its agent has left."""
    guest = await services.wait_in_queue()
    queued_at = (await services.row(guest.id)).queued_at
    await services.desk.take(anna, guest.id)
    await services.go_on(60, anna, omar)
    await guest.move(Move.CLOSE)
    await services.presences.leave(anna.id)
    await services.go_on(300, omar)
    assert (await guest.move(Move.REOPEN)).state is State.ACTIVE
    await services.clock.tick()
    row = await services.row(guest.id)
    assert (row.state, row.agent_id, row.queued_at) == ("waiting", None, queued_at)
    found = await services.desk.take_next(omar)
    assert found is not None and found[0] == guest.id


async def test_f15_killed_while_it_is_taken_a_conversation_is_never_stuck(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> None:
    """RocketChat/Rocket.Chat#18200, #18029: it can neither be accepted, moved nor closed."""
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_postgres_url, tmp_path), tmp_path / "log")
    await process.start()
    try:
        for delay_s in (0.0, 0.008):
            await _take_and_kill(process, logins, delay_s)
    finally:
        process.kill()


async def _take_and_kill(process: Process, logins: dict[str, str], delay_s: float) -> None:
    async with (
        httpx.AsyncClient(base_url=process.url, timeout=60) as http,
        AgentClient.logged_in(process.url, "anna", logins["anna"]) as anna,
    ):
        citizen = await Citizen.start(http)
        await citizen.move("hand_off")
        taking = asyncio.create_task(anna.take(citizen.id))
        await asyncio.sleep(delay_s)  # the moment of death, not a wait for something
        process.kill()
        await asyncio.gather(taking, return_exceptions=True)
        await process.start()
        assert (await anna.take(citizen.id)).status_code == 200
        for move in ("hold", "pick_up", "return_to_queue"):
            assert (await anna.move(citizen.id, move)).status_code == 200
        assert (await anna.next()).json()["conversation_id"] == citizen.id
        assert (await anna.close(citizen.id)).status_code == 200
        events = (await citizen.news())["events"]
        assert_whole(events)
        assert [event["move"] for event in events].count("take") == 2


async def test_f16_who_came_while_everybody_was_away_is_served_when_they_are_back(
    services: Services, anna: Agent, omar: Agent
) -> None:
    """RocketChat/Rocket.Chat#18041: «already taken», though nobody served them."""
    services.rules.set(assignment="automatisk")
    early = [await services.wait_in_queue() for _ in range(2)]
    await services.go_on(60, anna, omar)
    await services.presences.leave(anna.id)
    await services.go_on(200)
    late = [await services.wait_in_queue() for _ in range(2)]
    await services.go_on(60)
    assert {await guest.state() for guest in (*early, *late)} == {State.WAITING}
    services.rules.set(assignment="manuell")
    lines = (await services.desk.lists(anna)).waiting
    assert [line.conversation_id for line in lines] == [guest.id for guest in (*early, *late)]
    for guest in (*early, *late):
        found = await services.desk.take_next(anna)
        assert found is not None and found[0] == guest.id


async def test_f18_asking_for_a_person_again_is_one_place_in_the_queue(
    gateways: list[Gateway], seats: Seats
) -> None:
    """chatwoot/chatwoot#13882: a repeat after a time-out hands over twice, on a stale status."""
    one, other, _ = gateways
    first, second = await Citizen.start(one.http), await Citizen.start(one.http)
    move_id = str(uuid4())
    tries = [through(gateway, first) for gateway in gateways * 3]
    answers = await asyncio.gather(*(each.move("hand_off", move_id=move_id) for each in tries))
    assert {answer.status_code for answer in answers} == {200}
    await second.move("hand_off")
    refused = await through(other, first).move("hand_off")
    assert (refused.status_code, refused.json()["error"]) == (409, "move_not_allowed")
    assert (await first.news())["status"]["queue_place"] == 1
    async with seats(1) as (agent,):
        await agent.take(first.id)
        late = await first.move("hand_off", move_id=move_id)
        assert late.json()["status"]["state"] == "active"
    moves = [event["move"] for event in (await first.news())["events"] if event["move"]]
    assert moves == ["hand_off", "take"]


async def test_f02_a_transfer_never_gives_a_colleague_too_many(desks: list[Services]) -> None:
    """The same limit where colleagues hand conversations to each other."""
    services = desks[0]
    limited_to(services, 2)
    busy, other, helper = await at_the_desk(services, 3)
    guests = [await services.wait_in_queue() for _ in range(4)]
    for agent in (busy, busy, other, other):
        await services.desk.take_next(agent)
    owners = [busy, busy, other, other]
    found = await asyncio.gather(
        *(
            tried(desks[number % 3].transfer(owner, guest, helper))
            for number, (owner, guest) in enumerate(zip(owners, guests, strict=True))
        )
    )
    refused = [one for one in found if isinstance(one, ApiError)]
    assert len(refused) == 2 and all(isinstance(one, NoCapacity) for one in refused)
    assert (await loads(services, [helper])) == [2]
