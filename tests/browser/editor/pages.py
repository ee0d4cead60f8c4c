"""The editors' page in the words of those who use it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.watch import Watch
from tests.support.system import System

READ_MS = 60_000  # the first to look waits while all content is read and checked
REPLAY_MS = 120_000  # thousands of questions, on a machine with two busy cores


class EditorPage:
    """An editor in front of /redaktor."""

    def __init__(self, page: Page, system: System, watch: Watch) -> None:
        self.page, self.system, self.watch = page, system, watch
        self.heading = page.get_by_role("heading", level=1)
        self.search = page.get_by_role("searchbox", name="Sök")
        self.question = page.get_by_role("textbox", name="Fråga").first
        self.answer = page.get_by_role("textbox", name="Svar").first
        self.note = page.get_by_role("textbox", name="Vad har du ändrat")
        self.findings = page.get_by_role("complementary").locator(".findings")
        self.code = page.locator(".cm-content")

    def visit(self, place: str = "") -> "EditorPage":
        self.page.goto(f"{self.system.url}/redaktor{place}")
        return self

    def login(self, password: str) -> None:
        self.page.get_by_label("Användarnamn").fill("ellen")
        self.page.get_by_label("Lösenord").fill(password)
        self.page.get_by_role("button", name="Logga in").click()

    def enter(self, place: str = "") -> "EditorPage":
        """Log in with the right password."""
        self.visit(place).login(self.system.passwords()["ellen"])
        expect(self.page.get_by_text("Ellen Lund", exact=True)).to_be_attached()
        return self

    def go(self, place: str) -> "EditorPage":
        """Follow an address within the page."""
        self.page.evaluate("place => { location.hash = place; }", place)
        return self

    def open(self, entry: str) -> "EditorPage":
        """Open an entry as a form."""
        self.go(f"/fragor/{entry}")
        expect(self.answer).to_be_visible(timeout=READ_MS)
        self.settled()
        return self

    def settled(self) -> None:
        """Wait until what was written is checked."""
        self.page.wait_for_timeout(500)  # the pause before a check
        expect(self.page.get_by_text("Kontrollerar …")).to_have_count(0, timeout=READ_MS)

    def adds_variant(self, text: str) -> None:
        self.page.get_by_role("button", name="Lägg till variant").click()
        field = self.page.get_by_role("group", name="Varianter").get_by_role("textbox").last
        expect(field).to_be_focused()
        field.fill(text)

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("tab", name=name)

    def write_yaml(self, before: str, after: str) -> None:
        """Replace a piece of the YAML, as by hand: select it and type over it."""
        text = "\n".join(self.code.locator(".cm-line").all_text_contents())
        assert before in text
        # Chromium would keep the colour of what is typed over; the page's own policy forbids it.
        self.watch.expect("Applying inline style violates")
        self.code.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text.replace(before, after))

    def yaml(self) -> str:
        self.tab("YAML").click()
        expect(self.code).to_be_visible()
        return "\n".join(self.code.locator(".cm-line").all_text_contents())

    def preview(self) -> None:
        self.page.get_by_role("button", name="Förhandsgranska").click()
        self.previewed()

    def previewed(self) -> None:
        expect(self.heading).to_contain_text("Förhandsgranska")
        expect(self.note).to_be_visible(timeout=REPLAY_MS)

    def publish(self, note: str) -> None:
        """Confirm where that is asked for, and publish; does not wait for the outcome."""
        self.note.fill(note)
        if (confirm := self.page.get_by_role("checkbox")).count():
            confirm.check()
        self.page.get_by_role("button", name="Publicera", exact=True).click()

    def sees_live(self) -> None:
        live = self.page.get_by_role("heading", name="Live. Syns för invånare nu.")
        expect(live).to_be_focused(timeout=REPLAY_MS)

    def asks(self, question: str) -> Locator:
        """Put a question on the page of its own; returns the answer."""
        self.go("/testa")
        self.page.get_by_role("textbox", name="Fråga").fill(question)
        self.page.get_by_role("button", name="Fråga", exact=True).click()
        answer = self.page.get_by_role("article")
        expect(answer).to_be_visible(timeout=READ_MS)
        return answer
