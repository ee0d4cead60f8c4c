"""One publication at a time, whichever process of whichever gateway it comes from."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

from connectors.errors import EditorUnavailable
from connectors.storage.database import Database

NAME = ".publishing"
LOOK_EVERY_S = 0.05


class PublishingLock:
    """A lock file beside the index for processes of one machine, and the database's for others.

    The system lets go of both when a process dies.
    """

    def __init__(self, database: Database, folder: Path, wait_s: float = 60) -> None:
        self._database, self._path, self._wait_s = database, folder / NAME, wait_s

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Wait for one's turn.

        Raises:
            EditorUnavailable: it did not come within `wait_s` seconds.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            await self._take(handle)
            async with self._database.held("publishing"):
                yield
        finally:
            os.close(handle)

    async def _take(self, handle: int) -> None:
        deadline = monotonic() + self._wait_s
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if monotonic() > deadline:
                    raise EditorUnavailable from None
                await asyncio.sleep(LOOK_EVERY_S)
            else:
                return
