"""Requests for documents: registered, filled, closed; and how conversations are found for them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.opening_hours.model import STOCKHOLM
from connectors.now import utc_now
from tests.support.clients import AgentClient, Citizen
from tests.support.gateway import Gateway
from tests.support.records import RegistrarClient


def today() -> date:
    return utc_now().astimezone(STOCKHOLM).date()


def period(words: str = "", days: int = 0) -> dict[str, str]:
    day = today() + timedelta(days=days)
    return {"start": str(day), "end": str(day), "words": words}


async def test_a_request_is_registered_filled_and_closed(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    await citizen.say("Får jag bygga en altan?")
    request_id = await rut.register(reference="KS 2026/12")
    (listed,) = (await rut.get("/requests"))["requests"]
    assert (listed["reference"], listed["received"]) == ("KS 2026/12", "2026-11-20")
    assert listed["conversations"] == 0

    await rut.add(request_id, citizen.id, citizen.id)
    full = await rut.get(f"/requests/{request_id}")
    (line,) = full["conversations"]
    assert line["first_words"] == "Får jag bygga en altan?"
    assert full["request"]["conversations"] == 1

    await rut.post(f"/requests/{request_id}/close", outcome="handed_out")
    assert (await rut.get("/requests"))["requests"] == []
    (closed,) = (await rut.get("/requests", closed=True))["requests"]
    assert (closed["outcome"], closed["closed_by"]) == ("handed_out", "rut")


async def test_what_was_said_on_the_day_that_a_request_came_is_kept(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    await citizen.say("Får jag bygga en altan?")
    await rut.register(received=str(today()))
    path = f"/api/conversations/{citizen.id}"
    refused = await citizen.http.delete(path, headers=citizen.headers)
    assert (refused.status_code, refused.json()["error"]) == (409, "must_be_kept")


async def test_a_repeat_registers_once_and_an_id_stands_for_one_request(
    rut: RegistrarClient,
) -> None:
    body = {"id": str(uuid4()), "reference": "KS 1", "kind": "extract", "received": "2026-11-20"}
    assert (await rut.http.post("/requests", json=body)).status_code == 201
    assert (await rut.http.post("/requests", json=body)).status_code == 200
    other = await rut.http.post("/requests", json={**body, "reference": "KS 2"})
    assert (other.status_code, other.json()["error"]) == (409, "id_reused")
    assert len((await rut.get("/requests"))["requests"]) == 1


async def test_nothing_is_done_with_a_closed_request_but_reading_and_handing_out_again(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    await citizen.say("hej")
    request_id = await rut.register()
    await rut.add(request_id, citizen.id)
    part = (await rut.review(request_id, citizen.id))["transcript"]["parts"][-1]
    await rut.post(f"/requests/{request_id}/close", outcome="partly")
    await rut.post(f"/requests/{request_id}/close", outcome="partly")
    at = f"/requests/{request_id}"
    mark = {"id": str(uuid4()), "part": part["key"], "start": 0, "end": 1, "ground": "OSL 26:1"}
    refused: list[tuple[str, dict[str, Any]]] = [
        (f"{at}/close", {"outcome": "refused"}),
        (f"{at}/search", {"identifier": citizen.id}),
        (f"{at}/conversations", {"conversation_ids": [citizen.id]}),
        (f"{at}/conversations/{citizen.id}/remove", {}),
        (f"{at}/conversations/{citizen.id}/marks", mark),
        (f"{at}/conversations/{citizen.id}/marks/{uuid4()}/remove", {}),
    ]
    for path, body in refused:
        response = await rut.http.post(path, json=body)
        assert (response.status_code, response.json()["error"]) == (409, "request_closed"), path
    assert await rut.review(request_id, citizen.id)
    assert (await rut.export(request_id, "json")).json()["reference"] == "KS 2026/12"


@pytest.mark.parametrize(
    ("outcome", "held"),
    [("handed_out", 0), ("none_found", 0), ("partly", 1), ("refused", 1)],
)
async def test_what_was_refused_is_held_for_an_appeal(
    rut: RegistrarClient, citizen: Citizen, outcome: str, held: int
) -> None:
    request_id = await rut.register()
    await rut.add(request_id, citizen.id)
    for _ in range(2):
        await rut.post(f"/requests/{request_id}/close", outcome=outcome)
    holds = (await rut.get("/holds"))["holds"]
    assert [(one["conversation_id"], one["reason"]) for one in holds] == [
        (citizen.id, "appeal")
    ] * held


async def test_each_refused_request_has_a_hold_of_its_own(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    by_hand = {"id": str(uuid4()), "conversation_id": citizen.id, "reason": "appeal"}
    await rut.post("/holds", **by_hand)
    for reference in ("KS 1", "KS 2"):
        request_id = await rut.register(reference=reference)
        await rut.add(request_id, citizen.id)
        await rut.post(f"/requests/{request_id}/close", outcome="refused")
    second, first, own = (await rut.get("/holds"))["holds"]
    assert {one["conversation_id"] for one in (second, first, own)} == {citizen.id}
    assert [one["reference"] for one in (second, first, own)] == ["KS 2", "KS 1", None]
    assert (await rut.post(f"/holds/{first['id']}/lift"))["reference"] == "KS 1"
    assert (await rut.get("/holds"))["holds"] == [second, own]
    deeds = await rut.deeds(conversation=citizen.id)
    assert [(one["action"], one["subject"]) for one in deeds if one["detail"]] == [
        ("records.lift", "KS 1"),
        ("records.hold", "KS 2"),
        ("records.hold", "KS 1"),
        ("records.hold", None),
    ]


@pytest.mark.parametrize("outcome", ["handed_out", "none_found"])
async def test_a_request_with_marks_was_refused_in_part(
    rut: RegistrarClient, citizen: Citizen, outcome: str
) -> None:
    await citizen.say("hemligt")
    request_id = await rut.register()
    await rut.add(request_id, citizen.id)
    part = (await rut.review(request_id, citizen.id))["transcript"]["parts"][-1]
    await rut.mark(request_id, citizen.id, part, "hemligt")
    close = f"/requests/{request_id}/close"
    refused = await rut.http.post(close, json={"outcome": outcome})
    assert (refused.status_code, refused.json()["error"]) == (409, "withheld")
    assert "Avsluta som delvis utlämnad" in refused.json()["text"]
    assert (await rut.get("/holds"))["holds"] == []
    assert (await rut.post(close, outcome="partly"))["outcome"] == "partly"
    assert len((await rut.get("/holds"))["holds"]) == 1


async def test_a_conversation_that_is_not_there_is_told(rut: RegistrarClient) -> None:
    request_id, nothing = await rut.register(), str(uuid4())
    unknown = await rut.http.post(
        f"/requests/{request_id}/conversations", json={"conversation_ids": [nothing]}
    )
    assert (unknown.status_code, unknown.json()["error"]) == (404, "conversation_not_found")
    empty = await rut.http.get(f"/requests/{request_id}/export.pdf")
    assert (empty.status_code, empty.json()["error"]) == (404, "conversation_not_found")
    missing = await rut.http.get(f"/requests/{nothing}")
    assert (missing.status_code, missing.json()["error"]) == (404, "request_not_found")


async def test_a_conversation_can_be_taken_out_again_with_its_marks(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    await citizen.say("hemligt")
    request_id = await rut.register()
    await rut.add(request_id, citizen.id)
    part = (await rut.review(request_id, citizen.id))["transcript"]["parts"][-1]
    await rut.mark(request_id, citizen.id, part, "hemligt")
    await rut.post(f"/requests/{request_id}/conversations/{citizen.id}/remove")
    assert (await rut.get(f"/requests/{request_id}"))["conversations"] == []
    await rut.add(request_id, citizen.id)
    assert (await rut.review(request_id, citizen.id))["marks"] == []


async def test_a_conversation_is_found_by_whatever_number_somebody_has(
    rut: RegistrarClient, gateway: Gateway, citizen: Citizen
) -> None:
    another = await Citizen.start(gateway.http)
    message_id = str(uuid4())
    await citizen.post("Får jag bygga en altan?", message_id=message_id)
    events = await citizen.until_answered()
    answer_id = events[-1]["client_message_id"]
    await another.say("hej")
    wish = {"errand_id": str(uuid4()), "kind": "callback", "contact": "070-000 00 00"}
    errand = await citizen.http.post(
        f"/api/conversations/{citizen.id}/errands", json=wish, headers=citizen.headers
    )
    reference = errand.json()["reference"]
    request_id = await rut.register()
    for identifier in (citizen.id, citizen.client_id, message_id, answer_id):
        assert await rut.found(request_id, identifier=identifier) == [citizen.id]
    assert await rut.found(request_id, errand=reference.lower().replace("-", " ")) == [citizen.id]
    assert await rut.found(request_id, errand="SK-222222") == []
    assert await rut.found(request_id, identifier=str(uuid4())) == []


async def test_a_period_and_words_find_what_was_said_newest_first(
    rut: RegistrarClient, gateway: Gateway, citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("Var söker jag BYGGLOV för 100 % ÅRETRUNTHUS?")
    newer = await Citizen.start(gateway.http)
    await newer.say("Gäller bygglovet länge?")
    other = await Citizen.start(gateway.http)
    await other.say("När töms soporna?")
    request_id = await rut.register()
    assert await rut.found(request_id, **period("bygglov")) == [newer.id, citizen.id]
    assert await rut.found(request_id, **period("åretrunt")) == [citizen.id]
    assert await rut.found(request_id, **period("100 %")) == [citizen.id]
    assert await rut.found(request_id, **period("1% Å")) == []
    assert len(await rut.found(request_id, **period())) == 3
    assert await rut.found(request_id, **period("bygglov", days=-1)) == []
    assert await rut.found(request_id, **period("bygglov", days=1)) == []


async def test_notes_and_errands_are_searched_too(
    rut: RegistrarClient, citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("hej")
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    note = {"note_id": str(uuid4()), "kind": "note", "text": "Gäller fastigheten Björken 1."}
    made = await anna.http.post(f"/api/desk/conversations/{citizen.id}/notes", json=note)
    assert made.is_success, made.text
    request_id = await rut.register()
    assert await rut.found(request_id, **period("björken")) == [citizen.id]


async def test_contacts_of_errands_and_words_about_the_talk_are_searched_too(
    rut: RegistrarClient, citizen: Citizen, anna: AgentClient
) -> None:
    at = f"/api/conversations/{citizen.id}"
    await citizen.say("Hål i VÄSTRA ÅGATAN")
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    wish = {"errand_id": str(uuid4()), "kind": "callback", "contact": "070-174 06 05"}
    made = await citizen.http.post(f"{at}/errands", json=wish, headers=citizen.headers)
    assert made.is_success, made.text
    await anna.close(citizen.id)
    survey = {"ease": 2, "comment": "Otrevlig växel."}
    said = await citizen.http.post(f"{at}/survey", json=survey, headers=citizen.headers)
    assert said.is_success, said.text
    request_id = await rut.register()
    for words in ("0701740605", "070 174 06", "174-0605", "OTREVLIG VÄXEL", "västra ågatan"):
        assert await rut.found(request_id, **period(words)) == [citizen.id], words
    for words in ("0701740606", "174a0605"):
        assert await rut.found(request_id, **period(words)) == [], words


@pytest.mark.parametrize(
    "search",
    [
        {},
        {"start": "2026-11-01"},
        {"errand": "SK-222222", "start": "2026-11-01", "end": "2026-11-02"},
        {"words": "bygglov"},
    ],
)
async def test_a_search_goes_one_way(rut: RegistrarClient, search: dict[str, str]) -> None:
    request_id = await rut.register()
    response = await rut.http.post(f"/requests/{request_id}/search", json=search)
    assert (response.status_code, response.json()["error"]) == (422, "invalid_request")


async def test_a_search_shows_two_hundred_and_says_how_many_there_are(
    rut: RegistrarClient, gateway: Gateway
) -> None:
    for _ in range(203):
        await (await Citizen.start(gateway.http)).say("altan")
    request_id = await rut.register()
    found = await rut.post(f"/requests/{request_id}/search", **period("altan"))
    assert (found["total"], len(found["conversations"])) == (203, 200)


async def test_the_log_keeps_what_was_done_and_no_words_of_a_search(
    rut: RegistrarClient, citizen: Citizen
) -> None:
    await citizen.say("Kalle Kula")
    request_id = await rut.register(reference="KS 2026/99")
    await rut.found(request_id, **period("Kalle Kula"))
    await rut.add(request_id, citizen.id)
    await rut.review(request_id, citizen.id)
    await rut.export(request_id, "pdf")
    await rut.export(request_id, "json", conversation=citizen.id)
    await rut.post(f"/requests/{request_id}/close", outcome="handed_out")
    deeds = (await rut.deeds(action="records."))[::-1]
    assert [(one["action"], one["detail"]) for one in deeds] == [
        ("records.register", None),
        ("records.search", {"by": "period", "found": 1}),
        ("records.add", None),
        ("records.read", None),  # the request, in the answer
        ("records.read", None),
        ("records.export", {"file": "pdf", "conversations": 1}),
        ("records.export", {"file": "json", "conversations": 1}),
        ("records.close", {"outcome": "handed_out"}),
    ]
    assert {(one["username"], one["role"]) for one in deeds} == {("rut", "registrar")}
    assert {one["subject"] for one in deeds} == {"KS 2026/99"}
    assert "Kalle" not in str(deeds)
