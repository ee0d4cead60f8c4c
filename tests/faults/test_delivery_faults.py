"""Faults of other products that lose, double or disorder what was said. Ours has none of them.

Each test has the fault's number, and says where it was met and what happened there.
"""

import asyncio
import random
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.faults.conftest import Seats, through
from tests.support.clients import AgentClient, Citizen, Json, assert_whole, eventually, texts
from tests.support.follower import Follower, following
from tests.support.gateway import Gateway, Process, settings_for, write_passwords
from tests.support.postgres import away
from tests.support.proxy import network

CLIENTS = 80  # at once, after a restart


def port_of(gateway: Gateway) -> int:
    return gateway.settings.port


async def with_an_agent(citizen: Citizen, agent: AgentClient) -> None:
    await citizen.move("hand_off")
    assert (await agent.take(citizen.id)).is_success


async def keeps_up(follower: Follower, citizen: Citizen) -> list[Json]:
    """Wait until the follower has what the database has, and return it."""
    events: list[Json] = (await citizen.news())["events"]
    await eventually(lambda: follower.seq >= events[-1]["seq"])
    assert_whole(follower.events)
    assert texts(follower.events) == texts(events)
    return events


async def test_f04_a_client_that_hears_nothing_any_longer_notices_and_comes_again(
    gateways: list[Gateway], seats: Seats
) -> None:
    """RocketChat/Rocket.Chat#36023: the widget sends but never receives."""
    gateway = gateways[0]
    citizen = await Citizen.start(gateway.http)
    async with seats(1) as (agent,), network(port_of(gateway)) as line:
        await with_an_agent(citizen, agent)
        follower = Follower.of_citizen(citizen, line.port)
        async with following(follower):
            await keeps_up(follower, citizen)
            line.deafen()
            await citizen.say("Hör ni mig?")
            await agent.post(citizen.id, "Ja, jag hör dig.")
            events = await keeps_up(follower, citizen)
    assert texts(events) == ["Hör ni mig?", "Ja, jag hör dig."]
    assert follower.connected == 2


async def test_f04_what_was_stored_though_no_answer_came_is_stored_once(
    gateways: list[Gateway],
) -> None:
    """The same for a request whose answer is lost."""
    citizen = await Citizen.start(gateways[0].http)
    message_id = str(uuid4())
    async with (
        network(port_of(gateways[0])) as line,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{line.port}", timeout=2) as http,
    ):
        over_the_line = Citizen(http, citizen.secret)
        over_the_line.id = citizen.id
        await over_the_line.news()
        line.deafen()
        with pytest.raises(httpx.TransportError):
            await over_the_line.post("Hallå", message_id=message_id)
        assert (await over_the_line.post("Hallå", message_id=message_id)).status_code == 200
    assert texts((await citizen.news())["events"])[:1] == ["Hallå"]


@pytest.mark.parametrize("missed", [1, 250])
async def test_f05_however_long_the_desk_was_away_it_misses_nothing(
    gateways: list[Gateway], seats: Seats, missed: int
) -> None:
    """chatwoot/chatwoot#14934: the catch-up window was too small, and the agent answered twice."""
    citizen = await Citizen.start(gateways[0].http)
    async with seats(1) as (agent,), network(port_of(gateways[0])) as line:
        await with_an_agent(citizen, agent)
        follower = Follower.of_agent(agent, line.port, citizen.id)
        async with following(follower):
            await keeps_up(follower, citizen)
            line.refuses = True
            line.cut()
            for start in range(0, missed, 10):
                batch = range(start, min(start + 10, missed))
                await asyncio.gather(*(citizen.say(f"nr {number}") for number in batch))
            await agent.post(citizen.id, "Svarat i ett annat fönster.")
            line.refuses = False
            events = await keeps_up(follower, citizen)
        assert len(texts(events)) == missed + 1
        opened = (await agent.open(citizen.id)).json()["events"]
        assert texts(opened) == texts(events)


async def test_f06_an_agent_who_missed_the_end_is_told_and_changes_nothing(
    gateways: list[Gateway], seats: Seats
) -> None:
    """chatwoot/chatwoot#995: events during a short cut never came; the agent acts on old status."""
    citizen = await Citizen.start(gateways[1].http)
    async with seats(1) as (agent,), network(port_of(gateways[0])) as line:
        await with_an_agent(citizen, agent)
        follower = Follower.of_agent(agent, line.port, citizen.id)
        async with following(follower):
            await keeps_up(follower, citizen)
            line.deafen()
            await citizen.move("close")
            refused = await agent.post(citizen.id, "En sak till …")
            assert (refused.status_code, refused.json()["error"]) == (409, "conversation_closed")
            await keeps_up(follower, citizen)
    assert follower.events[-1]["move"] == "close"


async def test_f06_cut_between_commit_and_push_everything_still_comes_once(
    gateways: list[Gateway], seats: Seats
) -> None:
    """The same at every message: it is stored, and the line breaks before it is shown."""
    citizen = await Citizen.start(gateways[0].http)
    async with seats(1) as (agent,), network(port_of(gateways[0])) as line:
        await with_an_agent(citizen, agent)
        follower = Follower.of_agent(agent, line.port, citizen.id)
        async with following(follower):
            await keeps_up(follower, citizen)
            for number in range(12):
                await citizen.say(f"nr {number}")
                line.cut()
            events = await keeps_up(follower, citizen)
    assert texts(events) == [f"nr {number}" for number in range(12)]
    assert follower.connected > 1


async def test_f07_a_database_that_goes_and_comes_loses_nothing_and_wakes_again(
    gateways: list[Gateway], prepared_postgres_url: str, postgres_server: str
) -> None:
    """chatwoot/chatwoot#14703, #11442: sockets stay open, but no event comes until a restart."""
    gateway = gateways[0]
    citizen = await Citizen.start(gateway.http)
    follower = Follower.of_citizen(citizen, port_of(gateways[1]))
    async with following(follower):
        await keeps_up(follower, citizen)
        sending = asyncio.create_task(_keep_sending(through(gateways[2], citizen), 30))
        await eventually(lambda: follower.seq > 3)
        async with away(postgres_server, prepared_postgres_url):
            await _until_health(gateway, "down")
        await _until_health(gateway, "ok")
        sent = await sending
        await citizen.until_answered()
        events = await keeps_up(follower, citizen)
        said = [event["text"] for event in events if event["actor"] == "citizen"]
        assert said == sent
        await citizen.say("Vaken?")
        await citizen.until_answered()
        await keeps_up(follower, citizen)


async def _keep_sending(citizen: Citizen, count: int) -> list[str]:
    """Send one message after the other, each until it is confirmed, as the widget does."""
    sent = [f"nr {number}" for number in range(count)]
    for message in sent:
        message_id, confirmed = str(uuid4()), False
        while not confirmed:
            with suppress(httpx.TransportError):
                confirmed = (await citizen.post(message, message_id=message_id)).is_success
            await asyncio.sleep(0.02)  # between two messages, not for something
    return sent


async def _until_health(gateway: Gateway, wanted: str) -> None:
    async with asyncio.timeout(60):
        while True:
            health = (await gateway.http.get("/api/health")).json()
            if health["parts"]["database"] == wanted:
                return
            await asyncio.sleep(0.1)


async def test_f07_after_every_connection_was_broken_each_gateway_goes_on_by_itself(
    gateways: list[Gateway], prepared_postgres_url: str, postgres_server: str
) -> None:
    """The same where the database is only restarted."""
    citizen = await Citizen.start(gateways[0].http)
    async with away(postgres_server, prepared_postgres_url):
        pass
    for gateway in gateways:
        await _keep_sending(through(gateway, citizen), 2)
    said = [one["text"] for one in (await citizen.news())["events"] if one["actor"] == "citizen"]
    assert said == ["nr 0", "nr 1"] * 3


async def test_f08_a_slow_message_stands_where_the_server_got_it_and_before_its_reply(
    gateways: list[Gateway],
) -> None:
    """chatwoot/chatwoot#12661: a backlog puts the visitor's message after the bot's reply."""
    citizen = await Citizen.start(gateways[0].http)
    follower = Follower.of_citizen(citizen, port_of(gateways[2]))
    async with (
        network(port_of(gateways[1])) as line,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{line.port}", timeout=30) as http,
        following(follower),
    ):
        line.slow_s = 0.7
        slow = Citizen(http, citizen.secret)
        slow.id = citizen.id
        sending = asyncio.create_task(slow.say("skickad först"))
        await citizen.say("skickad sedan")
        await sending
        await citizen.until_answered()
        said = texts(await keeps_up(follower, citizen))
    assert len(said) == 4
    for message in ("skickad först", "skickad sedan"):
        assert said.index(message) < said.index(f"Svar på: {message}")


async def test_f09_no_conversation_stands_twice_in_a_list_whatever_happens_meanwhile(
    gateways: list[Gateway], seats: Seats
) -> None:
    """chatwoot/chatwoot#13713: events in another order gave a conversation two rows."""
    citizens = [await Citizen.start(gateways[0].http) for _ in range(8)]
    async with seats(3) as agents:
        follower = Follower.of_agent(agents[0], port_of(gateways[0]), citizens[0].id)
        async with following(follower):
            await eventually(lambda: follower.lists)
            await asyncio.gather(*(_come_and_go(one, agents) for one in citizens))
            wanted = await agents[0].lists()
            await eventually(lambda: _ids(follower.lists[-1]) == _ids(wanted))
    for lists in follower.lists:
        ids = [line["conversation_id"] for line in (*lists["waiting"], *lists["mine"])]
        assert len(ids) == len(set(ids))


async def _come_and_go(citizen: Citizen, agents: list[AgentClient]) -> None:
    await citizen.move("hand_off")
    for agent in agents:
        if (await agent.take(citizen.id)).is_success:
            await agent.move(citizen.id, "return_to_queue")


def _ids(lists: Json) -> list[list[str]]:
    return [[line["conversation_id"] for line in lists[name]] for name in ("waiting", "mine")]


async def test_f12_what_was_written_offline_is_sent_once_and_in_order_afterwards(
    gateways: list[Gateway],
) -> None:
    """LiveHelperChat/livehelperchat#1170: it stays grey, and nothing can be sent any more."""
    citizen = await Citizen.start(gateways[0].http)
    written = [(f"nr {number}", str(uuid4())) for number in range(5)]
    async with (
        network(port_of(gateways[0])) as line,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{line.port}", timeout=2) as http,
    ):
        widget = Citizen(http, citizen.secret)
        widget.id = citizen.id
        await widget.news()
        line.deafen()  # the first is stored, but nobody says so
        with pytest.raises(httpx.TransportError):
            await widget.post(*written[0][:1], message_id=written[0][1])
        line.refuses = True
        line.cut()
        with pytest.raises(httpx.TransportError):
            await widget.post(written[1][0], message_id=written[1][1])
        line.refuses = False
        for message, message_id in written:
            assert (await widget.post(message, message_id=message_id)).is_success
        await widget.say("och en till")
    events = await citizen.until_answered()
    assert_whole(events)
    said = [event["text"] for event in events if event["actor"] == "citizen"]
    assert said == [*(message for message, _ in written), "och en till"]


async def test_f20_when_everybody_comes_again_at_once_everybody_is_served(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> None:
    """RocketChat/Rocket.Chat#21182: a restart with 3 000 users, and nothing works any more."""
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_postgres_url, tmp_path), tmp_path / "log")
    await process.start()
    port = process.settings.port
    limits = httpx.Limits(max_connections=40)
    try:
        async with httpx.AsyncClient(base_url=process.url, timeout=120, limits=limits) as http:
            citizens = await asyncio.gather(*(Citizen.start(http) for _ in range(CLIENTS)))
            followers = [Follower.of_citizen(citizen, port) for citizen in citizens]
            async with following(*followers):
                await eventually(lambda: all(one.events for one in followers))
                process.kill()
                await process.start()
                await asyncio.gather(*(_say_soon(citizen) for citizen in citizens))
                await eventually(lambda: all(one.seq >= 3 for one in followers))
                assert (await http.get("/api/health")).json()["parts"]["database"] == "ok"
    finally:
        process.kill()
    for follower in followers:
        assert_whole(follower.events)
        assert texts(follower.events) == ["Hallå", "Svar på: Hallå"]
        assert follower.connected >= 2


async def _say_soon(citizen: Citizen) -> None:
    await asyncio.sleep(random.random())  # as clients do, so that they do not come all at once
    message_id = str(uuid4())
    while True:
        with suppress(httpx.TransportError):
            if (await citizen.post("Hallå", message_id=message_id)).is_success:
                return
