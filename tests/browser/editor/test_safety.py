"""An editor reads how danger is recognised, and tries a sentence by keyboard."""

from playwright.sync_api import expect

from tests.browser.editor.pages import READ_MS, EditorPage
from tests.browser.test_accessibility import assert_accessible, assert_fits


def test_the_rules_are_read_and_a_sentence_is_tried(editor: EditorPage) -> None:
    page = editor.page
    editor.go("/sakerhet")
    fire = page.get_by_role("region", name="Brand", exact=True)
    expect(fire).to_contain_text("112", timeout=READ_MS)
    expect(page.get_by_role("region", name="Vem har godkänt?")).to_contain_text("Godkänt av två")
    fire.get_by_text("Fraser på svenska").focus()
    page.keyboard.press("Enter")
    expect(fire.get_by_text("det brinner", exact=True)).to_be_visible()
    sentence = page.get_by_role("textbox", name="En mening som någon kan skriva")
    sentence.fill("min man slår mig")
    sentence.press("Enter")
    told = page.get_by_role("status").filter(has_text="Larm: Våld, på svenska")
    expect(told).to_contain_text("Kvinnofridslinjen")
    assert_accessible(page)
    assert_fits(page)
    sentence.fill("när töms soporna")
    sentence.press("Enter")
    expect(page.get_by_text("Inget larm.")).to_be_visible()
