"""From the chat, in every language, to what the assistant tells of itself."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Shot
from tests.browser.pages import CitizenPage
from tests.browser.test_accessibility import LOOKS, assert_accessible, assert_fits
from tests.browser.watch import Watch
from tests.support.system import System

NewContext = Callable[..., BrowserContext]
NAMES = {
    "sv": ("Svenska", "Om AI-assistenten"),
    "sv-latt": ("Lätt svenska", "Om AI-assistenten"),
    "en": ("English", "About the AI assistant"),
    "fi": ("Suomi", "Tietoa tekoälyavustajasta"),
    "ar": ("العربية", "حول مساعد الذكاء الاصطناعي"),
    "so": ("Soomaali", "Ku saabsan kaaliyaha AI"),
    "uk": ("Українська", "Про ШІ-асистента"),
}


def test_the_first_notice_and_the_menu_lead_to_it_in_every_language(
    new_context: NewContext, system: System, watch: Watch
) -> None:
    citizen = CitizenPage(new_context().new_page(), system, watch).open_chat()
    panel, address = citizen.panel, urljoin(system.url, "/om-assistenten")
    for name, label in NAMES.values():
        panel.locator("#menu-button").click()
        panel.get_by_role("button", name=name, exact=True).click()
        expect(panel.locator(".menu")).to_have_count(0)
        panel.locator("#menu-button").click()
        for place in (".menu", ".start .notice"):
            link = panel.locator(f"{place} a[href='{address}']")
            expect(link).to_contain_text(label)
        panel.locator("#menu-button").click()


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_accessible_and_needs_no_script(
    new_context: NewContext,
    system: System,
    watch: Watch,
    look: dict[str, object],
    take_picture: Shot,
) -> None:
    page = new_context(**look).new_page()
    page.goto(f"{system.url}/om-assistenten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Om AI-assistenten")
    assert page.locator("script").count() == 0
    assert_accessible(page)
    assert_fits(page)
    width = page.evaluate("() => innerWidth")
    take_picture(page, f"about-{width}-{look.get('color_scheme', 'light')}.png")
    page.get_by_role("link", name="Lämna en fråga till en människa").click()
    expect(page).to_have_url(f"{system.url}/fraga")
