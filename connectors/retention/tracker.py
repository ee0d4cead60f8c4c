"""Rasa's own copy of what was said, kept by sender: the conversation's id in words."""

import asyncio
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import column, delete, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.rasa.stores import SCHEMA, dialogue_file, is_shared
from connectors.storage.database import BUSY_SECONDS, Database

T = TypeVar("T")
_EVENTS = table("events", column("sender_id"), schema=SCHEMA)  # Rasa makes it


class TrackerUnavailable(KommunbotError):
    """Rasa's dialogues cannot be changed just now."""


class Tracker(Protocol):
    """Where Rasa keeps its dialogues. Each method raises TrackerUnavailable or SQLAlchemyError."""

    async def forget(self, senders: Collection[str]) -> None:
        """Delete everything of these senders. A repeat is harmless."""

    async def senders(self) -> frozenset[str]:
        """Return everybody of whom something is kept."""

    async def tidy(self) -> None:
        """Leave nothing of what was deleted in freed space."""


def open_tracker(settings: Settings, database: Database) -> Tracker:
    """Return the tracker that Rasa is told to use; it need not exist yet."""
    if is_shared(settings):
        return SharedTracker(database)
    return TrackerFile(dialogue_file(settings))


class TrackerFile:
    """The SQLite file of a Rasa that may be running: each waits for the other's writes."""

    def __init__(self, path: Path, patience_s: float = BUSY_SECONDS) -> None:
        self._path, self._patience_s = path, patience_s

    async def forget(self, senders: Collection[str]) -> None:
        await asyncio.to_thread(self._use, lambda opened: _delete(opened, senders), None)

    async def senders(self) -> frozenset[str]:
        return await asyncio.to_thread(self._use, _senders, frozenset())

    async def tidy(self) -> None:
        """Write the file anew: Rasa's own SQLite may leave copies of a row that it moves."""
        await asyncio.to_thread(self._use, lambda opened: opened.execute("VACUUM"), None)

    def _use(self, work: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """Return what `work` finds, or `nothing` where Rasa has kept nothing yet.

        Raises:
            TrackerUnavailable: Rasa writes for longer than we wait, or the file is damaged.
        """
        if not self._path.exists():
            return nothing
        opening = sqlite3.connect(self._path, timeout=self._patience_s, isolation_level=None)
        try:
            with closing(opening) as opened:
                opened.execute("PRAGMA secure_delete = ON")
                return work(opened) if _has_events(opened) else nothing
        except sqlite3.Error as error:
            raise TrackerUnavailable(
                f"{self._path} cannot be changed ({type(error).__name__}: {error})."
                " It is tried again; if that does not help, see whether the disk is full."
            ) from error


def _has_events(opened: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'events'"
    return opened.execute(query).fetchone() is not None


def _delete(opened: sqlite3.Connection, senders: Collection[str]) -> None:
    opened.execute("BEGIN IMMEDIATE")
    opened.executemany("DELETE FROM events WHERE sender_id = ?", [(one,) for one in senders])
    opened.execute("COMMIT")


def _senders(opened: sqlite3.Connection) -> frozenset[str]:
    return frozenset(one for (one,) in opened.execute("SELECT DISTINCT sender_id FROM events"))


class SharedTracker:
    """The schema that several Rasa workers share, in the gateway's own PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, senders: Collection[str]) -> None:
        async with self._database.write() as session:
            if await _is_there(session):
                await session.execute(delete(_EVENTS).where(_EVENTS.c.sender_id.in_(senders)))

    async def senders(self) -> frozenset[str]:
        async with self._database.read() as session:
            if not await _is_there(session):
                return frozenset()
            return frozenset(await session.scalars(select(_EVENTS.c.sender_id).distinct()))

    async def tidy(self) -> None:
        """PostgreSQL sees to freed space by itself."""


async def _is_there(session: AsyncSession) -> bool:
    query = text(f"SELECT to_regclass('{SCHEMA}.events') IS NOT NULL")
    return bool(await session.scalar(query))
