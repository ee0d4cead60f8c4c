"""Holds: reasons why a conversation must not be deleted, however old it is."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Decision
from connectors.storage.record_tables import HoldRow

SYSTEM = "system"


class HoldReason(StrEnum):
    """Why a conversation is held."""

    THREAT = "threat"  # a threat against staff or others: it may become evidence
    APPEAL = "appeal"  # a decision that it bears on is appealed
    OTHER = "other"


async def place(
    session: AsyncSession, conversation_id: UUID, reason: HoldReason, by: str, now: datetime
) -> HoldRow:
    """Hold a conversation; where it is held for this reason already, that hold is returned.

    The caller holds the conversation's lock.

    Args:
        by: a username, or `system`.
    """
    before = [one for one in await held(session, conversation_id) if one.reason == reason.value]
    if before:
        return before[0]
    hold = HoldRow(
        id=uuid4(),
        conversation_id=conversation_id,
        reason=reason.value,
        placed_at=now,
        placed_by=by,
    )
    session.add(hold)
    await session.flush()
    return hold


async def lift(session: AsyncSession, hold_id: UUID, by: str, now: datetime) -> bool:
    """End a hold; False if there is none, or if it has ended before. The row stays."""
    row = HoldRow
    ended = await session.execute(
        update(row)
        .where(row.id == hold_id, row.lifted_at.is_(None))
        .values(lifted_at=now, lifted_by=by)
        .returning(row.id)
    )
    return ended.first() is not None


async def held(session: AsyncSession, conversation_id: UUID) -> Sequence[HoldRow]:
    """Return the holds that have not been lifted, the oldest first."""
    row = HoldRow
    query = select(row).where(row.conversation_id == conversation_id, row.lifted_at.is_(None))
    return (await session.scalars(query.order_by(row.placed_at))).all()


async def hold_threat(
    session: AsyncSession, conversation_id: UUID, decision: Decision, now: datetime
) -> None:
    """Hold the conversation of a threat, in the transaction that stores what was answered."""
    if decision.threat:
        await place(session, conversation_id, HoldReason.THREAT, SYSTEM, now)
