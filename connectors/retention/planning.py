"""What a run would delete now, and what the protocol says was deleted. Nothing is changed here."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.retention.due import aged, delivery_due, delivery_kept, due, errand_alone, kept
from connectors.retention.model import Category, Disposed
from connectors.retention.permission import Permission
from connectors.storage.outbox_tables import OutboxRow
from connectors.storage.record_tables import DisposalRow
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow


@dataclass(frozen=True)
class Planned:
    """What would go of one class, and how much stays although it is old enough.

    `kept` counts conversations; of deliveries, what was told.
    """

    disposed: Disposed
    latest: datetime
    kept: int

    def report(self) -> dict[str, Any]:
        return {**asdict(self.disposed), "up_to": self.latest.isoformat(), "kept": self.kept}


async def plan(session: AsyncSession, permission: Permission, now: datetime) -> list[Planned]:
    """Return for each class what is due at `now`."""
    return [
        await _planned(session, category, latest)
        for category, latest in permission.days.latest(now).items()
    ]


async def protocol(session: AsyncSession) -> Sequence[DisposalRow]:
    """Return the protocol's lines, the oldest first."""
    query = select(DisposalRow).order_by(DisposalRow.at, DisposalRow.id)
    return (await session.scalars(query)).all()


async def _planned(session: AsyncSession, category: Category, latest: datetime) -> Planned:
    if category is Category.DELIVERY:
        told = select(func.count()).select_from(OutboxRow)
        going = await session.scalar(told.where(delivery_due(latest))) or 0
        staying = told.where(OutboxRow.at <= latest, delivery_kept())
        return Planned(Disposed(category, events=going), latest, await session.scalar(staying) or 0)
    row = ConversationRow
    ripe = select(row.id).where(due(category, latest))
    held = select(func.count()).select_from(row).where(aged(category, latest), kept())
    alone = [errand_alone(latest)] if category is Category.ERRAND else []
    errands = or_(ErrandRow.conversation_id.in_(ripe), *alone)
    counts = (
        select(func.count()).select_from(ripe.subquery()),
        select(func.count()).select_from(EventRow).where(EventRow.conversation_id.in_(ripe)),
        select(func.count()).select_from(ErrandRow).where(errands),
        held,
    )
    conversations, events, also, stay = [await session.scalar(one) or 0 for one in counts]
    return Planned(Disposed(category, conversations, events, also), latest, stay)
