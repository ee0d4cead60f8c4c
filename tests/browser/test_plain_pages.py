"""A browser that runs no script gets to an answer and to an errand, with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Shot
from tests.browser.test_accessibility import LOOKS, assert_accessible, assert_fits
from tests.browser.watch import Watch
from tests.support.system import System

NewContext = Callable[..., BrowserContext]


def test_from_the_chats_page_to_an_answer_and_an_errand_without_javascript(
    new_context: NewContext, system: System, watch: Watch
) -> None:
    watch.expect(r"422 .*/fraga$")
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{system.url}/chatt")
    page.get_by_role("link", name="Ställ din fråga").click()
    question = page.get_by_label("Vad vill du ha hjälp med?")
    question.fill("vad kostar förskolan")
    question.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Källa:")
    assert page.url == f"{system.url}/fraga"
    contact = page.get_by_label("E-post eller telefonnummer")
    contact.fill("ring mig")
    contact.press("Enter")  # sends nothing, and loses nothing
    expect(contact).to_have_value("ring mig")
    contact.press("Tab")
    page.keyboard.press("Enter")
    expect(contact).to_be_focused()
    expect(contact).to_have_value("ring mig")
    contact.fill("a@b.se")
    page.get_by_role("button", name="Lämna frågan till en människa").click()
    expect(page.locator(".reference")).to_contain_text("SK-")
    assert page.context.cookies() == []


@pytest.mark.parametrize("look", LOOKS)
def test_plain_pages_are_accessible(
    new_context: NewContext,
    system: System,
    watch: Watch,
    look: dict[str, object],
    take_picture: Shot,
) -> None:
    watch.expect(r"422 .*/fraga$")
    page = new_context(**look).new_page()
    page.goto(f"{system.url}/fraga")
    assert_accessible(page)
    for text in ("hjälp det brinner", "bygglov", "vad kostar förskolan"):
        page.get_by_label("Vad vill du ha hjälp med?").fill(text)
        page.get_by_role("button", name="Fråga AI-assistenten").click()
        expect(page.locator(".answer")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
    page.get_by_role("button", name="Lämna frågan till en människa").click()
    expect(page.locator(".fault")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    width = page.evaluate("() => innerWidth")
    take_picture(page, f"plain-{width}-{look.get('color_scheme', 'light')}.png")
    page.goto(f"{system.url}/tillganglighet")
    assert_accessible(page)
    assert_fits(page)
