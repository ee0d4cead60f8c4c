"""Every hostile string that we know, in every place of the real pages: nothing but text comes."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.pages import PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.watch import Watch
from tests.support.clients import Json
from tests.support.hostile import HostileGateway, corpus, decisions, messages
from tests.support.postgres import free_port
from tests.support.system import System, running, wait_for

# What code that runs would do, and what the tests look for.
SENTINEL = """window.evil = 0;
for (const name of ["alert", "prompt", "confirm", "msgbox"]) window[name] = () => evil++;"""
# Everything that is drawn, below any shadow root.
STRANGE = """([start, allowed]) => {
  const SAFE = /^(https?:|tel:[+]?[0-9]+$|mailto:[^?]+$)/;
  const known = (name) => allowed.includes(name) || name.startsWith("kommun-desk-");
  const walk = (root) => [...root.querySelectorAll("*")].flatMap(
    (element) => [element, ...(element.shadowRoot ? walk(element.shadowRoot) : [])]);
  const strange = (element) => [
    known(element.localName) ? "" : element.localName,
    ...[...element.attributes].map(({ name, value }) => {
      if (name === "href") return SAFE.test(value) ? "" : value;
      return /^(on|src|style$|action|formaction|background|poster|data$)/.test(name) ? name : "";
    }),
  ].filter(Boolean);
  const host = document.querySelector(start);
  return walk(host.shadowRoot).flatMap(strange);
}"""
PLANT = """(start) => {
  const planted = document.createElement("div");
  planted.innerHTML = "<marquee></marquee><a href='data:,x' onx></a>";
  document.querySelector(start).shadowRoot.append(planted);
}"""
ELEMENTS = """
    a article aside audio bdi br button circle dd details div dl dt fieldset footer form h1 h2 h3 h4
    header input label legend li main nav ol option p path rect section select span strong summary
    svg table tbody td textarea th thead time tr ul
    kommun-chat-panel kommun-composer kommun-announcer kommun-speech
"""


@dataclass
class Talk:
    """A conversation in which bot, citizen and agent have said the whole corpus."""

    conversation_id: str
    client_id: str
    secret: str
    http: httpx.Client

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.conversation_id}"

    def say(self, text: str) -> None:
        body = {"client_message_id": str(uuid4()), "text": text}
        self._post("/messages", body)

    def ask(self, text: str) -> None:
        """Write to the bot and wait for its answer."""
        self.say(text)
        wait_for(lambda: not self.news()["status"]["pending"], "an answer")

    def move(self, name: str) -> None:
        self._post("/moves", {"move": name, "move_id": str(uuid4())})

    def news(self) -> Json:
        news: Json = self.http.get(
            f"{self.path}/events", params={"after": 0}, headers=self._headers
        ).json()
        return news

    @property
    def session(self) -> Json:
        """What the tab of this citizen remembers."""
        known = {"clientId": self.client_id, "secret": self.secret}
        place = {"conversationId": self.conversation_id, "openOn": None}
        return {**known, **place, "outbox": [], "draft": ""}

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def _post(self, path: str, body: Json) -> None:
        self.http.post(f"{self.path}{path}", json=body, headers=self._headers).raise_for_status()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(HostileGateway(tmp_path_factory.mktemp("hostile"), free_port())) as started:
        yield started


@pytest.fixture(scope="module")
def said(gateway: System) -> Iterator[Talk]:
    """Everybody has said everything."""
    with httpx.Client(base_url=gateway.url, timeout=30) as http:
        secret, client_id = secrets.token_urlsafe(32), str(uuid4())
        begin = {"client_id": client_id, "secret": secret, "page": None, "language": "sv"}
        begun = http.post("/api/conversations", json=begin).raise_for_status().json()
        talk = Talk(begun["conversation_id"], client_id, secret, http)
        for number in range(len(decisions())):
            talk.ask(str(number))
        talk.move("hand_off")
        agent = gateway.agent("anna")
        path = f"/api/desk/conversations/{talk.conversation_id}"
        agent.post(f"{path}/take").raise_for_status()
        for text in messages():
            talk.say(text)
            body = {"client_message_id": str(uuid4()), "text": text}
            agent.post(f"{path}/messages", json=body).raise_for_status()
        yield talk


def drawn_harmlessly(page: Page, start: str, watch: Watch) -> None:
    """Nothing of the corpus has become an element, an address or code."""
    allowed = ELEMENTS.split()
    assert page.evaluate(STRANGE, [start, allowed]) == []
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => evil") == 0
    assert watch.strangers == []
    page.evaluate(PLANT, start)  # the look itself works
    assert page.evaluate(STRANGE, [start, allowed]) == ["marquee", "data:,x", "onx"]


def test_the_widget_draws_the_whole_corpus_as_text(
    new_context: NewContext, gateway: System, said: Talk, watch: Watch
) -> None:
    assert len(corpus()) > 220
    watch.own_host = urlsplit(gateway.url).netloc
    guest = CitizenPage(new_context().new_page(), gateway, watch)
    key, value = f"kommunbot:{gateway.url}/", json.dumps(said.session)
    guest.page.add_init_script(
        f"{SENTINEL} sessionStorage[{json.dumps(key)}] ??= {json.dumps(value)};"
    )
    guest.visit().launcher.click()
    expect(guest.messages.last).to_be_visible(timeout=PATIENCE_MS)
    expect(guest.answers).to_have_count(1 + len(decisions()))
    said.say(corpus()[0])  # and while one looks
    expect(guest.log.locator(".plain", has_text=corpus()[0]).last).to_be_visible()
    guest.composer.fill(corpus()[0])
    expect(guest.page.locator("kommun-chat-panel")).to_have_count(1)
    drawn_harmlessly(guest.page, "kommun-chat", watch)


def test_the_desk_draws_the_whole_corpus_as_text(
    new_context: NewContext, gateway: System, said: Talk, watch: Watch
) -> None:
    watch.own_host = urlsplit(gateway.url).netloc
    desk = DeskPage(new_context().new_page(), gateway, watch)
    desk.page.add_init_script(SENTINEL)
    desk.enter("anna")
    desk.mine.get_by_role("button").first.click()
    expect(desk.log.locator("li.bot")).to_have_count(1 + len(decisions()), timeout=PATIENCE_MS)
    said.say(corpus()[0])
    expect(desk.log.locator(".plain", has_text=corpus()[0]).last).to_be_visible()
    drawn_harmlessly(desk.page, "kommun-desk", watch)
