"""Gateways on one PostgreSQL hear each other at once. F7: a line that is cut comes back.

No gateway here looks by itself: what is heard, a wake-up has told.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest

from connectors.conversation.listening import CHANNEL
from tests.support.clients import AgentClient, Citizen, assert_whole, eventually, frame
from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords

NEVER = 3600.0  # seconds between a gateway's own looks


@pytest.fixture
async def three(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[list[Gateway]]:
    write_passwords(tmp_path, logins)
    async with AsyncExitStack() as stack:
        settings = (settings_for(prepared_postgres_url, tmp_path, reread_s=NEVER) for _ in range(3))
        yield [await stack.enter_async_context(running_gateway(one)) for one in settings]


async def cut_lines(gateway: Gateway) -> int:
    """End every connection on which a gateway listens; return how many there were."""
    connection = await asyncpg.connect(gateway.settings.database_url.replace("+asyncpg", ""))
    cut = await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND query ~ 'pg_notify|LISTEN'"
    )
    await connection.close()
    return len(cut)


def all_hear(gateways: list[Gateway]) -> bool:
    return all(gateway.app.state.hub.hears for gateway in gateways)


@asynccontextmanager
async def lines_held_down(gateway: Gateway) -> AsyncIterator[None]:
    """Cut the lines again as soon as they come back; everything else in the database works."""
    enough = asyncio.Event()

    async def cut() -> None:
        while not enough.is_set():
            await cut_lines(gateway)

    cutting = asyncio.create_task(cut())
    try:
        yield
    finally:
        enough.set()
        await cutting


async def health(gateway: Gateway) -> str:
    body = (await gateway.http.get("/api/health")).json()
    assert body["status"] == "degraded"  # Rasa never runs here
    return str(body["parts"]["wakeups"])


async def test_a_message_reaches_sockets_at_every_gateway(three: list[Gateway]) -> None:
    citizen = await Citizen.start(three[0].http)
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(citizen.socket(gateway.socket_url)) for gateway in three
        ]
        for tab in tabs:
            await frame(tab, "events")
        await citizen.move("hand_off")
        for tab in tabs:
            assert (await frame(tab, "events"))["events"][-1]["move"] == "hand_off"


async def test_a_place_in_the_queue_is_told_at_another_gateway(three: list[Gateway]) -> None:
    ahead = await Citizen.start(three[0].http)
    behind = await Citizen.start(three[1].http)
    await ahead.move("hand_off")
    await behind.move("hand_off")
    async with behind.socket(three[2].socket_url, after=2) as tab:
        assert (await frame(tab, "status"))["status"]["queue_place"] == 2
        await ahead.move("leave_queue")
        assert (await frame(tab, "status"))["status"]["queue_place"] == 1


async def test_typing_is_seen_from_one_gateway_to_another(
    three: list[Gateway], logins: dict[str, str]
) -> None:
    one, other, _ = three
    citizen = await Citizen.start(one.http)
    await citizen.move("hand_off")
    async with AgentClient.logged_in(other.url, "anna", logins["anna"]) as anna:
        await anna.take(citizen.id)
        async with (
            citizen.socket(one.socket_url) as widget,
            anna.socket(other.socket_url) as desk,
        ):
            await frame(widget, "events")
            await frame(desk, "events")
            await widget.send(json.dumps({"type": "typing", "on": True}))
            assert (await frame(desk, "typing"))["actor"] == "citizen"
            typing = {"type": "typing", "conversation_id": citizen.id, "on": True}
            await desk.send(json.dumps(typing))
            assert (await frame(widget, "typing"))["actor"] == "agent"


async def test_f07_the_cut_line_comes_back_under_load_and_nothing_is_lost(
    three: list[Gateway],
) -> None:
    one, other, _ = three
    citizen = await Citizen.start(one.http)
    await citizen.move("hand_off")
    async with citizen.socket(other.socket_url) as tab:
        seen = (await frame(tab, "events"))["events"]
        for number in range(60):
            await citizen.say(f"nr {number}")
            if number in {10, 30, 50}:
                await eventually(lambda: all_hear(three))
                assert await cut_lines(one) > 0
        while seen[-1]["seq"] < 62:
            seen += (await frame(tab, "events"))["events"]
    assert_whole(seen)
    await eventually(lambda: all_hear(three))


async def test_health_says_that_the_line_is_away_and_news_come_all_the_same(
    three: list[Gateway],
) -> None:
    one, other, _ = three
    citizen = await Citizen.start(one.http)
    await citizen.move("hand_off")
    async with citizen.socket(other.socket_url) as tab:
        await frame(tab, "events")
        await eventually_health(other, "ok")
        async with lines_held_down(one):
            await eventually_health(other, "down")
            await citizen.say("hör ni mig?")
            assert (await frame(tab, "events"))["events"][-1]["text"] == "hör ni mig?"
        await eventually_health(other, "ok")


async def eventually_health(gateway: Gateway, wanted: str) -> None:
    async with asyncio.timeout(15):
        while await health(gateway) != wanted:  # noqa: ASYNC110  # it is kept for two seconds
            await asyncio.sleep(0.1)


async def test_a_stranger_on_the_channel_disturbs_nobody(three: list[Gateway]) -> None:
    one, other, _ = three
    citizen = await Citizen.start(one.http)
    connection = await asyncpg.connect(one.settings.database_url.replace("+asyncpg", ""))
    async with citizen.socket(other.socket_url) as tab:
        await frame(tab, "events")
        await connection.execute("SELECT pg_notify($1, 'hej')", CHANNEL)
        await citizen.move("hand_off")
        assert (await frame(tab, "events"))["events"][-1]["move"] == "hand_off"
    await connection.close()
