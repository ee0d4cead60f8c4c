"""Pictures for the documentation, taken only where KOMMUNBOT_SCREENSHOTS names a folder."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import CitizenPage, DeskPage
from tests.support.system import PICTURES

FOLDER = os.environ.get(PICTURES)

pytestmark = pytest.mark.skipif(not FOLDER, reason=f"{PICTURES} names no folder for pictures")


def take_picture(page: Page, name: str) -> None:
    """Save what the window shows, once nothing moves any more."""
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    path = Path(FOLDER or "") / name
    page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size > 10_000


def test_the_widget_with_an_answer(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat("/demo/avfall-vatten/vatten-och-avlopp/")
    expect(citizen_page.ask("Hur hårt är vattnet?").locator(".source")).to_be_visible()
    take_picture(citizen_page.page, "widget-answer.png")


def test_the_widget_in_the_queue(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask("Jag vill prata med en människa")
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    take_picture(citizen_page.page, "widget-queue.png")


def test_the_desk(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage, agent_page: DeskPage
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
