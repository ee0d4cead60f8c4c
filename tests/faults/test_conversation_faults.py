"""Faults of other products between a citizen, the bot and a person. Ours has none of them.

Each test has the fault's number, and says where it was met and what happened there.
"""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from connectors.storage.database import Database
from tests.faults.conftest import Seats, through
from tests.support.clients import AgentClient, Citizen, assert_whole, frame, texts
from tests.support.gateway import Gateway


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


@pytest.mark.parametrize("tries", [2, 6])
async def test_f10_first_messages_in_parallel_are_one_conversation_and_one_message(
    gateways: list[Gateway], tries: int
) -> None:
    """chatwoot/chatwoot#14210, #13359, papercups-io/papercups#83 (F34): two conversations."""
    citizen, message_id = Citizen(gateways[0].http), str(uuid4())

    async def begin(gateway: Gateway) -> str:
        tab = through(gateway, citizen)
        tab.id = (await tab.create()).json()["conversation_id"]
        assert (await tab.post("altan", message_id=message_id)).is_success
        return tab.id

    begun = await asyncio.gather(*(begin(gateways[n % 3]) for n in range(tries)))
    (citizen.id,) = set(begun)
    events = await citizen.until_answered()
    assert_whole(events)
    assert texts(events) == ["altan", "Svar på: altan"]


async def test_f17_a_reply_that_is_finished_after_a_takeover_at_another_gateway_is_dropped(
    gateways: list[Gateway], seats: Seats
) -> None:
    """chatwoot/chatwoot#13673, chatwoot/rasa-agent-bot-demo#12 (F33): the bot talks over people."""
    one, other, _ = gateways
    citizen = await Citizen.start(one.http)
    one.thinker.gate.clear()
    await citizen.say("altan")
    async with seats(2) as (_elsewhere, agent):
        await through(other, citizen).move("hand_off")
        assert (await agent.take(citizen.id)).is_success
        await agent.post(citizen.id, "Hej, jag hjälper dig.")
        one.thinker.gate.set()
        await citizen.say("Tack!")
        await through(other, citizen).say("Hur gör jag?")
        assert not (await citizen.news())["status"]["pending"]
        await agent.return_to_bot(citizen.id)
    await citizen.say("tak")
    events = await citizen.until_answered()
    assert_whole(events)
    assert texts(events) == [
        *("altan", "Hej, jag hjälper dig.", "Tack!", "Hur gör jag?"),
        *("tak", "Svar på: tak"),
    ]


async def test_f19_who_writes_in_what_has_ended_is_told_so_and_can_open_it_again(
    gateways: list[Gateway], seats: Seats
) -> None:
    """zammad/zammad#2559: the visitor keeps posting to nobody."""
    citizen = await Citizen.start(gateways[0].http)
    async with seats(1) as (agent,):
        for end in ("wrap_up", "closed"):
            await citizen.move("hand_off")
            await agent.take(citizen.id)
            ended = agent.move(citizen.id, "close") if end == "wrap_up" else agent.close(citizen.id)
            assert (await ended).json()["status"]["state"] == end
            before = (await citizen.news())["status"]
            assert before["can_reopen"]
            refused = await citizen.post("En sak till")
            assert said(refused) == (409, "conversation_closed")
            assert "Samtalet är avslutat" in refused.json()["text"]
            assert (await citizen.news())["status"]["seq"] == before["seq"]
            reopened = (await citizen.move("reopen")).json()["status"]["state"]
            assert reopened == {"wrap_up": "active", "closed": "waiting"}[end]
            await citizen.say("En sak till")
            await agent.take(citizen.id)
            opened = (await agent.open(citizen.id)).json()["events"]
            assert "En sak till" in texts(opened)
            await agent.return_to_bot(citizen.id)


async def test_f31_a_bot_that_is_slow_keeps_the_conversation_and_answers(
    gateways: list[Gateway],
) -> None:
    """chatwoot/chatwoot#12754: slower than a limit, and the conversation is forced on people."""
    citizen = await Citizen.start(gateways[0].http)
    gateways[0].thinker.gate.clear()
    await citizen.say("altan")
    for gateway in gateways:
        await gateway.app.state.clock.tick()
    status = (await citizen.news())["status"]
    assert (status["state"], status["pending"]) == ("bot", True)
    gateways[0].thinker.gate.set()
    assert texts(await citizen.until_answered()) == ["altan", "Svar på: altan"]


async def test_f37_who_writes_in_what_was_deleted_is_told_so(
    gateways: list[Gateway], prepared_postgres_url: str
) -> None:
    """papercups-io/papercups#539: the widget's next message fails silently."""
    citizen = await Citizen.start(gateways[0].http)
    async with citizen.socket(gateways[1].socket_url) as socket:
        await frame(socket, "events")
        database = Database(prepared_postgres_url)
        async with database.write() as session:
            await session.execute(text("DELETE FROM conversation"))
        await database.close()
        refused = await citizen.post("Hallå?")
        assert said(refused) == (404, "conversation_not_found")
        assert refused.json()["text"]
        gateways[1].app.state.hub.wake(f"conversation:{citizen.id}")
        await asyncio.wait_for(socket.wait_closed(), 30)
        assert socket.close_code == 4401
    assert (await citizen.create()).status_code == 201


async def test_f40_chats_on_two_sites_have_nothing_in_common(gateways: list[Gateway]) -> None:
    """RocketChat/Rocket.Chat.Livechat#546: one site's cookie overwrites the other's chat."""
    one, other = Citizen(gateways[0].http), Citizen(gateways[0].http)
    answers = [await one.create(), await other.create()]
    one.id, other.id = (answer.json()["conversation_id"] for answer in answers)
    await one.say("altan")
    await other.say("tak")
    assert one.id != other.id
    assert "altan" in texts(await one.until_answered())
    assert "altan" not in texts(await other.until_answered())
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_f41_nobody_sees_anothers_conversation_by_any_way_in(
    gateways: list[Gateway], seats: Seats
) -> None:
    """LiveHelperChat/livehelperchat#1177, chatwoot/chatwoot#2070: on a shared computer."""
    mine, others = await Citizen.start(gateways[0].http), await Citizen.start(gateways[0].http)
    await others.say("hemligt")
    await others.until_answered()
    thief = through(gateways[1], others)
    thief.secret = mine.secret
    ways = [thief.post("hej"), thief.move("hand_off"), thief.create()]
    for answer in await asyncio.gather(*ways):
        assert answer.status_code in {404, 409} and "hemligt" not in answer.text
    async with thief.socket(gateways[1].socket_url) as socket:
        await asyncio.wait_for(socket.wait_closed(), 30)
        assert socket.close_code == 4401
    async with seats(1) as (agent,):
        assert (await agent.open(others.id)).status_code == 404
        assert "hemligt" not in str(await agent.lists())


async def test_f42_many_from_one_address_are_all_served(gateways: list[Gateway]) -> None:
    """chatwoot/chatwoot#8078, #4740: six conversations from one address, and the rest are lost."""
    citizens = await asyncio.gather(*(Citizen.start(gateways[n % 3].http) for n in range(40)))
    await asyncio.gather(*(citizen.say("altan") for citizen in citizens))
    for citizen in citizens:
        assert texts(await citizen.until_answered()) == ["altan", "Svar på: altan"]


async def test_f42_who_is_limited_is_told_how_long(
    gateways: list[Gateway], logins: dict[str, str]
) -> None:
    """The one limit that there is, on wrong passwords, says what it is and when it ends."""
    wrong = {"username": "anna", "password": "fel"}
    for _ in range(5):
        await gateways[0].http.post("/api/desk/login", json=wrong)
    limited = await gateways[0].http.post("/api/desk/login", json=wrong)
    assert said(limited) == (429, "login_limited")
    assert "minuter" in limited.json()["text"]
    async with AgentClient.logged_in(gateways[0].url, "omar", logins["omar"]) as omar:
        assert (await omar.lists())["waiting"] == []
