"""Two agents and a department around one conversation; the citizen sees what concerns them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.pages import ANNA, MAJA, OMAR, PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.browser.watch import Watch
from tests.support.system import System

HUMAN = "prata med en människa"


@pytest.fixture
def maja_page(new_context: NewContext, system: System, watch: Watch) -> DeskPage:
    """Maja of bygglov, logged in."""
    return DeskPage(new_context().new_page(), system, watch).enter("maja")


def test_who_reads_along_sees_it_live_and_whispers_while_the_citizen_notices_nothing(
    talk: tuple[CitizenPage, DeskPage], another_agent_page: DeskPage
) -> None:
    citizen, anna = talk
    omar = another_agent_page
    omar.read_along(HUMAN)
    expect(omar.page.get_by_text(f"{ANNA} har samtalet. Invånaren ser inte")).to_be_visible()
    citizen.write("Jag vill bygga en altan.")
    expect(omar.log).to_contain_text("Jag vill bygga en altan.")
    omar.notes.get_by_role("textbox", name=f"Viska till {ANNA}").fill("Fråga om höjden.")
    omar.notes.get_by_role("button", name="Viska", exact=True).click()
    advice = anna.page.get_by_role("status").filter(has_text="Viskning från")
    expect(advice).to_contain_text("Fråga om höjden.")
    assert_accessible(anna.page)
    anna.write("Hur hög blir den?")
    expect(advice).to_have_count(0)
    expect(omar.log).to_contain_text("Hur hög blir den?")
    assert_accessible(omar.page)
    assert "höjden" not in str(citizen.stored())
    assert OMAR not in str(citizen.stored())


def test_who_joins_writes_under_their_own_name_survives_a_reload_and_leaves_again(
    talk: tuple[CitizenPage, DeskPage], another_agent_page: DeskPage
) -> None:
    citizen, anna = talk
    omar = another_agent_page
    omar.read_along(HUMAN)
    omar.page.get_by_role("button", name="Gå med i samtalet").click()
    expect(omar.composer).to_be_focused()
    expect(citizen.log).to_contain_text(f"{OMAR}, kommunvägledare, är också med i samtalet.")
    omar.page.reload()
    expect(omar.composer).to_be_visible(timeout=PATIENCE_MS)
    omar.composer.press_sequentially("Hej")
    expect(anna.page.get_by_text(f"{OMAR} skriver …")).to_be_visible()
    omar.write("Hej, jag kan altaner.")
    expect(anna.page.get_by_text(f"{OMAR} skriver …")).to_have_count(0)
    expect(citizen.log.locator("li.agent").last).to_contain_text("Hej, jag kan altaner.")
    expect(anna.log).to_contain_text("Hej, jag kan altaner.")
    expect(anna.mine).to_contain_text(f"{OMAR}: Hej, jag kan altaner.")
    expect(omar.mine).to_have_count(0)
    assert_accessible(omar.page)
    assert_fits(omar.page)
    omar.page.get_by_role("button", name="Lämna samtalet").click()
    expect(citizen.log).to_contain_text(f"{OMAR} är inte längre med i samtalet.")
    expect(omar.composer).to_have_count(0)
    anna.reads(citizen, "Hej, jag kan altaner.")


def test_a_department_is_asked_beside_the_talk_and_its_answer_reaches_the_agent(
    talk: tuple[CitizenPage, DeskPage], maja_page: DeskPage
) -> None:
    citizen, anna = talk
    anna.notes.get_by_role("button", name="Fråga en avdelning").click()
    anna.notes.get_by_label("Avdelning").select_option(label="Bygglov")
    anna.notes.get_by_role("textbox", name="Din fråga").fill("Gäller 30 kvm även altaner?")
    anna.notes.get_by_role("button", name="Skicka frågan").click()
    expect(anna.notes.get_by_role("status")).to_contain_text("Frågan är skickad till Bygglov.")
    expect(maja_page.asked).to_have_count(1)
    maja_page.asked.locator("button.item").click()
    answer = maja_page.notes.get_by_role("textbox", name="Svara för Bygglov")
    expect(answer).to_be_focused()
    expect(maja_page.notes).to_contain_text("Gäller 30 kvm även altaner?")
    assert_accessible(maja_page.page)
    answer.fill("Nej, bara komplementbyggnader.")
    maja_page.notes.get_by_role("button", name="Skicka svaret").click()
    expect(maja_page.asked).to_have_count(0)
    advice = anna.page.get_by_role("status").filter(has_text="Svar från Bygglov")
    expect(advice).to_contain_text("Nej, bara komplementbyggnader.")
    for told in ("30 kvm", "komplementbyggnader", MAJA):
        assert told not in str(citizen.stored())


def test_a_department_takes_over_with_the_note_and_the_citizen_is_told_where_to(
    talk: tuple[CitizenPage, DeskPage], maja_page: DeskPage
) -> None:
    citizen, anna = talk
    anna.page.get_by_role("button", name="Lämna över", exact=True).click()
    away = anna.page.get_by_role("radio", name="Barn och utbildning")
    expect(away).to_be_disabled()
    anna.page.get_by_role("radio", name="Bygglov").check()
    anna.page.get_by_role("button", name="Lämna till avdelningen").click()
    expect(anna.page.get_by_role("alert").filter(has_text="Skriv vad avdelningen")).to_be_visible()
    assert_accessible(anna.page)
    anna.page.get_by_role("textbox", name="Anteckning till avdelningen").fill("Altan, 30 kvm.")
    anna.page.get_by_role("button", name="Lämna till avdelningen").click()
    expect(anna.message).to_contain_text("Lämnat till Bygglov.")
    expect(citizen.log).to_contain_text("vidare till Bygglov. Du behåller din plats i kön.")
    expect(anna.waiting).to_contain_text("Bygglov")
    expect(maja_page.waiting).to_have_count(1)
    maja_page.page.get_by_role("button", name="Ta nästa").click()
    expect(maja_page.notes).to_contain_text("Altan, 30 kvm.")
    citizen.sees_agent(MAJA)
    maja_page.write("Hej, jag heter Maja.")
    expect(citizen.log).to_contain_text("Hej, jag heter Maja.")
    assert "kvm" not in str(citizen.stored())
