"""The rows of publications. Nothing here commits: the caller's transaction does."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.storage.tables import PublicationRow


async def find(session: AsyncSession, publication_id: UUID) -> PublicationRow | None:
    """Return a publication that was made; an intent is none."""
    row = await session.get(PublicationRow, publication_id)
    return row if row is not None and row.done_at is not None else None


async def intents(session: AsyncSession) -> Sequence[PublicationRow]:
    """Return what was about to be made when a process died, oldest first."""
    query = select(PublicationRow).where(PublicationRow.done_at.is_(None))
    return (await session.scalars(query.order_by(PublicationRow.at))).all()


async def forget_intent(session: AsyncSession, publication_id: UUID) -> None:
    """Take back an intent. A publication that was made stays for ever."""
    row = PublicationRow
    await session.execute(delete(row).where(row.id == publication_id, row.done_at.is_(None)))


async def finish(
    session: AsyncSession,
    publication_id: UUID,
    *,
    done_at: datetime,
    commit: str | None,
    index: str | None,
) -> PublicationRow | None:
    """Make a publication of an intent."""
    row = await session.get(PublicationRow, publication_id)
    if row is not None and row.done_at is None:
        row.done_at, row.commit, row.index = done_at, commit, index
    return row


async def newest(session: AsyncSession, entry: str | None, limit: int) -> Sequence[PublicationRow]:
    """Return publications, newest first; of one entry, or of all."""
    query = select(PublicationRow).where(PublicationRow.done_at.is_not(None))
    if entry is not None:
        query = query.where(PublicationRow.entry == entry)
    ordered = query.order_by(PublicationRow.at.desc(), PublicationRow.id).limit(limit)
    return (await session.scalars(ordered)).all()


async def text_of(session: AsyncSession, entry: str, version: str) -> str | None:
    """Return what an entry said in a version, where a publication has kept it."""
    row = PublicationRow
    query = (
        select(row)
        .where(row.entry == entry, or_(row.version_before == version, row.version_after == version))
        .limit(1)
    )
    found = await session.scalar(query)
    if found is None:
        return None
    return found.after if found.version_after == version else found.before
