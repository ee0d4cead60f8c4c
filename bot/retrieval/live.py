"""The index in a running process: a newly built one is taken into use without a restart."""

import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Protocol

import structlog

from bot.encoders.model import Encoder
from bot.errors import SearchIndexError
from bot.retrieval.index import Index
from bot.retrieval.search import Search
from bot.retrieval.store import Manifest, read_folder, usable

_LOOK_EVERY_S = 0.5
_log = structlog.get_logger()


def _tell_nobody(_: Search) -> None:
    pass


class Searches(Protocol):
    """Where the search to use comes from; `problem` says why there is no newer one."""

    problem: str | None

    def get(self) -> tuple[Search, Manifest] | None: ...


class FixedSearch:
    """One search, whatever is built meanwhile."""

    def __init__(self, search: Search, manifest: Manifest) -> None:
        self._opened = search, manifest
        self.problem: str | None = None

    def get(self) -> tuple[Search, Manifest]:
        return self._opened


class LiveSearch:
    """Hands out the newest usable index; a broken new one leaves the old one in use.

    Nobody waits for a new index: the old one is asked until the new one can be.
    """

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
        self._told: Callable[[Search], None] = _tell_nobody
        self.problem: str | None = None  # why the newest index is not in use

    def get(self) -> tuple[Search, Manifest] | None:
        """Return the index in use, or None where none can be used (`problem` says why)."""
        if self._opened is None and time.monotonic() - self._looked >= self._look_every_s:
            self.look()
        return self._opened

    def look(self) -> None:
        """Take the newest index into use, if it is another one. Returns when it is."""
        with self._lock:
            self._looked = time.monotonic()
            pointer = self._read_pointer()
            if pointer == self._pointer and self._opened:
                return
            try:
                folder, manifest = usable(self._dir, self._encoder)
                self._use(read_folder(folder), manifest)
            except SearchIndexError as error:
                if str(error) != self.problem:
                    _log.error("index_unusable", reason=str(error))
                self.problem = str(error)
            self._pointer = pointer

    def take(self, index: Index, manifest: Manifest) -> None:
        """Use `index`, which this process has just put in use on disk, without reading it."""
        with self._lock:
            self._use(index, manifest)
            self._pointer = self._read_pointer()

    def newest(self) -> Index | None:
        """Return the index that is in use on disk, where it is the one in memory."""
        with self._lock:
            same = self._opened is not None and self._pointer == self._read_pointer()
            return self._opened[0].index if same and self._opened else None

    def watch(self, told: Callable[[Search], None] = _tell_nobody) -> None:
        """Look in the background, as long as this object is used.

        Args:
            told: is told of each new search, once it is in use.
        """
        self._told = told
        Thread(target=_watch, args=(weakref.ref(self), self._look_every_s), daemon=True).start()

    def _use(self, index: Index, manifest: Manifest) -> None:
        before = self._opened[0] if self._opened else None
        search = Search(index, self._encoder, before)
        self._opened, self.problem = (search, manifest), None
        _log.info("index_opened", built_from=manifest.built_from)
        self._told(search)

    def _read_pointer(self) -> str:
        try:
            return (self._dir / "current").read_text(encoding="utf-8")
        except OSError:
            return ""


def _watch(watched: "weakref.ref[LiveSearch]", every_s: float) -> None:
    while True:
        time.sleep(every_s)
        live = watched()
        if live is None:
            return
        try:
            live.look()
        except Exception as error:  # memory is short, a disk is away: later it may do
            _log.error("looking_for_index_failed", error=type(error).__name__)
        del live  # it may be forgotten while this thread sleeps
