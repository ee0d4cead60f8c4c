"""The gateway speaks the language of the conversation; agents read Swedish."""

from typing import Any
from uuid import uuid4

import pytest

from bot.answering.model import Outcome
from bot.texts import LANGUAGES, Texts
from connectors.queue.saying import moment_in_words
from tests.connectors.queue.test_saying import at
from tests.support.clients import AgentClient, Citizen
from tests.support.gateway import ROOT, Gateway
from tests.support.rasa import FakeRasa

TEXTS = Texts.load(ROOT / "data")
ENGLISH = TEXTS.spoken("en")


async def starting(gateway: Gateway, language: str) -> Citizen:
    citizen = Citizen(gateway.http)
    body = {"client_id": citizen.client_id, "secret": citizen.secret, "language": language}
    response = await gateway.http.post("/api/conversations", json=body)
    assert response.status_code == 201, response.text
    citizen.id = response.json()["conversation_id"]
    return citizen


async def said(citizen: Citizen) -> list[str]:
    return [event["text"] for event in (await citizen.news())["events"]]


async def speak(citizen: Citizen, language: str, **headers: str) -> int:
    response = await citizen.http.post(
        f"/api/conversations/{citizen.id}/language",
        json={"language": language},
        headers=citizen.headers | headers,
    )
    return response.status_code


async def test_a_conversation_begins_in_its_language(gateway: Gateway) -> None:
    for language in LANGUAGES:
        citizen = await starting(gateway, language)
        assert await said(citizen) == [TEXTS.spoken(language)["welcome"]]


async def test_a_language_that_nobody_speaks_is_swedish_and_a_wrong_one_is_refused(
    gateway: Gateway,
) -> None:
    citizen = await starting(gateway, "pl")
    assert await said(citizen) == [TEXTS["welcome"]]
    assert await speak(citizen, "english") == 422
    stranger = Citizen(gateway.http)
    stranger.id = citizen.id
    assert await speak(stranger, "en") == 404


async def test_lines_handover_and_receipts_follow_a_change_in_the_middle(
    gateway: Gateway, citizen: Citizen
) -> None:
    await citizen.move("hand_off")
    assert await speak(citizen, "en") == 204
    address = f"/api/conversations/{citizen.id}"
    told = (await gateway.http.get(f"{address}/handover", headers=citizen.headers)).json()
    assert told["text"].startswith(ENGLISH["handover_open"])
    errand = {"errand_id": str(uuid4()), "kind": "callback", "contact": "070-123 45 67"}
    url = f"{address}/errands"
    promise = (await gateway.http.post(url, json=errand, headers=citizen.headers)).json()
    assert promise["text"].startswith("We will call you by ")
    assert promise["reference"] in promise["text"]
    lines = await said(citizen)
    assert lines[1] == TEXTS["move_hand_off_citizen"]  # what was said stays
    assert lines[2:] == [ENGLISH["move_leave_queue_citizen"], promise["text"]]
    assert await speak(citizen, "sv") == 204
    await citizen.move("hand_off")
    assert (await said(citizen))[-1] == TEXTS["move_hand_off_citizen"]


async def test_an_agent_reads_the_reason_in_swedish_and_the_citizen_the_move_in_english(
    gateway: Gateway, anna: AgentClient
) -> None:
    citizen = await starting(gateway, "en")
    await citizen.move("hand_off")
    opened = (await anna.open(citizen.id)).json()
    assert opened["dossier"]["language"] == "en"
    assert opened["dossier"]["reason_text"] == TEXTS["reason_asked_for_human"]
    news = await citizen.until(lambda found: found["status"]["state"] == "waiting")
    assert news["events"][-1]["text"] == ENGLISH["move_hand_off_citizen"]


async def test_contact_ways_and_handover_are_told_in_the_language_asked_for(
    gateway: Gateway,
) -> None:
    for language in ("ar", "sv-latt", "pl"):
        wanted, spoken = {"language": language}, TEXTS.spoken(language)
        widget = (await gateway.http.get("/api/widget", params=wanted)).json()
        assert (widget["welcome"], widget["hours"]) == (spoken["welcome"], spoken["contact_hours"])
        handover = (await gateway.http.get("/api/handover", params=wanted)).json()
        assert handover["text"].startswith(spoken["handover_open"])
    refused = await gateway.http.get("/api/widget", params={"language": "svenska!"})
    assert refused.status_code == 422


async def test_an_error_is_told_in_the_first_language_that_the_request_names(
    gateway: Gateway, citizen: Citizen
) -> None:
    cases = {
        "en": "en",
        "uk-UA,uk;q=0.9,en;q=0.8": "uk",
        "sv-latt": "sv-latt",
        "sv-SE": "sv",
        "pl": "sv",
        "*": "sv",
    }
    for wanted, language in cases.items():
        spoken, headers = TEXTS.spoken(language), {"Accept-Language": wanted}
        refused = await gateway.http.post(
            f"/api/conversations/{citizen.id}/messages",
            json={"client_message_id": str(uuid4()), "text": "  "},
            headers=citizen.headers | headers,
        )
        assert refused.json()["text"] == spoken["error_message_empty"], wanted
        url = "/api/conversations"
        large = await gateway.http.post(url, content=b"x" * 70_000, headers=headers)
        assert large.json()["text"] == spoken["error_body_too_large"], wanted
        garbled = await gateway.http.post(url, json={}, headers=headers)
        fields = "client_id, secret"
        assert garbled.json()["text"] == spoken.get("error_invalid_request", fields=fields), wanted


async def test_the_desk_reads_swedish_whatever_language_the_browser_is_set_to(
    gateway: Gateway,
) -> None:
    headers = {"Accept-Language": "en"}
    refused = await gateway.http.post("/api/desk/login", json={}, headers=headers)
    expected = TEXTS.get("error_invalid_request", fields="password, username")
    assert refused.json()["text"] == expected


async def test_what_rasa_only_names_is_said_in_the_language_of_the_talk(gateway: Gateway) -> None:
    citizen = await starting(gateway, "so")

    def named(message: dict[str, Any]) -> Any:
        decision = {"outcome": "smalltalk", "text_key": "about_bot"}
        return [{"custom": {"decision": decision}}]

    async with FakeRasa(named).listen(gateway.settings.rasa_port) as rasa:
        await citizen.say("yaad tahay?")
        first = (await citizen.until_answered())[-1]
        await citizen.say("yaad tahay?")
        await citizen.until_answered()
        await speak(citizen, "uk")
        await citizen.say("хто ти?")
        last = (await citizen.until_answered())[-1]
    assert first["text"] == TEXTS.spoken("so")["about_bot"]
    assert (first["decision"]["language"], first["decision"]["text_language"]) == ("so", "so")
    assert last["text"] == TEXTS.spoken("uk")["about_bot"]
    # Rasa is told of a choice once: then the talk goes on in what the citizen writes.
    assert [asked["metadata"]["language"] for asked in rasa.asked] == ["so", None, "uk"]


async def test_who_is_left_without_a_search_is_told_in_the_conversations_language(
    gateway: Gateway,
) -> None:
    citizen = await starting(gateway, "fi")
    await citizen.say("trasig")
    reply = (await citizen.until_answered())[-1]
    assert reply["decision"]["outcome"] == Outcome.HANDOFF
    assert reply["text"] == TEXTS.spoken("fi")["handoff_service_down"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "i morgon, tisdag 1 december, klockan 9.00"),
        ("sv-latt", "i morgon, tisdag 1 december, klockan 9.00"),
        ("en", "tomorrow, Tuesday 1 December, at 9:00"),
        ("fi", "huomenna, tiistaina 1. joulukuuta, klo 9.00"),
        ("ar", "غدًا، يوم الثلاثاء 1 ديسمبر، الساعة 9:00"),
        ("so", "berri, Talaado 1 Diseembar, saacadda 9:00"),
        ("uk", "завтра, 1 грудня (вівторок), о 9:00"),
    ],
)
def test_a_moment_is_said_as_the_language_says_it(language: str, said: str) -> None:
    moment, now = at("2026-12-01 09:00"), at("2026-11-30 12:00")
    assert moment_in_words(TEXTS.spoken(language), moment, now) == said
