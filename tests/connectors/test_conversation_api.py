"""Start, write and move, and what is refused."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.clients import Citizen, assert_whole, texts
from tests.support.gateway import Gateway

OWNED = [
    ("POST", "messages", {"client_message_id": str(uuid4()), "text": "hej"}),
    ("POST", "moves", {"move": "close", "move_id": str(uuid4())}),
    ("POST", "typing", {"on": True}),
    ("POST", "messages/1/feedback", {"helpful": True}),
    ("POST", "survey", {"ease": 4}),
    ("GET", "events", None),
]


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


async def test_starting_again_with_the_same_id_finds_the_same_conversation(
    gateway: Gateway, citizen: Citizen
) -> None:
    again = await citizen.create()
    assert again.status_code == 200
    assert again.json()["conversation_id"] == citizen.id


async def test_two_first_requests_in_parallel_start_one_conversation(gateway: Gateway) -> None:
    citizen = Citizen(gateway.http)
    answers = await asyncio.gather(*(citizen.create() for _ in range(8)))
    assert len({answer.json()["conversation_id"] for answer in answers}) == 1
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len(answers[0].json()["events"]) == 1


async def test_another_secret_does_not_open_a_started_conversation(
    gateway: Gateway, citizen: Citizen
) -> None:
    thief = Citizen(gateway.http)
    thief.client_id = citizen.client_id
    assert said(await thief.create()) == (409, "id_reused")


@pytest.mark.parametrize("request_parts", OWNED)
@pytest.mark.parametrize("token", [None, "Bearer fel", "Basic eDp5", "someone else's"])
async def test_nothing_opens_without_the_conversations_own_token(
    gateway: Gateway,
    citizen: Citizen,
    request_parts: tuple[str, str, dict[str, Any] | None],
    token: str | None,
) -> None:
    method, path, body = request_parts
    if token == "someone else's":
        token = (await Citizen.start(gateway.http)).headers["Authorization"]
    headers = {"Authorization": token} if token else {}
    for conversation_id in (citizen.id, str(uuid4())):
        response = await gateway.http.request(
            method, f"/api/conversations/{conversation_id}/{path}", json=body, headers=headers
        )
        assert said(response) == (404, "conversation_not_found")


async def test_a_repeated_message_is_stored_once(citizen: Citizen) -> None:
    message_id = str(uuid4())
    answers = await asyncio.gather(
        *(citizen.post("altan", message_id=message_id) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["seq"] for answer in answers}) == 1
    events = await citizen.until_answered()
    assert_whole(events)
    assert texts(events) == ["altan", "Svar på: altan"]


async def test_two_messages_with_the_same_words_are_two(citizen: Citizen) -> None:
    await citizen.say("ja")
    await citizen.say("ja")
    assert sorted(texts(await citizen.until_answered())) == ["Svar på: ja"] * 2 + ["ja"] * 2


async def test_an_id_cannot_be_used_for_other_words(citizen: Citizen) -> None:
    message_id = str(uuid4())
    await citizen.post("altan", message_id=message_id)
    assert said(await citizen.post("tak", message_id=message_id)) == (409, "id_reused")


async def test_a_repeated_move_changes_nothing(citizen: Citizen) -> None:
    move_id = str(uuid4())
    first = await citizen.move("hand_off", move_id=move_id)
    again = await citizen.move("hand_off", move_id=move_id)
    assert first.json() == again.json()
    assert first.json()["status"]["state"] == "waiting"
    assert said(await citizen.move("close", move_id=move_id)) == (409, "id_reused")


async def test_a_refused_move_says_what_is_allowed(citizen: Citizen) -> None:
    response = await citizen.move("leave_queue")
    assert said(response) == (409, "move_not_allowed")
    assert response.json()["allowed"] == ["hand_off", "close"]


async def test_nobody_can_write_to_nobody_but_can_resume(citizen: Citizen) -> None:
    await citizen.move("close")
    assert said(await citizen.post("hallå")) == (409, "conversation_closed")
    await citizen.move("resume")
    await citizen.say("altan")
    assert texts(await citizen.until_answered()) == ["altan", "Svar på: altan"]


async def test_only_a_choice_that_was_just_offered_can_be_made(citizen: Citizen) -> None:
    refused = await citizen.post("Bygglov för tak", choice="bygglov-tak")
    assert said(refused) == (422, "choice_not_offered")
    await citizen.say("oklart")
    await citizen.until_answered()
    await citizen.say("Bygglov för tak", choice="bygglov-tak")
    assert texts(await citizen.until_answered())[-1] == "Svar om bygglov-tak."


async def test_what_was_written_to_a_person_is_not_answered_by_the_bot_later(
    citizen: Citizen,
) -> None:
    await citizen.move("hand_off")
    await citizen.say("altan")
    await citizen.move("leave_queue")
    await citizen.say("tak")
    assert texts(await citizen.until_answered()) == ["altan", "tak", "Svar på: tak"]


async def test_the_place_in_the_queue_follows_the_order_of_arrival(gateway: Gateway) -> None:
    waiting = [await Citizen.start(gateway.http) for _ in range(3)]
    for citizen in waiting:
        await citizen.move("hand_off")
    places = [(await citizen.news())["status"]["queue_place"] for citizen in waiting]
    assert places == [1, 2, 3]
    await waiting[0].move("leave_queue")
    places = [(await citizen.news())["status"]["queue_place"] for citizen in waiting]
    assert places == [None, 1, 2]


@pytest.mark.parametrize(
    ("text", "error"),
    [("", "message_empty"), (" \u200b\n", "message_empty"), ("x" * 10_000, "message_too_long")],
)
async def test_a_message_that_cannot_be_used_is_refused_in_plain_words(
    citizen: Citizen, text: str, error: str
) -> None:
    response = await citizen.post(text)
    assert said(response) == (422, error)
    if error == "message_too_long":
        assert "10000 tecken" in response.json()["text"]
        assert "2000 tecken" in response.json()["text"]


@pytest.mark.parametrize("text", ["🙂", "<script>alert(1)</script>", "/restart", "'; DROP TABLE x"])
async def test_odd_messages_are_only_text(citizen: Citizen, text: str) -> None:
    await citizen.say(text)
    assert texts(await citizen.until_answered()) == [text, f"Svar på: {text}"]


@pytest.mark.parametrize("page", ["javascript:alert(1)", "https://x.example/<script>", "x"])
async def test_a_page_that_is_no_web_address_is_refused(gateway: Gateway, page: str) -> None:
    citizen = Citizen(gateway.http)
    body = {"client_id": citizen.client_id, "secret": citizen.secret, "page": page}
    response = await gateway.http.post("/api/conversations", json=body)
    assert said(response) == (422, "invalid_request")
    assert response.json()["fields"] == ["page"]


async def test_unknown_fields_are_refused_and_never_stored(citizen: Citizen) -> None:
    body = {"client_message_id": str(uuid4()), "text": "hej", "actor": "agent"}
    url = f"/api/conversations/{citizen.id}/messages"
    response = await citizen.http.post(url, json=body, headers=citizen.headers)
    assert said(response) == (422, "invalid_request")
    assert response.json()["fields"] == ["actor"]


async def test_numbers_have_no_gap_when_many_write_at_once(citizen: Citizen) -> None:
    await citizen.move("hand_off")
    answers = await asyncio.gather(*(citizen.post(f"nr {n}") for n in range(40)))
    assert {answer.status_code for answer in answers} == {201}
    events = (await citizen.news())["events"]
    assert_whole(events)
    assert sorted(texts(events)) == sorted(f"nr {n}" for n in range(40))


async def test_a_request_can_wait_for_news(citizen: Citizen) -> None:
    await citizen.move("hand_off")
    after = (await citizen.news())["status"]["seq"]
    waiting = asyncio.create_task(citizen.news(after=after, wait=20))
    await asyncio.sleep(0)
    await citizen.say("hallå")
    news = await asyncio.wait_for(waiting, 10)
    assert [event["text"] for event in news["events"]] == ["hallå"]


async def test_a_request_that_waits_hears_of_a_better_place(gateway: Gateway) -> None:
    first, second = await Citizen.start(gateway.http), await Citizen.start(gateway.http)
    await first.move("hand_off")
    await second.move("hand_off")
    after = (await second.news())["status"]["seq"]
    waiting = asyncio.create_task(second.news(after=after, wait=20))
    await asyncio.sleep(0.2)
    await first.move("leave_queue")
    news = await asyncio.wait_for(waiting, 10)
    assert news["events"] == []
    assert news["status"]["queue_place"] == 1


async def test_nothing_new_is_said_when_the_wait_is_over(citizen: Citizen) -> None:
    news = await citizen.news(after=1, wait=1)
    assert news["events"] == []
    assert news["status"]["seq"] == 1
