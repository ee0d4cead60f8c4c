"""An agent's reply is proposed at the desk, and becomes the draft of an entry or is dismissed."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from ruamel.yaml import YAML

from tests.connectors.editor.test_lists import wait_for_the_search
from tests.support.clients import AgentClient, Citizen, Json
from tests.support.editor import EditorClient, editor_settings, running_editor
from tests.support.gateway import Gateway, write_passwords

QUESTION = "Får min fru Kerstin Lund bygga en veranda? Hon har nummer 070-123 45 67"
REPLY = "Nej, hon behöver inget bygglov. Ring {phone} om du undrar mer."


@pytest.fixture
async def gateway(
    prepared_url: str, tmp_path: Path, data_dir: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    """A gateway with desk and editor, on SQLite and on PostgreSQL."""
    write_passwords(tmp_path, logins)
    async with running_editor(editor_settings(prepared_url, tmp_path)) as running:
        yield running


@pytest.fixture
def editing(gateway: Gateway) -> Gateway:
    return gateway


@pytest.fixture
async def talk(citizen: Citizen, anna: AgentClient) -> Citizen:
    """A conversation that Anna has taken."""
    await citizen.move("hand_off")
    assert (await anna.take(citizen.id)).status_code == 200
    return citizen


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


async def reply(agent: AgentClient, talk: Citizen, text: str) -> int:
    """Write to the citizen; returns the message's number."""
    response = await agent.post(talk.id, text)
    assert response.status_code == 201, response.text
    seq: int = response.json()["seq"]
    return seq


async def propose(
    agent: AgentClient, talk: Citizen, seq: int, note_id: str | None = None
) -> httpx.Response:
    body = {"note_id": note_id or str(uuid4()), "seq": seq}
    return await agent.http.post(f"/api/desk/conversations/{talk.id}/proposals", json=body)


async def proposals(editor: EditorClient) -> list[Json]:
    found: list[Json] = (await editor.get("/proposals"))["proposals"]
    return found


async def test_a_proposed_reply_is_on_the_editors_list_with_its_question_and_no_names(
    talk: Citizen, anna: AgentClient, ellen: EditorClient, data_dir: Path
) -> None:
    facts = YAML(typ="safe").load(data_dir / "kommun.yml")["kommun"]
    await talk.say(QUESTION)
    text = REPLY.format(phone=facts["telefon"]) + " Hälsningar till Kerstin Lund."
    seq = await reply(anna, talk, text)
    proposed = await propose(anna, talk, seq)
    assert proposed.status_code == 201, proposed.text
    (shown,) = await proposals(ellen)
    assert shown == {
        "id": proposed.json()["id"],
        "question": "Får min fru [namn] bygga en veranda? Hon har nummer [telefonnummer]",
        "reply": REPLY.format(phone="{kommun.telefon}") + " Hälsningar till [namn].",
        "agent_name": "Anna Berg",
        "at": proposed.json()["at"],
    }


async def test_courtesy_is_not_the_question(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    await talk.say("Hur stor får en veranda vara?")
    for text in ("Hej!", "Tack så mycket"):
        await talk.say(text)
    seq = await reply(anna, talk, "Högst 15 kvadratmeter.")
    await talk.say("Och ett uterum?")
    await propose(anna, talk, seq)
    (shown,) = await proposals(ellen)
    assert shown["question"] == "Hur stor får en veranda vara?"


async def test_a_reply_that_nobody_asked_for_has_no_question_and_can_still_be_a_draft(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    await wait_for_the_search(talk.http)
    await talk.say("Hej!")
    await propose(anna, talk, await reply(anna, talk, "Badhuset är stängt i dag."))
    (shown,) = await proposals(ellen)
    assert shown["question"] is None
    draft = await ellen.http.post(f"/proposals/{shown['id']}/draft")
    assert draft.status_code == 200, draft.text
    assert "Badhuset är stängt" in draft.json()["yaml"]


async def test_the_newest_stands_first_and_equal_replies_are_apart(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    await talk.say("Hur stor får en veranda vara?")
    first = await reply(anna, talk, "Läs på sidan om bygglov.")
    await talk.say("Hur högt får ett plank vara?")
    second = await reply(anna, talk, "Läs på sidan om bygglov.")
    for seq in (second, first):
        assert (await propose(anna, talk, seq)).status_code == 201
    asked = [one["question"] for one in await proposals(ellen)]
    assert asked == ["Hur högt får ett plank vara?", "Hur stor får en veranda vara?"]


async def test_a_message_is_proposed_once_whatever_it_is_called(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    seq, note_id = await reply(anna, talk, "Ja."), str(uuid4())
    answers = [await propose(anna, talk, seq, one) for one in (note_id, note_id, None)]
    assert [one.status_code for one in answers] == [201, 200, 200]
    assert [one.json()["id"] for one in answers] == [note_id] * 3
    assert len(await proposals(ellen)) == 1
    other = await reply(anna, talk, "Nej.")
    assert said(await propose(anna, talk, other, note_id)) == (409, "id_reused")


async def test_only_an_agents_own_message_can_be_proposed(
    talk: Citizen, anna: AgentClient, omar: AgentClient, ellen: EditorClient
) -> None:
    asked = (await talk.say("Hur stor får en veranda vara?"))["seq"]
    seq = await reply(anna, talk, "Högst 15 kvadratmeter.")
    state = next(one["seq"] for one in (await talk.news())["events"] if one["type"] == "state")
    for agent, number in ((omar, seq), (anna, asked), (anna, state), (anna, seq + 100)):
        refused = await propose(agent, talk, number)
        assert said(refused) == (422, "invalid_request")
        assert refused.json()["fields"] == ["seq"]
    assert await proposals(ellen) == []


async def test_nothing_is_proposed_from_what_the_agent_may_not_read(
    talk: Citizen, anna: AgentClient
) -> None:
    seq = await reply(anna, talk, "Högst 15 kvadratmeter.")
    await anna.return_to_bot(talk.id)
    assert said(await propose(anna, talk, seq)) == (404, "conversation_not_found")


async def test_a_closed_conversation_and_a_practice_one_are_proposed_from_too(
    gateway: Gateway, anna: AgentClient, ellen: EditorClient
) -> None:
    practice = Citizen(gateway.http)
    body = {"client_id": practice.client_id, "secret": practice.secret, "kind": "practice"}
    started = await anna.http.post("/api/desk/conversations", json=body)
    practice.id = started.json()["conversation_id"]
    await practice.move("hand_off")
    await anna.take(practice.id)
    seq = await reply(anna, practice, "Högst 15 kvadratmeter.")
    assert (await anna.close(practice.id)).status_code == 200
    assert (await propose(anna, practice, seq)).status_code == 201
    assert len(await proposals(ellen)) == 1


async def test_a_proposal_is_no_note_of_the_conversation(talk: Citizen, anna: AgentClient) -> None:
    proposed = (await propose(anna, talk, await reply(anna, talk, "Ja."))).json()["id"]
    url = f"/api/desk/conversations/{talk.id}/notes"
    note = {"note_id": str(uuid4()), "kind": "note", "text": "Ring i morgon."}
    assert (await anna.http.post(url, json=note)).status_code == 201
    assert [one["text"] for one in (await anna.http.get(url)).json()["notes"]] == ["Ring i morgon."]
    assert (await anna.lists())["mine"][0]["notes"] == 1
    again = await anna.http.post(url, json={**note, "note_id": proposed})
    assert said(again) == (409, "id_reused")
    seq = await reply(anna, talk, "Nej.")
    assert said(await propose(anna, talk, seq, note["note_id"])) == (409, "id_reused")
    proposing = await anna.http.post(url, json={**note, "kind": "proposal"})
    assert said(proposing) == (422, "invalid_request")


async def test_a_proposal_becomes_a_beginning_of_an_entry_that_is_checked_as_all_others(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    await wait_for_the_search(talk.http)
    await talk.say("behöver jag bygglov för en veranda")
    await propose(anna, talk, await reply(anna, talk, "Nej. Fråga Kerstin Lund på bygglov."))
    (shown,) = await proposals(ellen)
    draft = (await ellen.http.post(f"/proposals/{shown['id']}/draft")).json()
    entry = YAML(typ="safe").load(draft["yaml"])
    assert draft["file"] == "bygglov.yml"
    assert entry["fraga"] == "Behöver jag bygglov för en veranda"
    assert entry["svar"].strip() == "Nej. Fråga [namn] på bygglov."
    checked = await ellen.http.post(
        "/drafts/check",
        json={"entry": None, "file": draft["file"], "version": None, "yaml": draft["yaml"]},
    )
    assert checked.status_code == 200, checked.text
    assert checked.json()["fields"]["svar"].strip() == entry["svar"].strip()
    assert len(await proposals(ellen)) == 1, "a draft that is never published loses nothing"


async def test_a_dismissed_proposal_is_gone_for_good(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    seq = await reply(anna, talk, "Ja.")
    proposed = (await propose(anna, talk, seq)).json()["id"]
    for _ in range(2):
        assert (await ellen.http.post(f"/proposals/{proposed}/dismiss")).status_code == 204
    assert await proposals(ellen) == []
    draft = await ellen.http.post(f"/proposals/{proposed}/draft")
    assert said(draft) == (404, "proposal_not_found")
    assert (await propose(anna, talk, seq)).status_code == 200
    assert await proposals(ellen) == []


async def test_a_note_between_agents_is_nothing_that_an_editor_finds(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    note = {"note_id": str(uuid4()), "kind": "note", "text": "Hemligt."}
    await anna.http.post(f"/api/desk/conversations/{talk.id}/notes", json=note)
    assert await proposals(ellen) == []
    for path in (note["note_id"], str(uuid4())):
        for what in ("draft", "dismiss"):
            refused = await ellen.http.post(f"/proposals/{path}/{what}")
            assert said(refused) == (404, "proposal_not_found")


async def test_agents_propose_and_editors_decide_and_no_other_site_does_either(
    talk: Citizen, anna: AgentClient, ellen: EditorClient
) -> None:
    seq = await reply(anna, talk, "Ja.")
    url = f"/api/desk/conversations/{talk.id}/proposals"
    body = {"note_id": str(uuid4()), "seq": seq}
    evil = {"Origin": "https://evil.example"}
    editors = {"Cookie": f"kommunbot_desk={ellen.http.cookies['kommunbot_editor']}"}
    for headers in ({}, editors):
        refused = await talk.http.post(url, json=body, headers=headers)
        assert said(refused) == (401, "not_logged_in")
    from_outside = await anna.http.post(url, json=body, headers=evil)
    assert said(from_outside) == (403, "origin_not_allowed")
    proposed = (await anna.http.post(url, json=body)).json()["id"]
    agents = {"Cookie": f"kommunbot_editor={anna.http.cookies['kommunbot_desk']}"}
    listed = await talk.http.get("/api/editor/proposals", headers=agents)
    assert said(listed) == (401, "not_logged_in")
    for what in ("draft", "dismiss"):
        path = f"/proposals/{proposed}/{what}"
        by_agent = await talk.http.post(f"/api/editor{path}", headers=agents)
        assert said(by_agent) == (401, "not_logged_in")
        assert said(await ellen.http.post(path, headers=evil)) == (403, "origin_not_allowed")
    assert len(await proposals(ellen)) == 1
