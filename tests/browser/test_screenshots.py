"""Pictures for the documentation, kept where KOMMUNBOT_SCREENSHOTS names a folder."""

from playwright.sync_api import expect

from tests.browser.conftest import Shot
from tests.browser.pages import CitizenPage, DeskPage


def test_the_widget_with_an_answer(citizen_page: CitizenPage, take_picture: Shot) -> None:
    citizen_page.open_chat("/demo/avfall-vatten/vatten-och-avlopp/")
    expect(citizen_page.ask("Hur hårt är vattnet?").locator(".source")).to_be_visible()
    take_picture(citizen_page.page, "widget-answer.png")


def test_the_widget_in_the_queue(citizen_page: CitizenPage, take_picture: Shot) -> None:
    citizen_page.open_chat().ask("Jag vill prata med en människa")
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    take_picture(citizen_page.page, "widget-queue.png")


def test_the_widgets_ways_to_a_person(citizen_page: CitizenPage, take_picture: Shot) -> None:
    citizen_page.open_chat().ask("vad kostar förskolan")
    citizen_page.open_card()
    take_picture(citizen_page.page, "widget-handover.png")


def test_the_desk(
    citizen_page: CitizenPage,
    another_citizen_page: CitizenPage,
    agent_page: DeskPage,
    take_picture: Shot,
) -> None:
    citizen_page.open_chat("/demo/bygga-bo/bygglov/").ask("Hur lång tid tar tillståndet?")
    citizen_page.ask("jag vill prata med en människa")
    agent_page.take("prata med en människa")
    agent_page.write("Hej! Jag heter Anna. Gäller det bygglov eller något annat tillstånd?")
    citizen_page.write("Det gäller en brygga på Lindö.")
    another_citizen_page.open_chat().ask("När plogas vägarna i Norrby?")
    another_citizen_page.ask_for_a_person()
    expect(agent_page.waiting).to_have_count(1)
    expect(agent_page.log).to_contain_text("brygga på Lindö")
    agent_page.composer.fill("Tack! För bryggor kan det behövas")
    take_picture(agent_page.page, "desk.png")
