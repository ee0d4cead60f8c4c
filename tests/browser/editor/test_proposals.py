"""An agent's reply on its way to becoming an entry."""

import secrets
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.editor.pages import READ_MS, EditorPage
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.support.clients import Json
from tests.support.system import System

QUESTIONS = {
    "Får jag ha getter på tomten?": "Ja, om grannarna inte störs.\n\nRing Kerstin Lund.",
    "Får jag ha tuppar på tomten?": "Ja, utanför tätbebyggt område.",
}


@pytest.fixture
def proposed(system: System) -> Iterator[None]:
    """Anna has replied to two questions, and proposed what she replied."""
    anna = system.agent("anna")
    conversation = f"/api/desk/conversations/{waiting_conversation(system)}"
    post(anna, f"{conversation}/take", {})
    for question, reply in QUESTIONS.items():
        ask(system, conversation.rpartition("/")[2], question)
        said = post(
            anna, f"{conversation}/messages", {"client_message_id": str(uuid4()), "text": reply}
        )
        post(anna, f"{conversation}/proposals", {"note_id": str(uuid4()), "seq": said["seq"]})
    yield
    system.empty_desk()


SECRET = secrets.token_urlsafe(32)
CITIZEN = {"Authorization": f"Bearer {SECRET}"}


def waiting_conversation(system: System) -> str:
    body = {"client_id": str(uuid4()), "secret": SECRET}
    with httpx.Client(base_url=system.url, timeout=20, headers=CITIZEN) as http:
        started: str = post(http, "/api/conversations", body)["conversation_id"]
        move = {"move": "hand_off", "move_id": str(uuid4())}
        post(http, f"/api/conversations/{started}/moves", move)
    return started


def ask(system: System, conversation: str, question: str) -> None:
    with httpx.Client(base_url=system.url, timeout=20, headers=CITIZEN) as http:
        body = {"client_message_id": str(uuid4()), "text": question, "choice": None}
        post(http, f"/api/conversations/{conversation}/messages", body)


def post(http: httpx.Client, path: str, body: Json) -> Json:
    response = http.post(path, json=body)
    response.raise_for_status()
    made: Json = response.json()
    return made


@pytest.mark.usefixtures("proposed")
def test_a_proposed_reply_becomes_a_draft_and_another_is_dismissed(editor: EditorPage) -> None:
    page = editor.page
    editor.go("/luckor")
    page.get_by_role("link", name="Svar från kommunvägledare 2 förslag").click(timeout=READ_MS)
    expect(editor.heading).to_be_focused()
    cards = page.locator(".proposal")
    expect(cards).to_have_count(2, timeout=READ_MS)
    tuppar, getter = (cards.filter(has_text=word) for word in ("tuppar", "getter"))
    expect(cards.first).to_contain_text("tuppar")
    expect(getter).to_contain_text("Anna Berg")
    expect(getter).to_contain_text("Ring [namn].")
    assert_accessible(page)
    assert_fits(page)

    tuppar.get_by_role("button", name="Avfärda").click()
    expect(page.get_by_role("button", name="Avbryt")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Ja, avfärda").click()
    expect(cards).to_have_count(1)
    expect(getter.get_by_role("heading")).to_be_focused()

    getter.get_by_role("button", name="Skapa utkast").click()
    expect(editor.question).to_have_value("Får jag ha getter på tomten?", timeout=READ_MS)
    expect(editor.answer).to_have_value("Ja, om grannarna inte störs.\n\nRing [namn].")

    editor.go("/luckor/svar")
    getter.get_by_role("button", name="Avfärda").click(timeout=READ_MS)
    page.get_by_role("button", name="Ja, avfärda").click()
    expect(page.get_by_text("Inga förslag just nu.")).to_be_visible()
    expect(editor.heading).to_be_focused()
