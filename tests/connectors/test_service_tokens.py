"""A program with a token is an agent: an outside desk can do all that a person can."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from connectors.accounts.service_tokens import list_tokens, make_token, revoke_token
from connectors.storage.database import Database
from tests.support.clients import AgentClient, Citizen, frame
from tests.support.gateway import Gateway

YEAR = timedelta(days=365)


@pytest.fixture
async def database(gateway: Gateway) -> AsyncIterator[Database]:
    database = Database(gateway.settings.database_url)
    yield database
    await database.close()


async def token_of(database: Database, username: str, lasts: timedelta = YEAR) -> str:
    token = await make_token(database, username, datetime.now(UTC), lasts)
    assert token
    return token


def showing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_an_outside_desk_takes_reads_writes_and_closes(
    gateway: Gateway, database: Database, citizen: Citizen
) -> None:
    headers = showing(await token_of(database, "omar"))
    await citizen.move("hand_off")
    await citizen.say("Får jag bygga en altan?")
    lists = (await gateway.http.get("/api/desk/conversations", headers=headers)).json()
    assert [one["conversation_id"] for one in lists["waiting"]] == [citizen.id]
    here = f"/api/desk/conversations/{citizen.id}"
    taken = await gateway.http.post(f"{here}/take", headers=headers)
    assert taken.json()["status"]["agent_name"] == "Omar Haddad"
    body = {"client_message_id": str(uuid4()), "text": "Ja, om den är lägre än 1,8 meter."}
    written = await gateway.http.post(f"{here}/messages", json=body, headers=headers)
    assert written.status_code == 201
    opened = (await gateway.http.get(here, params={"after": 2}, headers=headers)).json()
    assert body["text"] in [event["text"] for event in opened["events"]]
    move = {"move": "return_to_queue", "move_id": str(uuid4())}
    returned = await gateway.http.post(f"{here}/moves", json=move, headers=headers)
    assert returned.json()["status"]["state"] == "waiting"


async def test_an_outside_desk_hears_of_news_over_the_socket(
    gateway: Gateway, database: Database, citizen: Citizen
) -> None:
    headers = showing(await token_of(database, "omar"))
    address = f"{gateway.socket_url}/api/desk/socket"
    async with connect(address, additional_headers=headers) as socket:
        await socket.send(json.dumps({"type": "hello", "after": {}}))
        assert (await frame(socket, "conversations"))["waiting"] == []
        await citizen.move("hand_off")
        (waiting,) = (await frame(socket, "conversations"))["waiting"]
    assert waiting["conversation_id"] == citizen.id


async def test_a_wrong_token_is_not_mended_by_a_cookie(anna: AgentClient) -> None:
    assert (await anna.http.get("/api/desk/me")).status_code == 200
    for header in ("Bearer wrong", "Basic wrong", "Bearer", ""):
        response = await anna.http.get("/api/desk/me", headers={"Authorization": header})
        assert (response.status_code, response.json()["error"]) == (401, "not_logged_in")


async def test_a_token_goes_before_the_cookie_beside_it(
    anna: AgentClient, database: Database
) -> None:
    headers = showing(await token_of(database, "omar"))
    response = await anna.http.get("/api/desk/me", headers=headers)
    assert response.json()["agent"]["username"] == "omar"


async def test_a_token_opens_the_desk_only(gateway: Gateway, database: Database) -> None:
    headers = showing(await token_of(database, "omar"))
    assert (await gateway.http.get("/api/editor/me", headers=headers)).status_code == 401


@pytest.mark.parametrize("username", ["ellen", "nobody"])
async def test_only_an_agent_gets_a_token(database: Database, username: str) -> None:
    assert await make_token(database, username, datetime.now(UTC), YEAR) is None


async def test_a_token_that_has_expired_is_worth_nothing(
    gateway: Gateway, database: Database
) -> None:
    headers = showing(await token_of(database, "omar", timedelta(0)))
    assert (await gateway.http.get("/api/desk/me", headers=headers)).status_code == 401


async def test_a_revoked_token_is_worth_nothing_and_the_others_stay(
    gateway: Gateway, database: Database
) -> None:
    first, second = [await token_of(database, "omar") for _ in range(2)]
    ids = [token.id for token in await list_tokens(database)]
    assert not any(one in token for one in ids for token in (first, second))
    assert not await revoke_token(database, "")
    assert not await revoke_token(database, ids[0][:4])
    assert await revoke_token(database, ids[0])
    assert not await revoke_token(database, ids[0])
    answers = [
        (await gateway.http.get("/api/desk/me", headers=showing(token))).status_code
        for token in (first, second)
    ]
    assert sorted(answers) == [200, 401]


async def test_a_persons_login_is_no_token(anna: AgentClient, database: Database) -> None:
    assert await list_tokens(database) == []


async def test_a_socket_with_a_wrong_token_is_closed(gateway: Gateway) -> None:
    address = f"{gateway.socket_url}/api/desk/socket"
    async with connect(address, additional_headers=showing("wrong")) as socket:
        with pytest.raises(ConnectionClosed) as caught:
            await socket.recv()
    assert caught.value.rcvd and caught.value.rcvd.code == 4401


async def test_a_page_of_another_site_cannot_use_a_token_either(
    gateway: Gateway, database: Database
) -> None:
    headers = {**showing(await token_of(database, "omar")), "Origin": "https://evil.example"}
    response = await gateway.http.get("/api/desk/me", headers=headers)
    assert response.status_code == 403


async def test_logging_out_revokes_the_token(gateway: Gateway, database: Database) -> None:
    headers = showing(await token_of(database, "omar"))
    assert (await gateway.http.post("/api/desk/logout", headers=headers)).status_code == 204
    assert (await gateway.http.get("/api/desk/me", headers=headers)).status_code == 401
