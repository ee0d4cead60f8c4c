"""How often a login may fail."""

import math
from collections import deque
from collections.abc import Callable
from time import monotonic

FAILURES = 5  # of a name from an address
FAILURES_IN_ALL = 20  # from an address, whatever the names: a whole office may share one
WINDOW_SECONDS = 15 * 60
KEYS = 10_000  # a flood of made-up names must not fill the memory


class LoginLimit:
    """Counts failed logins by name and address, and by address, in this process's memory."""

    def __init__(
        self,
        failures: int = FAILURES,
        in_all: int = FAILURES_IN_ALL,
        window_s: float = WINDOW_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._failures, self._in_all = failures, in_all
        self._window_s, self._clock = window_s, clock
        self._failed: dict[tuple[str, ...], deque[float]] = {}

    def wait_s(self, username: str, address: str) -> int:
        """Return the seconds until the next try is allowed, 0 if it is now."""
        return max(
            self._wait_s((username, address), self._failures),
            self._wait_s((address,), self._in_all),
        )

    def failed(self, username: str, address: str) -> None:
        for key in ((username, address), (address,)):
            if len(self._failed) >= KEYS:
                self._failed.pop(next(iter(self._failed)))
            self._failed.setdefault(key, deque()).append(self._clock())

    def succeeded(self, username: str, address: str) -> None:
        """Forget the name's failures, not the address's: who guesses may have one right login."""
        self._failed.pop((username, address), None)

    def _wait_s(self, key: tuple[str, ...], most: int) -> int:
        times = self._recent(key)
        if len(times) < most:
            return 0
        return max(1, math.ceil(times[0] + self._window_s - self._clock()))

    def _recent(self, key: tuple[str, ...]) -> deque[float]:
        times = self._failed.get(key, deque())
        while times and times[0] <= self._clock() - self._window_s:
            times.popleft()
        if not times:
            self._failed.pop(key, None)
        return times
