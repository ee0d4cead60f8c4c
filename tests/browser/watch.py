"""What a page must never do unseen: complain on its console, or talk to anybody else."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request

# The desk, the editor and the records ask who is logged in before anybody is.
BEFORE_LOGIN = r"401 .*/api/(desk|editor|records)/me$"
# What the browser itself notes while a server or the network is away.
CONTACT_LOST = r"ERR_|WebSocket connection to .* failed|status of 503"


@dataclass
class Watch:
    """Collects console errors and requests to other hosts of every page of a context."""

    own_host: str
    friends: set[str] = field(default_factory=set)  # other hosts that the test's pages come from
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    warned: int = 0  # how often a page has asked whether to leave it
    _expected: list[str] = field(default_factory=lambda: [BEFORE_LOGIN])

    def follow(self, context: BrowserContext) -> None:
        context.on("page", self._follow_page)

    def expect(self, pattern: str) -> None:
        """Let complaints that match be: the test causes them."""
        self._expected.append(pattern)

    def asserts_quiet(self) -> None:
        """Fail if a page complained of something unexpected or asked a stranger."""
        assert not self.strangers, f"requests to other hosts: {self.strangers}"
        unexpected = [line for line in self.complaints if not self._is_expected(line)]
        assert not unexpected, f"errors on the browser's console: {unexpected}"

    def _follow_page(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)
        page.on("dialog", self._note_dialog)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} {message.location.get('url', '')}".strip())

    def _note_error(self, error: Error) -> None:
        self.complaints.append(f"exception: {error}")

    def _note_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            self.warned += 1
            dialog.accept()
            return
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)
        address = urlsplit(request.url)
        known = {self.own_host, *self.friends}
        if address.scheme not in {"data", "blob"} and address.netloc not in known:
            self.strangers.append(request.url)

    def _is_expected(self, line: str) -> bool:
        return any(re.search(pattern, line) for pattern in self._expected)
