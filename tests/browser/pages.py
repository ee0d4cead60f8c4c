"""The two sides of a conversation, in the words of those who use them."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import urljoin

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.watch import Watch
from tests.support.clients import Json, assert_whole
from tests.support.system import System, wait_for

# Rasa may be slow on a machine with two busy cores; what is awaited comes long before.
PATIENCE_MS = 20_000
ANNA, OMAR, MAJA = "Anna Berg", "Omar Haddad", "Maja Ek"
# The card with the ways to a person bears the name of the one that is filled in.
CARD = re.compile("^(Prata med en person|Bli uppringd|Lämna frågan som ett ärende|Anmäl ett fel)$")


class CitizenPage:
    """A citizen with the municipality's site and its chat before them."""

    def __init__(self, page: Page, system: System, watch: Watch) -> None:
        self.page, self.system, self.watch = page, system, watch
        self.launcher = page.locator("button.launcher")
        self.panel = page.locator("kommun-chat-panel .panel")
        self.log = self.panel.get_by_role("log")
        self.messages = self.log.locator("li[data-seq]")
        self.answers = self.log.locator("li.bot")
        self.composer = self.panel.get_by_role("textbox", name="Skriv din fråga")
        self.queue = self.panel.locator(".state.queue")
        self.card = self.panel.get_by_role("region", name=CARD)
        self.promises = self.log.locator("li.municipality")
        self.alert = self.panel.get_by_role("alert").locator("p")

    def visit(self, path: str = "/demo/") -> "CitizenPage":
        self.page.goto(urljoin(self.system.url, path))
        expect(self.launcher).to_be_visible()
        return self

    def open_chat(self, path: str = "/demo/") -> "CitizenPage":
        self.visit(path)
        self.launcher.click()
        expect(self.composer).to_be_focused()
        return self

    def write(self, text: str) -> None:
        """Type a message and send it with Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def ask(self, text: str) -> Locator:
        """Write to the bot and return its reply."""
        expect(self.answers.first).to_be_visible(timeout=PATIENCE_MS)  # its welcome
        before = self.answers.count()
        self.write(text)
        return self.reply(before)

    def reply(self, before: int) -> Locator:
        """Return the bot's next message after `before` of them."""
        reply = self.answers.nth(before)
        expect(reply).to_be_visible(timeout=PATIENCE_MS)
        return reply

    def open_card(self) -> Locator:
        """Press the button to the ways to a person, and return the card with them."""
        self.panel.get_by_role("button", name="Prata med en person").click()
        expect(self.card.get_by_role("button").first).to_be_visible(timeout=PATIENCE_MS)
        return self.card

    def ask_for_a_person(self) -> None:
        """Press the button, and choose to wait in the chat."""
        self.open_card()
        self.wait_in_chat()

    def wait_in_chat(self) -> None:
        self.card.get_by_role("button", name="Vänta i chatten").click()
        expect(self.queue).to_be_visible(timeout=PATIENCE_MS)

    def sees_agent(self, name: str = ANNA) -> None:
        expect(self.panel.get_by_text(f"Du skriver med {name}")).to_be_visible()

    def reload(self) -> None:
        self.page.reload()
        expect(self.composer).to_be_visible()

    @property
    def session(self) -> Json:
        """What the tab remembers of the conversation."""
        found: Json = self.page.evaluate(
            "(gateway) => JSON.parse(sessionStorage.getItem(`kommunbot:${gateway}/`))",
            self.system.url,
        )
        return found

    def stored(self) -> list[Json]:
        """Return the server's events of this conversation, once the tab knows which it is."""
        wait_for(lambda: self.session["conversationId"], "the tab knows its conversation")
        session = self.session
        response = httpx.get(
            f"{self.system.url}/api/conversations/{session['conversationId']}/events",
            params={"after": 0},
            headers={"Authorization": f"Bearer {session['secret']}"},
            timeout=20,
        )
        events: list[Json] = response.raise_for_status().json()["events"]
        return events

    def has_all(self, *own: str) -> list[Json]:
        """Page and server hold the same events, none lost, doubled or out of order.

        Args:
            own: what the citizen wrote, in order.
        """
        return agree(self.messages, self.stored, {"citizen": own})

    def replies_once(self, questions: int) -> None:
        """The bot has answered each of the citizen's `questions` once, after its welcome."""
        expect(self.answers).to_have_count(1 + questions, timeout=PATIENCE_MS)
        said = [event["actor"] for event in self.stored() if event["type"] == "message"]
        assert said == ["bot", *["citizen", "bot"] * questions]


class DeskPage:
    """An agent at the desk."""

    def __init__(self, page: Page, system: System, watch: Watch) -> None:
        self.page, self.system, self.watch = page, system, watch
        self.waiting = page.locator("li.queued")
        self.mine = page.get_by_role("region", name="Mina samtal").get_by_role("listitem")
        self.offered = page.get_by_role("region", name="Erbjuds dig").get_by_role("listitem")
        self.panes = page.locator("kommun-desk-pane")
        self.notes = page.get_by_role("region", name="Interna anteckningar")
        self.theirs = page.get_by_role("region", name="Hos kolleger").get_by_role("listitem")
        self.asked = page.get_by_role("region", name="Frågor till din avdelning").get_by_role(
            "listitem"
        )
        self.errands = page.locator("kommun-desk-errands")
        self.dialog = page.get_by_role("dialog")
        self.prepared = page.locator("kommun-desk-replies").get_by_role("option")
        focused = page.locator("kommun-desk-pane[focused]")  # the one that the agent works in
        self.log = focused.get_by_role("log")
        self.messages = self.log.locator("li[data-seq]")
        self.composer = focused.get_by_role("textbox", name="Skriv till invånaren")
        self.alert = page.locator(".notice .alert")
        self.message = page.locator(".notice .message")
        self.dossier = page.get_by_role("complementary", name="Underlag")

    def visit(self) -> "DeskPage":
        self.page.goto(f"{self.system.url}/desk")
        return self

    def login(self, username: str, password: str) -> None:
        self.page.get_by_label("Användarnamn").fill(username)
        self.page.get_by_label("Lösenord").fill(password)
        self.page.get_by_role("button", name="Logga in").click()

    def enter(self, username: str) -> "DeskPage":
        """Log in with the right password."""
        self.visit().login(username, self.system.passwords()[username])
        expect(self.page.get_by_text("Ansluten", exact=True)).to_be_visible(timeout=PATIENCE_MS)
        return self

    def read_along(self, question: str) -> None:
        """Look at what a colleague has."""
        self.page.get_by_role("button", name="Hos kolleger").click()
        self.theirs.filter(has_text=question).locator("button.item").click()
        expect(self.log).to_be_visible()

    def preview(self, question: str) -> None:
        """Open a waiting conversation without taking it."""
        self.waiting.filter(has_text=question).locator("button.item").click()
        expect(self.log).to_be_visible()

    def take(self, question: str) -> None:
        """Take the waiting conversation whose last question this is."""
        waiting = self.waiting.filter(has_text=question)
        waiting.get_by_role("button", name="Ta samtalet").click()
        opened = self.mine.locator("[aria-current=true]")
        expect(opened).to_contain_text(question, timeout=PATIENCE_MS)
        expect(self.composer).to_be_focused()

    def write(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def pane(self, question: str) -> Locator:
        """Return the pane of the conversation about this."""
        return self.page.get_by_role("region", name=f"Samtal: {question}")

    def begin_close(self) -> Locator:
        """Ask to close, and return the button that confirms the outcome as it is proposed."""
        self.page.get_by_role("button", name="Avsluta", exact=True).click()
        confirm = self.page.get_by_role("button", name="Ja, avsluta")
        expect(confirm).to_be_visible()
        return confirm

    def close(self) -> None:
        """Close with an outcome, whatever subject was proposed."""
        confirm = self.begin_close()
        self.page.get_by_label("Typ av ärende").select_option(index=1)
        confirm.click()
        expect(self.mine).to_have_count(0)

    def hand_on(self, button: str) -> None:
        """Open what the conversation can be handed to, and choose one of the buttons there."""
        self.page.get_by_role("button", name="Lämna över", exact=True).click()
        self.page.get_by_role("button", name=button).click()

    def offer_to(self, colleague: str, note: str) -> None:
        """Offer the open conversation to a colleague, with a note."""
        self.page.get_by_role("button", name="Lämna över", exact=True).click()
        self.page.get_by_role("radio", name=colleague).check()
        self.page.get_by_role("textbox", name="Anteckning till kollegan").fill(note)
        self.page.get_by_role("button", name="Erbjud kollegan samtalet").click()

    def reads(self, citizen: CitizenPage, *own: str) -> None:
        """The desk shows all that the server holds; `own` is what the agent wrote."""
        agree(self.messages, citizen.stored, {"agent": own})


def agree(
    shown: Locator, stored: Callable[[], list[Json]], said: dict[str, Sequence[str]]
) -> list[Json]:
    """Wait until all is stored that people said, and a page shows all that is stored, in order."""

    def same() -> bool:
        events = stored()
        if any(len(said_by(actor, events)) < len(texts) for actor, texts in said.items()):
            return False
        return _shown(shown) == [_in_short(event) for event in events if event["text"]]

    try:
        wait_for(same, "page and server hold the same events", PATIENCE_MS / 1000)
    except AssertionError as error:
        raise AssertionError(f"shown: {_shown(shown)}\nstored: {stored()}") from error
    events = stored()
    assert_whole(events)
    for actor, texts in said.items():
        assert said_by(actor, events) == list(texts), f"{actor} said {said_by(actor, events)}"
    return events


def said_by(actor: str, events: list[Json]) -> list[str]:
    messages = (event for event in events if event["type"] == "message")
    return [event["text"] for event in messages if event["actor"] == actor]


def _shown(messages: Locator) -> list[list[str]]:
    """Return number and text of what a page shows; the text only of what people wrote."""
    found: list[list[str]] = messages.evaluate_all(
        "items => items.map(li => [li.dataset.seq, li.querySelector('.plain')?.textContent ?? ''])"
    )
    return found


def _in_short(event: Json) -> list[str]:
    by_person = event["type"] == "message" and event["actor"] in {"citizen", "agent"}
    return [str(event["seq"]), event["text"] if by_person else ""]
