"""Noticing what is changed in the files by hand: another program, git, a colleague's editor.

The system's own notices only wake; looking again every few seconds is the truth. It works without
notices too, as on file systems of a network.
"""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog
from watchfiles import Change, DefaultFilter, awatch

from connectors.editor.publishing import Publisher

log = structlog.get_logger()

LOOK_EVERY_S = 5.0
_FACTS = "kommun.yml"


class ContentFilter(DefaultFilter):
    """Only what answers are made of."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._faq, self._facts = data_dir.resolve() / "faq", data_dir.resolve() / _FACTS

    def __call__(self, change: Change, path: str) -> bool:
        found = Path(path)
        if found.name.startswith("."):
            return False
        return found == self._facts or (found.suffix == ".yml" and self._faq in found.parents)


class Watcher:
    """Puts the publisher to work when content may have changed."""

    def __init__(
        self, publisher: Publisher, data_dir: Path, look_every_s: float = LOOK_EVERY_S
    ) -> None:
        self._publisher, self._data_dir, self._look_every_s = publisher, data_dir, look_every_s
        self._stamp: object = None

    async def run(self) -> None:
        """Look until cancelled. Whatever fails is tried again."""
        noticing = asyncio.create_task(self._notice())
        try:
            while True:
                await self._look()
                await asyncio.sleep(self._look_every_s)
        finally:
            noticing.cancel()
            with suppress(asyncio.CancelledError):
                await noticing

    async def _notice(self) -> None:
        only = ContentFilter(self._data_dir)
        try:
            async for _ in awatch(self._data_dir, watch_filter=only, step=50, debounce=400):
                await self._look()
        except Exception as error:  # the file system cannot tell, or has told all it may
            log.warning("watching_without_notices", error=type(error).__name__)

    async def _look(self) -> None:
        stamp = await asyncio.to_thread(_stamp_of, self._data_dir)
        if stamp == self._stamp:
            return
        try:
            await self._publisher.settle()
            self._stamp = stamp
        except Exception as error:  # the disk is full, the database is away
            log.error("taking_in_failed", error=type(error).__name__)


def _stamp_of(data_dir: Path) -> object:
    """Return what changes when any of the files does, without reading them."""
    found = []
    for path in [data_dir / _FACTS, *sorted((data_dir / "faq").rglob("*.yml"))]:
        with suppress(OSError):
            seen = path.stat()
            found.append((str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino))
    return tuple(found)
