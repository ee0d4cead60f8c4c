"""What the staff have done and read, and whether the record of it is as it was written."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.errors import KommunbotError
from bot.opening_hours.model import STOCKHOLM
from bot.settings import Settings
from connectors.audit.log import Head, holds, walk
from connectors.audit.model import Action
from connectors.storage.database import Database
from connectors.storage.record_tables import AuditRow

_HEAD = re.compile(r"([0-9a-f]{64}):([1-9][0-9]{0,9})")


class HeadUnreadable(KommunbotError):
    """What was given is no head."""


@dataclass(frozen=True)
class Wanted:
    """Which deeds to list; None is all. `since` is midnight in Sweden."""

    username: str | None = None
    action: Action | None = None
    conversation: UUID | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What is to be said of the log. `held` is None where no head was given."""

    head: Head | None  # of the part that is whole
    broken_at: int | None
    kept: Head | None = None
    held: bool | None = None

    @property
    def fine(self) -> bool:
        return self.broken_at is None and self.held is not False


def find(settings: Settings, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the deeds, oldest first, as JSON."""
    return asyncio.run(_find(settings.database_url, wanted))


def line(deed: dict[str, Any]) -> str:
    """Say one deed in a line."""
    more = (
        f"{name}={value}" for name, value in (deed["detail"] or {}).items() if value is not None
    )
    told = filter(None, (deed["conversation"], deed["subject"], *more))
    who = f"{deed['username']} ({deed['role']})"
    return f"{deed['seq']}  {deed['at']}  {who}  {deed['action']}  {'  '.join(told)}".rstrip()


def read_head(written: str) -> Head:
    """Read `HASH:SEQ`.

    Raises:
        HeadUnreadable: it is written otherwise.
    """
    found = _HEAD.fullmatch(written.strip())
    if found is None:
        raise HeadUnreadable(
            f"{written!r} is no head. It is HASH:SEQ, as `kommunbot audit verify` prints it."
        )
    return Head(int(found[2]), found[1])


def verify(settings: Settings, kept: Head | None = None) -> Verdict:
    """Look at every row, and for the one that was the last when `kept` was kept."""
    return asyncio.run(_verify(settings.database_url, kept))


def sentences(verdict: Verdict) -> Iterator[str]:
    """Say what was found."""
    rows = verdict.head.seq if verdict.head else 0
    if verdict.broken_at is None:
        yield f"{rows} rows are as they were written."
    else:
        yield (
            f"Row {verdict.broken_at} is not as it was written, or rows before it are gone; "
            f"the {rows} before it are whole. Compare it with a backup."
        )
    if verdict.kept and verdict.held:
        yield f"The log still holds the head that was kept, row {verdict.kept.seq}."
    elif verdict.kept:
        yield (
            f"The log does not hold the head that was kept, row {verdict.kept.seq}: its end was "
            "cut off, or it was written anew. Compare it with a backup."
        )
    if verdict.fine and verdict.head:
        yield "Keep this head where whoever can write to the database cannot:"


async def _find(url: str, wanted: Wanted) -> list[dict[str, Any]]:
    row = AuditRow
    query = select(row).order_by(row.seq)
    if wanted.username is not None:
        query = query.where(row.username == wanted.username)
    if wanted.action is not None:
        query = query.where(row.action == wanted.action.value)
    if wanted.conversation is not None:
        query = query.where(row.conversation_id == wanted.conversation)
    if wanted.since is not None:
        query = query.where(row.at >= wanted.since.replace(tzinfo=STOCKHOLM))
    database = Database(url)
    try:
        async with database.read() as session:
            return _told((await session.scalars(query)).all())
    finally:
        await database.close()


def _told(rows: Sequence[AuditRow]) -> list[dict[str, Any]]:
    return [
        {
            "seq": row.seq,
            "at": row.at.isoformat(timespec="seconds"),
            "username": row.username,
            "role": row.role,
            "action": row.action,
            "conversation": str(row.conversation_id) if row.conversation_id else None,
            "subject": row.subject,
            "detail": row.detail,
        }
        for row in rows
    ]


async def _verify(url: str, kept: Head | None) -> Verdict:
    database = Database(url)
    try:
        async with database.snapshot() as session:
            whole, broken_at = await walk(session)
            held = await holds(session, kept) if kept else None
    finally:
        await database.close()
    return Verdict(whole, broken_at, kept, held)
