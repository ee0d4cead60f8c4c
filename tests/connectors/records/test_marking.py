"""The review for secrecy, and what is handed out after it."""

import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.record_tables import RequestedConversationRow, SecrecyMarkRow
from tests.support.clients import AgentClient, Citizen, Json
from tests.support.gateway import Gateway
from tests.support.records import RegistrarClient, everything_in, text_of

SECRET = "Dricker för mycket vid Björkgatan"
SAYS = f"Min granne, {SECRET}, får inte bygga 😀"


@pytest.fixture
async def talk(citizen: Citizen, anna: AgentClient) -> Citizen:
    """A conversation with everything in it: messages, an errand, a note, an outcome, a survey."""
    await citizen.say("Får jag bygga en altan?")
    events = await citizen.until_answered()
    await citizen.http.post(
        f"/api/conversations/{citizen.id}/messages/{events[-1]['seq']}/feedback",
        json={"helpful": False},
        headers=citizen.headers,
    )
    await citizen.say(SAYS)
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    await anna.post(citizen.id, "Hej! Vi har fått en anmälan.")
    note = {
        "note_id": str(uuid4()),
        "kind": "note",
        "text": "Gäller dricker för mycket vid björkgatan.",
    }
    await anna.http.post(f"/api/desk/conversations/{citizen.id}/notes", json=note)
    wish = {"errand_id": str(uuid4()), "kind": "callback", "contact": "070-174 06 05"}
    made = await citizen.http.post(
        f"/api/conversations/{citizen.id}/errands", json=wish, headers=citizen.headers
    )
    assert made.is_success, made.text
    await anna.close(citizen.id)
    await citizen.http.post(
        f"/api/conversations/{citizen.id}/survey",
        json={"ease": 2, "comment": "Det tog tid."},
        headers=citizen.headers,
    )
    return citizen


def part_with(review: Json, words: str) -> Json:
    return next(part for part in review["transcript"]["parts"] if words in part["text"])


async def test_a_review_shows_everything_that_is_kept(rut: RegistrarClient, talk: Citizen) -> None:
    request_id = await rut.register()
    review = await rut.review(request_id, talk.id)
    assert not review["included"]
    parts = review["transcript"]["parts"]
    kinds = {part["kind"] for part in parts}
    assert kinds == {"event", "state", "note", "errand", "outcome", "survey", "page", "topic"}
    answer = next(part for part in parts if part["actor"] == "bot" and part["versions"])
    assert answer["versions"]["index"] == "i1"
    assert answer["helpful"] is False
    assert answer["sources"][0]["url"]
    assert part_with(review, "070-174 06 05")["field"].endswith(" contact")
    assert part_with(review, "Det tog tid.")["scores"] == {"ease": 2}
    assert "Löst" in part_with(review, "Löst")["text"]
    assert part_with(review, "Vi har fått en anmälan.")["name"] == "Anna Berg"
    times = [part["at"] for part in parts if part["at"]]
    assert times == sorted(times)


async def test_what_is_marked_is_in_no_file(
    rut: RegistrarClient, talk: Citizen, gateway: Gateway
) -> None:
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    review = await rut.review(request_id, talk.id)
    part = part_with(review, SECRET)
    assert "Dricker" in text_of((await rut.export(request_id, "pdf")).content)
    await rut.mark(request_id, talk.id, part, SECRET, everywhere=True)
    review = await rut.review(request_id, talk.id)
    contact = part_with(review, "070-174 06 05")
    await rut.mark(request_id, talk.id, contact, contact["text"], ground="OSL 21:3")

    pdf = (await rut.export(request_id, "pdf")).content
    told = text_of(pdf)
    assert "[Sekretess, OSL 26:1]" in told and "[Sekretess, OSL 21:3]" in told
    assert "Min granne" in told
    unpacked = everything_in(pdf)
    handout = (await rut.export(request_id, "json")).text
    preview = json.dumps(
        await rut.get(f"/requests/{request_id}/conversations/{talk.id}/preview"),
        ensure_ascii=False,
    )
    for word in ("Dricker", "dricker", "mycket", "Björkgatan", "björkgatan", "174 06"):
        assert word not in told
        assert word not in handout
        assert word not in preview
        for code in ("utf-8", "utf-16-be", "latin-1"):
            assert word.encode(code) not in unpacked
            assert word.encode(code).hex().encode() not in unpacked.lower()


async def test_a_mark_and_its_removal_are_kept_in_the_log_and_a_repeat_is_not(
    rut: RegistrarClient, talk: Citizen
) -> None:
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    part = part_with(await rut.review(request_id, talk.id), SECRET)
    at = f"/requests/{request_id}/conversations/{talk.id}/marks"
    body = {
        "id": str(uuid4()),
        "part": part["key"],
        "start": 11,
        "end": 16,
        "ground": "OSL 26:1",
    }
    for _ in range(2):
        (mark,) = (await rut.post(at, **body))["marks"]
    (same,) = (await rut.post(at, **{**body, "id": str(uuid4())}))["marks"]
    assert (mark["start"], mark["end"], mark["marked_by"], same) == (11, 16, "rut", mark)
    for _ in range(2):
        assert (await rut.post(f"{at}/{mark['id']}/remove"))["marks"] == []
    deeds = [one for one in await rut.deeds() if "mark" in one["action"]]
    assert [(one["action"], one["detail"]) for one in deeds] == [
        ("records.unmark", {"ground": "OSL 26:1"}),
        ("records.mark", {"ground": "OSL 26:1", "places": 1}),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "conversations",
        "conversations/{other}/remove",
        "conversations/{talk}/marks",
        "conversations/{talk}/marks/{other}/remove",
    ],
)
async def test_whatever_shows_a_conversation_is_noted_as_read(
    rut: RegistrarClient, gateway: Gateway, citizen: Citizen, path: str
) -> None:
    """Also where nothing is changed: at a repeat, and when what is not there is removed."""
    said, request_id = await citizen.say("hemligt"), await rut.register()
    mark = {"part": f"event:{said['seq']}", "start": 0, "end": 7, "ground": "OSL 26:1"}
    stored = SecrecyMarkRow(id=uuid4(), **mark, marked_at=utc_now(), marked_by="rut")
    await _include(gateway, request_id, citizen.id, stored)
    bodies: dict[str, Json] = {
        "conversations": {"conversation_ids": [citizen.id]},
        "conversations/{talk}/marks": {"id": str(stored.id), **mark},
    }
    address = path.format(talk=citizen.id, other=uuid4())
    await rut.post(f"/requests/{request_id}/{address}", **bodies.get(path, {}))
    deeds = await rut.deeds(action="records.")
    assert [(one["action"], one["subject"]) for one in deeds] == [
        ("records.read", "KS 2026/12"),
        ("records.register", "KS 2026/12"),
    ]
    assert deeds[0]["conversation_id"] == (citizen.id if "marks" in path else None)


async def _include(
    gateway: Gateway, request_id: str, conversation_id: str, mark: SecrecyMarkRow
) -> None:
    """Let a request be about a conversation past the API, which would have shown it."""
    of = {"request_id": UUID(request_id), "conversation_id": UUID(conversation_id)}
    mark.request_id, mark.conversation_id = of["request_id"], of["conversation_id"]
    database = Database(gateway.settings.database_url)
    async with database.write() as session:
        session.add(RequestedConversationRow(**of, added_at=utc_now(), added_by="rut"))
        await session.flush()
        session.add(mark)
    await database.close()


async def test_characters_are_counted_as_unicode_does(rut: RegistrarClient, talk: Citizen) -> None:
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    part = part_with(await rut.review(request_id, talk.id), "😀")
    assert len(part["text"]) == len(SAYS)
    await rut.mark(request_id, talk.id, part, "😀")
    seen = await rut.get(f"/requests/{request_id}/conversations/{talk.id}/preview")
    pieces = next(one["pieces"] for one in seen["parts"] if len(one["pieces"]) == 2)
    assert pieces == [{"text": SAYS[:-1], "secret": []}, {"text": "", "secret": ["OSL 26:1"]}]


@pytest.mark.parametrize(
    ("part", "start", "end"), [("event:1", 0, 9999), ("event:1", 5, 5), ("event:999", 0, 1)]
)
async def test_only_words_that_are_there_can_be_marked(
    rut: RegistrarClient, talk: Citizen, part: str, start: int, end: int
) -> None:
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    body = {"id": str(uuid4()), "part": part, "start": start, "end": end, "ground": "OSL 26:1"}
    response = await rut.http.post(
        f"/requests/{request_id}/conversations/{talk.id}/marks", json=body
    )
    assert (response.status_code, response.json()["error"]) == (422, "mark_outside")


async def test_what_the_request_is_not_about_cannot_be_marked(
    rut: RegistrarClient, talk: Citizen
) -> None:
    request_id = await rut.register()
    body = {"id": str(uuid4()), "part": "event:1", "start": 0, "end": 1, "ground": "OSL 26:1"}
    response = await rut.http.post(
        f"/requests/{request_id}/conversations/{talk.id}/marks", json=body
    )
    assert (response.status_code, response.json()["error"]) == (404, "conversation_not_found")


async def test_a_mark_holds_for_its_own_request_only(
    rut: RegistrarClient, talk: Citizen, gateway: Gateway
) -> None:
    one, other = await rut.register(), await rut.register("extract", "KS 2026/13")
    for request_id in (one, other):
        await rut.add(request_id, talk.id)
    part = part_with(await rut.review(one, talk.id), SECRET)
    await rut.mark(one, talk.id, part, SECRET)
    assert (await rut.review(other, talk.id))["marks"] == []
    assert "Dricker" in (await rut.export(other, "json")).text
    database = Database(gateway.settings.database_url)
    async with database.read() as session:
        rows = (await session.scalars(select(SecrecyMarkRow))).all()
    await database.close()
    assert "Dricker" not in str([vars(row) for row in rows])


async def test_only_what_has_been_read_is_handed_out(
    rut: RegistrarClient, talk: Citizen, anna: AgentClient
) -> None:
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    at = f"/requests/{request_id}"
    assert (await rut.get(at))["unread"] == [talk.id]
    refused = await rut.http.get(f"{at}/export.json")
    assert (refused.status_code, refused.json()["error"]) == (409, "not_read")
    await rut.review(request_id, talk.id)
    assert (await rut.get(at))["unread"] == []
    assert "Björkgatan" in (await rut.export(request_id, "json")).text
    await _note(anna, talk, "Har fått en diagnos.")
    assert (await rut.get(at))["unread"] == [talk.id]
    for file_kind in ("json", "pdf"):
        assert (await rut.http.get(f"{at}/export.{file_kind}")).status_code == 409
    await rut.review(request_id, talk.id)
    await rut.post(f"{at}/close", outcome="handed_out")
    await _note(anna, talk, "Bor på skyddat boende.")
    assert (await rut.get(at))["unread"] == []
    handed = (await rut.export(request_id, "json")).text
    assert "diagnos" in handed and "skyddat" not in handed
    assert "skyddat" not in str(await rut.review(request_id, talk.id))


async def _note(anna: AgentClient, talk: Citizen, text: str) -> None:
    note = {"note_id": str(uuid4()), "kind": "note", "text": text}
    path = f"/api/desk/conversations/{talk.id}/notes"
    (await anna.http.post(path, json=note)).raise_for_status()


async def test_a_closed_request_opens_no_other_conversation(
    rut: RegistrarClient, citizen: Citizen, talk: Citizen
) -> None:
    other = await Citizen.start(citizen.http)
    await other.say("Något helt annat.")
    request_id = await rut.register()
    await rut.add(request_id, talk.id)
    await rut.post(f"/requests/{request_id}/close", outcome="none_found")
    at = f"/requests/{request_id}/conversations"
    for path in (f"{at}/{other.id}", f"{at}/{other.id}/preview"):
        response = await rut.http.get(path)
        assert (response.status_code, response.json()["error"]) == (409, "request_closed")
    assert (await rut.review(request_id, talk.id))["included"]


async def test_the_files_say_what_they_are(rut: RegistrarClient, talk: Citizen) -> None:
    request_id = await rut.register("extract", "KS 2026/12 å")
    await rut.add(request_id, talk.id)
    await rut.review(request_id, talk.id)
    as_json = await rut.export(request_id, "json", conversation=talk.id)
    assert as_json.headers["content-disposition"] == 'attachment; filename="KS-2026-12.json"'
    assert as_json.headers["cache-control"] == "no-store"
    body = as_json.json()
    assert (body["format"], body["version"], body["kind"]) == ("kommunbot-records", 1, "extract")
    assert [one["heading"]["id"] for one in body["conversations"]] == [talk.id]
    as_pdf = await rut.export(request_id, "pdf")
    assert as_pdf.headers["content-type"] == "application/pdf"
    assert "Registerutdrag" in text_of(as_pdf.content)
