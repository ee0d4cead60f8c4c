"""The agent's side."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.clients import AgentClient, Citizen, assert_whole, texts
from tests.support.gateway import OTHER_SITES, Gateway

DESK = [
    ("GET", "me", None),
    ("GET", "conversations", None),
    ("POST", "conversations/{id}/take", None),
    ("GET", "conversations/{id}", None),
    ("POST", "conversations/{id}/messages", {"client_message_id": str(uuid4()), "text": "hej"}),
    ("POST", "conversations/{id}/moves", {"move": "close", "move_id": str(uuid4())}),
    ("POST", "conversations/{id}/typing", {"on": True}),
    ("POST", "conversations/{id}/seen", {"seq": 1}),
]


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


@pytest.mark.parametrize(("method", "path", "body"), DESK)
async def test_nothing_at_the_desk_opens_without_a_login(
    gateway: Gateway, method: str, path: str, body: dict[str, Any] | None
) -> None:
    url = f"/api/desk/{path.format(id=uuid4())}"
    cookies = {"Cookie": "kommunbot_desk=made-up"}
    for headers in ({}, cookies, {"Authorization": "Bearer x"}):
        response = await gateway.http.request(method, url, json=body, headers=headers)
        assert said(response) == (401, "not_logged_in")


@pytest.mark.parametrize("origin", OTHER_SITES)
@pytest.mark.parametrize(("method", "path", "body"), DESK)
async def test_a_page_of_another_site_cannot_act_as_the_agent(
    anna: AgentClient, method: str, path: str, body: dict[str, Any] | None, origin: str
) -> None:
    url = f"/api/desk/{path.format(id=uuid4())}"
    response = await anna.http.request(method, url, json=body, headers={"Origin": origin})
    assert said(response) == (403, "origin_not_allowed")


@pytest.mark.parametrize(("method", "path", "body"), DESK[2:])
async def test_what_is_said_to_the_bot_alone_is_not_the_agents_business(
    citizen: Citizen, anna: AgentClient, method: str, path: str, body: dict[str, Any] | None
) -> None:
    await citizen.say("hemligt")
    await citizen.until_answered()
    url = f"/api/desk/{path.format(id=citizen.id)}"
    response = await anna.http.request(method, url, json=body)
    assert response.status_code in {404, 409}
    assert "hemligt" not in response.text


@pytest.mark.parametrize("kind", ["practice", "internal"])
async def test_only_staff_start_what_is_soon_deleted_and_in_no_figure(
    gateway: Gateway, anna: AgentClient, kind: str
) -> None:
    talk = Citizen(gateway.http)
    body = {"client_id": talk.client_id, "secret": talk.secret, "kind": kind}
    for path, refused in (("conversations", 422), ("desk/conversations", 401)):
        tried = await gateway.http.post(f"/api/{path}", json=body)
        assert tried.status_code == refused
    started = await anna.http.post("/api/desk/conversations", json=body)
    assert started.status_code == 201
    talk.id = started.json()["conversation_id"]
    again = await anna.http.post("/api/desk/conversations", json=body)
    assert (again.status_code, again.json()["conversation_id"]) == (200, talk.id)
    await talk.move("hand_off")
    assert [one["kind"] for one in (await anna.lists())["waiting"]] == [kind]


async def test_a_login_tells_who_it_is_and_a_logout_ends_it(
    gateway: Gateway, anna: AgentClient
) -> None:
    me = await anna.http.get("/api/desk/me")
    assert me.json() == {"agent": {"username": "anna", "name": "Anna Berg"}}
    token = anna.http.cookies["kommunbot_desk"]
    assert (await anna.http.post("/api/desk/logout")).status_code == 204
    stolen = await gateway.http.get("/api/desk/me", headers={"Cookie": f"kommunbot_desk={token}"})
    assert said(stolen) == (401, "not_logged_in")


async def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(
    gateway: Gateway, logins: dict[str, str]
) -> None:
    body = {"username": "anna", "password": logins["anna"]}
    async with httpx.AsyncClient(base_url=gateway.url, timeout=60) as http:
        cookie = (await http.post("/api/desk/login", json=body)).headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/api/desk", "max-age=36000"):
        assert part in cookie


async def test_the_sixth_wrong_password_has_to_wait(
    gateway: Gateway, logins: dict[str, str]
) -> None:
    wrong = {"username": "anna", "password": "fel"}
    for _ in range(5):
        assert said(await gateway.http.post("/api/desk/login", json=wrong)) == (401, "login_failed")
    right = {"username": "anna", "password": logins["anna"]}
    limited = await gateway.http.post("/api/desk/login", json=right)
    assert said(limited) == (429, "login_limited")
    assert int(limited.headers["retry-after"]) > 800
    assert "15 minuter" in limited.json()["text"]
    other = {"username": "omar", "password": logins["omar"]}
    assert (await gateway.http.post("/api/desk/login", json=other)).status_code == 200


async def test_of_thirty_takes_at_once_exactly_one_wins(
    gateway: Gateway, citizen: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    for _ in range(3):
        await citizen.move("hand_off")
        agents = [anna, omar] * 15
        answers = await asyncio.gather(*(agent.take(citizen.id) for agent in agents))
        holder = (await citizen.news())["status"]["agent_name"]
        won = [a for a, answer in zip(agents, answers, strict=True) if answer.is_success]
        winner = anna if holder == "Anna Berg" else omar
        assert won == [winner] * 15
        lost = [answer for answer in answers if not answer.is_success]
        assert {said(answer) for answer in lost} == {(409, "already_taken")}
        assert {answer.json()["agent_name"] for answer in lost} == {holder}
        await winner.return_to_bot(citizen.id)
    events = (await citizen.news())["events"]
    assert_whole(events)
    assert [event["move"] for event in events].count("take") == 3


async def test_agent_and_citizen_write_to_each_other(citizen: Citizen, anna: AgentClient) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    message_id = str(uuid4())
    first = await anna.post(citizen.id, "Hej, jag heter Anna.", message_id)
    again = await anna.post(citizen.id, "Hej, jag heter Anna.", message_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    await citizen.say("Hej Anna")
    events = (await citizen.news())["events"]
    assert_whole(events)
    assert texts(events)[-2:] == ["Hej, jag heter Anna.", "Hej Anna"]
    assert events[-2]["agent_name"] == "Anna Berg"
    assert not (await citizen.news())["status"]["pending"]


async def test_the_dossier_says_what_was_asked_and_what_the_bot_made_of_it(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("oklart")
    await citizen.until_answered()
    await citizen.say("altan")
    await citizen.until_answered()
    await citizen.say("jag vill prata med en människa")
    await citizen.until(lambda news: news["status"]["state"] == "waiting")
    await anna.take(citizen.id)
    dossier = (await anna.open(citizen.id)).json()["dossier"]
    assert dossier["question"] == "altan"
    assert dossier["reason"] == "asked_for_human"
    assert "person" in dossier["reason_text"]
    assert dossier["topic"] == "bygglov"
    assert dossier["page"] == "https://skarvinge.example/bygga-bo/"
    assert dossier["confidence"] == 0.9
    assert dossier["candidates"][0] == {
        "title": "Bygglov för altan",
        "url": "http://x/1",
        "confidence": 0.9,
    }
    assert [(tried["question"], tried["outcome"]) for tried in dossier["tried"]] == [
        ("oklart", "clarify"),
        ("altan", "answer"),
        ("jag vill prata med en människa", "handoff"),
    ]


async def test_the_agent_sees_what_the_bot_weighed(citizen: Citizen, anna: AgentClient) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    await citizen.move("hand_off")
    events = (await anna.open(citizen.id)).json()["events"]
    assert len(events[2]["decision"]["candidates"]) == 2
    assert events[2]["decision"]["timings"]["encode_ms"] == 1.5


async def test_a_returned_conversation_keeps_its_place(gateway: Gateway, anna: AgentClient) -> None:
    first, second = await Citizen.start(gateway.http), await Citizen.start(gateway.http)
    await first.move("hand_off")
    await second.move("hand_off")
    await anna.take(first.id)
    assert (await second.news())["status"]["queue_place"] == 1
    assert (await anna.move(first.id, "return_to_queue")).status_code == 200
    assert (await first.news())["status"]["queue_place"] == 1
    waiting = (await anna.lists())["waiting"]
    assert [line["conversation_id"] for line in waiting] == [first.id, second.id]


async def test_unread_counts_what_the_agent_has_not_seen(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    last = (await citizen.say("ett"))["seq"]
    await citizen.say("två")
    assert (await anna.lists())["mine"][0]["unread"] == 2
    await anna.http.post(f"/api/desk/conversations/{citizen.id}/seen", json={"seq": last})
    assert (await anna.lists())["mine"][0]["unread"] == 1
    await anna.http.post(f"/api/desk/conversations/{citizen.id}/seen", json={"seq": 1})
    assert (await anna.lists())["mine"][0]["unread"] == 1


async def test_only_the_holder_can_write_and_move(
    citizen: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await citizen.move("hand_off")
    assert said(await omar.post(citizen.id, "hej")) == (409, "not_your_conversation")
    await anna.take(citizen.id)
    refused = await omar.post(citizen.id, "hej")
    assert said(refused) == (409, "not_your_conversation")
    assert refused.json()["agent_name"] == "Anna Berg"
    assert said(await omar.move(citizen.id, "close")) == (409, "not_your_conversation")


async def test_after_the_agent_closes_the_citizen_goes_on_with_the_bot(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    move_id = str(uuid4())
    closed = await anna.close(citizen.id, move_id)
    assert closed.json()["status"]["state"] == "closed"
    assert (await anna.close(citizen.id, move_id)).json() == closed.json()
    assert said(await anna.post(citizen.id, "en sak till")) == (409, "conversation_closed")
    line = (await citizen.news())["events"][-2]
    assert "Anna Berg har avslutat samtalet" in line["text"]
    await citizen.move("resume")
    await citizen.say("altan")
    assert texts(await citizen.until_answered())[-1] == "Svar på: altan"


async def test_a_return_to_the_bot_can_be_repeated(citizen: Citizen, anna: AgentClient) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    move_id = str(uuid4())
    first = await anna.return_to_bot(citizen.id, move_id)
    again = await anna.return_to_bot(citizen.id, move_id)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (await anna.open(citizen.id)).status_code == 404


async def test_a_long_question_is_one_short_line_in_the_list(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await citizen.say("lång\nfråga " * 50)
    question = (await anna.lists())["waiting"][0]["question"]
    assert len(question) == 140
    assert "\n" not in question


async def test_the_dossier_tells_who_has_had_the_conversation_before(
    citizen: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    assert (await anna.open(citizen.id)).json()["dossier"]["earlier"] == []
    await anna.move(citizen.id, "return_to_queue")
    await omar.take(citizen.id)
    earlier = (await omar.open(citizen.id)).json()["dossier"]["earlier"]
    assert [one["agent_name"] for one in earlier] == ["Anna Berg"]
