"""A day at the desk: several conversations at once, colleagues, outcomes, keyboard and sound."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.pages import ANNA, OMAR, PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.test_accessibility import LOOKS, assert_accessible, assert_fits
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.system import System

HUMAN = "jag vill prata med en människa"
BRIDGE = "Jag vill prata med en människa om en brygga"
FEE = "Jag vill prata med en människa om avgiften"
SNOW = "Jag vill prata med en människa om snön"
VERY_WIDE = {"width": 1920, "height": 1000}

# Counts the tones that the browser is really asked to play.
COUNT_TONES = """() => {
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    if (this.context.state === "running") window.tones += 1;
    return start.apply(this, when);
  };
}"""

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_citizen(
    new_context: NewContext, system: System, watch: Watch
) -> Callable[[str], CitizenPage]:
    """Make citizens who stand in the queue with these words."""

    def make(words: str) -> CitizenPage:
        citizen = CitizenPage(new_context().new_page(), system, watch)
        citizen.open_chat().write(words)
        expect(citizen.queue).to_be_visible(timeout=PATIENCE_MS)
        return citizen

    return make


NewCitizen = Callable[[str], CitizenPage]


@pytest.fixture
def wide_desk(new_context: NewContext, system: System, watch: Watch) -> DeskPage:
    """Anna with a screen that has room for three conversations."""
    return DeskPage(new_context(viewport=VERY_WIDE).new_page(), system, watch).enter("anna")


def test_two_agents_and_three_citizens_at_once(
    new_citizen: NewCitizen, wide_desk: DeskPage, another_agent_page: DeskPage
) -> None:
    bridge, fee, snow = new_citizen(BRIDGE), new_citizen(FEE), new_citizen(SNOW)
    wide_desk.take(BRIDGE)
    another_agent_page.take(FEE)
    expect(wide_desk.page.get_by_text("1 av 4 samtal")).to_be_visible()
    wide_desk.page.get_by_role("button", name="Fäst", exact=True).click()
    wide_desk.page.get_by_role("button", name="Ta nästa").click()
    snow.sees_agent(ANNA)
    expect(wide_desk.panes).to_have_count(2)
    for question, text in ((BRIDGE, "Hej om bryggan"), (SNOW, "Hej om snön")):
        composer = wide_desk.pane(question).get_by_role("textbox", name="Skriv till invånaren")
        composer.fill(text)
        composer.press("Enter")
    another_agent_page.write("Hej om avgiften")
    for citizen, text in (
        (bridge, "Hej om bryggan"),
        (fee, "Hej om avgiften"),
        (snow, "Hej om snön"),
    ):
        citizen.write(f"Tack för: {text}")
        expect(citizen.log.locator("li.agent")).to_have_text([_containing(text)])
    expect(wide_desk.pane(BRIDGE).get_by_role("log")).to_contain_text("Tack för: Hej om bryggan")
    expect(wide_desk.pane(SNOW).get_by_role("log")).to_contain_text("Tack för: Hej om snön")
    another_agent_page.reads(fee, "Hej om avgiften")
    bridge.has_all(BRIDGE, "Tack för: Hej om bryggan")


def test_words_in_another_conversation_are_counted_timed_and_announced(
    new_citizen: NewCitizen, agent_page: DeskPage
) -> None:
    bridge, _ = new_citizen(BRIDGE), new_citizen(FEE)
    agent_page.take(BRIDGE)
    agent_page.take(FEE)
    bridge.write("Är du kvar?")
    line = agent_page.mine.filter(has_text="Är du kvar?")
    expect(line).to_contain_text("1 oläst")
    expect(line).to_contain_text("Väntar på svar 0.0")
    spoken = agent_page.page.locator("kommun-announcer [aria-live]")
    expect(spoken.filter(has_text="Nytt meddelande i ett annat samtal")).to_have_count(1)
    agent_page.page.keyboard.press("Alt+ArrowUp")
    expect(agent_page.log).to_contain_text("Är du kvar?")
    expect(line).not_to_contain_text("oläst")


def test_a_reload_keeps_drafts_and_what_stood_side_by_side(
    new_citizen: NewCitizen, wide_desk: DeskPage
) -> None:
    for question in (BRIDGE, FEE):
        new_citizen(question)
        wide_desk.take(question)
        wide_desk.page.keyboard.press("Alt+K")
        composer = wide_desk.pane(question).get_by_role("textbox", name="Skriv till invånaren")
        composer.fill(f"Utkast om {question}")
    wide_desk.page.reload()
    expect(wide_desk.panes).to_have_count(2)
    for question in (BRIDGE, FEE):
        composer = wide_desk.pane(question).get_by_role("textbox", name="Skriv till invånaren")
        expect(composer).to_have_value(f"Utkast om {question}")


def test_without_network_the_desk_says_so_and_sends_later(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    agent.watch.expect(CONTACT_LOST)
    agent.page.context.set_offline(True)
    expect(agent.page.get_by_text("Ansluter igen …")).to_be_visible()
    agent.write("Skrivet utan nät")
    expect(agent.page.get_by_text("Kontakten är bruten.")).to_be_visible()
    agent.page.context.set_offline(False)
    expect(agent.page.get_by_text("Ansluten", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(citizen.log).to_contain_text("Skrivet utan nät")
    agent.reads(citizen, "Skrivet utan nät")


def test_a_colleague_gets_the_conversation_with_a_note_that_the_citizen_never_sees(
    talk: tuple[CitizenPage, DeskPage], another_agent_page: DeskPage
) -> None:
    citizen, anna = talk
    omar = another_agent_page
    anna.page.get_by_role("button", name="Lämna över", exact=True).click()
    anna.page.get_by_role("radio", name=OMAR).check()
    anna.page.get_by_role("button", name="Erbjud kollegan samtalet").click()
    expect(anna.page.get_by_text("Skriv vad kollegan behöver veta.")).to_be_visible()
    anna.page.get_by_role("textbox", name="Anteckning till kollegan").fill("Gäller en brygga")
    anna.page.get_by_role("button", name="Erbjud kollegan samtalet").click()
    expect(anna.mine).to_have_count(0)
    expect(omar.offered).to_contain_text("s kvar att svara")
    omar.offered.locator("button.item").click()
    expect(omar.page.locator(".handed")).to_contain_text("Gäller en brygga")
    omar.offered.get_by_role("button", name="Ta emot").click()
    citizen.sees_agent(OMAR)
    expect(omar.notes).to_contain_text("Gäller en brygga")
    expect(citizen.log).not_to_contain_text("Gäller en brygga")
    omar.write("Hej, Omar här")
    expect(citizen.log).to_contain_text("Hej, Omar här")


def test_an_offer_that_is_declined_goes_back_to_the_queue(
    talk: tuple[CitizenPage, DeskPage], another_agent_page: DeskPage
) -> None:
    citizen, anna = talk
    anna.offer_to(OMAR, "Kan du?")
    another_agent_page.offered.get_by_role("button", name="Avböj").click()
    expect(another_agent_page.offered).to_have_count(0)
    expect(anna.waiting.get_by_role("button", name="Ta samtalet")).to_be_visible()
    expect(citizen.queue).to_be_visible()


def test_a_right_proposal_is_confirmed_in_two_clicks(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask("Behöver jag bygglov för en altan?")
    citizen_page.ask(HUMAN)
    agent_page.take(HUMAN)
    agent_page.begin_close().click()
    expect(agent_page.message).to_have_text("Samtalet är avslutat.")
    expect(agent_page.mine).to_have_count(0)
    expect(citizen_page.log).to_contain_text(f"{ANNA} har avslutat samtalet.")


def test_what_is_promised_stays_on_the_list_until_it_has_an_outcome(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    _, agent = talk
    page = agent.page
    confirm = agent.begin_close()
    page.get_by_label("Typ av ärende").select_option(index=1)
    page.get_by_label("Vi tar ärendet vidare").check()
    page.get_by_label("Vad ska göras?").fill("Skicka blanketten om bryggor")
    page.get_by_label("Telefon eller e-post").fill("kim@example.se")
    confirm.click()
    expect(agent.message).to_contain_text("ska vara klart senast")
    page.get_by_role("button", name="Att följa upp").click()
    errand = agent.errands.get_by_role("article").filter(has_text="Skicka blanketten om bryggor")
    expect(errand).to_contain_text("kim@example.se")
    reference = errand.locator(".reference").inner_text()
    agent.errands.get_by_label("Sök på ärendenummer").fill(reference.lower())
    agent.errands.get_by_role("button", name="Sök", exact=True).click()
    expect(agent.errands.locator(".history")).to_contain_text(HUMAN)
    agent.errands.get_by_role("button", name="Stäng").click()
    errand.get_by_role("button", name="Slutför").click()
    agent.errands.get_by_label("Vad blev resultatet?").fill("Blanketten är skickad")
    errand.get_by_role("button", name="Slutför").click()
    expect(errand).to_have_count(0)
    expect(agent.errands.get_by_text(f"Ärende {reference} är slutfört.")).to_be_visible()


def test_a_conversation_that_the_citizen_has_left_waits_for_its_outcome(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    citizen.panel.get_by_role("button", name="Meny").click()
    citizen.panel.get_by_role("button", name="Avsluta samtalet").click()
    expect(agent.page.get_by_role("heading", name="Vad blev det av samtalet?")).to_be_visible()
    expect(agent.composer).to_have_count(0)
    agent.page.get_by_label("Typ av ärende").select_option(index=1)
    agent.page.get_by_role("button", name="Klart").click()
    expect(agent.mine).to_have_count(0)


def test_suggestions_and_prepared_replies_are_put_in_and_never_sent(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask(HUMAN)
    agent_page.take(HUMAN)
    citizen_page.write("Behöver jag bygglov för en altan?")
    expect(agent_page.page.locator(".suggestion").first).to_contain_text("Säkerhet")
    agent_page.page.keyboard.press("Alt+I")
    expect(agent_page.composer).not_to_have_value("")
    agent_page.composer.fill("")
    agent_page.page.keyboard.press("Alt+V")
    expect(agent_page.prepared.first).to_be_visible()
    first = agent_page.prepared.first.locator("strong").inner_text()
    agent_page.page.keyboard.type(first)
    agent_page.page.keyboard.press("Enter")
    expect(agent_page.composer).to_be_focused()
    expect(agent_page.composer).not_to_have_value("")
    citizen_page.has_all(HUMAN, "Behöver jag bygglov för en altan?")
    expect(citizen_page.log.locator("li.agent")).to_have_count(0)


def test_notes_are_for_agents_only(talk: tuple[CitizenPage, DeskPage]) -> None:
    citizen, agent = talk
    agent.page.keyboard.press("Alt+T")
    agent.page.keyboard.type("Har ringt förut")
    agent.page.keyboard.press("Enter")
    expect(agent.notes.get_by_role("listitem")).to_contain_text("Har ringt förut")
    expect(agent.notes).to_contain_text("Invånaren ser dem inte.")
    expect(agent.mine).to_contain_text("1 anteckning")
    agent.write("Hej!")
    expect(citizen.log).to_contain_text("Hej!")
    expect(citizen.log).not_to_contain_text("Har ringt förut")


def test_a_parked_conversation_is_picked_up_again(talk: tuple[CitizenPage, DeskPage]) -> None:
    citizen, agent = talk
    agent.page.get_by_role("button", name="Parkera").click()
    expect(agent.page.get_by_text("Samtalet är parkerat.")).to_be_visible()
    expect(agent.mine).to_contain_text("parkerat")
    agent.page.keyboard.press("Alt+P")
    expect(agent.page.get_by_text("Samtalet är parkerat.")).to_have_count(0)
    agent.write("Nu vet jag")
    expect(citizen.log).to_contain_text("Nu vet jag")


def test_the_own_status_says_for_how_many_there_is_room(agent_page: DeskPage) -> None:
    agent_page.page.get_by_label("Min status").select_option("rast")
    expect(agent_page.page.get_by_text("0 samtal, inga nya")).to_be_visible()
    agent_page.page.get_by_label("Min status").select_option("chatt")
    expect(agent_page.page.get_by_text("0 av 4 samtal")).to_be_visible()


def test_a_conversation_is_taken_answered_and_closed_by_keyboard_alone(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    keyboard = agent_page.page.keyboard
    citizen_page.open_chat().ask("Behöver jag bygglov för en altan?")
    citizen_page.ask(HUMAN)
    expect(agent_page.waiting).to_have_count(1)
    keyboard.press("Alt+N")
    expect(agent_page.composer).to_be_focused()
    keyboard.type("Hej från tangentbordet")
    keyboard.press("Enter")
    expect(citizen_page.log).to_contain_text("Hej från tangentbordet")
    keyboard.press("Alt+X")
    expect(agent_page.page.get_by_role("button", name="Ja, avsluta")).to_be_focused()
    keyboard.press("Enter")
    expect(agent_page.mine).to_have_count(0)


def test_a_shortcut_can_be_changed_and_single_keys_are_off_until_wished_for(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    page, keyboard = agent_page.page, agent_page.page.keyboard
    citizen_page.open_chat().ask(HUMAN)
    expect(agent_page.waiting).to_have_count(1)
    keyboard.press("q")
    keyboard.press("Alt+H")
    page.get_by_role("button", name="Byt: Ta nästa i kön").click()
    keyboard.press("q")
    expect(page.get_by_text("Kortkommandot måste börja med Alt.")).to_be_visible()
    keyboard.press("Alt+X")
    expect(page.get_by_text("Det används redan till: Avsluta samtalet.")).to_be_visible()
    keyboard.press("Alt+Q")
    expect(page.get_by_text("Alt + Q")).to_be_visible()
    page.get_by_label("Kortkommandon utan Alt").check()
    keyboard.press("Escape")
    expect(agent_page.dialog).to_have_count(0)
    page.get_by_role("heading", name="Mina samtal").focus()
    keyboard.press("q")
    expect(agent_page.mine).to_have_count(1)


def test_a_key_right_after_a_window_has_closed_does_its_work(agent_page: DeskPage) -> None:
    agent_page.page.keyboard.press("Alt+H")
    expect(agent_page.dialog).to_be_visible()
    agent_page.page.get_by_role("button", name="Stäng").evaluate(
        "button => { button.click();"
        " dispatchEvent(new KeyboardEvent('keydown', { key: 'u', code: 'KeyU', altKey: true })); }"
    )
    expect(agent_page.errands).to_be_visible()
    expect(agent_page.dialog).to_have_count(0)


def test_f39_sounds_are_played_from_the_start_also_while_the_agent_looks(
    new_citizen: NewCitizen, agent_page: DeskPage
) -> None:
    """chatwoot/chatwoot#14295, #5403; zammad/zammad#2632."""
    page = agent_page.page
    page.evaluate(COUNT_TONES)
    bridge = new_citizen(BRIDGE)
    expect(agent_page.waiting).to_have_count(1)
    page.wait_for_function("() => window.tones === 2")
    agent_page.take(BRIDGE)
    new_citizen(FEE)
    page.wait_for_function("() => window.tones === 4")
    agent_page.take(FEE)
    bridge.write("Är du kvar?")
    page.wait_for_function("() => window.tones === 5")


def test_the_sound_can_be_tried_and_turned_off(agent_page: DeskPage) -> None:
    page = agent_page.page
    page.evaluate(COUNT_TONES)
    page.keyboard.press("Alt+L")
    page.get_by_role("button", name="Prova ljudet").click()
    expect(page.get_by_text("Ljudet spelades.")).to_be_visible()
    assert page.evaluate("() => window.tones") == 3
    page.get_by_label("Spela ljud").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ljud av")).to_be_visible()


def test_a_sound_that_the_browser_holds_back_is_told_until_a_click(agent_page: DeskPage) -> None:
    # Another tab: after a reload the click of a moment ago may still count.
    page = agent_page.page.context.new_page()
    # To look at a page is a click to the browser: the desk goes to work unseen.
    with page.expect_websocket():
        page.goto(agent_page.page.url)
    held_back = page.get_by_text("Webbläsaren släpper inte fram ljud än.")
    expect(held_back).to_be_visible()
    page.get_by_role("button", name="Släpp fram ljudet").click()
    expect(held_back).to_have_count(0)


def test_practice_is_begun_by_who_is_logged_in_at_the_desk(
    agent_page: DeskPage, citizen_page: CitizenPage
) -> None:
    practice = f"{agent_page.system.url}/chatt?slag=practice"
    citizen_page.watch.expect("status of 401")
    citizen_page.page.goto(practice)
    citizen_page.write(HUMAN)
    expect(citizen_page.alert).to_have_text("Du är inte inloggad. Logga in och försök igen.")
    expect(citizen_page.composer).to_have_value(HUMAN)
    trainee = CitizenPage(agent_page.page.context.new_page(), agent_page.system, agent_page.watch)
    trainee.page.goto(practice)
    trainee.write(HUMAN)
    expect(trainee.queue).to_be_visible(timeout=PATIENCE_MS)
    expect(agent_page.waiting).to_contain_text("Övning")


def test_dark_or_light_is_the_agents_choice(agent_page: DeskPage) -> None:
    page = agent_page.page
    background = "() => getComputedStyle(document.querySelector('kommun-desk')).backgroundColor"
    light = page.evaluate(background)
    page.keyboard.press("Alt+L")
    page.get_by_role("radio", name="Mörkt").check()
    dark = page.evaluate(background)
    assert light != dark
    page.reload()
    expect(agent_page.page.get_by_text("Ansluten", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    assert page.evaluate(background) == dark


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_desk_is_accessible(
    look: dict[str, object],
    new_context: NewContext,
    new_citizen: NewCitizen,
    another_agent_page: DeskPage,
    system: System,
    watch: Watch,
) -> None:
    desk = DeskPage(new_context(**look).new_page(), system, watch).enter("anna")
    new_citizen(BRIDGE)
    another_agent_page.take(BRIDGE)
    another_agent_page.offer_to(ANNA, "Gäller en brygga")
    new_citizen(FEE)
    page, keyboard = desk.page, desk.page.keyboard
    expect(desk.offered).to_have_count(1)
    assert_accessible(page)
    keyboard.press("Alt+J")
    expect(desk.composer).to_be_focused()
    assert_accessible(page)
    keyboard.press("Alt+V")
    expect(desk.prepared.first).to_be_visible()
    assert_accessible(page)
    keyboard.press("Escape")
    keyboard.press("Alt+O")
    expect(page.get_by_role("radio", name=OMAR)).to_be_visible()
    assert_accessible(page)
    keyboard.press("Escape")
    keyboard.press("Alt+P")
    expect(page.get_by_text("Samtalet är parkerat.")).to_be_visible()
    keyboard.press("Alt+X")
    expect(page.get_by_role("button", name="Ja, avsluta")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    for chord in ("Alt+H", "Alt+L"):
        keyboard.press(chord)
        expect(desk.dialog).to_be_visible()
        assert_accessible(page)
        keyboard.press("Escape")
        expect(desk.dialog).to_have_count(0)
    keyboard.press("Alt+U")
    expect(page.get_by_role("heading", name="Att följa upp")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def _containing(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))
