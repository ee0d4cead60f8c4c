"""The citizen asks in Swedish and gets an answer with its source, or is asked back."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import CitizenPage

ALTAN = "/demo/bygga-bo/bygglov/altan-och-uteplats/"
AVGIFT = "/demo/barn-utbildning/forskola/avgift/"


@pytest.mark.parametrize(
    ("question", "says", "source"),
    [
        ("Behöver jag bygglov för en altan?", "En låg altan på marken", ALTAN),
        ("behover jag bygglov for en altan", "En låg altan på marken", ALTAN),
        ("vad kostar förskolan", "maxtaxan", AVGIFT),
        ("vad kostar forskolan", "maxtaxan", AVGIFT),
    ],
)
def test_a_question_is_answered_with_source_and_review_date(
    citizen_page: CitizenPage, question: str, says: str, source: str
) -> None:
    reply = citizen_page.open_chat().ask(question)
    expect(reply).to_contain_text(says)
    shown = reply.locator(".source")
    expect(shown).to_contain_text("Källa:")
    expect(shown).to_contain_text("granskad")
    expect(shown).to_contain_text("2026")
    assert (shown.get_by_role("link").get_attribute("href") or "").endswith(source)


@pytest.mark.parametrize(
    "question", ["jag vill nå Anna på socialtjänsten", "jag vill na anna pa socialtjansten"]
)
def test_asking_for_a_person_by_name_shows_how_to_reach_her(
    citizen_page: CitizenPage, question: str
) -> None:
    card = citizen_page.open_chat().ask(question).locator(".person")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Anna")
    expect(card.locator("a[href^='tel:031390']")).to_be_visible()
    expect(card.locator("a[href^='mailto:']")).to_be_visible()


def test_a_follow_up_is_understood_in_its_context(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask("Behöver jag bygglov för en altan?")
    reply = citizen_page.ask("och vad kostar det?")
    expect(reply).to_contain_text("Avgiften beror på vad du ska bygga")
    link = reply.locator(".source").get_by_role("link")
    assert (link.get_attribute("href") or "").endswith("/handlaggningstid-och-avgift/")


def test_unsure_it_asks_back_with_at_most_three_choices_and_a_choice_is_answered(
    citizen_page: CitizenPage,
) -> None:
    choices = citizen_page.open_chat().ask("bygglov").locator(".choices button")
    assert 2 <= choices.count() <= 3
    wanted = choices.first.inner_text()
    choices.first.click()
    expect(citizen_page.reply(2).locator(".source")).to_be_visible()
    expect(choices.first).to_have_attribute("aria-disabled", "true")
    expect(choices.first).to_contain_text("(valt)")
    citizen_page.has_all("bygglov", wanted)


def test_a_second_miss_offers_a_person_and_who_waits_sees_the_place_in_the_queue(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat().ask("tillstånd")
    reply = citizen_page.ask("tillstånd")
    expect(reply).to_contain_text("Vill du prata med en kommunvägledare?")
    citizen_page.wait_in_chat()
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")


def test_danger_shows_the_emergency_number_as_a_link_to_call(citizen_page: CitizenPage) -> None:
    reply = citizen_page.open_chat().ask("hjälp det brinner hemma")
    expect(reply).to_have_class("message bot  emergency")
    expect(reply.locator("a[href='tel:112']")).to_be_visible()


def test_a_question_about_the_bot_is_answered_honestly(citizen_page: CitizenPage) -> None:
    reply = citizen_page.open_chat().ask("är du en robot?")
    expect(reply).to_contain_text("Jag är en AI-assistent, ingen människa.")


def test_the_menu_shows_other_ways_to_reach_the_municipality(citizen_page: CitizenPage) -> None:
    panel = citizen_page.open_chat().panel
    panel.get_by_role("button", name="Meny").click()
    expect(panel.get_by_role("link", name="Ring 031-390 06 00")).to_be_visible()
    expect(panel.get_by_role("link", name="Mejla kontaktcenter@skarvinge.example")).to_be_visible()


def test_starting_over_begins_an_empty_chat_after_asking(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask("bygglov")
    first = citizen_page.session["conversationId"]
    panel = citizen_page.panel
    panel.get_by_role("button", name="Meny").click()
    panel.get_by_role("button", name="Börja om").click()
    panel.get_by_role("button", name="Ja, börja om").click()
    expect(citizen_page.messages).to_have_count(1)
    citizen_page.ask("vad kostar förskolan")
    assert citizen_page.session["conversationId"] != first
