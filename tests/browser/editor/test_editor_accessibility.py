"""axe finds nothing to complain of in any view, wide and narrow, enlarged, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDE, NewContext
from tests.browser.editor.pages import READ_MS, REPLAY_MS, EditorPage
from tests.browser.test_accessibility import LOOKS, assert_accessible, assert_fits
from tests.browser.watch import Watch
from tests.support.system import System

ENLARGED = {"width": WIDE["width"] // 4, "height": WIDE["height"] // 4}
VIEWS = (
    "/granska",
    "/luckor",
    "/luckor/svar",
    "/meddelanden",
    "/utseende",
    "/sakerhet",
    "/historik",
    "/fragor?visa=risk",
)


@pytest.fixture(params=[*LOOKS, pytest.param({"viewport": ENLARGED}, id="400 %")])
def looked_at(
    request: pytest.FixtureRequest, new_context: NewContext, system: System, watch: Watch
) -> EditorPage:
    return EditorPage(new_context(**request.param).new_page(), system, watch)


def test_every_view(looked_at: EditorPage) -> None:
    editor, page = looked_at, looked_at.page
    editor.visit()
    expect(page.get_by_label("Lösenord")).to_be_visible()
    assert_good(editor)
    editor.enter()
    expect(editor.search).to_be_visible(timeout=READ_MS)
    assert_good(editor)
    for place in VIEWS:
        editor.go(place)
        expect(page.locator(".waiting")).to_have_count(0, timeout=READ_MS)
        assert_good(editor)
    editor.asks("när hämtas mina sopor")
    page.get_by_text("Varför?").click()
    assert_good(editor)
    editor.open("forskola-avgift")
    editor.answer.fill("")
    expect(editor.findings).to_contain_text("«svar»", timeout=READ_MS)
    assert_good(editor)
    editor.yaml()
    assert_good(editor)
    editor.tab("Formulär").click()
    editor.answer.fill("Avgiften beror på din inkomst.")
    editor.settled()
    page.get_by_role("button", name="Förhandsgranska").click()
    blocked = page.get_by_role("heading", name="Hindrar publicering")
    expect(blocked).to_be_visible(timeout=REPLAY_MS)
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
    assert_good(editor)
    editor.open("avfall-hamtdag")
    editor.answer.fill("Vi hämtar var tredje vecka.")
    editor.settled()
    editor.preview()
    assert_good(editor)


def assert_good(editor: EditorPage) -> None:
    assert_accessible(editor.page)
    assert_fits(editor.page)
