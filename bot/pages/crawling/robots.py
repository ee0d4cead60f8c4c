"""What a host allows: robots.txt (RFC 9309), read by protego."""

from collections.abc import Callable

from protego import Protego

from bot.pages.fetching import Fault, Fetched, FetchError

PRODUCT = "Kommunbot"  # the name that robots.txt may address
_LONGEST = 500_000  # characters that are read of one


class Robots:
    """The rules of one host for us."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text[:_LONGEST])

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for, 0 if it does not say."""
        return max(0.0, float(self._rules.crawl_delay(PRODUCT) or 0.0))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self._rules.sitemaps)


def read_robots(host: str, get: Callable[[str], Fetched]) -> Robots:
    """Fetch the rules of a host, `https://www.skarvinge.example`.

    Without the file everything is allowed; while it cannot be told, nothing is.

    Raises:
        FetchError: the host does not answer, or answers with its own fault.
    """
    reply = get(f"{host}/robots.txt")
    if reply.status == 200:
        return Robots(reply.body.decode("utf-8", "replace"))
    if 400 <= reply.status < 500 and reply.status != 429:
        return Robots("")
    raise FetchError(Fault.SERVER_ERROR, f"robots.txt answers {reply.status}")
