"""The registrar's page in the words of those who use it."""

import re

from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.pages import PATIENCE_MS
from tests.support.system import System


class RecordsPage:
    """Rut in front of /handlingar."""

    def __init__(self, page: Page, system: System) -> None:
        self.page, self.system = page, system
        self.heading = page.get_by_role("heading", level=1)
        self.parts = page.get_by_role("article")
        self.hits = page.locator("kommun-records-find").get_by_role("listitem")

    def enter(self) -> "RecordsPage":
        """Log in with the right password."""
        self.page.goto(f"{self.system.url}/handlingar")
        self.page.get_by_label("Användarnamn").fill("rut")
        self.page.get_by_label("Lösenord").fill(self.system.passwords()["rut"])
        self.page.get_by_role("button", name="Logga in").click()
        expect(self.heading).to_have_text("Begäranden", timeout=PATIENCE_MS)
        return self

    def go(self, place: str, heading: str) -> "RecordsPage":
        self.page.get_by_role("link", name=place, exact=True).click()
        expect(self.heading).to_contain_text(heading)
        return self

    def register(self, reference: str, kind: str = "Allmän handling") -> "RecordsPage":
        self.page.get_by_label("Diarienummer").fill(reference)
        self.page.get_by_role("radio", name=kind).check()
        self.page.get_by_role("button", name="Registrera").click()
        expect(self.heading).to_have_text(reference)
        return self

    def search(self, way: str, value: str) -> None:
        self.page.get_by_label(way).fill(value)
        self.page.get_by_role("button", name=re.compile(rf"^Sök\s*: {way}")).click()
        expect(self.page.get_by_role("status").filter(has_text="hittades")).to_be_visible(
            timeout=PATIENCE_MS
        )

    def part(self, words: str) -> Locator:
        """Return the first part of the conversation that has these words."""
        return self.parts.filter(has_text=words).first

    def marks(self, words: str, ground: str) -> None:
        """Mark words wherever they stand in the conversation, with the keyboard only."""
        part = self.part(words)
        part.get_by_role("button", name="Markera ord").press("Enter")
        field = part.get_by_role("textbox", name="Välj orden i texten")
        expect(field).to_be_focused()
        before = field.input_value().index(words)
        for _ in range(before):
            self.page.keyboard.press("ArrowRight")
        for _ in words:
            self.page.keyboard.press("Shift+ArrowRight")
        part.get_by_role("combobox", name="Grund").select_option(value=ground)
        part.get_by_role("checkbox", name="Markera samma ord").press("Space")
        part.get_by_role("button", name="Markera det valda").press("Enter")
        expect(part.get_by_role("list", name="Markerat här")).to_contain_text(words)
        part.get_by_role("button", name="Klar").press("Enter")
        expect(part.get_by_role("button", name="Markera ord")).to_be_focused()

    def download(self, name: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).click()
        made: Download = waiting.value
        return made.path().read_bytes()
