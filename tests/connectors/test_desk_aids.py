"""The desk's aids: suggested and prepared replies, quick facts."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.answering.model import Context, Decision, Outcome
from bot.opening_hours.model import STOCKHOLM
from bot.prepared_replies.repository import load_replies
from bot.retrieval.store import build
from bot.texts import Texts
from connectors.conversation.model import Actor, DeskDecision, DeskEvent
from connectors.conversation.thinking import Thinker
from connectors.desk.facts import Facts
from connectors.desk.prepared import PreparedReplies
from connectors.desk.suggesting import Suggested, Suggestions
from connectors.errors import ReplyNotFound
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import ReplyUseRow
from tests.support.assistant import assistant_over
from tests.support.clients import AgentClient, Citizen, Json
from tests.support.content import DOCUMENTS, entry
from tests.support.editor import small_content
from tests.support.encoder import LetterEncoder
from tests.support.gateway import ROOT, Gateway
from tests.support.thinker import ScriptedThinker

DATA = ROOT / "data"
AIDS = [
    ("GET", "conversations/{id}/suggestions"),
    ("GET", "replies"),
    ("POST", "replies/halsa/used"),
    ("GET", "facts"),
    ("GET", "people?q=anna"),
]


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


async def get(agent: AgentClient, path: str) -> Json:
    response = await agent.http.get(f"/api/desk/{path}")
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


@pytest.mark.parametrize(("method", "path"), AIDS)
async def test_no_aid_opens_without_a_login_or_from_another_site(
    gateway: Gateway, anna: AgentClient, method: str, path: str
) -> None:
    url = f"/api/desk/{path.format(id=uuid4())}"
    assert said(await gateway.http.request(method, url)) == (401, "not_logged_in")
    evil = {"Origin": "https://evil.example"}
    refused = await anna.http.request(method, url, headers=evil)
    assert said(refused) == (403, "origin_not_allowed")


# --- suggested replies


async def test_the_newest_message_gets_suggestions_with_source_and_confidence(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    seq = (await citizen.say("altan"))["seq"]
    found = await get(anna, f"conversations/{citizen.id}/suggestions")
    assert found["seq"] == seq
    first, second = found["suggestions"]
    assert first == {
        "entry": "bygglov-altan",
        "title": "Bygglov för altan",
        "text": "Svar om bygglov-altan.",
        "source": {"title": "Bygglov för altan", "url": "http://x/1", "reviewed": None},
        "confidence": 0.9,
    }
    assert second["confidence"] == 0.05


async def test_what_is_said_to_the_bot_alone_gets_no_suggestions(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    for conversation_id in (citizen.id, str(uuid4())):
        url = f"/api/desk/conversations/{conversation_id}/suggestions"
        assert said(await anna.http.get(url)) == (404, "conversation_not_found")


async def test_a_citizen_who_has_written_nothing_gets_no_suggestions(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    found = await get(anna, f"conversations/{citizen.id}/suggestions")
    assert found == {"seq": None, "suggestions": []}


async def test_a_suggestion_is_never_sent_by_itself(citizen: Citizen, anna: AgentClient) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    await citizen.say("altan")
    before = (await citizen.news())["events"]
    await get(anna, f"conversations/{citizen.id}/suggestions")
    assert (await citizen.news())["events"] == before


async def test_a_broken_search_gives_an_empty_list_and_logs_nothing_of_the_text(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    seq = (await citizen.say("trasig hemlighet"))["seq"]
    with capture_logs() as logged:
        found = await get(anna, f"conversations/{citizen.id}/suggestions")
    assert found == {"seq": seq, "suggestions": []}
    assert {"suggesting_failed"} <= {line["event"] for line in logged}
    assert "hemlighet" not in json.dumps(logged, default=str)


def message(seq: int, actor: Actor, text: str, decision: Decision | None = None) -> DeskEvent:
    told = DeskDecision.model_validate(decision.model_dump()) if decision else None
    return DeskEvent(seq=seq, at=utc_now(), type="message", actor=actor, text=text, decision=told)


async def suggested(thinker: Thinker, *events: DeskEvent, **limits: float) -> Suggested:
    suggestions = Suggestions(thinker, **limits)
    try:
        return await suggestions.of(events)
    finally:
        suggestions.close()


async def test_a_search_that_takes_too_long_is_not_waited_for() -> None:
    thinker = ScriptedThinker()
    thinker.gate.clear()
    try:
        found = await suggested(thinker, message(1, Actor.CITIZEN, "altan"), seconds=0.05)
    finally:
        thinker.gate.set()
    assert (found.seq, found.suggestions) == (1, ())


async def test_what_an_entry_says_is_suggested_with_the_day_of_its_review(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path)
    found = await suggested(assistant, message(1, Actor.CITIZEN, "vad kostar ett bygglov?"))
    best = found.suggestions[0]
    assert (best.entry, best.text) == ("bygglov-kostnad", "Avgiften beror på vad du bygger.")
    assert best.source.url == "https://testby.example/bygglov-kostnad/"
    assert str(best.source.reviewed) == "2026-11-10"
    sure = [one.confidence for one in found.suggestions]
    assert len(sure) <= 3
    assert sure == sorted(sure, reverse=True)


async def test_a_passage_of_a_page_is_suggested_with_its_text_and_page(tmp_path: Path) -> None:
    page = entry("brygga:1f", "Bryggor: Hyra båtplats", "Båtplatser hyr du av hamnkontoret.")
    page = page.model_copy(update={"kind": "page", "source_title": "Bryggor", "variants": ()})
    build((*DOCUMENTS, page), LetterEncoder(), tmp_path, "test")
    assistant = assistant_over(tmp_path, built=False)
    found = await suggested(assistant, message(1, Actor.CITIZEN, "hyra båtplats bryggor"))
    best = found.suggestions[0]
    assert (best.entry, best.title, best.text) == (None, page.title, page.text)
    assert (best.source.title, best.source.url) == ("Bryggor", page.url)


async def test_a_short_question_leans_on_what_the_bot_answered_last(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path)
    answer = assistant.choose("bygglov-altan")
    events = (
        message(1, Actor.CITIZEN, "altan bygglov"),
        message(2, Actor.BOT, answer.text, answer),
        message(3, Actor.CITIZEN, "och vad kostar det?"),
    )
    found = await suggested(assistant, *events)
    assert (found.seq, found.suggestions[0].entry) == (3, "bygglov-kostnad")


@pytest.mark.parametrize("text", ["tack!", "min man har fått en hjärtinfarkt", "🙂"])
async def test_thanks_and_danger_get_no_suggestions(tmp_path: Path, text: str) -> None:
    found = await suggested(assistant_over(tmp_path), message(1, Actor.CITIZEN, text))
    assert found.suggestions == ()


async def test_without_an_index_there_are_no_suggestions(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, built=False)
    found = await suggested(assistant, message(1, Actor.CITIZEN, "vad kostar ett bygglov?"))
    assert (found.seq, found.suggestions) == (1, ())


class WithSteps(ScriptedThinker):
    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        said = super().choose(entry_id, context)
        return said.model_copy(update={"steps": ("Logga in.", "Skicka.")})


class Forgetful(ScriptedThinker):
    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        return Decision(outcome=Outcome.HANDOFF, text="Jag kopplar dig.")


async def test_the_steps_stand_below_the_answer() -> None:
    found = await suggested(WithSteps(), message(1, Actor.CITIZEN, "altan"))
    text = "Svar om bygglov-altan.\n\n1. Logga in.\n2. Skicka."
    assert found.suggestions[0].text == text


async def test_what_was_taken_out_of_the_index_meanwhile_is_not_suggested() -> None:
    found = await suggested(Forgetful(), message(1, Actor.CITIZEN, "altan"))
    assert (found.seq, found.suggestions) == (1, ())


# --- prepared replies


async def test_the_prepared_replies_carry_the_agents_own_name(
    anna: AgentClient, omar: AgentClient
) -> None:
    for agent, name in ((anna, "Anna Berg"), (omar, "Omar Haddad")):
        replies = (await get(agent, "replies"))["replies"]
        assert len(replies) == len(load_replies(DATA).all)
        (greeting,) = [one for one in replies if one["id"] == "halsa"]
        assert f"Jag heter {name}" in greeting["text"]
        assert not any("{" in one["text"] for one in replies)


async def test_a_prepared_reply_is_found_by_a_word_without_dots(anna: AgentClient) -> None:
    found = (await get(anna, "replies?q=vattenlacka"))["replies"]
    assert [one["id"] for one in found] == ["vatten-lacka"]
    assert found[0]["topic"] == "vatten"
    assert (await get(anna, "replies?q=finns inte"))["replies"] == []


async def test_uses_are_counted_together_for_all_agents(
    anna: AgentClient, omar: AgentClient
) -> None:
    url = "/api/desk/replies/halsa/used"
    answers = await asyncio.gather(*(one.http.post(url, json={}) for one in [anna, omar] * 10))
    assert {answer.status_code for answer in answers} == {204}
    used = {one["id"]: one["used"] for one in (await get(omar, "replies"))["replies"]}
    assert used["halsa"] == 20
    assert used["hej-da"] == 0


@pytest.mark.parametrize("reply_id", ["finns-inte", "%00", "x" * 300])
async def test_a_reply_that_is_not_there_is_not_counted(anna: AgentClient, reply_id: str) -> None:
    response = await anna.http.post(f"/api/desk/replies/{reply_id}/used", json={})
    assert said(response) == (404, "reply_not_found")


async def test_a_reply_that_was_taken_away_keeps_its_count_until_it_comes_back(
    prepared_sqlite_url: str, tmp_path: Path
) -> None:
    data_dir = small_content(tmp_path)
    path = data_dir / "svarsmallar.yml"
    text = path.read_text(encoding="utf-8")
    database = Database(prepared_sqlite_url)
    prepared = PreparedReplies(database, data_dir)
    await prepared.used("halsa")
    path.write_text(text.replace("id: halsa\n", "id: annan\n"), encoding="utf-8")
    with pytest.raises(ReplyNotFound):
        await prepared.used("halsa")
    path.write_text(text, encoding="utf-8")
    await prepared.used("halsa")
    async with database.read() as session:
        counts = (await session.execute(select(ReplyUseRow.reply_id, ReplyUseRow.count))).all()
    await database.close()
    assert counts == [("halsa", 2)]


# --- quick facts


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM)


OPEN = [
    (at(12, 1, 9), "kontaktcenter-telefon", "Öppet till 16.30"),
    (at(12, 1, 7), "kontaktcenter-telefon", "Stängt, öppnar i dag 8.00"),
    (at(12, 1, 17), "kontaktcenter-telefon", "Stängt, öppnar i morgon 8.00"),
    (at(12, 4, 17), "kontaktcenter-telefon", "Stängt, öppnar måndag 8.00"),
    (at(12, 3, 18), "servicepunkt-lindo", "Stängt, öppnar torsdag 10 december 13.00"),
    (at(12, 31, 9), "kontaktcenter-telefon", "Stängt, öppnar måndag 8.00"),
    (
        at(12, 11, 9),
        "kontaktcenter-besok",
        "Öppet till 14.00. Personalen övar brandlarm. Telefonen är öppen som vanligt.",
    ),
]


@pytest.mark.parametrize(("moment", "place", "text"), OPEN)
def test_a_place_says_how_it_stands_just_now(moment: datetime, place: str, text: str) -> None:
    facts = Facts(DATA, Texts.load(DATA), now=lambda: moment)
    assert {one.id: one.text for one in facts.places()}[place] == text


BREAKS = """\
platser:
  - id: plats
    namn: Plats
    vecka:
      mandag-fredag: 8.00–12.00, 13.00–16.30
  - id: borta
    namn: Borta
    vecka: stängt
"""


def test_a_lunch_break_and_a_place_that_never_opens_are_said(tmp_path: Path) -> None:
    (tmp_path / "oppettider.yml").write_text(BREAKS, encoding="utf-8")
    facts = Facts(tmp_path, Texts.load(DATA), now=lambda: at(12, 1, 9))
    assert [(one.text, one.open) for one in facts.places()] == [
        ("Öppet till 12.00, sedan från 13.00", True),
        ("Stängt tills vidare", False),
    ]


def test_a_file_of_hours_that_is_wrong_leaves_the_ones_before(tmp_path: Path) -> None:
    path = tmp_path / "oppettider.yml"
    path.write_text(BREAKS, encoding="utf-8")
    facts = Facts(tmp_path, Texts.load(DATA), now=lambda: at(12, 1, 9))
    before = facts.places()
    path.write_text(BREAKS.replace("mandag-fredag", "mondag"), encoding="utf-8")
    assert facts.places() == before


async def test_every_place_of_the_file_is_told(anna: AgentClient) -> None:
    places = (await get(anna, "facts"))["places"]
    assert {"kontaktcenter-telefon", "simhall-skarvinge"} <= {one["id"] for one in places}
    assert all(one["text"].startswith(("Öppet till", "Stängt")) for one in places)


async def test_staff_are_found_and_nothing_is_listed_without_a_word(anna: AgentClient) -> None:
    (found,) = (await get(anna, "people?q=margareta san"))["people"]
    assert found["title"] == "Kommundirektör"
    assert found["phone"] == "031-390 06 10"
    assert (await get(anna, "people"))["people"] == []
    too_long = await anna.http.get("/api/desk/people", params={"q": "x" * 201})
    assert said(too_long) == (422, "invalid_request")
