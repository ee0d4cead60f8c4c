"""What one agent does in another's conversation: reading, whispering, joining, asking."""

import json
from uuid import uuid4

import httpx
import pytest

from tests.support.clients import AgentClient, Citizen, Json, frame, texts
from tests.support.gateway import Gateway


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


@pytest.fixture
async def held(citizen: Citizen, anna: AgentClient) -> Citizen:
    """A citizen whom Anna talks to."""
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    return citizen


async def held_by_others(agent: AgentClient) -> list[Json]:
    found: list[Json] = (await agent.http.get("/api/desk/conversations/held")).json()[
        "conversations"
    ]
    return found


async def note(agent: AgentClient, citizen: Citizen, kind: str, **more: str) -> httpx.Response:
    body = {"note_id": str(uuid4()), "text": "Har hen ritningar?", "kind": kind, **more}
    return await agent.http.post(f"/api/desk/conversations/{citizen.id}/notes", json=body)


async def asked(agent: AgentClient) -> list[str]:
    return [one["conversation_id"] for one in (await agent.lists())["asked"]]


# --- reading


async def test_colleagues_see_what_one_has_and_nobody_sees_their_own_there(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    [line] = await held_by_others(omar)
    assert (line["conversation_id"], line["agent_name"]) == (held.id, "Anna Berg")
    assert not line["joined"]
    assert await held_by_others(anna) == []


async def test_who_reads_along_hears_what_is_said_until_it_is_the_bots_again(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    async with omar.socket(gateway.socket_url) as socket:
        await frame(socket, "conversations")
        await socket.send(json.dumps({"type": "reading", "conversations": [held.id]}))
        assert (await frame(socket, "events"))["conversation_id"] == held.id
        await held.say("Jag vill bygga en altan.")
        assert texts((await frame(socket, "events"))["events"]) == []
        await anna.post(held.id, "Hur stor?")
        heard = (await frame(socket, "events"))["events"]
        assert heard[-1]["text"] == "Hur stor?"
        await anna.return_to_bot(held.id)
        await held.say("mellan boten och mig")
        await held.until_answered()
        await socket.send(json.dumps({"type": "reading", "conversations": [held.id]}))
        await socket.send(json.dumps({"type": "pulse"}))
        while (told := json.loads(await socket.recv()))["type"] != "pulse":
            assert "mellan boten" not in json.dumps(told, ensure_ascii=False)


async def test_nobody_reads_along_in_what_is_the_bots(
    gateway: Gateway, citizen: Citizen, omar: AgentClient
) -> None:
    await citizen.say("mellan boten och mig")
    await citizen.until_answered()
    async with omar.socket(gateway.socket_url) as socket:
        await socket.send(json.dumps({"type": "reading", "conversations": [citizen.id]}))
        await socket.send(json.dumps({"type": "pulse"}))
        while (told := json.loads(await socket.recv()))["type"] != "pulse":
            assert told["type"] == "conversations"


# --- joining


async def test_who_has_joined_writes_under_their_own_name(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    assert said(await omar.post(held.id, "Hej")) == (409, "not_your_conversation")
    assert (await omar.move(held.id, "join")).json()["status"]["agent_name"] == "Anna Berg"
    assert (await omar.post(held.id, "Hej, jag kan altaner.")).status_code == 201
    events = (await held.news())["events"]
    assert events[-2]["text"] == "Omar Haddad, kommunvägledare, är också med i samtalet."
    assert (events[-1]["agent_name"], events[-1]["text"]) == (
        "Omar Haddad",
        "Hej, jag kan altaner.",
    )
    assert [one["joined"] for one in await held_by_others(omar)] == [True]
    assert (await omar.lists())["mine"] == [], "it takes no room"
    assert (await anna.lists())["mine"][0]["last_name"] == "Omar Haddad"
    await anna.post(held.id, "Tack, Omar.")
    await omar.move(held.id, "leave")
    assert said(await omar.post(held.id, "En sak till")) == (409, "not_your_conversation")
    assert "inte längre med" in (await held.news())["events"][-1]["text"]


async def test_one_joins_once_and_not_what_is_ones_own(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    assert said(await omar.move(held.id, "leave")) == (409, "move_not_allowed")
    assert said(await anna.move(held.id, "join")) == (409, "move_not_allowed")
    move_id = str(uuid4())
    for _ in range(2):
        assert (await omar.move(held.id, "join", move_id)).status_code == 200
    assert said(await omar.move(held.id, "join")) == (409, "move_not_allowed")
    moves = [event.get("move") for event in (await held.news())["events"]]
    assert moves.count("join") == 1


async def test_nobody_joins_whom_nobody_has(citizen: Citizen, omar: AgentClient) -> None:
    assert said(await omar.move(citizen.id, "join")) == (404, "conversation_not_found")
    await citizen.move("hand_off")
    assert said(await omar.move(citizen.id, "join")) == (409, "move_not_allowed")


@pytest.mark.parametrize("move", ["hold", "return_to_queue", "close"])
async def test_who_has_joined_moves_nothing(held: Citizen, omar: AgentClient, move: str) -> None:
    await omar.move(held.id, "join")
    assert said(await omar.move(held.id, move)) == (409, "not_your_conversation")
    assert said(await omar.close(held.id)) == (409, "not_your_conversation")


async def test_it_ends_when_the_conversation_changes_hands(
    held: Citizen, anna: AgentClient, omar: AgentClient, maja: AgentClient
) -> None:
    await omar.move(held.id, "join")
    await anna.move(held.id, "return_to_queue")
    assert said(await omar.post(held.id, "Hej")) == (409, "not_your_conversation")
    await maja.take(held.id)
    assert said(await omar.post(held.id, "Hej")) == (409, "not_your_conversation")


async def test_silence_is_still_counted_from_the_last_words(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await anna.post(held.id, "Är du kvar?")
    await omar.move(held.id, "join")
    await omar.move(held.id, "leave")
    await anna.move(held.id, "hold")
    await anna.move(held.id, "pick_up")
    assert (await anna.lists())["mine"][0]["state"] == "active"


async def test_two_who_write_in_one_conversation_see_that_the_other_does(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await omar.move(held.id, "join")
    async with (
        anna.socket(gateway.socket_url) as annas,
        omar.socket(gateway.socket_url) as omars,
    ):
        await omars.send(json.dumps({"type": "reading", "conversations": [held.id]}))
        await frame(omars, "events")
        await frame(annas, "events")
        typing = {"type": "typing", "conversation_id": held.id, "on": True}
        await omars.send(json.dumps(typing))
        assert (await frame(annas, "typing"))["agent_name"] == "Omar Haddad"
        await annas.send(json.dumps(typing))
        assert (await frame(omars, "typing"))["agent_name"] == "Anna Berg", "not the own one"


# --- whispering and asking


async def test_a_whisper_is_for_the_one_who_has_it_and_never_for_the_citizen(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    assert (await note(omar, held, "whisper")).status_code == 201
    assert (await anna.lists())["mine"][0]["notes"] == 1
    [got] = (await anna.http.get(f"/api/desk/conversations/{held.id}/notes")).json()["notes"]
    assert (got["kind"], got["agent_name"]) == ("whisper", "Omar Haddad")
    assert "ritningar" not in str(await held.news())


async def test_a_question_stands_with_the_department_until_it_is_answered(
    held: Citizen, anna: AgentClient, omar: AgentClient, maja: AgentClient
) -> None:
    asking = await note(anna, held, "question", department="bygglov")
    assert asking.json()["department"] == {"id": "bygglov", "title": "Bygglov"}
    assert (await asked(maja), await asked(omar)) == ([held.id], [])
    assert (await maja.open(held.id)).status_code == 200
    await note(maja, held, "note")
    assert await asked(maja) == [held.id]
    await note(maja, held, "answer", department="bygglov")
    assert await asked(maja) == []
    await note(anna, held, "question", department="bygglov")
    assert await asked(maja) == [held.id], "a new question"
    await anna.close(held.id)
    assert await asked(maja) == [], "nobody needs the answer any longer"
    assert "ritningar" not in str(await held.news())


async def test_a_question_goes_to_a_department_that_there_is(
    held: Citizen, anna: AgentClient
) -> None:
    for kind, more in (
        ("question", {}),
        ("question", {"department": "finns-inte"}),
        ("answer", {}),
        ("whisper", {"department": "bygglov"}),
    ):
        refused = await note(anna, held, kind, **more)
        assert said(refused) == (422, "invalid_request")
        assert refused.json()["fields"] == ["department"]


# --- departments


async def test_departments_are_told_with_how_many_are_there(
    anna: AgentClient, maja: AgentClient
) -> None:
    await maja.lists()
    found = (await anna.http.get("/api/desk/departments")).json()["departments"]
    assert found == [
        {"id": "bygglov", "title": "Bygglov", "online": 1},
        {"id": "barn-utbildning", "title": "Barn och utbildning", "online": 0},
    ]


async def test_a_transfer_goes_to_one_place(
    held: Citizen, anna: AgentClient, maja: AgentClient
) -> None:
    path = f"/api/desk/conversations/{held.id}/transfer"
    both = {"to": "omar", "department": "bygglov"}
    for whom in ({}, both):
        body = {"move_id": str(uuid4()), "note": "Altan.", **whom}
        assert said(await anna.http.post(path, json=body)) == (422, "invalid_request")
    away = await anna.transfer(held.id, "department:bygglov")
    assert said(away) == (409, "department_away")
    assert "Bygglov" in away.json()["text"]
    await maja.lists()
    moved = await anna.transfer(held.id, "department:bygglov", "Altan, 30 kvm.")
    assert moved.json()["status"]["state"] == "waiting"
    assert (await maja.next()).json()["conversation_id"] == held.id
