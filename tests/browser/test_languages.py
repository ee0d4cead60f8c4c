"""The chat in other languages: chosen by the page or the citizen, right to left, and offered."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import WIDE
from tests.browser.pages import PATIENCE_MS, CitizenPage
from tests.browser.test_accessibility import PHONE, assert_accessible, assert_fits
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.clients import Json
from tests.support.system import System

# The sample site is in Swedish; this makes a page of it one in English.
IN_ENGLISH = """new MutationObserver(() => {
  if (document.documentElement.lang !== "en") document.documentElement.lang = "en";
}).observe(document, { childList: true, subtree: true });"""
NAMES = {"ar": "العربية", "fi": "Suomi"}
REMARK = "This answer is only in Swedish."

# What stands outside the panel, or does not fit in its own box.
CLIPPED = """(panel) => {
  const box = panel.getBoundingClientRect();
  const shown = [...panel.querySelectorAll("button, p, li, h2, h3, label, input, a, .bubble")];
  return shown.filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    if (!width || element.closest(".hidden")) return false;
    const inline = getComputedStyle(element).display === "inline";
    return left < box.left - 1 || right > box.right + 1
      || (!inline && element.scrollWidth > element.clientWidth + 1);
  }).map((element) => element.outerHTML.slice(0, 120));
}"""

NewContext = Callable[..., BrowserContext]


class SpeakingPage(CitizenPage):
    """A citizen on a page in English; what they press is found whatever it is called."""

    def __init__(self, page: Page, system: System, watch: Watch) -> None:
        super().__init__(page, system, watch)
        self.composer = self.panel.locator("kommun-composer textarea")
        self.card = self.panel.locator(".handover")
        page.add_init_script(IN_ENGLISH)

    def choose(self, language: str) -> None:
        """Choose a language in the menu, and wait until it is there."""
        self.panel.locator("#menu-button").click()
        self.panel.get_by_role("button", name=NAMES[language], exact=True).click()
        expect(self.panel).to_have_attribute("lang", language)
        expect(self.panel.locator(".menu")).to_have_count(0)

    def is_whole(self) -> None:
        """axe finds nothing, and nothing is clipped."""
        assert_accessible(self.page)
        assert_fits(self.page)
        assert self.panel.evaluate(CLIPPED) == []


@pytest.fixture
def visitor(new_context: NewContext, system: System, watch: Watch) -> SpeakingPage:
    return SpeakingPage(new_context().new_page(), system, watch)


@pytest.fixture(params=[WIDE, PHONE], ids=["1280 px", "320 px"])
def sized(
    request: pytest.FixtureRequest, new_context: NewContext, system: System, watch: Watch
) -> SpeakingPage:
    return SpeakingPage(new_context(viewport=request.param).new_page(), system, watch)


def fetched(citizen: SpeakingPage) -> list[str]:
    """Return the languages whose texts have been fetched, in order."""
    paths = [urlsplit(url).path for url in citizen.watch.requests]
    return re.findall(r"/assets/(en|fi|ar|so|uk|sv-latt)-\w+\.js", "\n".join(paths))


def as_agent(citizen: SpeakingPage, text: str) -> None:
    """Let Anna take the conversation and write."""
    anna = citizen.system.agent("anna")
    path = f"/api/desk/conversations/{citizen.session['conversationId']}"
    anna.post(f"{path}/take").raise_for_status()
    body = {"client_message_id": str(uuid4()), "text": text}
    anna.post(f"{path}/messages", json=body).raise_for_status()


def test_the_chat_begins_in_the_pages_language_and_keeps_what_the_citizen_chooses(
    visitor: SpeakingPage,
) -> None:
    visitor.visit()
    expect(visitor.launcher).to_have_text("Ask the municipality")
    assert fetched(visitor) == []
    visitor.open_chat()
    expect(visitor.composer).to_have_accessible_name("Write your question")
    expect(visitor.panel).to_have_attribute("lang", "en")
    visitor.choose("ar")
    assert fetched(visitor) == ["en", "ar"]
    with visitor.page.expect_request("**/api/conversations") as begun:
        visitor.ask("vad kostar förskolan")
    assert json.loads(begun.value.post_data or "{}")["language"] == "ar"
    assert begun.value.header_value("Accept-Language") == "ar"
    visitor.reload()
    expect(visitor.panel).to_have_attribute("dir", "rtl")
    expect(visitor.composer).to_have_accessible_name("اكتب سؤالك")
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).to_have_text("متابعة المحادثة")


def test_a_whole_talk_in_arabic(sized: SpeakingPage) -> None:
    sized.open_chat()
    sized.choose("ar")
    sized.is_whole()
    answer = sized.ask("vad kostar förskolan")
    expect(answer.locator("[lang=sv]").first).to_contain_text("maxtaxan")
    assert direction(answer.locator("[lang=sv] p").first) == "ltr"
    expect(answer.locator(".source")).to_contain_text("المصدر:")
    sized.panel.locator("#menu-button").click()
    sized.is_whole()
    sized.page.keyboard.press("Escape")
    choice = sized.ask("bygglov").locator(".choices button").first
    choice.click()
    expect(choice).to_contain_text("تم اختياره")
    sized.is_whole()
    sized.panel.locator("#person-button").click()
    sized.card.get_by_role("button", name="اطلب أن نتصل بك").click()
    sized.card.get_by_role("button", name="اتصلوا بي").click()
    expect(sized.card.get_by_role("alert").locator("p")).to_be_visible()
    sized.is_whole()
    sized.card.get_by_role("button", name="رجوع").click()
    sized.card.get_by_role("button", name="الانتظار في الدردشة").click()
    expect(sized.queue).to_contain_text("أنت الأول في الدور.", timeout=PATIENCE_MS)
    sized.is_whole()
    as_agent(sized, "Hej! Jag heter Anna.")
    said = sized.log.locator("li.agent .plain")
    expect(said).to_have_text("Hej! Jag heter Anna.")
    expect(said).to_have_attribute("lang", "sv")
    assert direction(said) == "ltr"
    sized.write("شكرًا، هل رقمكم 031-390 06 00؟")  # the switchboard's: it is not masked
    sized.panel.get_by_role("button", name="إرسال كما هو").click()
    expect(sized.log.locator("li.own .plain").last).to_contain_text("031-390 06 00")
    sized.reload()
    expect(sized.panel.get_by_text("أنت تكتب إلى Anna Berg")).to_be_visible()
    assert direction(sized.log.locator("li.own .plain").last) == "rtl"
    expect(sized.log.locator("li.own .plain bdi[dir=ltr]")).to_have_text("031-390 06 00")
    sized.is_whole()


def direction(element: Locator) -> str:
    found: str = element.evaluate("(element) => getComputedStyle(element).direction")
    return found


def test_own_messages_stand_where_a_line_ends_and_the_launcher_stays_on_its_side(
    visitor: SpeakingPage,
) -> None:
    side = "(element) => element.getBoundingClientRect().left"
    before = visitor.visit().launcher.evaluate(side)
    assert before > WIDE["width"] / 2
    visitor.open_chat()
    visitor.choose("ar")
    answer = visitor.ask("vad kostar förskolan").locator(".bubble")
    own = visitor.log.locator("li.own .bubble")
    assert own.evaluate(side) < answer.evaluate(side)
    turned = "(icon) => new DOMMatrix(getComputedStyle(icon).transform).a"
    assert visitor.panel.locator("kommun-composer button svg").evaluate(turned) == -1
    visitor.page.keyboard.press("Escape")
    assert visitor.launcher.evaluate(side) > WIDE["width"] / 2


def test_who_writes_in_another_language_is_offered_it_and_is_told_of_an_answer_in_swedish(
    citizen_page: CitizenPage,
) -> None:
    more = {"language": "en", "text_language": "sv", "remark": REMARK}
    tell(citizen_page.page, more)
    citizen_page.open_chat()
    spoken = citizen_page.panel.locator("kommun-announcer [aria-live]")
    answer = citizen_page.ask("What does preschool cost?")
    expect(spoken.filter(has_text=REMARK)).to_have_count(1)
    expect(answer.locator("p.remark[lang=en]")).to_have_text(REMARK)
    expect(citizen_page.log.locator("li.own .plain")).to_have_attribute("lang", "en")
    more["language"] = "sv"
    later = citizen_page.ask("bygglov")
    offer = citizen_page.panel.get_by_role("button", name="Switch to English")
    expect(offer).to_have_count(1)
    expect(later.locator(".offer")).to_have_attribute("lang", "en")
    expect(citizen_page.panel).to_have_attribute("lang", "sv")
    with citizen_page.page.expect_request("**/language") as told:
        offer.click()
    assert json.loads(told.value.post_data or "{}") == {"language": "en"}
    expect(citizen_page.panel).to_have_attribute("lang", "en")
    expect(offer).to_have_count(0)
    expect(citizen_page.panel.locator("kommun-composer textarea")).to_be_focused()
    assert_accessible(citizen_page.page)


def tell(page: Page, more: Json) -> None:
    """Add `more` to the decision of each reply, whichever way it comes."""

    def added(text: str) -> str:
        news = json.loads(text)
        for event in news.get("events", []):
            if event.get("decision"):
                event["decision"] |= more
        return json.dumps(news)

    def by_http(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=added(response.text()))

    def by_socket(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: socket.send(added(str(message))))

    page.route("**/events?*", by_http)
    page.route_web_socket(re.compile("/socket$"), by_socket)


def test_where_a_languages_texts_cannot_be_fetched_the_chat_stays_as_it_is(
    visitor: SpeakingPage,
) -> None:
    visitor.watch.expect(CONTACT_LOST)
    visitor.page.route("**/assets/fi-*", lambda route: route.abort())
    visitor.open_chat()
    visitor.panel.locator("#menu-button").click()
    with visitor.page.expect_event("requestfailed"):
        visitor.panel.get_by_role("button", name="Suomi", exact=True).click()
    expect(visitor.panel).to_have_attribute("lang", "en")
    assert "language" not in visitor.session
    expect(visitor.ask("What does preschool cost?").locator(".source")).to_contain_text("Source:")
