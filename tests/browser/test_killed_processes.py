"""`kill -9` of any of the three processes while people talk: both sides go on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PATIENCE_MS, CitizenPage, DeskPage, said_by
from tests.browser.watch import CONTACT_LOST
from tests.support.system import System

HUMAN = "jag vill prata med en människa"
FEE = "vad kostar förskolan"
ALTAN = "Behöver jag bygglov för en altan?"
BACK_MS = 40_000
# The widget's own reconnecting takes a few seconds; a spinner that never ends takes for ever.
A_FEW_SECONDS_MS = 9_000


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_without_rasa_or_the_action_server_the_same_search_answers_or_a_person_does(
    citizen_page: CitizenPage, system: System, name: str
) -> None:
    citizen_page.open_chat()
    killed = system.kill(name)
    citizen_page.write(FEE)
    reply = citizen_page.answers.nth(1)
    expect(reply).to_contain_text("maxtaxan", timeout=A_FEW_SECONDS_MS)
    expect(reply.locator(".source")).to_contain_text("granskad")
    citizen_page.ask_for_a_person()
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    citizen_page.panel.get_by_role("button", name="Lämna kön").click()
    system.wait_until_back(name, killed)
    expect(citizen_page.ask(ALTAN).locator(".source")).to_be_visible()
    citizen_page.has_all(FEE, ALTAN)


def test_the_gateway_killed_while_the_bot_answers_gives_the_answer_once(
    citizen_page: CitizenPage, system: System
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.open_chat().ask("bygglov")
    with citizen_page.page.expect_response("**/messages"):
        citizen_page.write(FEE)
    killed = system.kill("gateway")
    citizen_page.write(ALTAN)
    system.wait_until_back("gateway", killed)
    expect(citizen_page.answers).to_have_count(4, timeout=BACK_MS)
    events = citizen_page.has_all("bygglov", FEE, ALTAN)
    begins = ["Hej! Jag är en AI", "Jag hittar flera sv", "Avgiften följer max", "En låg altan på"]
    assert [
        text[: len(start)] for text, start in zip(said_by("bot", events), begins, strict=True)
    ] == begins


def test_the_gateway_killed_in_the_middle_of_a_talk_loses_and_doubles_nothing(
    talk: tuple[CitizenPage, DeskPage], system: System
) -> None:
    citizen, agent = talk
    citizen.watch.expect(CONTACT_LOST)
    citizen.write("ett")
    agent.write("två")
    expect(citizen.log).to_contain_text("två")
    killed = system.kill("gateway")
    for number in range(3):
        citizen.write(f"medborgare {number}")
        agent.write(f"vägledare {number}")
    expect(citizen.panel.locator(".state.warn")).to_contain_text("Ansluter igen")
    system.wait_until_back("gateway", killed)
    for log in (citizen.log, agent.log):
        expect(log.get_by_text(re.compile("vägledare 2$"))).to_be_visible(timeout=BACK_MS)
        expect(log.get_by_text("medborgare 2")).to_be_visible(timeout=BACK_MS)
    citizen.write("tre")
    expect(agent.log).to_contain_text("tre", timeout=PATIENCE_MS)
    citizen.has_all(HUMAN, "ett", *(f"medborgare {number}" for number in range(3)), "tre")
    agent.reads(citizen, "två", *(f"vägledare {number}" for number in range(3)))


def test_the_gateway_killed_while_a_citizen_waits_keeps_the_queue(
    citizen_page: CitizenPage, agent_page: DeskPage, system: System
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.open_chat().ask(HUMAN)
    expect(agent_page.waiting).to_have_count(1)
    killed = system.kill("gateway")
    system.wait_until_back("gateway", killed)
    expect(agent_page.page.get_by_text("Ansluten", exact=True)).to_be_visible(timeout=BACK_MS)
    agent_page.take(HUMAN)
    agent_page.write("Hej! Tack för att du väntade.")
    expect(citizen_page.log).to_contain_text("Tack för att du väntade.", timeout=BACK_MS)
    citizen_page.has_all(HUMAN)
