"""Two gateways on one PostgreSQL: neither hears the other's wake-ups, and nothing is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.support.clients import AgentClient, Citizen, assert_whole, frame, texts
from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords


@pytest.fixture
async def pair(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[tuple[Gateway, Gateway]]:
    write_passwords(tmp_path, logins)
    settings = [settings_for(prepared_postgres_url, tmp_path) for _ in range(2)]
    async with running_gateway(settings[0]) as one, running_gateway(settings[1]) as other:
        yield one, other


def through(gateway: Gateway, citizen: Citizen) -> Citizen:
    """The same citizen, whose next request happens to reach another gateway."""
    same = Citizen(gateway.http, citizen.secret)
    same.client_id, same.id = citizen.client_id, citizen.id
    return same


async def test_citizen_and_agent_may_be_at_different_gateways(
    pair: tuple[Gateway, Gateway], logins: dict[str, str]
) -> None:
    one, other = pair
    citizen = await Citizen.start(one.http)
    async with AgentClient.logged_in(other.url, "anna", logins["anna"]) as anna:
        await citizen.move("hand_off")
        assert (await anna.take(citizen.id)).is_success
        async with citizen.socket(one.socket_url, after=2) as socket:
            assert (await frame(socket, "events"))["events"][0]["move"] == "take"
            await anna.post(citizen.id, "Hej")
            assert (await frame(socket, "events"))["events"][0]["text"] == "Hej"


async def test_one_reply_comes_though_both_gateways_see_the_message(
    pair: tuple[Gateway, Gateway],
) -> None:
    one, other = pair
    citizen = await Citizen.start(one.http)
    one.thinker.gate.clear()
    message = await citizen.say("altan")
    await through(other, citizen).post("altan", message_id=message["client_message_id"])
    events = await through(other, citizen).until_answered()
    one.thinker.gate.set()
    assert_whole(events)
    await citizen.say("tak")
    assert texts(await citizen.until_answered()) == [
        "altan",
        "Svar på: altan",
        "tak",
        "Svar på: tak",
    ]


async def test_two_agents_at_two_gateways_never_get_the_same_conversation(
    pair: tuple[Gateway, Gateway], logins: dict[str, str]
) -> None:
    one, other = pair
    citizen = await Citizen.start(one.http)
    await citizen.move("hand_off")
    async with (
        AgentClient.logged_in(one.url, "anna", logins["anna"]) as anna,
        AgentClient.logged_in(other.url, "omar", logins["omar"]) as omar,
    ):
        answers = [await anna.take(citizen.id), await omar.take(citizen.id)]
    assert [answer.status_code for answer in answers] == [200, 409]


async def test_a_login_counts_at_every_gateway(
    pair: tuple[Gateway, Gateway], logins: dict[str, str]
) -> None:
    one, other = pair
    async with AgentClient.logged_in(one.url, "anna", logins["anna"]) as anna:
        token = anna.http.cookies["kommunbot_desk"]
    async with httpx.AsyncClient(base_url=other.url, timeout=60) as http:
        cookie = {"Cookie": f"kommunbot_desk={token}"}
        assert (await http.get("/api/desk/me", headers=cookie)).status_code == 200
