"""Whether addresses on other sites are still there, asked of a real server."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.settings import Settings
from connectors.cli.reaching import reaching
from tests.support.postgres import free_port

STATUS = {"/finns": 200, "/borta": 404, "/struken": 410, "/nekar": 403, "/trasig": 500}


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        if self.path == "/runt":
            self.send_response(302)
            self.send_header("Location", "/runt")
        else:
            self.send_response(STATUS[self.path])
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # its base's name
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/finns", None),
        ("/nekar", None),
        ("/trasig", None),
        ("/borta", "sidan finns inte, 404"),
        ("/struken", "sidan finns inte, 410"),
        ("/runt", "den skickar vidare utan slut"),
    ],
)
def test_only_what_says_that_a_page_is_gone_counts(site: str, path: str, told: str | None) -> None:
    assert reaching(Settings(), allow_private=True)(site + path) == told


def test_a_server_that_is_not_there_is_told() -> None:
    ask = reaching(Settings(), allow_private=True)
    assert ask(f"http://127.0.0.1:{free_port()}/") == "ingen svarar"


def test_an_address_on_a_private_network_is_not_asked(site: str) -> None:
    assert reaching(Settings())(f"{site}/finns") == "den ligger på ett privat nät"
