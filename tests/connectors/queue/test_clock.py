"""What happens to conversations by itself: offers, lost agents, silence, closing time, repairs."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from connectors.accounts.service import close_account
from connectors.conversation.model import Move, State
from connectors.conversation.timers import Timer
from connectors.desk.model import Agent
from connectors.storage.tables import TimerRow
from tests.support.services import Guest, Services, services_on

MINUTE = 60


async def timers_of(services: Services, guest: Guest) -> dict[str, datetime]:
    async with services.database.read() as session:
        query = select(TimerRow.kind, TimerRow.due_at).where(TimerRow.conversation_id == guest.id)
        return {row.kind: row.due_at for row in await session.execute(query)}


async def stay_there(services: Services, *agents: Agent, seconds: float) -> None:
    """Let time pass with pages that are open."""
    while seconds > 0:
        services.now.go(min(seconds, 15))
        seconds -= 15
        for agent in agents:
            await services.presences.renew(agent.id)


async def talking(services: Services, agent: Agent) -> Guest:
    """A citizen whom the agent has just answered."""
    guest = await services.wait_in_queue()
    await services.desk.take(agent, guest.id)
    await guest.say("Hej, jag undrar en sak.")
    await services.say(agent, guest)
    return guest


# --- silence


async def test_a_silent_citizen_is_warned_first_and_then_the_conversation_ends(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await stay_there(services, anna, seconds=15 * MINUTE)
    await services.clock.tick()
    assert (await guest.moves())[-1] is Move.WARN
    status = await guest.status()
    assert status.closes_at is not None
    assert status.closes_at - services.now() > timedelta(seconds=119)
    await stay_there(services, anna, seconds=119)
    await services.clock.tick()
    assert await guest.state() is State.ACTIVE
    await stay_there(services, anna, seconds=1)
    await services.clock.tick()
    assert (await guest.moves())[-1] is Move.EXPIRE
    assert await guest.state() is State.WRAP_UP
    assert await timers_of(services, guest) == {}


async def test_the_warning_says_how_long_there_is(services: Services, anna: Agent) -> None:
    services.rules.set(warning_s=180)
    guest = await talking(services, anna)
    await stay_there(services, anna, seconds=15 * MINUTE)
    await services.clock.tick()
    assert "om 3 min" in ((await guest.events())[-1].text or "")


async def test_the_shortest_warning_is_twenty_seconds(services: Services, anna: Agent) -> None:
    services.rules.set(warning_s=20)
    guest = await talking(services, anna)
    await stay_there(services, anna, seconds=15 * MINUTE)
    await services.clock.tick()
    services.now.go(19.9)
    await services.clock.tick()
    assert await guest.state() is State.ACTIVE
    services.now.go(0.1)
    await services.clock.tick()
    assert await guest.state() is State.WRAP_UP


async def test_who_wants_to_stay_has_the_whole_time_again_as_often_as_they_like(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    for _ in range(11):
        await stay_there(services, anna, seconds=15 * MINUTE)
        await services.clock.tick()
        status = await guest.move(Move.STAY)
        assert (status.state, status.closes_at) == (State.ACTIVE, None)
    await stay_there(services, anna, seconds=15 * MINUTE - 1)
    await services.clock.tick()
    assert (await guest.moves())[-1] is Move.STAY


async def test_any_message_takes_the_warning_back(services: Services, anna: Agent) -> None:
    guest = await talking(services, anna)
    await stay_there(services, anna, seconds=15 * MINUTE)
    await services.clock.tick()
    await guest.say("Ja, jag är kvar.")
    assert (await guest.status()).closes_at is None
    assert await timers_of(services, guest) == {}


async def test_a_citizen_who_waits_for_the_agent_is_never_ended(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await guest.say("Vad gäller då?")
    await stay_there(services, anna, seconds=3600)
    await services.clock.tick()
    assert await guest.state() is State.ACTIVE
    assert Move.WARN not in await guest.moves()


async def test_asking_to_stay_while_waiting_for_the_agent_starts_no_clock(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await guest.say("Vad gäller då?")
    await guest.move(Move.STAY)
    assert await timers_of(services, guest) == {}


async def test_on_hold_nobody_is_hurried(services: Services, anna: Agent) -> None:
    guest = await talking(services, anna)
    await services.move(anna, guest, Move.HOLD)
    await services.say(anna, guest, "Jag kollar.")
    await stay_there(services, anna, seconds=3600)
    await services.clock.tick()
    assert await guest.state() is State.ON_HOLD
    await services.move(anna, guest, Move.PICK_UP)
    assert await timers_of(services, guest) == {}


async def test_a_timer_is_due_once_however_many_clocks_look(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    other = services_on(services.database, services.now, services.rules)
    await stay_there(services, anna, seconds=15 * MINUTE)
    for clock in (services.clock, other.clock, services.clock):
        await clock.tick()
    assert (await guest.moves()).count(Move.WARN) == 1


# --- offers


@pytest.fixture
def automatic(services: Services) -> Services:
    services.rules.set(assignment="automatisk")
    return services


async def test_nobody_is_asked_where_agents_take_for_themselves(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.clock.tick()
    assert await guest.state() is State.WAITING


async def test_the_one_with_most_room_is_asked_and_has_the_accept_time(
    automatic: Services, anna: Agent, omar: Agent
) -> None:
    first = await automatic.wait_in_queue()
    await automatic.desk.take(anna, first.id)
    guest = await automatic.wait_in_queue()
    before = automatic.now()
    await automatic.clock.tick()
    row = await automatic.row(guest.id)
    assert (row.state, row.agent_id) == ("offered", omar.id)
    due = (await timers_of(automatic, guest))[Timer.OFFER]
    assert due - before == pytest.approx(timedelta(seconds=30), abs=timedelta(seconds=1))
    assert (await automatic.desk.lists(omar)).mine[0].offered_until == due
    assert (await automatic.desk.lists(anna)).waiting[0].agent_name == "Omar Haddad"
    assert (await guest.status()).queue_place == 1


async def test_agents_with_as_much_room_are_asked_in_turn(
    automatic: Services, anna: Agent, omar: Agent
) -> None:
    guests = [await automatic.wait_in_queue() for _ in range(4)]
    await automatic.clock.tick()
    asked = [(await automatic.row(guest.id)).agent_id for guest in guests]
    assert {asked[0], asked[1]} == {anna.id, omar.id} == {asked[2], asked[3]}


async def test_an_offer_that_nobody_answers_goes_to_the_next(
    automatic: Services, anna: Agent, omar: Agent
) -> None:
    guest = await automatic.wait_in_queue()
    queued_at = (await automatic.row(guest.id)).queued_at
    await automatic.clock.tick()
    first = (await automatic.row(guest.id)).agent_id
    await stay_there(automatic, anna, omar, seconds=30)
    await automatic.clock.tick()
    row = await automatic.row(guest.id)
    assert row.state == "offered"
    assert {first, row.agent_id} == {anna.id, omar.id}
    assert row.queued_at == queued_at


async def test_a_colleague_who_does_not_answer_in_time_leaves_it_to_the_queue(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await talking(services, anna)
    queued_at = (await services.row(guest.id)).queued_at
    await services.transfer(anna, guest, omar)
    await services.go_on(29, anna, omar)
    assert await guest.state() is State.OFFERED
    await services.go_on(1, anna, omar)
    row = await services.row(guest.id)
    assert (row.state, row.agent_id, row.queued_at) == ("waiting", None, queued_at)
    assert (await guest.moves())[-1] is Move.LAPSE


async def test_who_has_declined_is_not_asked_again_at_once_but_later(
    automatic: Services, anna: Agent
) -> None:
    guest = await automatic.wait_in_queue()
    await automatic.clock.tick()
    await automatic.move(anna, guest, Move.DECLINE)
    await automatic.clock.tick()
    assert await guest.state() is State.WAITING
    await stay_there(automatic, anna, seconds=61)
    await automatic.clock.tick()
    assert await guest.state() is State.OFFERED


async def test_nobody_is_asked_about_before_who_has_waited_longer(
    automatic: Services, anna: Agent
) -> None:
    first = await automatic.wait_in_queue()
    await automatic.clock.tick()
    second = await automatic.wait_in_queue()
    await automatic.move(anna, first, Move.DECLINE)
    await automatic.clock.tick()
    assert [await guest.state() for guest in (first, second)] == [State.WAITING] * 2


async def test_the_most_urgent_is_offered_first(automatic: Services, anna: Agent) -> None:
    automatic.rules.set(assignment="manuell")
    calm, urgent = await automatic.wait_in_queue(), await automatic.wait_in_queue()
    async with automatic.database.write() as session:
        await session.execute(
            text("UPDATE conversation SET priority = 2 WHERE id = :id").bindparams(
                id=urgent.id if not automatic.database.is_sqlite else urgent.id.hex
            )
        )
    await automatic.presences.set(anna.id, "telefon")  # room for one
    automatic.rules.set(assignment="automatisk")
    await automatic.clock.tick()
    assert (await calm.state(), await urgent.state()) == (State.WAITING, State.OFFERED)


@pytest.mark.parametrize("status", ["reception", "rast"])
async def test_who_does_something_else_is_not_asked(
    automatic: Services, anna: Agent, status: str
) -> None:
    await automatic.presences.set(anna.id, status)
    guest = await automatic.wait_in_queue()
    await automatic.clock.tick()
    assert await guest.state() is State.WAITING


# --- agents who are gone


async def test_a_vanished_agents_offer_goes_back_at_once(automatic: Services, anna: Agent) -> None:
    guest = await automatic.wait_in_queue()
    automatic.rules.set(accept_s=600)
    await automatic.go_on(60, anna)
    assert await guest.state() is State.OFFERED
    await automatic.go_on(44)
    assert await guest.state() is State.OFFERED
    await automatic.go_on(1)
    assert await guest.state() is State.WAITING
    assert (await automatic.row(guest.id)).agent_id is None


@pytest.mark.parametrize("held", [State.ACTIVE, State.ON_HOLD])
async def test_a_vanished_agents_conversation_goes_back_after_the_grace_time(
    services: Services, anna: Agent, held: State
) -> None:
    guest = await talking(services, anna)
    queued_at = (await services.row(guest.id)).queued_at
    if held is State.ON_HOLD:
        await services.move(anna, guest, Move.HOLD)
    await services.go_on(45, anna)
    await services.go_on(45 + 89)
    assert await guest.state() is held
    await services.go_on(1)
    row = await services.row(guest.id)
    assert (row.state, row.agent_id, row.queued_at) == ("waiting", None, queued_at)
    told = (await guest.events())[-1]
    assert told.move is Move.LOSE_AGENT
    assert "tappat kontakten" in (told.text or "")
    assert (await guest.status()).queue_place == 1


async def test_an_agent_who_comes_back_within_the_grace_time_keeps_everything(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await services.go_on(45, anna)
    await services.go_on(130)
    await services.presences.renew(anna.id)
    await services.go_on(130)
    assert await guest.state() is State.ACTIVE


async def test_a_logout_gives_offers_back_at_once(automatic: Services, anna: Agent) -> None:
    await automatic.go_on(60, anna)
    guest = await automatic.wait_in_queue()
    await automatic.clock.tick()
    assert await guest.state() is State.OFFERED
    await automatic.presences.leave(anna.id)
    await automatic.clock.tick()
    assert await guest.state() is State.WAITING


async def test_what_the_agent_of_a_closed_account_has_goes_to_the_queue_at_once(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    assert await close_account(services.database, anna.username)
    await services.presences.keep(anna.id)  # a page that is open still
    await services.clock.tick()
    assert (await guest.moves())[-1] is Move.LOSE_AGENT
    assert await guest.state() is State.WAITING


async def test_a_desk_that_was_away_itself_takes_nothing_from_its_agents(
    services: Services, anna: Agent
) -> None:
    """No page could show that it was there: the gateways, or the database, were not."""
    guest = await talking(services, anna)
    await services.clock.tick()
    services.now.go(minutes=10)
    await services.clock.tick()
    restarted = services_on(services.database, services.now, services.rules)
    await restarted.clock.tick()
    assert await guest.state() is State.ACTIVE
    await restarted.go_on(300, anna)
    assert await guest.state() is State.ACTIVE


async def test_who_does_not_come_back_after_that_is_gone_after_the_usual_time(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    services.now.go(minutes=10)
    await services.go_on(15 + 45 + 89)
    assert await guest.state() is State.ACTIVE
    await services.go_on(1)
    assert await guest.state() is State.WAITING


async def test_a_clock_that_is_set_back_keeps_nobody_at_the_desk_who_has_left(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await services.clock.tick()
    services.now.go(hours=-1)
    await services.go_on(15 + 45 + 90)
    assert await guest.state() is State.WAITING


async def test_an_offer_stands_no_longer_though_the_clock_is_set_back(
    automatic: Services, anna: Agent
) -> None:
    guest = await automatic.wait_in_queue()
    await automatic.clock.tick()
    automatic.now.go(hours=-1)
    await automatic.go_on(15 + 30, anna)
    assert Move.LAPSE in await guest.moves()


# --- closing time


async def test_who_still_waits_when_the_desk_closes_is_told_once_when_it_opens(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    closing = services.with_hours("2026-12-01 16:31")
    await closing.clock.tick()
    await closing.clock.tick()
    told = [event for event in await guest.events() if event.actor == "system"]
    assert len(told) == 1
    assert "onsdag 2 december, klockan 8.00" in (told[0].text or "")
    assert "kvar din plats" in (told[0].text or "")
    assert await guest.state() is State.WAITING


async def test_the_closing_is_told_though_the_queue_is_full(
    services: Services, anna: Agent
) -> None:
    services.rules.set(most_waiting=1)
    guest = await services.wait_in_queue()
    closing = services.with_hours("2026-12-01 16:31")
    await closing.clock.tick()
    assert "öppnar i morgon" in ((await guest.events())[-1].text or "")


async def test_who_waits_is_told_when_everybody_has_left_the_desk(services: Services) -> None:
    guest = await services.wait_in_queue()
    empty = services.with_hours("2026-12-01 10:00")
    await empty.clock.tick()
    await empty.clock.tick()
    told = [event.text for event in await guest.events() if event.actor == "system"]
    assert len(told) == 1 and "Ingen kommunvägledare är vid chatten" in (told[0] or "")


# --- repairs


async def plant(services: Services, statement: str, guest: Guest, **values: object) -> None:
    """Make a row be as no code of ours would leave it."""
    as_text = services.database.is_sqlite
    values = {name: _hex(one, as_text) for name, one in {**values, "id": guest.id}.items()}
    async with services.database.write() as session:
        await session.execute(text(statement), values)


def _hex(value: object, as_text: bool) -> object:
    return value.hex if isinstance(value, UUID) and as_text else value


async def test_a_desk_that_is_whole_needs_no_repair(automatic: Services, anna: Agent) -> None:
    guests = [await automatic.wait_in_queue() for _ in range(6)]
    await automatic.clock.tick()
    await automatic.desk.take(anna, guests[0].id)
    await automatic.close(anna, guests[0])
    await guests[1].move(Move.LEAVE_QUEUE)
    await automatic.clock.reconciler.run()
    assert automatic.clock.reconciler.repairs == 0


async def test_an_offer_without_its_timer_goes_back_to_the_queue(
    automatic: Services, anna: Agent
) -> None:
    guest = await automatic.wait_in_queue()
    queued_at = (await automatic.row(guest.id)).queued_at
    await automatic.clock.tick()
    await plant(automatic, "DELETE FROM timer WHERE conversation_id = :id", guest)
    await automatic.clock.reconciler.run()
    row = await automatic.row(guest.id)
    assert (row.state, row.agent_id, row.queued_at) == ("waiting", None, queued_at)
    assert automatic.clock.reconciler.repairs == 1


async def test_who_waits_belongs_to_nobody(services: Services, anna: Agent) -> None:
    guest = await services.wait_in_queue()
    await plant(services, "UPDATE conversation SET agent_id = :a WHERE id = :id", guest, a=anna.id)
    await services.clock.reconciler.run()
    assert (await services.row(guest.id)).agent_id is None
    assert services.clock.reconciler.repairs == 1
    await services.desk.take(anna, guest.id)


async def test_what_has_ended_has_no_timers(services: Services, anna: Agent) -> None:
    guest = await talking(services, anna)
    await services.close(anna, guest)
    insert = "INSERT INTO timer (conversation_id, kind, due_at) VALUES (:id, 'silence', :at)"
    await plant(services, insert, guest, at=_moment(services))
    await services.clock.reconciler.run()
    assert await timers_of(services, guest) == {}
    assert services.clock.reconciler.repairs == 1


async def test_a_wait_that_never_ended_is_ended_and_nobody_loses_their_agent(
    services: Services, anna: Agent
) -> None:
    guest = await talking(services, anna)
    await plant(services, "UPDATE wait SET ended_at = NULL WHERE conversation_id = :id", guest)
    await services.clock.reconciler.run()
    assert await guest.state() is State.ACTIVE
    assert services.clock.reconciler.repairs == 1
    await services.clock.reconciler.run()
    assert services.clock.reconciler.repairs == 1


async def test_the_clock_looks_for_what_is_to_be_repaired_by_itself(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await plant(services, "UPDATE conversation SET agent_id = :a WHERE id = :id", guest, a=anna.id)
    await services.clock.tick()
    assert services.clock.reconciler.repairs == 1


def _moment(services: Services) -> object:
    at = services.now()
    return at.isoformat(" ") if services.database.is_sqlite else at
