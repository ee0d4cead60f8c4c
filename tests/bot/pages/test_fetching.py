import gzip
import zlib
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from bot.pages.fetching import Fault, FetchError, Limits, SafeFetcher, inflate
from tests.support.site_server import Reply, SiteServer, redirect

LIMITS = Limits(size=100_000, seconds=10.0)
QUICK = Limits(size=100_000, seconds=0.4)


def fetcher(limits: Limits = LIMITS, *, allow_private: bool = True) -> SafeFetcher:
    return SafeFetcher("Kommunbot (+mailto:test)", limits, allow_private=allow_private)


def fault_of(fetch: Callable[[], object]) -> Fault:
    with pytest.raises(FetchError) as caught:
        fetch()
    return caught.value.fault


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 10_000)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """Ten thousand megabytes in ten: sent only as long as somebody reads."""
    packer = zlib.compressobj(wbits=31)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    while True:
        handler.wfile.write(packer.compress(b"\0" * 1_000_000))


def dripping(site: SiteServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        """A byte now and then, so that no single wait is long: in the headers already."""
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.released.wait(0.05):
            handler.wfile.write(b"x")

    return drip


def test_a_page_comes_with_its_headers(server: SiteServer) -> None:
    server.pages["/a"] = Reply("hej", headers={"ETag": '"1"'})
    reply = fetcher().get(f"{server.url}/a")
    assert (reply.status, reply.body, reply.headers["etag"]) == (200, b"hej", '"1"')
    assert server.agents == {"Kommunbot (+mailto:test)"}


def test_a_link_can_be_checked_without_its_page(server: SiteServer) -> None:
    server.pages |= {"/a": Reply("hej"), "/gammal": redirect("/a")}
    reply = fetcher().head(f"{server.url}/gammal")
    assert (reply.status, reply.body, reply.url) == (200, b"", f"{server.url}/a")


def test_a_packed_page_is_unpacked(server: SiteServer) -> None:
    packed = gzip.compress("åäö".encode())
    server.pages["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert fetcher().get(f"{server.url}/a").body == "åäö".encode()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_an_address_on_the_own_network_is_refused(server: SiteServer, host: str) -> None:
    server.pages["/"] = Reply("hemligt")
    url = f"http://{host}:{server.port}/"
    fault = fault_of(lambda: fetcher(allow_private=False).get(url))
    assert fault in {Fault.PRIVATE_ADDRESS, Fault.BAD_ADDRESS}
    assert server.asked == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(server: SiteServer) -> None:
    def rebinding(host: str, port: int) -> Sequence[str]:
        return ["8.8.8.8", "::ffff:127.0.0.1"]

    careful = SafeFetcher("Kommunbot", LIMITS, resolve_name=rebinding)
    url = f"http://kommun.example:{server.port}/"
    assert fault_of(lambda: careful.get(url)) is Fault.PRIVATE_ADDRESS
    assert server.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(server: SiteServer) -> None:
    """The second look-up of a rebinding name would lead elsewhere."""
    server.pages["/"] = Reply("hej")
    looked_up: list[str] = []

    def once(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["192.0.2.1"]

    lent = SafeFetcher("Kommunbot", LIMITS, allow_private=True, resolve_name=once)
    assert lent.get(f"http://kommun.example:{server.port}/").body == b"hej"
    assert looked_up == ["kommun.example"]


def test_every_redirect_is_checked_anew(server: SiteServer) -> None:
    server.pages["/"] = redirect(f"http://inne.example:{server.port}/hemligt")
    server.pages["/hemligt"] = Reply("hemligt")
    seen: list[str] = []

    def before(url: str) -> None:
        seen.append(url)
        if "inne" in url:
            raise FetchError(Fault.OTHER_SITE, "inne.example")

    fault = fault_of(lambda: fetcher().get(f"{server.url}/", before=before))
    assert fault is Fault.OTHER_SITE
    assert len(seen) == 2
    assert server.asked == ["/"]


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a/",
        "javascript:alert(1)",
        "http://u:p@a.example/",
    ],
)
def test_a_redirect_out_of_the_web_is_refused(server: SiteServer, target: str) -> None:
    server.pages["/"] = redirect(target)
    assert fault_of(lambda: fetcher().get(f"{server.url}/")) is Fault.BAD_ADDRESS


def test_a_circle_of_redirects_ends(server: SiteServer) -> None:
    server.pages |= {"/a": redirect("/b", 302), "/b": redirect("/a", 307)}
    assert fault_of(lambda: fetcher().get(f"{server.url}/a")) is Fault.TOO_MANY_REDIRECTS
    assert len(server.asked) == 6


def test_conditions_are_not_carried_over_a_redirect(server: SiteServer) -> None:
    server.pages |= {"/a": redirect("/b"), "/b": Reply("ny", headers={"ETag": '"1"'})}
    reply = fetcher().get(f"{server.url}/a", headers={"If-None-Match": '"1"'})
    assert reply.status == 200


@pytest.mark.parametrize("misbehave", [endless, bomb])
def test_a_page_without_end_is_left(
    server: SiteServer, misbehave: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    server.pages["/"] = misbehave
    assert fault_of(lambda: fetcher().get(f"{server.url}/")) is Fault.TOO_LARGE


def test_a_page_that_comes_byte_by_byte_is_left(server: SiteServer) -> None:
    server.pages["/"] = dripping(server)
    assert fault_of(lambda: fetcher(QUICK).get(f"{server.url}/")) is Fault.TOO_SLOW


def test_waiting_for_our_turn_is_not_the_pages_fault(server: SiteServer) -> None:
    server.pages["/"] = Reply("hej")

    def our_turn_comes_late(url: str) -> None:
        server.released.wait(QUICK.seconds * 1.5)

    assert fetcher(QUICK).get(f"{server.url}/", before=our_turn_comes_late).status == 200


@pytest.mark.parametrize(
    "reply",
    [
        Reply(gzip.compress(b"hej" * 100)[:-12], headers={"Content-Encoding": "gzip"}),
        Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"}),
        Reply(b"hej", headers={"Content-Encoding": "br"}),
    ],
)
def test_a_reply_that_is_cut_or_packed_in_another_way_is_told_of(
    server: SiteServer, reply: Reply
) -> None:
    server.pages["/"] = reply
    assert fault_of(lambda: fetcher().get(f"{server.url}/")) is Fault.BROKEN_REPLY


def test_a_body_shorter_than_promised_is_not_taken_for_the_page(server: SiteServer) -> None:
    server.pages["/"] = Reply("halv", headers={"Content-Length": "400"}, kind=None)

    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nhalv")

    server.pages["/"] = short
    assert fault_of(lambda: fetcher().get(f"{server.url}/")) is Fault.BROKEN_REPLY


def test_another_type_is_not_read(server: SiteServer) -> None:
    server.pages["/"] = endless
    picky = lambda headers: headers["content-type"] == "application/pdf"  # noqa: E731
    fault = fault_of(lambda: fetcher().get(f"{server.url}/", takes=picky))
    assert fault is Fault.CONTENT_TYPE


def test_nobody_there_is_told_of() -> None:
    assert fault_of(lambda: fetcher().get("http://127.0.0.1:9/")) is Fault.UNREACHABLE
    unknown = SafeFetcher("Kommunbot", resolve_name=_unknown)
    assert fault_of(lambda: unknown.get("http://finns-inte.example/")) is Fault.UNREACHABLE


def _unknown(host: str, port: int) -> Sequence[str]:
    raise OSError(host)


def test_unpacking_stops_at_the_limit() -> None:
    packed = gzip.compress(b"\0" * 10_000_000)
    assert fault_of(lambda: inflate([packed], 1_000)) is Fault.TOO_LARGE
    assert inflate([packed], 10_000_000) == b"\0" * 10_000_000
