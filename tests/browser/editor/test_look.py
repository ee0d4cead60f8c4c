"""An editor gives the chat its colours: sees their contrast, is refused, and sees them live."""

from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Shot
from tests.browser.editor.pages import READ_MS, EditorPage
from tests.browser.test_accessibility import assert_accessible, assert_fits

BLUE = "#1a3d7c"
BAR_COLOUR = "element => getComputedStyle(element).backgroundImage"


def test_a_look_is_refused_while_it_cannot_be_read_and_then_lives_on_the_site(
    editor: EditorPage, new_context: NewContext, take_picture: Shot
) -> None:
    page = editor.page
    editor.go("/utseende")
    light = page.get_by_role("region", name="Ljust läge")
    bar, end = light.get_by_label("Listen och knappen"), light.get_by_label("Listens andra ände")
    text = light.get_by_label("Text på listen")
    expect(bar).to_have_value("#0b4a57", timeout=READ_MS)
    bar.fill(BLUE)
    end.fill(BLUE)
    text.fill("#2a4d8c")
    expect(light.get_by_text("För lite.")).to_have_count(2)
    page.get_by_role("button", name="Spara utseendet").click()
    refusal = page.get_by_role("alert").get_by_text("Utseendet är inte sparat.")
    expect(refusal).to_contain_text("behöver minst 4,50:1")
    expect(text).to_be_focused()
    assert_accessible(page)
    take_picture(page, "redaktor-utseende.png")
    text.fill("#ffffff")
    expect(light.get_by_text("För lite.")).to_have_count(0)
    shown = page.locator("kommun-look-preview[theme=light] .bar")
    assert "rgb(26, 61, 124)" in shown.evaluate(BAR_COLOUR)
    page.get_by_label("Runda hörn").fill("8")
    page.get_by_role("radio", name="Till vänster").check()
    page.get_by_role("button", name="Spara utseendet").click()
    expect(page.locator("kommun-announcer")).to_contain_text("Utseendet är sparat.")
    assert_fits(page)

    site = new_context().new_page()
    site.goto(f"{editor.system.url}/demo/")
    launcher = site.locator("button.launcher")
    assert "rgb(26, 61, 124)" in launcher.evaluate(BAR_COLOUR)
    assert launcher.bounding_box()["x"] < 100  # type: ignore[index]  # it is visible
    launcher.click()
    panel = site.locator("kommun-chat-panel")
    assert panel.evaluate("element => getComputedStyle(element).borderRadius") == "8px"
    expect(panel.locator(".bar")).to_be_visible()
    assert "rgb(26, 61, 124)" in panel.locator(".bar").evaluate(BAR_COLOUR)
    assert_accessible(site)
    site.evaluate(
        "() => document.documentElement.style.setProperty('--kommun-chat-bar', '#5a1a5a')"
    )
    assert "rgb(90, 26, 90)" in panel.locator(".bar").evaluate(BAR_COLOUR)
