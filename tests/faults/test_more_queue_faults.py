"""More faults of other products around a queue that is full, closed or left. Ours has none of them.

Each test has the fault's number, and says where it was met and what happened there.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.opening_hours.model import STOCKHOLM
from connectors.conversation.model import Move, State
from connectors.desk.model import Agent
from connectors.errands.model import Kind
from connectors.errands.service import Wish
from connectors.errors import AlreadyTaken, ApiError, QueueClosed
from tests.faults.conftest import Seats
from tests.support.clients import AgentClient, Citizen, Json, eventually, frame, texts
from tests.support.follower import Follower, following
from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords
from tests.support.services import DATA, TUESDAY, Services, services_on, tried


async def test_f21_a_click_and_an_automatic_offer_at_once_give_it_to_one(
    desks: list[Services], anna: Agent, omar: Agent
) -> None:
    """chatwoot/chatwoot#15275, fazer-ai/chatwoot#359: they overwrite each other."""
    services = desks[0]
    services.rules.set(assignment="automatisk")
    for _ in range(6):
        guest = await services.wait_in_queue()
        found = await asyncio.gather(
            *(one.clock.tick() for one in desks),
            *(tried(desks[n].desk.take(who, guest.id)) for n, who in ((1, anna), (2, omar))),
        )
        refused = [one for one in found if isinstance(one, ApiError)]
        assert all(isinstance(one, AlreadyTaken) for one in refused)
        row = await services.row(guest.id)
        assert row.state in {"active", "offered"} and row.agent_id in {anna.id, omar.id}
        holder = anna if row.agent_id == anna.id else omar
        await services.desk.take(holder, guest.id)
        assert (await guest.moves()).count(Move.TAKE) == 1
        await services.close(holder, guest)


async def test_f22_sixty_at_once_are_sixty_in_the_queue(desks: list[Services]) -> None:
    """chatwoot/chatwoot#15509: of 60 that were opened at once the event of 58 was lost."""
    desks[0].rules.set(most_waiting=100)
    guests = [await desks[n % 3].arrive() for n in range(60)]
    await asyncio.gather(*(guest.move(Move.HAND_OFF) for guest in guests))
    places = [(await guest.status()).queue_place for guest in guests]
    assert sorted(place or 0 for place in places) == list(range(1, 61))
    assert {tuple(await guest.moves()) for guest in guests} == {(Move.HAND_OFF,)}


async def test_f23_an_assigner_that_looked_a_moment_ago_gives_nothing_to_who_has_left(
    desks: list[Services], anna: Agent
) -> None:
    """chatwoot/chatwoot#15524: on a stale look an agent got a chat who should not have any."""
    services = desks[0]
    services.rules.set(assignment="automatisk")
    for change in (services.presences.leave(anna.id), services.presences.set(anna.id, "rast")):
        await services.presences.set(anna.id, "chatt")
        guest = await services.wait_in_queue()
        await asyncio.gather(change, *(one.clock.tick() for one in desks))
        for _ in range(3):
            await services.clock.tick()
            services.now.go(16)
        state = await guest.state()
        assert state in {State.WAITING, State.OFFERED}
        await guest.move(Move.CLOSE)


@pytest.mark.parametrize("status", ["rast", "reception", "telefon"])
async def test_f24_changing_what_one_does_takes_nobody_off_the_list(
    services: Services, anna: Agent, status: str
) -> None:
    """RocketChat/Rocket.Chat#29402: queued chats vanish from an agent's list."""
    guests = [await services.wait_in_queue() for _ in range(3)]
    for one in (status, "chatt", status):
        await services.presences.set(anna.id, one)
        waiting = (await services.desk.lists(anna)).waiting
        assert [line.conversation_id for line in waiting] == [guest.id for guest in guests]


async def test_f25_who_comes_is_on_every_agents_list_without_a_reload(
    gateways: list[Gateway], seats: Seats
) -> None:
    """RocketChat/Rocket.Chat#23642: a new chat is missing until the agent reloads."""
    async with seats(3) as agents:
        followers = [
            Follower.of_agent(agent, gateway.settings.port, str(uuid4()))
            for agent, gateway in zip(agents, gateways, strict=True)
        ]
        async with following(*followers):
            await eventually(lambda: all(one.lists for one in followers))
            await agents[0].presence("rast")
            citizen = await Citizen.start(gateways[1].http)
            await citizen.move("hand_off")
            await eventually(lambda: all(_lists(one, citizen) for one in followers))


def _lists(follower: Follower, citizen: Citizen) -> bool:
    waiting = follower.lists[-1]["waiting"]
    return citizen.id in [line["conversation_id"] for line in waiting]


async def test_f26_nobody_is_put_in_a_queue_that_is_full(services: Services, anna: Agent) -> None:
    """RocketChat/Rocket.Chat#23404: forwarded to a full department, and never assigned."""
    services.rules.set(most_waiting=2)
    _ = [await services.wait_in_queue() for _ in range(2)]
    late = await services.arrive()
    with pytest.raises(QueueClosed) as refused:
        await late.move(Move.HAND_OFF)
    assert refused.value.values["handover"]["reason"] == "full"
    assert await late.state() is State.BOT
    promise, _ = await services.errands.ask(late.key, Wish(uuid4(), Kind.ERRAND, "Hej", "a@b.se"))
    assert promise.reference in promise.text
    await services.desk.take_next(anna)
    assert (await late.move(Move.HAND_OFF)).state is State.WAITING


async def test_f27_a_page_left_open_cannot_queue_when_the_last_agent_has_left(
    services: Services, anna: Agent
) -> None:
    """zammad/zammad#4970: it still offers a chat, and nobody is there."""
    desk = services.with_hours(TUESDAY)
    await desk.presences.renew(anna.id)
    guest = await desk.arrive()
    assert (await desk.handover()).open
    await desk.presences.leave(anna.id)
    with pytest.raises(QueueClosed) as refused:
        await guest.move(Move.HAND_OFF)
    assert refused.value.values["handover"]["reason"] == "nobody"
    assert await guest.state() is State.BOT


async def test_f27_nor_can_one_that_was_closed_be_reopened_into_it(
    services: Services, anna: Agent
) -> None:
    """The same for a chat that has ended."""
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await services.close(anna, guest)
    desk = services.with_hours("2026-12-01 10:05")
    await desk.presences.leave(anna.id)
    with pytest.raises(QueueClosed):
        await desk.conversations.move(guest.key, Move.REOPEN, uuid4())
    assert await guest.state() is State.CLOSED
    await desk.presences.renew(anna.id)
    reopened = await desk.conversations.move(guest.key, Move.REOPEN, uuid4())
    assert reopened.state is State.WAITING


async def test_f28_who_logs_out_is_gone_at_once_though_a_page_is_open(
    gateways: list[Gateway], logins: dict[str, str]
) -> None:
    """zammad/zammad#1075: counted as available for two more minutes."""
    one, other, _ = gateways
    async with (
        AgentClient.logged_in(one.url, "anna", logins["anna"]) as anna,
        AgentClient.logged_in(other.url, "omar", logins["omar"]) as omar,
        anna.socket(one.socket_url) as page,
    ):
        await frame(page, "conversations")
        assert (await _online(omar))["anna"]
        await anna.http.post("/api/desk/logout")
        assert not (await _online(omar))["anna"]
        await asyncio.wait_for(page.wait_closed(), 30)
        assert page.close_code == 4401
        assert not (await _online(omar))["anna"]


async def _online(agent: AgentClient) -> dict[str, bool]:
    found: Json = (await agent.http.get("/api/desk/colleagues")).json()
    return {one["username"]: one["online"] for one in found["colleagues"]}


async def test_f29_when_the_last_agent_leaves_who_waits_is_told_in_plain_words(
    services: Services, anna: Agent
) -> None:
    """RocketChat/Rocket.Chat#20899: the visitor types, and gets `no-agent-online`."""
    desk = services.with_hours(TUESDAY)
    await desk.presences.renew(anna.id)
    guest = await desk.wait_in_queue()
    await desk.presences.leave(anna.id)
    await desk.clock.tick()
    await guest.say("Hallå?")
    told = [event.text or "" for event in await guest.events() if event.actor == "system"]
    assert len(told) == 1
    assert "Ingen kommunvägledare är vid chatten just nu" in told[0]
    assert "kvar din plats" in told[0]


async def test_f30_nobody_stays_bound_to_an_agent_who_has_been_away_for_days(
    services: Services, anna: Agent, omar: Agent
) -> None:
    """RocketChat/Rocket.Chat#20965: the guest sees «offline» for days."""
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    services.now.go(days=3)
    await services.go_on(150, omar)
    assert await guest.state() is State.WAITING
    found = await services.desk.take_next(omar)
    assert found is not None and found[1].agent_name == "Omar Haddad"


@pytest.fixture
async def closed(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    """A gateway whose desk is closed at every hour of this year."""
    data_dir = tmp_path / "data"
    shutil.copytree(DATA, data_dir, ignore=shutil.ignore_patterns("quality", "site"))
    hours = data_dir / "oppettider.yml"
    week = "vecka:\n      mandag-fredag: 8.00–16.30"
    hours.write_text(
        hours.read_text(encoding="utf-8").replace(
            f"{week}\n\n  - id: chatt-foretag",
            f"{week}\n    undantag:\n      - fran: 2026-01-01\n        till: 2030-12-31\n"
            "        tider: stängt\n        orsak: Ombyggnad.\n\n  - id: chatt-foretag",
        ),
        encoding="utf-8",
    )
    write_passwords(tmp_path, logins)
    settings = settings_for(
        prepared_postgres_url, tmp_path, desk_always_open=False, data_dir=data_dir
    )
    async with running_gateway(settings) as gateway:
        yield gateway


async def test_f32_who_asks_for_a_person_when_there_is_none_is_never_left_pending(
    closed: Gateway,
) -> None:
    """chatwoot/chatwoot#15688: what the bot could not hand over stays pending for ever."""
    citizen = await Citizen.start(closed.http)
    await citizen.say("jag vill prata med en människa")
    events = await citizen.until_answered()
    assert events[-1]["decision"]["outcome"] == "handoff"
    status = (await citizen.news())["status"]
    assert (status["state"], status["pending"]) == ("bot", False)
    refused = await citizen.move("hand_off")
    assert (refused.status_code, refused.json()["error"]) == (409, "queue_closed")
    assert refused.json()["text"] == refused.json()["handover"]["text"]
    await citizen.say("altan")
    assert texts(await citizen.until_answered())[-1] == "Svar på: altan"


DST = {
    "before the clock goes forward": ("2027-03-27 20:00", "2027-03-30 08:00", timedelta(hours=59)),
    "before the clock goes back": ("2026-10-24 20:00", "2026-10-26 08:00", timedelta(hours=37)),
    "on the night when it goes back": (
        "2026-10-25 02:30",
        "2026-10-26 08:00",
        timedelta(hours=30.5),
    ),
}


@pytest.mark.parametrize("case", DST)
async def test_f38_the_opening_is_right_over_a_change_of_the_clock(
    services: Services, case: str
) -> None:
    """RocketChat/Rocket.Chat#4898, #30765: office hours moved by one hour."""
    at, opens, ahead = DST[case]
    desk = services.with_hours(at)
    found = await desk.handover()
    assert found.reason == "closed" and found.opens_at is not None
    assert found.opens_at.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M") == opens
    assert found.opens_at - desk.now.at == pytest.approx(ahead, abs=timedelta(seconds=1))


async def test_f38_a_change_of_the_clock_ends_no_lease_and_no_timer(
    services: Services, anna: Agent
) -> None:
    """The same for everything that is due later: an hour that the clock skips has not passed."""
    desk = services_on(services.database, services.now, services.rules)
    services.now.set("2027-03-28 01:59:30")
    await desk.presences.renew(anna.id)
    guest = await desk.wait_in_queue()
    await desk.desk.take(anna, guest.id)
    await desk.say(anna, guest)
    await desk.clock.tick()
    services.now.set("2027-03-28 03:00:10")
    await desk.clock.tick()
    presence = await desk.presence(anna)
    assert presence is not None and presence.lease_until > desk.now()
    assert (await guest.moves())[-1] is Move.TAKE
