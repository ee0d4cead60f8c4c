"""One request at a time to a host, and not too often."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit


class Pace:
    """Waits before each request until the host has had its rest."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rest = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._asked_for: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def slow_down(self, url: str, rest: float) -> None:
        """Let the host of `url` have `rest` seconds between requests, if that is longer."""
        host = urlsplit(url).netloc
        self._asked_for[host] = max(rest, self._asked_for.get(host, 0.0))

    def pause(self, url: str, seconds: float) -> None:
        """Ask nothing more of the host of `url` for so long."""
        host = urlsplit(url).netloc
        self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)

    def wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        left = self._next.get(host, 0.0) - self._clock()
        if left > 0:
            self._sleep(left)
        self._next[host] = self._clock() + max(self._rest, self._asked_for.get(host, 0.0))
