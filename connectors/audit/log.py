"""The audit log: a chain of rows, each made of the one before, that the database lets only grow."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.model import Action, Doer
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.record_tables import AuditRow

ORIGIN = "0" * 64  # what the first row is made of
AT_ONCE = 1000  # rows in memory when the whole chain is gone through
READ_AGAIN = timedelta(minutes=10)  # who asks for news or reloads within it is still reading


@dataclass(frozen=True)
class Deed:
    """What somebody of the staff did or read. Never holds what a citizen wrote."""

    username: str
    role: str
    action: str  # one of `Action`
    conversation_id: UUID | None = None
    subject: str | None = None  # a reference, an entry, a file
    detail: Mapping[str, Any] | None = None

    @classmethod
    def of(
        cls,
        doer: Doer,
        action: Action,
        conversation_id: UUID | None = None,
        subject: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> Self:
        return cls(doer.username, doer.role, action, conversation_id, subject, detail)


@dataclass(frozen=True)
class Head:
    """The last row: whoever has kept it elsewhere can tell whether the log was cut or rewritten."""

    seq: int
    hash: str


async def record(
    database: Database, session: AsyncSession, deed: Deed, at: datetime | None = None
) -> None:
    """Add a row in the transaction of what was done: both are stored, or neither.

    Other writers wait from here on until the transaction ends, so this comes last in it. The
    session sends what it has changed before it asks for its turn, so that nobody who waits here
    is waited for.

    Raises:
        ValueError: the deed's action is none that is known.
    """
    await database.lock(session, "audit")
    await _append(session, deed, at)


async def note(database: Database, deed: Deed, at: datetime | None = None) -> None:
    """Add a row in a transaction of its own: for what only read."""
    async with database.write() as session:
        await record(database, session, deed, at)


async def note_once(database: Database, deed: Deed, at: datetime | None = None) -> None:
    """Add a row for what was read, unless the same reader has one of `READ_AGAIN` ago or less.

    The log itself is asked, so that all gateways agree.
    """
    now = at or utc_now()
    async with database.read() as session:
        if await _is_noted(session, deed, now):
            return
    async with database.write() as session:
        await database.lock(session, "audit")
        if not await _is_noted(session, deed, now):  # by another request, meanwhile
            await _append(session, deed, now)


def chained(row: AuditRow) -> str:
    """Return the hash (SHA-256, 64 hex digits) of a row's canonical JSON, `previous` in it."""
    told = [
        row.previous,
        row.seq,
        row.at.isoformat(),
        row.username,
        row.role,
        row.action,
        str(row.conversation_id) if row.conversation_id else None,
        row.subject,
        row.detail,
    ]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


async def walk(session: AsyncSession) -> tuple[Head | None, int | None]:
    """Return the head of what is whole, and the number of the first row that is not.

    That row was altered, or its forerunner is gone. What was cut off at the end, or written anew
    from the beginning, only an older head tells: see `holds`.

    Args:
        session: one of `Database.snapshot`, for rows are read as they come.
    """
    whole: Head | None = None
    async for row in _rows(session):
        seq, previous = (whole.seq + 1, whole.hash) if whole else (1, ORIGIN)
        if row.seq != seq or row.previous != previous or row.hash != chained(row):
            return whole, seq
        whole = Head(seq, row.hash)
    return whole, None


async def broken_at(session: AsyncSession) -> int | None:
    """Return the number of the first row that is not as it was written; see `walk`."""
    _, broken = await walk(session)
    return broken


async def head(session: AsyncSession) -> Head | None:
    """Return the last row's number and hash; None if nothing is recorded yet."""
    last = await _last(session)
    return Head(last.seq, last.hash) if last else None


async def holds(session: AsyncSession, kept: Head) -> bool:
    """Tell whether the log still has the row that was its last one once."""
    row = await session.get(AuditRow, kept.seq)
    return row is not None and row.hash == kept.hash


async def _append(session: AsyncSession, deed: Deed, at: datetime | None) -> None:
    """Add a row. Only under the lock."""
    last = await _last(session)
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=(at or utc_now()).astimezone(UTC),  # as it will be read again
        username=deed.username,
        role=deed.role,
        action=Action(deed.action).value,
        conversation_id=deed.conversation_id,
        subject=deed.subject,
        detail=dict(deed.detail) if deed.detail else None,
        previous=last.hash if last else ORIGIN,
    )
    row.hash = chained(row)
    session.add(row)
    await session.flush()


async def _is_noted(session: AsyncSession, deed: Deed, now: datetime) -> bool:
    row = AuditRow
    query = select(row.seq).where(
        row.at > now - READ_AGAIN,
        row.username == deed.username,
        row.role == deed.role,
        row.action == deed.action,
        row.conversation_id == deed.conversation_id,
        row.subject == deed.subject,
    )
    return await session.scalar(query.limit(1)) is not None


async def _last(session: AsyncSession) -> AuditRow | None:
    return await session.scalar(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1))


async def _rows(session: AsyncSession) -> AsyncIterator[AuditRow]:
    query = select(AuditRow).order_by(AuditRow.seq)
    found = await session.stream_scalars(query.execution_options(yield_per=AT_ONCE))
    async for row in found:
        yield row
