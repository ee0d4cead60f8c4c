"""axe finds nothing to complain of, in any state, on phones, and in the dark."""

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import WIDE
from tests.browser.pages import CitizenPage, DeskPage
from tests.browser.test_waiting import take, write
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.gateway import ROOT
from tests.support.system import System, wait_for

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
HUMAN = "jag vill prata med en människa"
PHONE = {"width": 320, "height": 640}
LOOKS = [
    pytest.param({"viewport": WIDE}, id="wide"),
    pytest.param({"viewport": PHONE}, id="320 px"),
    pytest.param({"viewport": WIDE, "color_scheme": "dark"}, id="dark"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="320 px and dark"),
]
PAGES = ("", "bygga-bo/bygglov/", "kommun-politik/kontakt/", "barn-utbildning/forskola/avgift/")

# What fades in has too little contrast until it is there.
AT_REST = """async () => {
  const walk = (root) => [root, ...[...root.querySelectorAll("*")].flatMap(
    (element) => (element.shadowRoot ? walk(element.shadowRoot) : []))];
  const moving = walk(document).flatMap((root) => root.getAnimations()).filter(
    (animation) => animation.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(moving.map((animation) => animation.finished));
}"""

LISTEN = """(announcer) => {
  window.heard = [];
  const regions = [...announcer.shadowRoot.querySelectorAll("[aria-live]")];
  const held = regions.map(({ textContent }) => textContent);
  const hear = () => regions.forEach(({ textContent }, i) => {
    if (textContent && textContent !== held[i]) heard.push(textContent);
    held[i] = textContent;
  });
  new MutationObserver(hear).observe(
    announcer.shadowRoot, { characterData: true, childList: true, subtree: true });
}"""

NewContext = Callable[..., BrowserContext]


@cache
def axe_source() -> str:
    assert AXE.exists(), f"{AXE} is missing. Run `make test`, which installs it."
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page, within: str = "html") -> None:
    """The page's own policy stays in force: axe comes in by the browser's back door."""
    page.evaluate(AT_REST)
    page.evaluate(f"() => {{ {axe_source()} }}")
    found = page.evaluate("async (within) => (await axe.run(within)).violations", within)
    assert [_in_short(violation) for violation in found] == []


def _in_short(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['id']}: {violation['help']}: {[node['html'][:120] for node in nodes[:3]]}"


def listen(citizen: CitizenPage) -> Callable[[], list[str]]:
    """Return what tells everything that is put into the live region from now on."""
    citizen.panel.locator("kommun-announcer").evaluate(LISTEN)

    def heard() -> list[str]:
        found: list[str] = citizen.page.evaluate("() => heard")
        return found

    return heard


def hears_once(heard: Callable[[], list[str]], text: str) -> None:
    """Wait until it is said; whatever has been said before was said once too."""
    wait_for(lambda: text in "\n".join(heard()), f"said aloud: {text}", 20)
    assert "\n".join(heard()).count(text) == 1, heard()


def assert_fits(page: Page) -> None:
    """Nothing has to be read by scrolling sideways."""
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")


@pytest.fixture(params=LOOKS)
def citizen(
    request: pytest.FixtureRequest, new_context: NewContext, system: System, watch: Watch
) -> CitizenPage:
    return CitizenPage(new_context(**request.param).new_page(), system, watch)


@pytest.fixture(params=LOOKS)
def desk(
    request: pytest.FixtureRequest, new_context: NewContext, system: System, watch: Watch
) -> DeskPage:
    return DeskPage(new_context(**request.param).new_page(), system, watch)


@pytest.mark.parametrize("path", PAGES)
def test_the_municipalitys_pages(citizen_page: CitizenPage, path: str) -> None:
    assert_accessible(citizen_page.visit(f"/demo/{path}").page)


def test_the_chat_from_welcome_to_answer_queue_and_person(
    citizen: CitizenPage, agent_page: DeskPage
) -> None:
    assert_accessible(citizen.open_chat().page)
    citizen.ask("jag vill nå Anna på socialtjänsten")
    citizen.ask("hjälp det brinner")
    citizen.ask("vad kostar förskolan")
    citizen.ask("bygglov")
    citizen.panel.get_by_role("button", name="Meny").click()
    assert_accessible(citizen.page)
    citizen.panel.get_by_role("button", name="Radera samtalet").click()
    assert_accessible(citizen.page)
    citizen.page.keyboard.press("Escape")
    citizen.ask(HUMAN)
    assert_accessible(citizen.page)
    agent_page.take(HUMAN)
    agent_page.write("Hej! Jag heter Anna.")
    expect(citizen.log).to_contain_text("Hej! Jag heter Anna.")
    assert_accessible(citizen.page)
    agent_page.close()
    expect(citizen.panel.get_by_text("Samtalet är avslutat.")).to_be_visible()
    assert_accessible(citizen.page)
    assert_fits(citizen.page)


def test_the_ways_to_a_person_and_the_fields_of_an_errand(citizen: CitizenPage) -> None:
    citizen.open_chat().ask("vad kostar förskolan")
    citizen.open_card()
    assert_accessible(citizen.page)
    assert_fits(citizen.page)
    citizen.card.get_by_role("button", name="Bli uppringd").click()
    citizen.card.get_by_role("button", name="Ring mig").click()
    expect(citizen.card.get_by_role("alert").locator("p")).to_be_visible()
    assert_accessible(citizen.page)
    citizen.card.get_by_label("Telefonnummer").fill("070-123 45 67")
    citizen.card.get_by_role("button", name="Ring mig").click()
    expect(citizen.promises).to_be_visible()
    assert_accessible(citizen.page)
    assert_fits(citizen.page)


def test_the_full_page_chat(citizen: CitizenPage) -> None:
    citizen.page.goto(f"{citizen.system.url}/chatt")
    citizen.ask("vad kostar förskolan")
    assert_accessible(citizen.page)
    assert_fits(citizen.page)


def test_the_desk_from_login_to_talk(desk: DeskPage, citizen_page: CitizenPage) -> None:
    desk.visit()
    expect(desk.page.get_by_label("Lösenord")).to_be_visible()
    assert_accessible(desk.page)
    citizen_page.open_chat().ask("bygglov")
    citizen_page.ask(HUMAN)
    desk.enter("anna")
    expect(desk.waiting).to_have_count(1)
    assert_accessible(desk.page)
    desk.preview(HUMAN)
    assert_accessible(desk.page)
    desk.page.get_by_role("button", name="Ta samtalet").last.click()
    desk.write("Hej! Jag heter Anna.")
    expect(citizen_page.log).to_contain_text("Hej! Jag heter Anna.")
    desk.begin_close()
    assert_accessible(desk.page)
    assert_fits(desk.page)


def test_everything_can_be_reached_by_keyboard_on_the_way_to_a_person(
    citizen_page: CitizenPage,
) -> None:
    page = citizen_page.visit().page
    citizen_page.launcher.press("Enter")
    expect(citizen_page.composer).to_be_focused()
    page.keyboard.type("bygglov")
    page.keyboard.press("Enter")
    choice = citizen_page.reply(1).locator(".choices button").last
    page.keyboard.press("Shift+Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    citizen_page.reply(2)
    expect(citizen_page.composer).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(citizen_page.card.get_by_role("heading")).to_be_focused()
    wait = citizen_page.card.get_by_role("button", name="Vänta i chatten")
    expect(wait).to_be_visible()
    page.keyboard.press("Tab")
    expect(wait).to_be_focused()
    page.keyboard.press("Enter")
    expect(citizen_page.queue).to_be_visible()
    expect(citizen_page.composer).to_be_focused()


def test_a_reader_hears_each_thing_once_and_stays_where_they_write(
    citizen_page: CitizenPage, system: System
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    heard = listen(citizen_page.open_chat())
    citizen_page.ask("vad kostar förskolan")
    hears_once(heard, "maxtaxan")
    citizen_page.ask(HUMAN)
    hears_once(heard, "Du står först i kön.")
    anna = system.agent("anna")
    take(anna, citizen_page)
    for text in ("Hej! Jag heter Anna.", "Vad gäller det?"):
        write(anna, citizen_page, text)
        hears_once(heard, text)
    citizen_page.page.context.set_offline(True)
    hears_once(heard, "Ansluter igen …")
    citizen_page.page.context.set_offline(False)
    hears_once(heard, "Ansluten igen.")
    expect(citizen_page.composer).to_be_focused()
    expect(citizen_page.log).to_have_attribute("aria-live", "off")
