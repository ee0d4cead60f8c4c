"""The chat as people have set their browser: zoom, colours, motion, keys, slow lines, two tabs."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.pages import ANNA, CitizenPage
from tests.browser.test_accessibility import assert_accessible, assert_fits
from tests.browser.test_waiting import move, take, write
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.system import System, wait_for

FEES = "vad kostar förskolan"
SIZES = {"wide": (1280, 860), "320 px": (320, 640), "400 % zoom": (320, 256)}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
WALK = """const walk = (root) => [...root.querySelectorAll("*")].flatMap(
  (element) => [element, ...(element.shadowRoot ? walk(element.shadowRoot) : [])]);
const chat = document.querySelector("kommun-chat").shadowRoot;"""
MOVING = f"""() => {{ {WALK}
  return walk(chat).filter((element) => {{
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.transitionDuration !== "0s"
      || element.getAnimations({{ subtree: true }}).length;
  }}).map((element) => element.className || element.localName);
}}"""
# WCAG 2.2, 1.4.12: what a reader may set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
SPACE_OUT = f"""(css) => {{ {WALK}
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const root of [chat, ...walk(chat).flatMap(({{ shadowRoot }}) => shadowRoot ?? [])])
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}}"""
CLIPPED = f"""() => {{ {WALK}
  const seen = (element) => element.checkVisibility()
    && !element.closest(".hidden, kommun-announcer")
    && element.getRootNode().host.localName !== "kommun-announcer";
  return walk(chat).filter(seen).filter((element) => {{
    const {{ overflowX, overflowY }} = getComputedStyle(element);
    const wide = overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    const high = overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
    return wide || high;
  }}).map((e) => [e.className, e.scrollWidth, e.clientWidth, e.scrollHeight, e.clientHeight]);
}}"""
# Told apart from what lies behind, when the reader's own few colours stand for all of ours.
FRAMED = """(element) => {
  const style = getComputedStyle(element);
  const { borderTopStyle, borderTopWidth, borderTopColor: edge } = style;
  return borderTopStyle === "solid" && parseFloat(borderTopWidth) >= 1
    && edge !== style.backgroundColor && edge !== "rgba(0, 0, 0, 0)";
}"""
# The point just inside the element's first line is the element's own: nothing lies over it.
ON_TOP = """(element) => {
  const { left, top, width } = element.getBoundingClientRect();
  const [x, y] = [left + Math.min(width / 2, 40), top + 10];
  if (y < 0 || y > innerHeight || x > innerWidth) return false;
  let found = document.elementFromPoint(x, y);
  let inner = found?.shadowRoot?.elementFromPoint(x, y);
  while (inner && inner !== found) {
    found = inner;
    inner = found.shadowRoot?.elementFromPoint(x, y);
  }
  return element.contains(found);
}"""


def usable(locator: Locator) -> None:
    """It can be seen and pressed where it stands."""
    expect(locator).to_be_in_viewport()
    wait_for(lambda: locator.evaluate(ON_TOP), f"nothing lies over {locator}", 5)


@pytest.mark.parametrize("size", SIZES)
def test_last_message_and_composer_are_both_at_hand(
    new_context: NewContext, system: System, watch: Watch, size: str
) -> None:
    width, height = SIZES[size]
    context = new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    citizen = CitizenPage(context.new_page(), system, watch)
    reply = citizen.open_chat().ask(FEES)
    usable(reply.locator(".bubble"))
    usable(citizen.composer)
    citizen.composer.fill("en rad\nen till\nen tredje\nen fjärde\nen femte")
    usable(citizen.panel.get_by_role("button", name="Skicka"))
    citizen.composer.fill("")
    citizen.ask("jag vill prata med en människa")
    usable(citizen.queue.get_by_role("button"))
    usable(citizen.composer)
    assert_fits(citizen.page)
    assert_accessible(citizen.page)


def test_in_forced_colours_everything_has_an_edge_and_focus_shows(
    citizen_page: CitizenPage, system: System
) -> None:
    page = citizen_page.page
    page.emulate_media(forced_colors="active")
    citizen_page.visit()
    assert citizen_page.launcher.evaluate(FRAMED)
    citizen_page.launcher.click()
    citizen_page.ask(FEES)
    citizen_page.ask("jag vill prata med en människa")
    anna = system.agent("anna")
    take(anna, citizen_page)
    write(anna, citizen_page, "Hej!")
    expect(citizen_page.log.locator("li.agent")).to_be_visible()
    for edged in (".bubble", ".icon", ".button", "textarea"):
        for one in citizen_page.panel.locator(edged).all():
            assert one.evaluate(FRAMED), (edged, one.inner_html())
    outline = "(element) => parseFloat(getComputedStyle(element).outlineWidth)"
    assert citizen_page.composer.evaluate(outline) >= 2
    page.keyboard.press("Tab")
    assert page.locator("kommun-chat-panel :focus-visible").last.evaluate(outline) >= 2
    assert_accessible(page, "kommun-chat")


def test_with_reduced_motion_nothing_moves(
    new_context: NewContext, system: System, watch: Watch
) -> None:
    citizen = CitizenPage(new_context(reduced_motion="reduce").new_page(), system, watch)
    page = citizen.visit().page
    assert page.evaluate(MOVING) == []
    citizen.open_chat()
    citizen.write(FEES)
    assert page.evaluate(MOVING) == []  # also while the bot writes
    citizen.replies_once(1)
    citizen.panel.get_by_role("button", name="Meny").click()
    assert page.evaluate(MOVING) == []


def test_on_a_slow_line_a_message_is_sent_once_and_answered_once(citizen_page: CitizenPage) -> None:
    page = citizen_page.visit().page
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    citizen_page.launcher.click()
    citizen_page.ask(FEES)
    citizen_page.replies_once(1)
    citizen_page.has_all(FEES)


def test_two_tabs_show_the_same_chat_and_starting_over_in_one_lets_the_other_be(
    citizen_page: CitizenPage,
) -> None:
    one = citizen_page
    one.open_chat().ask(FEES)
    with one.page.context.expect_page() as opened:
        one.page.evaluate("() => void window.open(location.href)")
    other = CitizenPage(opened.value, one.system, one.watch)
    other.ask("bygglov")
    one.write("tack")
    for tab in (one, other):
        tab.replies_once(3)
        tab.has_all(FEES, "bygglov", "tack")
    one.panel.get_by_role("button", name="Meny").click()
    one.panel.get_by_role("button", name="Börja om").click()
    one.panel.get_by_role("button", name="Ja, börja om").click()
    expect(one.messages).to_have_count(1)
    expect(other.panel.get_by_text("Samtalet är avslutat.")).to_be_visible()
    one.ask(FEES)
    other.ask(FEES)
    one.has_all(FEES)
    other.has_all(FEES, "bygglov", "tack", FEES)


def test_a_reload_on_hold_and_after_the_end_keeps_what_stands_there(
    citizen_page: CitizenPage, system: System
) -> None:
    anna = system.agent("anna")
    citizen_page.open_chat().ask_for_a_person()
    take(anna, citizen_page)
    write(anna, citizen_page, "Jag ska se efter.")
    move(anna, citizen_page, "hold")
    on_hold = citizen_page.panel.locator(".state", has_text=f"{ANNA} tar reda på något")
    expect(on_hold).to_be_visible()
    citizen_page.reload()
    expect(on_hold).to_be_visible()
    assert_accessible(citizen_page.page)
    move(anna, citizen_page, "pick_up")
    move(anna, citizen_page, "close")
    back = citizen_page.panel.get_by_role("button", name=f"Fortsätt prata med {ANNA}")
    expect(back).to_be_visible()
    citizen_page.reload()
    expect(back).to_be_visible()
    expect(citizen_page.log).to_contain_text("Jag ska se efter.")


def test_a_draft_survives_the_network_going_and_coming_back(citizen_page: CitizenPage) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.open_chat().ask(FEES)
    citizen_page.composer.press_sequentially("Jag undrar ")
    citizen_page.page.context.set_offline(True)
    expect(citizen_page.panel.get_by_text("Det du har skrivit är sparat här")).to_be_visible()
    assert_accessible(citizen_page.page)
    citizen_page.composer.press_sequentially("om min ")
    citizen_page.page.context.set_offline(False)
    expect(citizen_page.panel.get_by_text("Det du har skrivit är sparat här")).to_have_count(0)
    citizen_page.composer.press_sequentially("altan")
    expect(citizen_page.composer).to_have_value("Jag undrar om min altan")
    citizen_page.reload()
    expect(citizen_page.composer).to_have_value("Jag undrar om min altan")
    citizen_page.has_all(FEES)


@pytest.mark.parametrize("size", ["wide", "320 px"])
def test_wide_text_spacing_clips_nothing(
    new_context: NewContext, system: System, watch: Watch, size: str
) -> None:
    width, height = SIZES[size]
    context = new_context(viewport={"width": width, "height": height})
    citizen = CitizenPage(context.new_page(), system, watch)
    page = citizen.visit().page
    page.evaluate(SPACE_OUT, SPACED)
    citizen.launcher.click()
    citizen.ask(FEES)
    citizen.ask("hjälp det brinner")
    citizen.panel.get_by_role("button", name="Meny").click()
    citizen.open_card()
    page.evaluate(SPACE_OUT, SPACED)
    assert page.evaluate(CLIPPED) == []
    assert_fits(page)


def test_menu_and_rating_are_used_with_keys_alone(citizen_page: CitizenPage) -> None:
    page = citizen_page.visit().page
    citizen_page.launcher.press("Enter")
    reply = citizen_page.ask(FEES)
    yes = reply.get_by_role("button", name="Ja", exact=True)
    press_until(page, "Shift+Tab", yes)
    page.keyboard.press("Space")
    expect(reply).to_contain_text("Tack!")
    menu = citizen_page.panel.get_by_role("button", name="Meny")
    press_until(page, "Shift+Tab", menu)
    page.keyboard.press("Enter")
    again = citizen_page.panel.get_by_role("button", name="Börja om", exact=True)
    press_until(page, "Tab", again)
    page.keyboard.press("Enter")
    expect(citizen_page.panel.get_by_role("button", name="Ja, börja om")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    page.keyboard.press("Escape")
    expect(citizen_page.launcher).to_be_focused()


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until the focus is there; within one turn round the page."""
    for _ in range(40):
        page.keyboard.press(key)
        if wanted.evaluate("(element) => element.getRootNode().activeElement === element"):
            return
    raise AssertionError(f"{key} never reaches {wanted}")
