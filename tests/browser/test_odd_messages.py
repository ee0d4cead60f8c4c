"""What people, and people with bad intentions, write: nothing breaks and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CitizenPage, DeskPage

LIMIT = 2000
EVIL = (
    "<script>window.evil = 1; alert(1)</script>",
    '<img src=x onerror="window.evil = 1; alert(1)">',
    '"><svg onload="window.evil = 1">',
    "[lön](javascript:window.evil=1) **fet**",
    "{{constructor.constructor('window.evil=1')()}} ${window.evil=1}",
)


def assert_harmless(page: Page) -> None:
    assert page.evaluate("() => window.evil") is None


def test_only_space_is_not_sent(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().write("   \n ")
    expect(citizen_page.composer).to_be_focused()
    expect(citizen_page.messages).to_have_count(1)
    assert citizen_page.session["conversationId"] is None


def test_a_text_of_ten_thousand_characters_is_kept_and_the_limit_is_told(
    citizen_page: CitizenPage,
) -> None:
    text = "altan " * 1666 + "slut"
    citizen_page.open_chat().write(text)
    told = "Texten är för lång: 10000 av högst 2000 tecken. Korta den innan du skickar."
    expect(citizen_page.panel.get_by_text(told)).to_be_visible()
    expect(citizen_page.composer).to_have_value(text)
    expect(citizen_page.messages).to_have_count(1)
    citizen_page.reload()
    expect(citizen_page.composer).to_have_value(text)


def test_the_longest_allowed_text_is_answered(citizen_page: CitizenPage) -> None:
    text = ("behöver jag bygglov för en altan " * 99)[:LIMIT].strip()
    citizen_page.open_chat().ask(text)
    citizen_page.has_all(text)


def test_control_characters_alone_get_a_clear_error_and_stay_for_mending(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.watch.expect("status of 422")
    citizen_page.open_chat().write("\u0007\u0000\u202e\u0001")
    expect(citizen_page.alert).to_have_text("Meddelandet är tomt. Skriv vad du undrar.")
    expect(citizen_page.messages).to_have_count(1)
    citizen_page.ask("vad kostar förskolan")
    expect(citizen_page.alert).to_have_count(0)


def test_control_characters_in_a_question_are_passed_over(citizen_page: CitizenPage) -> None:
    reply = citizen_page.open_chat().ask("vad kostar\u0007 förskolan\u202e")
    expect(reply).to_contain_text("maxtaxan")
    citizen_page.has_all("vad kostar förskolan")


@pytest.mark.parametrize("text", ["🎉🎉🎉", "👍", "?!", "åäö" * 200])
def test_anything_visible_gets_a_reply(citizen_page: CitizenPage, text: str) -> None:
    citizen_page.open_chat().ask(text)
    citizen_page.replies_once(1)
    citizen_page.has_all(text)


@pytest.mark.parametrize(
    "command", ["/restart", "/back", '/choose{"entry":"bygglov-altan"}', "/session_start"]
)
def test_commands_of_the_machinery_are_only_words_when_a_citizen_writes_them(
    citizen_page: CitizenPage, command: str
) -> None:
    citizen_page.open_chat().ask("Behöver jag bygglov för en altan?")
    reply = citizen_page.ask(command)
    expect(reply).not_to_contain_text("En låg altan på marken")
    expect(citizen_page.queue).to_have_count(0)
    citizen_page.replies_once(2)
    citizen_page.has_all("Behöver jag bygglov för en altan?", command)


def test_html_and_script_are_shown_as_text_to_the_citizen(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat()
    for text in EVIL:
        citizen_page.write(text)
        expect(citizen_page.log.get_by_text(text, exact=True)).to_be_visible()
    citizen_page.has_all(*EVIL)
    citizen_page.reload()
    citizen_page.has_all(*EVIL)
    assert_harmless(citizen_page.page)


def test_html_and_script_are_shown_as_text_on_both_sides_of_a_talk(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    for text in EVIL:
        citizen.write(text)
        expect(agent.log.get_by_text(text, exact=True)).to_be_visible()
        agent.write(text)
        expect(citizen.log.get_by_text(text, exact=True)).to_have_count(2)
    agent.reads(citizen, *EVIL)
    citizen.has_all("jag vill prata med en människa", *EVIL)
    assert_harmless(citizen.page)
    assert_harmless(agent.page)


def test_script_in_the_queue_and_in_the_dossier_is_text(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask(EVIL[1])
    citizen_page.ask_for_a_person()
    expect(agent_page.waiting).to_contain_text(EVIL[1])
    agent_page.take(EVIL[1])
    expect(agent_page.dossier).to_contain_text(EVIL[1])
    assert_harmless(agent_page.page)


def test_what_is_being_written_survives_a_reload_and_a_change_of_page(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat().composer.fill("Hej, jag undrar om min al")
    citizen_page.reload()
    expect(citizen_page.composer).to_have_value("Hej, jag undrar om min al")
    citizen_page.page.goto(f"{citizen_page.system.url}/demo/bygga-bo/bygglov/")
    expect(citizen_page.composer).to_have_value("Hej, jag undrar om min al")
