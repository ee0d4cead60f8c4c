"""Fetching what a link points at, without being led anywhere else.

A link is written by somebody: it may lead to a machine behind the firewall, to a file without
end, or in circles. `SafeFetcher` connects only to the address that it has checked, follows each
redirect as a new link, and keeps to its limits. It serves the crawler, the check of links, and
what is sent to other systems.
"""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpcore
import httpx

from bot.errors import KommunbotError
from bot.pages.addresses import Resolve, is_public, resolve

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PLAIN = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip", "deflate"})
_ANY_WRAPPING = 47  # zlib's number for «gzip or zlib, look at the first bytes»


class Fault(StrEnum):
    """Why something was not fetched, or not used."""

    BAD_ADDRESS = "bad_address"  # no http or https, a password in it, unreadable
    PRIVATE_ADDRESS = "private_address"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BROKEN_REPLY = "broken_reply"  # cut, or compressed in a way that was not asked for
    SERVER_ERROR = "server_error"  # a status that is no page: 500, 403, 429 …
    OTHER_SITE = "other_site"
    ROBOTS = "robots"  # robots.txt says no
    NOINDEX = "noindex"  # the page itself says no
    CONTENT_TYPE = "content_type"
    CANONICAL_ELSEWHERE = "canonical_elsewhere"
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"


TRANSIENT = frozenset(
    {Fault.UNREACHABLE, Fault.TOO_SLOW, Fault.BROKEN_REPLY, Fault.SERVER_ERROR}
)  # another try may succeed


class FetchError(KommunbotError):
    """Something was not fetched; `fault` says why in a word, `detail` in numbers or names."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True)
class Limits:
    """How much one fetch may take: bytes after decompression, seconds in all, redirects."""

    size: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """A reply; `url` is where it came from after redirects. Only status 200 has a body."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes


Before = Callable[[str], None]
MayReach = Callable[[str], bool]
Takes = Callable[[httpx.Headers], bool]


def _anywhere(_: str) -> None:
    """Nothing to check or wait for."""


def _anything(_: httpx.Headers) -> bool:
    return True


def _everything(_: str) -> bool:
    return True


class SafeFetcher:
    """Fetches over http and https from public addresses. Keeps no cookies and no connections.

    Proxies named in the environment are not used: a proxy would look up the name anew.

    Args:
        user_agent: names the program and whom to write to about it.
        allow_private: for a site on one's own network.
        may_reach: which addresses may be connected to, where public ones are not the right answer.
        resolve_name: from a name to addresses.
    """

    def __init__(
        self,
        user_agent: str,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        may_reach: MayReach = is_public,
        resolve_name: Resolve = resolve,
    ) -> None:
        self._agent = user_agent.encode("ascii", "replace").decode()
        self.limits = limits or Limits()
        self._may_reach = _everything if allow_private else may_reach
        self._resolve = resolve_name
        self._tls = httpx.create_ssl_context()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        before: Before = _anywhere,
        takes: Takes = _anything,
    ) -> Fetched:
        """Fetch `url`.

        Args:
            headers: sent to `url` itself, not to where it redirects.
            before: called with each address before it is asked; raises to stop there.
            takes: whether a reply with these headers is worth reading; asked for status 200.

        Raises:
            FetchError: it could not be fetched within the limits.
        """
        return self._follow("GET", url, headers or {}, before, takes)

    def head(self, url: str, *, before: Before = _anywhere) -> Fetched:
        """Ask for the headers of `url` only. Raises as `get` does."""
        return self._follow("HEAD", url, {}, before, _anything)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Fetched:
        """Send `body` to `url`. Redirects are not followed, and no reply's body is read.

        Raises:
            FetchError: there was no reply within the limits.
        """
        deadline = time.monotonic() + self.limits.seconds
        return self._ask("POST", _address(url), headers, deadline, _anything, body)

    def _follow(
        self, method: str, url: str, headers: Mapping[str, str], before: Before, takes: Takes
    ) -> Fetched:
        deadline, asked = time.monotonic() + self.limits.seconds, _address(url)
        for _ in range(self.limits.redirects + 1):
            started = time.monotonic()
            before(str(asked))
            deadline += time.monotonic() - started  # waiting for our turn is not the page's fault
            reply = self._ask(method, asked, headers, deadline, takes)
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            asked, headers = _address(reply.headers["location"], asked), {}
        raise FetchError(Fault.TOO_MANY_REDIRECTS, f"more than {self.limits.redirects}")

    def _ask(  # noqa: PLR0913, PLR0917  # what makes a request
        self,
        method: str,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: float,
        takes: Takes,
        content: bytes | None = None,
    ) -> Fetched:
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **headers}
        if content is not None:
            sent["Content-Length"] = str(len(content))
        where = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        try:
            with (
                httpcore.ConnectionPool(self._tls, network_backend=self._network(deadline)) as pool,
                pool.stream(method, where, headers=list(sent.items()), content=content) as response,
            ):
                got = httpx.Headers(response.headers)
                body = b""
                if method == "GET" and response.status == 200:
                    if not takes(got):
                        raise FetchError(Fault.CONTENT_TYPE, got.get("content-type", "none"))
                    body = _read(response.iter_stream(), got, self.limits.size)
                return Fetched(str(url), response.status, got, body)
        except httpcore.TimeoutException as error:
            raise FetchError(Fault.TOO_SLOW, f"more than {self.limits.seconds:g} s") from error
        except httpcore.NetworkError as error:
            raise FetchError(Fault.UNREACHABLE, str(error) or type(error).__name__) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchError(Fault.BROKEN_REPLY, str(error)) from error

    def _network(self, deadline: float) -> "_Network":
        return _Network(self._checked, deadline)

    def _checked(self, host: str, port: int) -> list[str]:
        """Return the addresses of `host`; one that may not be reached spoils them all."""
        try:
            found = list(self._resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise FetchError(Fault.UNREACHABLE, f"{host} is not known") from error
        if closed := [address for address in found if not self._may_reach(address)]:
            raise FetchError(Fault.PRIVATE_ADDRESS, f"{host} is {closed[0]}")
        return found


class _Network(httpcore.NetworkBackend):
    """Connects to the very addresses that were checked: a name is looked up once."""

    def __init__(self, checked: Callable[[str, int], list[str]], deadline: float) -> None:
        self._checked = checked
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # one deadline holds for everything
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, _left(self._deadline), local_address, socket_options
                )
            except httpcore.NetworkError as error:
                failed = error
            else:
                return _Timed(stream, self._deadline)
        raise failed


class _Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None = None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return left if timeout is None else min(left, timeout)


def _address(link: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = base.join(link) if base else httpx.URL(link)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(Fault.BAD_ADDRESS, link[:200]) from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise FetchError(Fault.BAD_ADDRESS, link[:200])
    return url.copy_with(fragment=None)


def _read(chunks: Iterator[bytes] | Iterable[bytes], headers: httpx.Headers, limit: int) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in _GZIP:
        return inflate(chunks, limit)
    if encoding not in _PLAIN:
        raise FetchError(Fault.BROKEN_REPLY, f"compressed as {encoding[:50]}")
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def inflate(chunks: Iterable[bytes], limit: int) -> bytes:
    """Decompress gzip, never to more than `limit` bytes, however small it was.

    Raises:
        FetchError: it grows past the limit, is cut short or is no gzip.
    """
    unpacker, body = zlib.decompressobj(_ANY_WRAPPING), bytearray()
    try:
        for chunk in chunks:
            body += unpacker.decompress(chunk, limit + 1 - len(body))
            if len(body) > limit:
                raise _too_large(limit)
    except zlib.error as error:
        raise FetchError(Fault.BROKEN_REPLY, str(error)) from error
    if not unpacker.eof:
        raise FetchError(Fault.BROKEN_REPLY, "the compressed reply is cut")
    return bytes(body)


def _too_large(limit: int) -> FetchError:
    return FetchError(Fault.TOO_LARGE, f"more than {limit / 1e6:g} MB")
