"""The index in a running process: a newly built one is taken into use without a restart."""

import threading
import time
from pathlib import Path

import structlog

from bot.encoders.model import Encoder
from bot.errors import SearchIndexError
from bot.retrieval.search import Search
from bot.retrieval.store import Manifest, open_search

_LOOK_EVERY_S = 0.5
_log = structlog.get_logger()


class LiveSearch:
    """Hands out the newest usable index; a broken new one leaves the old one in use."""

    def __init__(
        self, index_dir: Path, encoder: Encoder, look_every_s: float = _LOOK_EVERY_S
    ) -> None:
        self._look_every_s = look_every_s
        self._dir = index_dir
        self._encoder = encoder
        self._lock = threading.Lock()
        self._opened: tuple[Search, Manifest] | None = None
        self._pointer = ""
        self._looked = float("-inf")
        self.problem: str | None = None  # why the newest index is not in use

    def get(self) -> tuple[Search, Manifest] | None:
        """Return the index in use, or None where none can be used (`problem` says why)."""
        if time.monotonic() - self._looked < self._look_every_s:
            return self._opened
        # One caller loads; the others go on with the index that is open.
        if self._lock.acquire(blocking=self._opened is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._opened

    def _look(self) -> None:
        self._looked = time.monotonic()
        pointer = self._read_pointer()
        if pointer == self._pointer and self._opened:
            return
        try:
            self._opened = open_search(self._dir, self._encoder)
            self.problem = None
            _log.info("index_opened", built_from=self._opened[1].built_from)
        except SearchIndexError as error:
            if str(error) != self.problem:
                _log.error("index_unusable", reason=str(error))
            self.problem = str(error)
        self._pointer = pointer

    def _read_pointer(self) -> str:
        try:
            return (self._dir / "current").read_text(encoding="utf-8")
        except OSError:
            return ""
