"""A request for documents, from the register to the file that is handed out."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDE, NewContext, Shot
from tests.browser.pages import CitizenPage
from tests.browser.records import RecordsPage
from tests.browser.test_accessibility import LOOKS, assert_accessible, assert_fits
from tests.support.records import text_of
from tests.support.system import System

SECRET = "dricker för mycket"
SAYS = f"Min granne {SECRET}, får han bygga ett uthus?"
ENLARGED = {"width": WIDE["width"] // 4, "height": WIDE["height"] // 4}


@pytest.fixture
def conversation(citizen_page: CitizenPage) -> str:
    """The number of a conversation that the bot has answered in."""
    citizen_page.open_chat().ask(SAYS)
    return str(citizen_page.session["conversationId"])


@pytest.fixture
def records(new_context: NewContext, system: System) -> RecordsPage:
    """Rut, logged in."""
    return RecordsPage(new_context(accept_downloads=True).new_page(), system).enter()


def test_a_request_is_answered_without_what_is_secret(
    records: RecordsPage, conversation: str
) -> None:
    page = records.page
    records.register("KS 2026/101")
    expect(page.get_by_text("stoppar all gallring")).to_be_visible()
    records.search("Samtalets nummer", conversation)
    records.hits.get_by_role("button", name="Lägg till").click()
    expect(records.hits).to_contain_text("Tillagt")
    expect(page.get_by_text("gallras inte samtalen som hör till den")).to_be_visible()
    page.get_by_role("link", name="Läs och granska").click()
    expect(records.heading).to_have_text("Granska för KS 2026/101")

    records.marks(SECRET, "OSL 26:1")
    page.get_by_role("button", name="Så ser den som begär det").click()
    expect(records.part("[Sekretess, OSL 26:1]")).to_contain_text("Min granne")
    expect(page.get_by_text(SECRET)).to_have_count(0)
    told = text_of(records.download("Hämta PDF"))
    assert "Min granne [Sekretess, OSL 26:1], får han" in told
    assert SECRET not in told
    handout = json.loads(records.download("Hämta JSON"))
    assert [one["ground"] for one in handout["grounds"]] == ["OSL 26:1"]
    assert SECRET not in json.dumps(handout)

    page.get_by_role("link", name="KS 2026/101", exact=True).click()
    page.get_by_role("radio", name="Delvis utlämnad").check()
    page.get_by_role("button", name="Avsluta", exact=True).click()
    expect(page.get_by_text(re.compile("Avslutad .* av rut"))).to_be_visible()
    expect(page.get_by_role("heading", name="Hitta samtal")).to_have_count(0)
    records.go("Gallring", "Gallring")
    held = page.get_by_role("listitem").filter(has_text=conversation)
    expect(held).to_contain_text("Begäran KS 2026/101")
    records.go("Logg", "Logg")
    for action in ("register", "search", "add", "read", "mark", "export", "close"):
        expect(page.get_by_role("cell", name=f"records.{action}").first).to_be_visible()
    page.get_by_role("button", name="Kontrollera loggen").click()
    expect(page.get_by_text("Loggen är hel.")).to_be_visible()


def test_a_conversation_is_held_and_let_go(records: RecordsPage, conversation: str) -> None:
    page = records.go("Gallring", "Gallring").page
    page.get_by_label("Samtalets nummer").fill(conversation)
    page.get_by_label("Varför").select_option(label="Hot eller brott")
    page.get_by_role("button", name="Spärra", exact=True).click()
    held = page.get_by_role("listitem").filter(has_text=conversation)
    expect(held).to_contain_text("Hot eller brott")
    held.get_by_role("button", name="Häv spärren").click()
    held.get_by_role("button", name="Ja, häv").click()
    expect(held).to_have_count(0)


@pytest.mark.parametrize("look", [*LOOKS, pytest.param({"viewport": ENLARGED}, id="400 %")])
def test_every_view_is_accessible(
    new_context: NewContext, system: System, conversation: str, look: dict[str, object]
) -> None:
    page = new_context(**look).new_page()
    page.goto(f"{system.url}/handlingar")
    expect(page.get_by_label("Lösenord")).to_be_visible()
    assert_good(RecordsPage(page, system))
    records = RecordsPage(page, system).enter()
    assert_good(records)
    records.register("KS 2026/102", "Registerutdrag")
    records.search("Samtalets nummer", conversation)
    assert_good(records)
    records.hits.get_by_role("button", name="Lägg till").click()
    page.get_by_role("link", name="Läs och granska").click()
    records.marks(SECRET, "OSL 21:1")
    records.part(SECRET).get_by_role("button", name="Markera ord").click()
    assert_good(records)
    page.get_by_role("button", name="Så ser den som begär det").click()
    expect(records.part("[Sekretess, OSL 21:1]")).to_be_visible()
    assert_good(records)
    for place in ("gallring", "logg"):
        page.evaluate("place => { location.hash = `#/${place}`; }", place)
        expect(page.locator(".waiting")).to_have_count(0)
        assert_good(records)


def test_pictures(records: RecordsPage, conversation: str, take_picture: Shot) -> None:
    page = records.page
    records.register("KS 2026/103", "Registerutdrag")
    records.search("Samtalets nummer", conversation)
    records.hits.get_by_role("button", name="Lägg till").click()
    expect(records.hits).to_contain_text("Tillagt")
    page.evaluate("() => scrollTo(0, 0)")
    take_picture(page, "handlingar-begaran.png")
    page.get_by_role("link", name="Läs och granska").click()
    records.marks(SECRET, "OSL 26:1")
    take_picture(page, "handlingar-granska.png")


def assert_good(records: RecordsPage) -> None:
    assert_accessible(records.page)
    assert_fits(records.page)
