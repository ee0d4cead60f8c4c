"""How often a login may fail."""

import math
from collections import deque
from collections.abc import Callable
from time import monotonic

FAILURES = 5
WINDOW_SECONDS = 15 * 60
KEYS = 10_000  # a flood of made-up names must not fill the memory


class LoginLimit:
    """Counts failed logins by name and address, in this process's memory."""

    def __init__(
        self,
        failures: int = FAILURES,
        window_s: float = WINDOW_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._failures, self._window_s, self._clock = failures, window_s, clock
        self._failed: dict[tuple[str, str], deque[float]] = {}

    def wait_s(self, username: str, address: str) -> int:
        """Return the seconds until the next try is allowed, 0 if it is now."""
        times = self._recent((username, address))
        if len(times) < self._failures:
            return 0
        return max(1, math.ceil(times[0] + self._window_s - self._clock()))

    def failed(self, username: str, address: str) -> None:
        if len(self._failed) >= KEYS:
            self._failed.pop(next(iter(self._failed)))
        self._failed.setdefault((username, address), deque()).append(self._clock())

    def succeeded(self, username: str, address: str) -> None:
        self._failed.pop((username, address), None)

    def _recent(self, key: tuple[str, str]) -> deque[float]:
        times = self._failed.get(key, deque())
        while times and times[0] <= self._clock() - self._window_s:
            times.popleft()
        if not times:
            self._failed.pop(key, None)
        return times
