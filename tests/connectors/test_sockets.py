"""The sockets only deliver, and nothing that comes over them breaks anything."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.clients import AgentClient, Citizen, assert_whole, frame
from tests.support.gateway import OTHER_SITES, Gateway


async def close_code(socket: ClientConnection) -> int | None:
    async with asyncio.timeout(10):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code


async def open_and_send(gateway: Gateway, citizen: Citizen, *frames: Any) -> int | None:
    """Send the frames without a hello and return the code that the gateway closes with."""
    async with connect(f"{gateway.socket_url}/api/conversations/{citizen.id}/socket") as socket:
        for one in frames:
            await socket.send(one if isinstance(one, str | bytes) else json.dumps(one))
        return await close_code(socket)


async def test_a_new_socket_gets_what_it_lacks_and_then_what_happens(
    gateway: Gateway, citizen: Citizen
) -> None:
    async with citizen.socket(gateway.socket_url) as socket:
        first = await frame(socket, "events")
        assert [event["seq"] for event in first["events"]] == [1]
        await citizen.say("altan")
        seen = first["events"]
        while len(seen) < 3:
            seen += (await frame(socket, "events"))["events"]
    assert_whole(seen)
    assert seen[-1]["text"] == "Svar på: altan"


async def test_after_a_pause_only_the_missed_events_come(
    gateway: Gateway, citizen: Citizen
) -> None:
    await citizen.move("hand_off")
    for number in range(5):
        await citizen.say(f"nr {number}")
    async with citizen.socket(gateway.socket_url, after=4) as socket:
        missed = (await frame(socket, "events"))["events"]
    assert [event["text"] for event in missed] == ["nr 2", "nr 3", "nr 4"]


async def test_two_tabs_hear_the_same(gateway: Gateway, citizen: Citizen) -> None:
    async with (
        citizen.socket(gateway.socket_url, after=1) as one,
        citizen.socket(gateway.socket_url, after=1) as other,
    ):
        await citizen.move("hand_off")
        assert (await frame(one, "events"))["events"] == (await frame(other, "events"))["events"]


async def test_a_pulse_is_answered_with_the_last_number(gateway: Gateway, citizen: Citizen) -> None:
    async with citizen.socket(gateway.socket_url, after=1) as socket:
        await socket.send(json.dumps({"type": "pulse"}))
        assert (await frame(socket, "pulse"))["seq"] == 1


async def test_the_citizen_sees_that_the_bot_is_writing(gateway: Gateway, citizen: Citizen) -> None:
    gateway.thinker.gate.clear()
    async with citizen.socket(gateway.socket_url, after=1) as socket:
        await citizen.say("altan")
        typing = await frame(socket, "typing")
        assert (typing["actor"], typing["on"]) == ("bot", True)
        gateway.thinker.gate.set()
        assert not (await frame(socket, "typing"))["on"]


async def test_a_better_place_in_the_queue_is_told(gateway: Gateway, citizen: Citizen) -> None:
    ahead = await Citizen.start(gateway.http)
    await ahead.move("hand_off")
    await citizen.move("hand_off")
    async with citizen.socket(gateway.socket_url, after=2) as socket:
        assert (await frame(socket, "status"))["status"]["queue_place"] == 2
        await ahead.move("leave_queue")
        assert (await frame(socket, "status"))["status"]["queue_place"] == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        b"\xff\xfe\x00",
        "[" * 50_000,
        {"type": "hello"},
        {"type": "hello", "token": 1, "after": 0},
        {"type": "hello", "token": "x", "after": -1},
        {"type": "hello", "token": "x", "after": 10**30},
        {"type": "hello", "token": "x", "after": 0, "admin": True},
        {"type": "typing", "on": True},
    ],
)
async def test_a_hostile_first_frame_closes_that_socket_only(
    gateway: Gateway, citizen: Citizen, hostile: Any
) -> None:
    assert await open_and_send(gateway, citizen, hostile) == 4400
    assert (await citizen.news())["status"]["seq"] == 1


@pytest.mark.parametrize(
    "hostile", ["x", b"\x00", {"type": "message", "text": "hej"}, {"type": "typing", "on": "é"}]
)
async def test_a_hostile_later_frame_closes_the_socket(
    gateway: Gateway, citizen: Citizen, hostile: Any
) -> None:
    hello = {"type": "hello", "token": citizen.secret, "after": 0}
    assert await open_and_send(gateway, citizen, hello, hostile) == 4400


async def test_a_frame_that_is_far_too_large_closes_the_socket(
    gateway: Gateway, citizen: Citizen
) -> None:
    hello = {"type": "hello", "token": citizen.secret, "after": 0}
    code = await open_and_send(gateway, citizen, hello, json.dumps({"x": "x" * 2_000_000}))
    assert code in {1009, 4400}


async def test_a_wrong_token_opens_nothing(gateway: Gateway, citizen: Citizen) -> None:
    other = await Citizen.start(gateway.http)
    hello = {"type": "hello", "token": other.secret, "after": 0}
    assert await open_and_send(gateway, citizen, hello) == 4401


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("conversations/{id}/socket", "https://evil.example"),
        *(("desk/socket", origin) for origin in OTHER_SITES),
    ],
)
async def test_a_page_of_another_site_opens_no_socket(
    gateway: Gateway, citizen: Citizen, path: str, origin: str
) -> None:
    url = f"{gateway.socket_url}/api/{path.format(id=citizen.id)}"
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, origin=origin)  # type: ignore[arg-type]  # a NewType
    assert refused.value.response.status_code == 403


async def test_the_desks_socket_needs_a_login(gateway: Gateway) -> None:
    async with connect(f"{gateway.socket_url}/api/desk/socket") as socket:
        assert await close_code(socket) == 4401


async def test_the_agent_sees_who_waits_and_follows_what_was_taken(
    gateway: Gateway, citizen: Citizen, anna: AgentClient
) -> None:
    async with anna.socket(gateway.socket_url) as socket:
        assert (await frame(socket, "conversations"))["waiting"] == []
        await citizen.say("altan")
        await citizen.until_answered()
        await citizen.move("hand_off")
        waiting = (await frame(socket, "conversations"))["waiting"]
        assert [line["question"] for line in waiting] == ["altan"]
        await anna.take(citizen.id)
        lists = await frame(socket, "conversations")
        assert [line["conversation_id"] for line in lists["mine"]] == [citizen.id]
        told = await frame(socket, "events")
        assert_whole(told["events"])
        await citizen.say("hallå")
        assert (await frame(socket, "events"))["events"][-1]["text"] == "hallå"


async def test_both_sides_see_that_the_other_is_writing(
    gateway: Gateway, citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    async with (
        anna.socket(gateway.socket_url) as desk,
        citizen.socket(gateway.socket_url) as widget,
    ):
        await frame(desk, "events")
        await frame(widget, "events")
        await widget.send(json.dumps({"type": "typing", "on": True}))
        seen = await frame(desk, "typing")
        assert seen == {
            "type": "typing",
            "conversation_id": citizen.id,
            "actor": "citizen",
            "on": True,
            "agent_name": None,
        }
        typing = {"type": "typing", "conversation_id": citizen.id, "on": True}
        await desk.send(json.dumps(typing))
        assert (await frame(widget, "typing"))["actor"] == "agent"


async def test_the_agent_hears_that_the_citizen_left_and_nothing_after_that(
    gateway: Gateway, citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    async with anna.socket(gateway.socket_url) as socket:
        await frame(socket, "events")
        await citizen.move("close")
        ended = await frame(socket, "events")
        assert ended["events"][-1]["state"] == "wrap_up"
        await anna.close(citizen.id)
        await citizen.move("resume")
        await citizen.say("mellan boten och mig")
        await citizen.until_answered()
        await socket.send(json.dumps({"type": "pulse"}))
        async with asyncio.timeout(10):
            while True:
                heard = json.loads(await socket.recv())
                assert "mellan boten" not in json.dumps(heard, ensure_ascii=False)
                if heard["type"] == "pulse":
                    break


async def test_a_desk_hello_cannot_ask_for_others_conversations(
    gateway: Gateway, citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("mellan boten och mig")
    await citizen.until_answered()
    async with anna.socket(gateway.socket_url, after={citizen.id: 0}) as socket:
        await socket.send(json.dumps({"type": "pulse"}))
        async with asyncio.timeout(10):
            while (heard := json.loads(await socket.recv()))["type"] != "pulse":
                assert heard["type"] == "conversations"
