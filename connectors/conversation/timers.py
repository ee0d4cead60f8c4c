"""What shall happen to a conversation later. Kept in the database, so a restart forgets nothing."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.storage.tables import TimerRow


class Timer(StrEnum):
    """What a timer is for."""

    OFFER = "offer"  # the agent who is asked has not answered
    SILENCE = "silence"  # the citizen has not answered: warn
    ENDING = "ending"  # nor after the warning: end


async def start(session: AsyncSession, conversation_id: UUID, kind: Timer, at: datetime) -> None:
    """Let it be due at `at`, in the place of what was said before."""
    await session.merge(TimerRow(conversation_id=conversation_id, kind=kind.value, due_at=at))


async def stop(session: AsyncSession, conversation_id: UUID, *kinds: Timer) -> None:
    """Forget these timers; all of them if none is named."""
    row = TimerRow
    wanted = [row.kind.in_([kind.value for kind in kinds])] if kinds else []
    # What `start` has added in this transaction must be there to be deleted.
    await session.flush()
    await session.execute(
        delete(row).where(row.conversation_id == conversation_id, *wanted),
        execution_options={"synchronize_session": "fetch"},
    )


async def running(session: AsyncSession, conversation_id: UUID) -> bool:
    """Tell whether anything shall happen to the conversation."""
    row = TimerRow
    query = select(row.kind).where(row.conversation_id == conversation_id).limit(1)
    return await session.scalar(query) is not None


async def bring_forward(session: AsyncSession, kind: Timer, latest: datetime) -> None:
    """Let every timer of a kind be due at `latest` at the latest."""
    row = TimerRow
    await session.execute(
        update(row).where(row.kind == kind.value, row.due_at > latest).values(due_at=latest)
    )


async def due_at(session: AsyncSession, conversation_id: UUID, kind: Timer) -> datetime | None:
    row = TimerRow
    query = select(row.due_at).where(row.conversation_id == conversation_id, row.kind == kind.value)
    return await session.scalar(query)


async def due(session: AsyncSession, now: datetime, most: int) -> Sequence[tuple[UUID, Timer]]:
    """Return what is due, the oldest first."""
    row = TimerRow
    query = select(row.conversation_id, row.kind).where(row.due_at <= now)
    found = await session.execute(query.order_by(row.due_at).limit(most))
    return [(conversation_id, Timer(kind)) for conversation_id, kind in found]
