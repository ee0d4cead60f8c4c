"""Pictures for the documentation, kept where KOMMUNBOT_SCREENSHOTS names a folder."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.conftest import NewContext, Shot
from tests.browser.pages import CitizenPage, DeskPage
from tests.browser.test_waiting import move, silence_is_over, take, write
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.system import System

FEES = "vad kostar förskolan"
CRISIS = {
    "id": "vatten",
    "kind": "kris",
    "text": "Koka vattnet i Norrby innan du dricker det.",
    "link": {"title": "Så kokar du vattnet", "url": "https://www.skarvinge.example/vatten/"},
}
SMALL = {"device_scale_factor": 0.8}  # the whole panel, in few bytes
LOOKS: dict[str, dict[str, object]] = {
    "320": {"viewport": {"width": 320, "height": 640}},
    "dark": {"color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active"},
}


@pytest.fixture
def citizen(new_context: NewContext, system: System, watch: Watch) -> CitizenPage:
    return CitizenPage(new_context(**SMALL).new_page(), system, watch)


@pytest.fixture
def state(citizen: CitizenPage, take_picture: Shot) -> Callable[[str], None]:
    """Take a picture of the panel in a state with this name."""

    def take_it(name: str) -> None:
        panel = citizen.page.locator("kommun-chat-panel")
        take_picture(citizen.page, f"widget/{name}.png", panel)

    return take_it


def test_the_states_with_the_bot(
    citizen: CitizenPage, take_picture: Shot, state: Callable[[str], None]
) -> None:
    citizen.visit()
    take_picture(citizen.page, "widget/launcher.png", citizen.launcher)
    citizen.launcher.click()
    expect(citizen.composer).to_be_focused()
    state("welcome")
    citizen.ask(FEES)
    state("answer")
    expect(citizen.ask("bygglov").locator(".choices")).to_be_visible()
    state("choices")
    citizen.ask("hjälp det brinner")
    state("emergency")


def test_the_state_of_an_unsure_answer(citizen: CitizenPage, state: Callable[[str], None]) -> None:
    def doubt(text: str | bytes) -> str:
        return re.sub(r'"confidence": ?0[.][0-9]+', '"confidence": 0.6', str(text))

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda frame: socket.send(doubt(frame)))

    def pass_on(route: Route) -> None:
        route.fulfill(body=doubt(route.fetch().text()), content_type="application/json")

    citizen.page.route_web_socket("**/socket", relay)
    citizen.page.route("**/events?*", pass_on)
    citizen.open_chat()
    expect(citizen.ask(FEES)).to_contain_text("Jag är inte helt säker.")
    citizen.panel.locator(".note").scroll_into_view_if_needed()
    state("unsure")


def test_the_states_on_the_way_to_a_person(
    citizen: CitizenPage, system: System, state: Callable[[str], None]
) -> None:
    anna = system.agent("anna")
    citizen.open_chat().ask(FEES)
    card = citizen.open_card()
    state("ways")
    card.get_by_role("button", name="Bli uppringd").click()
    card.get_by_label("Telefonnummer").fill("ring mig")
    card.get_by_label("Telefonnummer").press("Enter")
    expect(card.get_by_role("alert").locator("p")).to_be_visible()
    state("callback")
    card.get_by_role("button", name="Tillbaka").click()
    citizen.wait_in_chat()
    citizen.messages.last.scroll_into_view_if_needed()
    state("queue")
    take(anna, citizen)
    write(anna, citizen, "Hej! Jag heter Anna. Vad gäller det?")
    expect(citizen.log).to_contain_text("Vad gäller det?")
    citizen.messages.last.scroll_into_view_if_needed()
    state("agent")
    move(anna, citizen, "hold")
    expect(citizen.panel.locator(".state", has_text="tar reda på")).to_be_visible()
    citizen.messages.last.scroll_into_view_if_needed()
    state("on-hold")
    move(anna, citizen, "pick_up")
    write(anna, citizen, "Det stämmer.")
    silence_is_over(citizen)
    expect(citizen.panel.get_by_role("button", name="Jag är kvar")).to_be_visible()
    citizen.messages.last.scroll_into_view_if_needed()
    state("idle")
    move(anna, citizen, "close")
    expect(citizen.panel.get_by_text("Samtalet är avslutat.")).to_be_visible()
    citizen.messages.last.scroll_into_view_if_needed()
    state("ended")


def test_the_states_when_something_is_wrong(
    citizen: CitizenPage, state: Callable[[str], None]
) -> None:
    citizen.watch.expect(CONTACT_LOST)
    citizen.page.route("**/api/notices", lambda route: route.fulfill(json={"notices": [CRISIS]}))
    citizen.open_chat().ask(FEES)
    expect(citizen.panel.get_by_text(str(CRISIS["text"]))).to_be_visible()
    notices = citizen.panel.locator(".notices")
    assert notices.evaluate("(list) => list.scrollHeight <= list.clientHeight"), "cut off"
    state("crisis")
    citizen.page.context.set_offline(True)
    citizen.write("Gäller det också fritids?")
    expect(citizen.panel.get_by_text("Det du har skrivit är sparat här")).to_be_visible()
    state("offline")


def test_the_states_that_are_the_citizens_own(
    citizen: CitizenPage, take_picture: Shot, state: Callable[[str], None]
) -> None:
    citizen.open_chat().ask("Hur anmäler jag hål i vägen?")
    citizen.write("Jag heter Kim, 811218-9876.")
    expect(citizen.panel.get_by_role("button", name="Skicka utan numret")).to_be_visible()
    state("number")
    citizen.panel.get_by_role("button", name="Ändra texten").click()
    citizen.panel.get_by_role("button", name="Meny").click()
    state("menu")
    citizen.page.keyboard.press("Escape")
    citizen.answers.nth(1).get_by_role("button", name="Anmäl felet här").click()
    expect(citizen.card.get_by_label("Var är felet?")).to_be_focused()
    state("report")
    citizen.card.get_by_role("button", name="Tillbaka").click()
    citizen.ask("min man slår mig")
    state("way-out")
    citizen.panel.get_by_role("button", name="Meny").click()
    citizen.panel.get_by_role("button", name="Avsluta samtalet").click()
    citizen.panel.get_by_role("button", name="Berätta hur det gick").click()
    expect(citizen.panel.get_by_role("heading", name="Hur gick det?")).to_be_focused()
    state("survey")
    citizen.panel.get_by_role("button", name="Meny").click()
    citizen.panel.get_by_role("button", name="العربية").click()
    expect(citizen.panel).to_have_attribute("dir", "rtl")
    state("arabic")
    citizen.page.set_viewport_size({"width": 400, "height": 640})
    citizen.page.goto(f"{citizen.system.url}/fraga")
    take_picture(citizen.page, "widget/without-javascript.png")


@pytest.mark.parametrize("look", LOOKS)
def test_the_looks(
    new_context: NewContext, system: System, watch: Watch, take_picture: Shot, look: str
) -> None:
    citizen = CitizenPage(new_context(**SMALL, **LOOKS[look]).new_page(), system, watch)
    citizen.open_chat().ask(FEES)
    panel = citizen.page.locator("kommun-chat-panel")
    take_picture(citizen.page, f"widget/{look}.png", panel)


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
