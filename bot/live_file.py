"""Keeping up with an editor's files while they are edited."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from bot.errors import ContentError

T = TypeVar("T")

_log = structlog.get_logger()
_Stamp = tuple[int, int]


class LiveFile(Generic[T]):
    """What a file says now, or several files together.

    A file that is wrong leaves in use what was said before.
    """

    def __init__(self, paths: Sequence[Path], load: Callable[[], T], nothing: T, told: str) -> None:
        """Read nothing yet.

        Args:
            load: reads the files; raises ContentError or OSError where they cannot be used.
            nothing: what holds until they can be.
            told: what the log calls files that cannot be used.
        """
        self._paths, self._load, self._told = tuple(paths), load, told
        self._lock = threading.Lock()
        self._seen: tuple[_Stamp, ...] | None = None
        self._content = nothing
        self.problem: str | None = None  # why the newest file is not in use

    def get(self) -> T:
        """Return what the files say. Looks at them each time, reads them when they are new."""
        with self._lock:
            if (stamps := tuple(map(_stamp, self._paths))) != self._seen:
                self._seen = stamps
                self._read()
            return self._content

    def _read(self) -> None:
        try:
            self._content = self._load()
            self.problem = None
        except (ContentError, OSError) as error:
            self.problem = str(error)
            _log.error(self._told, reason=self.problem)


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
