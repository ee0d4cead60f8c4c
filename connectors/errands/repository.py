"""The errands' rows. Nothing here commits: the caller's transaction does."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.storage.tables import AgentRow, ErrandRow

Owned = tuple[ErrandRow, str | None]  # with the owner's name


async def find(session: AsyncSession, errand_id: UUID) -> ErrandRow | None:
    return await session.get(ErrandRow, errand_id)


async def lock(session: AsyncSession, errand_id: UUID) -> ErrandRow | None:
    return await session.get(ErrandRow, errand_id, with_for_update=True)


async def by_reference(session: AsyncSession, reference: str) -> ErrandRow | None:
    return await session.scalar(select(ErrandRow).where(ErrandRow.reference == reference))


async def is_used(session: AsyncSession, reference: str) -> bool:
    query = select(ErrandRow.id).where(ErrandRow.reference == reference)
    return await session.scalar(query) is not None


async def owner_name(session: AsyncSession, errand: ErrandRow) -> str | None:
    owner = await session.get(AgentRow, errand.owner_id) if errand.owner_id else None
    return owner.name if owner else None


async def listed(session: AsyncSession, *, only_open: bool, most: int) -> Sequence[Owned]:
    """Return errands: what is open by due time, what is done newest first."""
    row = ErrandRow
    query = select(row, AgentRow.name).outerjoin(AgentRow, AgentRow.id == row.owner_id)
    if only_open:
        query = query.where(row.done_at.is_(None)).order_by(row.due_at, row.id)
    else:
        query = query.where(row.done_at.is_not(None)).order_by(row.done_at.desc(), row.id)
    return [(errand, name) for errand, name in await session.execute(query.limit(most))]


async def count(session: AsyncSession, now: datetime) -> tuple[int, int]:
    """Return how many are open, and how many of them are late."""
    row = ErrandRow
    query = select(func.count(), func.count().filter(row.due_at <= now))
    opened, late = (await session.execute(query.where(row.done_at.is_(None)))).one()
    return opened, late


async def to_remind(session: AsyncSession, now: datetime, most: int) -> Sequence[ErrandRow]:
    """Lock the open errands whose promise is about to be broken, not yet reminded of."""
    row = ErrandRow
    query = select(row).where(
        row.done_at.is_(None), row.reminded_at.is_(None), row.remind_at <= now
    )
    query = query.order_by(row.due_at).limit(most).with_for_update()
    return (await session.scalars(query)).all()
