"""Pictures of the editors' pages for the documentation."""

from playwright.sync_api import expect

from tests.browser.conftest import Shot
from tests.browser.editor.pages import READ_MS, REPLAY_MS, EditorPage


def test_the_list(editor: EditorPage, take_picture: Shot) -> None:
    editor.go("/fragor?amne=avfall")
    expect(editor.page.locator(".entries > li").first).to_be_visible(timeout=READ_MS)
    take_picture(editor.page, "redaktor-lista.png")


def test_an_entry_and_what_the_assistant_answers(editor: EditorPage, take_picture: Shot) -> None:
    page = editor.open("avfall-hamtdag").page
    editor.answer.fill("Vi hämtar varannan vecka. Din hämtdag ser du i e-tjänsten för avfall.")
    page.get_by_role("textbox", name="Fråga", exact=True).last.fill("när hämtas mina sopor")
    page.get_by_role("button", name="Fråga", exact=True).click()
    expect(page.get_by_role("article").first).to_be_visible(timeout=REPLAY_MS)
    editor.settled()
    page.get_by_role("heading", name="Svaret").scroll_into_view_if_needed()
    take_picture(page, "redaktor-fraga.png")


def test_the_preview_of_a_risky_edit(editor: EditorPage, take_picture: Shot) -> None:
    editor.open("avfall-hamtdag")
    editor.answer.fill("Vi hämtar var tredje vecka. Ställ ut kärlet senast klockan 7.00.")
    editor.settled()
    editor.preview()
    take_picture(editor.page, "redaktor-forhandsgranska.png")
