"""The chat on other people's pages: hostile styles, strict policies, frames, ways to load it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import NewContext
from tests.browser.host_site import HostSite, running_host_site
from tests.browser.pages import CitizenPage
from tests.browser.watch import Watch
from tests.support.system import wait_for

HOSTILE = {
    "everything": """
        * { all: unset !important; font-size: 3px !important; color: transparent !important;
            position: static !important; text-transform: uppercase !important; }
        body * { display: none !important; opacity: 0 !important; pointer-events: none !important; }
    """,
    "controls": """
        button, textarea, input, a, svg, ul, li, p, section, header {
            border: 9px solid red !important; background: red !important;
            width: 3px !important; height: 3px !important;
            visibility: hidden !important; transform: rotate(90deg) !important; }
        .launcher, .panel, .button, .message, .log, [hidden] { display: none !important; }
    """,
    "root": """
        html { font-size: 4px; color: red; letter-spacing: 1em; word-spacing: 2em; line-height: 5;
            text-align: right; direction: rtl; cursor: none; visibility: hidden; }
        body { zoom: 1; text-shadow: 2px 2px red; text-indent: 5em; white-space: pre;
            font: 4px serif; }
    """,
    "our own tag": """
        kommun-chat, kommun-chat * { display: none !important; opacity: 0 !important;
            position: absolute !important; left: -9999px !important; font-size: 90px !important;
            filter: blur(9px) !important; transform: scale(0) !important;
            direction: rtl !important; }
        kommun-chat::before { content: "fel"; } 
        :root { --k-text: red; --k-bg: red; --k-surface: red; }
    """,
}
# How every element of the chat is drawn, and where.
DRAWN = """() => {
  const walk = (root) => [...root.querySelectorAll("*")].flatMap(
    (element) => [element, ...(element.shadowRoot ? walk(element.shadowRoot) : [])]);
  const root = document.querySelector("kommun-chat").shadowRoot;
  const inFlow = root.querySelector("[role=region]");  // the empty box where the page puts us
  return walk(root).filter((element) => element !== inFlow).map((element) => {
    const style = getComputedStyle(element);
    const drawn = [...style].filter((name) => !name.startsWith("--"))
      .map((name) => `${name}: ${style.getPropertyValue(name)}`);
    const { x, y, width, height } = element.getBoundingClientRect();
    const box = [x, y, width, height].map(Math.round);
    return [`${element.localName}.${element.className}`, ...box, ...drawn];
  });
}"""
VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));"""
INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.setAttribute("nonce", "wrong");
  script.append("window.forbidden = 1");
  document.body.append(script);
}"""
TAG_MANAGER = """<script>addEventListener("load", () => {
  const script = document.createElement("script");
  script.async = true; script.src = "GATEWAY/kommunbot.js";
  document.head.append(script);
});</script>"""
WAYS = {
    "async in the head": ("SCRIPT", ""),
    "blocking in the head": ('<script src="GATEWAY/kommunbot.js"></script>', ""),
    "deferred": ('<script src="GATEWAY/kommunbot.js" defer></script>', ""),
    "at the end of the body": ("", '<script src="GATEWAY/kommunbot.js?v=3"></script>'),
    "by a tag manager": (TAG_MANAGER, ""),
    "twice": (
        "SCRIPT",
        '<kommun-chat></kommun-chat><script src="GATEWAY/kommunbot.js?2"></script>',
    ),
    "with a base for addresses": ('<base href="https://www.kommun.example/start/">SCRIPT', ""),
    "in a wrapper": ("", '<div id="app"><form><p>SCRIPT</p></form></div>'),
}
# What Turbo and its kin do: a new body, whose scripts run, in place of the old one.
NEW_BODY = """(withScript) => {
  const body = document.createElement("body");
  body.append(Object.assign(document.createElement("h1"), { textContent: "En annan sida" }));
  if (withScript) {
    const script = document.createElement("script");
    script.src = withScript;
    body.append(script);
  }
  document.body.replaceWith(body);
}"""
STORED = """async () => sessionStorage.length + localStorage.length + document.cookie.length
  + (await indexedDB.databases()).length + (await caches.keys()).length
  + (await navigator.serviceWorker.getRegistrations()).length"""


@pytest.fixture(scope="module")
def host() -> Iterator[HostSite]:
    with running_host_site() as started:
        yield started


@pytest.fixture
def guest(new_context: NewContext, host: HostSite, watch: Watch) -> CitizenPage:
    """A citizen on the municipality's own site."""
    watch.own_host = urlsplit(host.gateway.url).netloc
    watch.friends.add(urlsplit(host.site.url).netloc)
    return CitizenPage(new_context().new_page(), host.gateway, watch)


def answered_once(guest: CitizenPage, question: str) -> None:
    """Ask, and see exactly one answer to it."""
    expect(guest.ask(question)).to_contain_text(f"Svar på: {question}")
    expect(guest.log.get_by_text(f"Svar på: {question}")).to_have_count(1)


# --- styles


def drawn_with(guest: CitizenPage, host: HostSite, css: str) -> list[list[str]]:
    """Return how the chat is drawn on a page with this style sheet, closed and open."""
    style = f"<style>{css}</style>"
    guest.visit(host.page(head=f"{style}SCRIPT"))
    closed: list[list[str]] = guest.page.evaluate(DRAWN)
    guest.launcher.click()
    guest.ask("altan")
    guest.page.mouse.move(0, 0)
    expect(guest.panel.locator(".typing")).to_have_text("")
    opened: list[list[str]] = guest.page.evaluate(DRAWN)
    return [*closed, *opened]


def test_no_style_of_the_page_changes_how_the_chat_looks(
    guest: CitizenPage, new_context: NewContext, host: HostSite
) -> None:
    def drawn(css: str) -> list[list[str]]:
        still = new_context(reduced_motion="reduce")
        return drawn_with(CitizenPage(still.new_page(), host.gateway, guest.watch), host, css)

    clean = drawn("")
    assert len(clean) > 50
    for name, css in HOSTILE.items():
        found = drawn(css)
        assert len(found) == len(clean), name
        changed = [(was, now) for was, now in zip(clean, found, strict=True) if was != now]
        assert [in_short(was, now) for was, now in changed[:5]] == [], name


def in_short(was: list[str], now: list[str]) -> tuple[str, list[str]]:
    """Return an element's name, and what is not as it was of how it is drawn."""
    return was[0], [new for old, new in zip(was, now, strict=True) if old != new]


# --- policies


@pytest.mark.parametrize("number", [0, 1], ids=["as small as can be", "with trusted types"])
def test_the_policies_of_the_guide_let_everything_work_and_nothing_else(
    guest: CitizenPage, host: HostSite, number: int
) -> None:
    page = guest.page
    page.add_init_script(VIOLATIONS)
    guest.open_chat(host.page(head="SCRIPT", policy=host.policy(number)))
    answered_once(guest, "altan")
    guest.ask("oklart").locator(".choices button").first.click()
    expect(guest.log).to_contain_text("Svar om bygglov-altan.")
    guest.ask_for_a_person()
    guest.reload()
    expect(guest.queue).to_be_visible()
    assert page.evaluate("() => violations") == []
    guest.watch.expect("Content Security Policy|TrustedScript")
    page.evaluate(INLINE_SCRIPT)
    assert page.evaluate("() => violations.length") > 0, "the policy was not in force"
    assert page.evaluate("() => window.forbidden") is None


# --- frames


def test_an_allowed_site_may_frame_the_full_page_chat_and_no_other(
    guest: CitizenPage, host: HostSite
) -> None:
    framed = '<iframe src="GATEWAY/chatt" width="400" height="640"></iframe>'
    address = host.page(body=framed, policy="default-src 'none'; frame-src GATEWAY")
    guest.page.goto(address)
    frame = guest.page.frame_locator("iframe")
    frame.get_by_role("textbox", name="Skriv din fråga").fill("altan")
    frame.get_by_role("button", name="Skicka").click()
    expect(frame.get_by_role("log")).to_contain_text("Svar på: altan")
    guest.watch.friends.add(urlsplit(host.strangers).netloc)
    guest.watch.expect("frame-ancestors")
    guest.page.goto(host.strangers)
    expect(frame.get_by_role("textbox")).to_have_count(0)
    assert [one.url for one in guest.page.frames][1:] == ["chrome-error://chromewebdata/"]


# --- what the guide says of what may go wrong


def test_on_a_site_that_is_not_listed_the_question_stays_unsent_and_is_kept(
    guest: CitizenPage, host: HostSite
) -> None:
    guest.watch.friends.add(urlsplit(host.strangers).netloc)
    guest.watch.expect("CORS|ERR_FAILED")
    host.page(head="SCRIPT")
    guest.open_chat(host.strangers).write("altan")
    expect(guest.log).to_contain_text("Inte skickat än.")


def test_a_policy_that_stops_the_panel_is_told_beside_the_button(
    guest: CitizenPage, host: HostSite
) -> None:
    guest.watch.expect("Content Security Policy")
    guest.visit(host.page(head="SCRIPT", policy="img-src data:; script-src GATEWAY/kommunbot.js"))
    guest.launcher.click()
    expect(guest.page.get_by_text("Chatten kunde inte öppnas.")).to_be_visible()
    expect(guest.launcher).to_be_visible()


# --- ways to load it


@pytest.mark.parametrize("way", WAYS)
def test_however_the_script_is_put_on_a_page_there_is_one_chat(
    guest: CitizenPage, host: HostSite, way: str
) -> None:
    head, body = WAYS[way]
    guest.open_chat(host.page(head=head, body=body))
    guest.page.wait_for_load_state("networkidle")
    expect(guest.page.locator("kommun-chat")).to_have_count(1)
    answered_once(guest, "altan")


@pytest.mark.parametrize("again", [False, True], ids=["script in the head", "script runs again"])
def test_a_page_that_changes_its_body_keeps_the_talk_and_one_line_to_the_gateway(
    guest: CitizenPage, host: HostSite, again: bool
) -> None:
    sockets = opened_sockets(guest.page)
    guest.open_chat(host.page(head="SCRIPT"))
    answered_once(guest, "altan")
    guest.composer.fill("halvt skri")
    script = f"{host.gateway.url}/kommunbot.js" if again else ""
    for _ in range(2):
        guest.page.evaluate(NEW_BODY, script)
        expect(guest.composer).to_have_value("halvt skri")
        expect(guest.answers).to_have_count(2)
    answered_once(guest, "ny altan")
    expect(guest.page.locator("kommun-chat")).to_have_count(1)
    wait_for(lambda: has_one_line(sockets), "one open socket", 10)
    guest.has_all("altan", "ny altan")


def test_an_element_that_is_taken_away_is_silent_and_goes_on_when_it_is_put_back(
    guest: CitizenPage, host: HostSite
) -> None:
    page, sockets = guest.page, opened_sockets(guest.page)
    guest.open_chat(host.page(head="SCRIPT"))
    answered_once(guest, "altan")
    page.evaluate("() => { window.chat = document.querySelector('kommun-chat'); chat.remove(); }")
    expect(guest.launcher).to_have_count(0)
    page.wait_for_function("() => !chat.shadowRoot.querySelector('kommun-chat-panel')")
    asked = len(guest.watch.requests)
    page.evaluate("() => document.querySelector('main').append(chat)")
    answered_once(guest, "ny altan")
    page.evaluate("() => document.body.append(chat)")  # only moved
    expect(guest.panel).to_be_visible()
    answered_once(guest, "tredje altan")
    assert len(guest.watch.requests) > asked
    wait_for(lambda: has_one_line(sockets), "one open socket", 10)
    guest.panel.get_by_role("button", name="Stäng chatten").click()
    guest.launcher.click()
    guest.has_all("altan", "ny altan", "tredje altan")


def opened_sockets(page: Page) -> list[WebSocket]:
    """Return a list that gets every socket that the page opens from now on."""
    opened: list[WebSocket] = []

    def note(socket: WebSocket) -> None:
        opened.append(socket)

    page.on("websocket", note)
    return opened


def has_one_line(sockets: list[WebSocket]) -> bool:
    return [socket.is_closed() for socket in sockets].count(False) == 1


def test_a_button_of_the_pages_own_opens_the_chat_and_sees_it_closed(
    guest: CitizenPage, host: HostSite
) -> None:
    chat = guest.visit(host.page(head="SCRIPT")).page.locator("kommun-chat")
    chat.evaluate("(chat) => chat.setAttribute('open', '')")
    answered_once(guest, "altan")
    guest.panel.get_by_role("button", name="Stäng chatten").click()
    expect(chat).not_to_have_attribute("open", "")


# --- privacy


def test_the_site_pays_one_script_until_the_chat_is_opened_and_no_third_host_ever_hears(
    guest: CitizenPage, host: HostSite
) -> None:
    page, requests = guest.page, guest.watch.requests
    guest.visit(host.page(head="SCRIPT"))
    page.wait_for_load_state("networkidle")
    gateways = f"{host.gateway.url}/"
    assert [url for url in requests if url.startswith(gateways)] == [f"{gateways}kommunbot.js"]
    assert page.evaluate(STORED) == 0
    guest.launcher.click()
    answered_once(guest, "altan")
    guest.ask_for_a_person()
    guest.panel.get_by_role("button", name="Meny").click()
    guest.panel.get_by_role("button", name="Börja om").click()
    guest.panel.get_by_role("button", name="Ja, börja om").click()
    answered_once(guest, "ny altan")
    assert page.context.cookies() == []
    assert page.evaluate(STORED) == 1
    assert page.evaluate("() => Object.keys(sessionStorage)") == [f"kommunbot:{gateways}"]
    hosts = {urlsplit(url).netloc for url in requests if not url.startswith("data:")}
    assert hosts == {urlsplit(url).netloc for url in (host.gateway.url, host.site.url)}
