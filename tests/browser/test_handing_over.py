"""From the bot to a person, and what the agent sees of it."""

from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.browser.pages import ANNA, PATIENCE_MS, CitizenPage, DeskPage

HUMAN = "jag vill prata med en människa"


def test_asking_for_a_person_in_words_hands_over(citizen_page: CitizenPage) -> None:
    reply = citizen_page.open_chat().ask(HUMAN)
    expect(reply).to_contain_text("Du kan få prata med en kommunvägledare")
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    citizen_page.has_all(HUMAN)


def test_the_button_hands_over_and_the_place_moves_up_when_the_first_leaves(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage
) -> None:
    citizen_page.open_chat().ask_for_a_person()
    another_citizen_page.open_chat().ask_for_a_person()
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    expect(another_citizen_page.queue).to_contain_text("Du står på plats 2 i kön.")
    citizen_page.panel.get_by_role("button", name="Lämna kön").click()
    expect(citizen_page.queue).to_have_count(0)
    expect(another_citizen_page.queue).to_contain_text("Du står först i kön.")
    expect(citizen_page.ask("vad kostar förskolan").locator(".source")).to_be_visible()


def test_a_wrong_password_is_told_and_the_right_one_enters(
    citizen_page: CitizenPage, new_desk: DeskPage
) -> None:
    new_desk.watch.expect("401 .*/api/desk/login$")
    new_desk.visit().login("anna", "fel lösenord")
    expect(new_desk.page.get_by_role("alert")).to_have_text(
        "Fel användarnamn eller lösenord. Försök igen."
    )
    new_desk.enter("anna")
    expect(new_desk.page.get_by_text(ANNA)).to_be_visible()
    new_desk.page.get_by_role("button", name="Logga ut").click()
    expect(new_desk.page.get_by_label("Lösenord")).to_be_visible()
    assert new_desk.page.evaluate("() => sessionStorage.length") == 0


def test_the_queue_is_live(citizen_page: CitizenPage, agent_page: DeskPage) -> None:
    expect(agent_page.waiting).to_have_count(0)
    citizen_page.open_chat().ask(HUMAN)
    expect(agent_page.waiting).to_have_count(1)
    expect(agent_page.waiting).to_contain_text(HUMAN)
    expect(agent_page.page).to_have_title("(1) i kö – Kommunbot")
    citizen_page.panel.get_by_role("button", name="Lämna kön").click()
    expect(agent_page.waiting).to_have_count(0)


def test_a_preview_shows_everything_and_the_citizen_notices_nothing(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask("bygglov")
    citizen_page.ask(HUMAN)
    agent_page.preview(HUMAN)
    expect(agent_page.page.get_by_text("Invånaren ser inte att du läser.")).to_be_visible()
    expect(agent_page.composer).to_have_count(0)
    agent_page.reads(citizen_page)
    citizen_page.write("är det någon där?")
    expect(agent_page.log).to_contain_text("är det någon där?")
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    citizen_page.panel.get_by_role("button", name="Lämna kön").click()
    gone = "Samtalet är inte längre ditt eller är avslutat."
    expect(agent_page.page.get_by_text(gone)).to_be_visible()
    expect(agent_page.alert).to_have_count(0)


def test_the_agent_gets_the_transcript_and_why_the_bot_doubted(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat("/demo/bygga-bo/bygglov/").ask("tillstånd")
    citizen_page.ask("tillstånd")
    citizen_page.wait_in_chat()
    agent_page.take("tillstånd")
    dossier = agent_page.dossier
    expect(dossier).to_contain_text("Assistenten hittade inget säkert svar två gånger i rad.")
    expect(dossier).to_contain_text("Säkerhet")
    passages = dossier.locator("ol li")
    expect(passages).to_have_count(3)
    for link in passages.get_by_role("link").all():
        assert "/demo/" in (link.get_attribute("href") or "")
    tried = dossier.locator("section", has_text="Det AI-assistenten försökte").locator("ul li")
    expect(tried.first).to_contain_text("«tillstånd»")
    expect(tried.first).to_contain_text("motfråga")
    page_link = dossier.get_by_role("link", name="/demo/bygga-bo/bygglov/")
    expect(page_link).to_be_visible()
    agent_page.reads(citizen_page)


def test_what_the_agent_writes_is_seen_at_once_and_both_see_typing(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    agent.composer.press_sequentially("Hej")
    expect(citizen.log.get_by_text(f"{ANNA} skriver …")).to_be_visible(timeout=2_000)
    agent.write("Hej! Jag heter Anna.")
    expect(citizen.log).to_contain_text("Hej! Jag heter Anna.", timeout=2_000)
    expect(citizen.log).to_contain_text(f"{ANNA}, kommunvägledare (människa)")
    expect(citizen.log.get_by_text(f"{ANNA} skriver …")).to_have_count(0)
    citizen.composer.press_sequentially("Hej Anna")
    expect(agent.log.get_by_text("Invånaren skriver …")).to_be_visible(timeout=2_000)
    citizen.write("Hej Anna!")
    expect(agent.log).to_contain_text("Hej Anna!", timeout=2_000)
    expect(agent.log.get_by_text("Invånaren skriver …")).to_have_count(0)
    citizen.has_all(HUMAN, "Hej Anna!")
    agent.reads(citizen, "Hej! Jag heter Anna.")


def test_with_a_person_the_bot_is_silent(talk: tuple[CitizenPage, DeskPage]) -> None:
    citizen, agent = talk
    citizen.write("Behöver jag bygglov för en altan?")
    expect(agent.log).to_contain_text("Behöver jag bygglov")
    agent.write("Det beror på höjden.")
    expect(citizen.log).to_contain_text("Det beror på höjden.")
    assert [event["actor"] for event in citizen.stored()[-2:]] == ["citizen", "agent"]


def test_who_writes_again_after_the_agent_has_closed_comes_back_to_people(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    agent.write("Då säger vi så. Hej då!")
    agent.close()
    expect(citizen.log).to_contain_text(f"{ANNA} har avslutat samtalet.")
    expect(citizen.panel.get_by_text("Samtalet är avslutat. Vill du fråga mer?")).to_be_visible()
    citizen.write("en fråga till")
    expect(agent.waiting).to_contain_text("en fråga till", timeout=PATIENCE_MS)
    citizen.has_all(HUMAN, "en fråga till")


def test_the_agent_may_give_the_conversation_back_to_the_queue(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    agent.hand_on("Tillbaka till kön")
    expect(agent.mine).to_have_count(0)
    expect(citizen.queue).to_contain_text("Du står först i kön.")
    expect(agent.composer).to_have_count(0)
    expect(agent.alert).to_have_count(0)
    citizen.has_all(HUMAN)


def test_what_goes_back_to_the_bot_has_an_outcome_first(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    agent.hand_on("Lämna till AI-assistenten")
    expect(agent.mine).to_have_count(1)
    agent.page.get_by_label("Typ av ärende").select_option(index=1)
    agent.page.get_by_role("button", name="Ja, lämna till AI-assistenten").click()
    expect(agent.mine).to_have_count(0)
    expect(agent.message).to_contain_text("Samtalet är lämnat till AI-assistenten.")
    expect(citizen.panel.get_by_text("Du skriver med AI-assistenten igen.")).to_be_visible()
    expect(agent.alert).to_have_count(0)
    citizen.ask("vad kostar förskolan")
    citizen.has_all(HUMAN, "vad kostar förskolan")


def test_of_two_agents_the_second_is_told_who_took_it(
    citizen_page: CitizenPage, agent_page: DeskPage, another_agent_page: DeskPage
) -> None:
    system = citizen_page.system

    def anna_is_faster(route: Route) -> None:
        path = urlsplit(route.request.url).path
        system.agent("anna").post(path).raise_for_status()
        route.continue_()

    another_agent_page.watch.expect("409 .*/take$")
    another_agent_page.page.route("**/take", anna_is_faster)
    citizen_page.open_chat().ask(HUMAN)
    another_agent_page.waiting.get_by_role("button", name="Ta samtalet").click()
    expect(another_agent_page.page.get_by_text(f"{ANNA} har redan tagit samtalet.")).to_be_visible()
    expect(another_agent_page.waiting).to_have_count(0)
    expect(another_agent_page.mine).to_have_count(0)
    expect(agent_page.mine).to_have_count(1)
    citizen_page.sees_agent(ANNA)


def test_the_next_in_the_queue_is_the_one_who_has_waited_longest(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask(HUMAN)
    another_citizen_page.open_chat().ask_for_a_person()
    expect(agent_page.waiting).to_have_count(2)
    agent_page.page.get_by_role("button", name="Ta nästa").click()
    citizen_page.sees_agent()
    expect(another_citizen_page.queue).to_contain_text("Du står först i kön.", timeout=PATIENCE_MS)


def test_two_conversations_are_kept_apart(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    citizen_page.open_chat().ask(HUMAN)
    agent_page.take(HUMAN)
    another_citizen_page.open_chat().ask("vad kostar förskolan")
    another_citizen_page.ask_for_a_person()
    agent_page.take("vad kostar förskolan")
    agent_page.write("Hej om förskolan")
    citizen_page.write("Hallå?")
    expect(agent_page.mine.filter(has_text="Hallå?")).to_contain_text("1 oläst")
    agent_page.page.keyboard.press("Alt+ArrowUp")
    expect(agent_page.log).to_contain_text("Hallå?")
    agent_page.write("Hej, jag är här")
    expect(citizen_page.log).to_contain_text("Hej, jag är här")
    agent_page.reads(citizen_page, "Hej, jag är här")
    expect(another_citizen_page.log).to_contain_text("Hej om förskolan")
    another_citizen_page.has_all("vad kostar förskolan")
