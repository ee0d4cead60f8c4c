"""A municipality's page embeds the chat with one script, and pays for it only when it is used."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.pages import CitizenPage
from tests.support.gateway import ROOT


def test_one_script_tag_on_an_ordinary_page_is_the_whole_integration(
    citizen_page: CitizenPage,
) -> None:
    source = (ROOT / "data/site/index.html").read_text(encoding="utf-8")
    assert source.count("<script") == source.count('<script src="/kommunbot.js" async></script>')
    assert "kommun-chat" not in source
    citizen_page.open_chat()
    expect(citizen_page.panel).to_be_visible()


def test_before_the_chat_is_opened_nothing_is_asked_for_and_nothing_stored(
    citizen_page: CitizenPage,
) -> None:
    page = citizen_page.visit().page
    page.wait_for_load_state("networkidle")
    paths = [urlsplit(url).path for url in citizen_page.watch.requests]
    assert "/kommunbot.js" in paths
    assert not [path for path in paths if path.startswith(("/api", "/assets"))]
    assert page.context.cookies() == []
    stored = "() => sessionStorage.length + localStorage.length + document.cookie.length"
    assert page.evaluate(stored) == 0
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0


def test_opening_the_chat_stores_only_for_this_tab_and_sets_no_cookie(
    citizen_page: CitizenPage,
) -> None:
    page = citizen_page.open_chat().page
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length") == 0
    assert page.evaluate("() => sessionStorage.length") == 1


def test_it_says_that_it_is_an_ai_before_the_first_question(citizen_page: CitizenPage) -> None:
    panel = citizen_page.open_chat().panel
    expect(panel.get_by_role("heading", name="AI-assistent · Skärvinge kommun")).to_be_visible()
    expect(panel.get_by_text("Svarar automatiskt och kan ha fel.")).to_be_visible()
    expect(citizen_page.answers).to_have_count(1)
    expect(citizen_page.answers.first).to_contain_text("Jag är en AI-assistent på Skärvinge kommun")
    assert citizen_page.session["conversationId"] is None


def test_an_example_question_is_asked_with_one_press(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat()
    citizen_page.panel.get_by_role("button", name="Vad kostar förskolan?").click()
    expect(citizen_page.reply(1).locator(".source")).to_contain_text("Källa:")


def test_the_chat_opens_and_closes_from_the_keyboard(citizen_page: CitizenPage) -> None:
    citizen_page.visit().launcher.focus()
    citizen_page.page.keyboard.press("Enter")
    expect(citizen_page.composer).to_be_focused()
    citizen_page.page.keyboard.press("Escape")
    expect(citizen_page.panel).to_be_hidden()
    expect(citizen_page.launcher).to_be_focused()


def test_the_chat_goes_on_while_the_citizen_reads_other_pages(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask("Behöver jag bygglov för en altan?")
    citizen_page.page.goto(f"{citizen_page.system.url}/demo/bygga-bo/bygglov/")
    expect(citizen_page.answers).to_have_count(2)
    citizen_page.has_all("Behöver jag bygglov för en altan?")


def test_the_full_page_chat_is_the_same_chat(citizen_page: CitizenPage) -> None:
    citizen_page.page.goto(f"{citizen_page.system.url}/chatt")
    expect(citizen_page.panel.get_by_role("button", name="Stäng chatten")).to_have_count(0)
    expect(citizen_page.ask("vad kostar förskolan").locator(".source")).to_be_visible()
