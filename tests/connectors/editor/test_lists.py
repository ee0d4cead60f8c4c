"""What editors are told to look at, what is asked for in vain, and notices."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx

from connectors.conversation.model import BOT, CITIZEN
from connectors.conversation.repository import append
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow
from tests.support.clients import Citizen, Json
from tests.support.editor import EditorClient, git
from tests.support.gateway import Gateway

WATER = {
    "id": "vattenlacka",
    "kind": "kris",
    "text": "Koka vattnet.",
    "link": {"title": "Mer", "url": "/kris/"},
    "starts": "2026-07-01T06:00:00Z",
    "ends": None,
    "topics": ["vatten"],
    "pinned": True,
}


async def ask(citizen: Citizen, text: str) -> Json:
    await wait_for_the_search(citizen.http)
    await citizen.say(text)
    events = await citizen.until_answered()
    event: Json = next(one for one in reversed(events) if one.get("decision"))
    return event


async def wait_for_the_search(http: httpx.AsyncClient) -> None:
    async with asyncio.timeout(30):
        while (await http.get("/api/health")).json()["parts"]["index"] != "ok":  # noqa: ASYNC110  # nothing tells when it is
            await asyncio.sleep(0.05)


async def rate(citizen: Citizen, seq: int, helpful: bool) -> None:
    await citizen.http.post(
        f"/api/conversations/{citizen.id}/messages/{seq}/feedback",
        json={"helpful": helpful},
        headers=citizen.headers,
    )


async def test_questions_without_an_answer_become_a_gap_without_names(
    editing: Gateway, ellen: EditorClient
) -> None:
    asked = ["var finns laddstolpar för elbil", "Var finns laddstolpar? Ring 070-123 45 67"]
    for text in asked:
        citizen = await Citizen.start(editing.http)
        assert (await ask(citizen, text))["decision"]["outcome"] != "answer"
    gaps = (await ellen.get("/gaps"))["gaps"]
    told = [text for gap in gaps for text in gap["questions"]]
    assert any("laddstolpar för elbil" in text for text in told)
    assert "070" not in str(gaps)
    assert sum(gap["count"] for gap in gaps) == 2


async def test_an_answer_that_did_not_help_is_a_gap_too(
    editing: Gateway, ellen: EditorClient
) -> None:
    citizen = await Citizen.start(editing.http)
    answer = await ask(citizen, "När töms soporna?")
    assert answer["decision"]["outcome"] == "answer"
    assert (await ellen.get("/gaps"))["gaps"] == []
    await rate(citizen, answer["seq"], False)
    (gap,) = (await ellen.get("/gaps"))["gaps"]
    assert gap["label"] == "När töms soporna?"
    assert gap["nearest"]["id"] == "avfall-hamtning"


async def test_a_gap_becomes_a_beginning_of_an_entry(editing: Gateway, ellen: EditorClient) -> None:
    for text in ("laddstolpar för elbil", "laddstolpe för elbilar"):
        await ask(await Citizen.start(editing.http), text)
    gap, *_ = (await ellen.get("/gaps"))["gaps"]
    response = await ellen.http.post(f"/gaps/{gap['id']}/draft")
    draft = response.json()
    assert draft["file"].endswith(".yml")
    assert f"fraga: {gap['label'].capitalize()}" in draft["yaml"]
    checked = await ellen.http.post(
        "/drafts/check",
        json={"entry": None, "file": draft["file"], "version": None, "yaml": draft["yaml"]},
    )
    assert checked.status_code == 200, checked.text
    assert any(one["key"] == "svar" for one in checked.json()["findings"])
    gone = await ellen.http.post("/gaps/abc/draft")
    assert (gone.status_code, gone.json()["error"]) == (404, "gap_not_found")


async def test_what_has_ended_is_old_or_disliked_is_to_be_looked_at(
    editing: Gateway, ellen: EditorClient
) -> None:
    today = datetime.now(UTC).date()
    day = timedelta(days=1)
    await ellen.change("avfall-kostnad", giltig_till=(today - day).isoformat())
    await ellen.change("bygglov-altan", giltig_till=(today + 5 * day).isoformat())
    for _ in range(2):
        citizen = await Citizen.start(editing.http)
        answer = await ask(citizen, "När töms soporna?")
        await rate(citizen, answer["seq"], False)
    lists = await ellen.get("/review")
    assert [one["entry"] for one in lists["expired"]] == ["avfall-kostnad"]
    assert str(today - day) in lists["expired"][0]["detail"]
    assert [one["entry"] for one in lists["expiring"]] == ["bygglov-altan"]
    (disliked,) = lists["thumbs_down"]
    assert (disliked["entry"], disliked["count"]) == ("avfall-hamtning", 2)
    assert lists["never_hit"] == []


async def test_an_entry_that_nobody_gets_is_told_after_many_answers(
    editing: Gateway, ellen: EditorClient
) -> None:
    citizen = await Citizen.start(editing.http)
    database = Database(editing.settings.database_url)
    async with database.write() as session:
        row = await session.get(ConversationRow, UUID(citizen.id))
        assert row is not None
        for _ in range(200):
            append(session, row, CITIZEN, datetime.now(UTC), type="message", text="x")
            decision = {"outcome": "answer", "entry": "avfall-hamtning", "reason": None}
            append(session, row, BOT, datetime.now(UTC), type="message", decision=decision)
    await database.close()
    never = {one["entry"] for one in (await ellen.get("/review"))["never_hit"]}
    assert never == {"avfall-kostnad", "bygglov-altan", "vigsel-boka"}


async def test_a_notice_is_put_up_changed_and_ended(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    (data_dir / "meddelanden.yml").write_text("# Våra egna ord.\nmeddelanden: []\n", "utf-8")
    for _ in range(2):
        assert (await ellen.http.post("/notices", json=WATER)).status_code == 201
    shown = (await editing.http.get("/api/notices")).json()["notices"]
    assert [(one["id"], one["kind"]) for one in shown] == [("vattenlacka", "kris")]
    changed = {**WATER, "text": "Koka vattnet i Norrby."}
    assert (await ellen.http.post("/notices/vattenlacka", json=changed)).status_code == 200
    assert "Norrby" in (await editing.http.get("/api/notices")).json()["notices"][0]["text"]
    taken = await ellen.http.post("/notices", json={**WATER, "text": "Annat."})
    assert (taken.status_code, taken.json()["error"]) == (409, "id_reused")
    assert (await ellen.http.post("/notices/vattenlacka/end")).status_code == 200
    assert (await editing.http.get("/api/notices")).json()["notices"] == []
    (kept,) = (await ellen.get("/notices"))["notices"]
    assert kept["ends"] is not None
    assert (data_dir / "meddelanden.yml").read_text("utf-8").startswith("# Våra egna ord.")
    assert "Ellen" in git(data_dir, "log", "-1", "--format=%an", "--", "meddelanden.yml")


async def test_a_notice_that_cannot_be_is_refused(ellen: EditorClient) -> None:
    backwards = {**WATER, "ends": "2026-06-01T06:00:00Z"}
    refused = await ellen.http.post("/notices", json=backwards)
    assert (refused.status_code, refused.json()["error"]) == (422, "invalid_request")
    unknown = await ellen.http.post("/notices/finns-inte", json={**WATER, "id": "finns-inte"})
    assert (unknown.status_code, unknown.json()["error"]) == (404, "notice_not_found")


async def test_a_file_of_notices_that_cannot_be_read_is_told_and_left_alone(
    ellen: EditorClient, data_dir: Path
) -> None:
    path = data_dir / "meddelanden.yml"
    path.write_text("meddelanden:\n  - id: x\n", "utf-8")
    refused = await ellen.http.post("/notices", json=WATER)
    assert refused.status_code == 422
    assert "text" in str(refused.json()["findings"])
    assert path.read_text("utf-8") == "meddelanden:\n  - id: x\n"
