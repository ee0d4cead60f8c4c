"""Deleting rows, and the line of the protocol that says so, in the caller's transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.log import Deed, record
from connectors.retention.due import delivery_due, errand_alone
from connectors.retention.model import Category, Cause, Decision, Disposed
from connectors.storage.database import Database
from connectors.storage.outbox_tables import OutboxRow
from connectors.storage.record_tables import DisposalRow
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow

SYSTEM = "system"
RUN = "retention.run"


@dataclass(frozen=True)
class Warrant:
    """What is deleted why, when, and by which decision."""

    category: Category
    cause: Cause
    at: datetime
    decision: Decision


DisposeRest = Callable[[Database, AsyncSession, datetime, int, Warrant], Awaitable[Disposed]]


async def count(
    session: AsyncSession, category: Category, conversations: Sequence[UUID]
) -> Disposed:
    """Return what there is of these conversations."""
    events = select(func.count()).where(EventRow.conversation_id.in_(conversations))
    errands = select(func.count()).where(ErrandRow.conversation_id.in_(conversations))
    return Disposed(
        category,
        len(conversations),
        await session.scalar(events) or 0,
        await session.scalar(errands) or 0,
    )


async def still(
    session: AsyncSession, chosen: Sequence[UUID], condition: ColumnElement[bool]
) -> Sequence[UUID]:
    """Lock the chosen conversations, and return those that the condition holds for even now.

    The lock comes first: whoever places a hold or names a conversation in a request holds its row,
    too, so that what they have stored is seen here, or they find no conversation any longer.
    """
    row = ConversationRow
    await session.execute(select(row.id).where(row.id.in_(chosen)).with_for_update())
    return (await session.scalars(select(row.id).where(row.id.in_(chosen), condition))).all()


async def dispose(
    database: Database, session: AsyncSession, conversations: Sequence[UUID], warrant: Warrant
) -> Disposed:
    """Delete locked conversations with all that belongs to them, and write it in the protocol."""
    done = await count(session, warrant.category, conversations)
    if not done:
        return done
    row = ErrandRow
    of_these = row.conversation_id.in_(conversations)
    errands = (await session.scalars(select(row.id).where(of_these))).all()
    await _forget_told(session, [*conversations, *errands])
    await session.execute(delete(row).where(of_these))
    await session.execute(delete(ConversationRow).where(ConversationRow.id.in_(conversations)))
    await _write(database, session, done, warrant)
    return done


async def dispose_errands_alone(
    database: Database, session: AsyncSession, latest: datetime, most: int, warrant: Warrant
) -> Disposed:
    """Delete up to `most` errands whose conversation is gone, done at `latest` or before."""
    row = ErrandRow
    query = select(row.id).where(errand_alone(latest)).limit(most).with_for_update()
    errands = (await session.scalars(query)).all()
    done = Disposed(warrant.category, errands=len(errands))
    if done:
        await _forget_told(session, errands)
        await session.execute(delete(row).where(row.id.in_(errands)))
        await _write(database, session, done, warrant)
    return done


async def dispose_deliveries(
    database: Database, session: AsyncSession, latest: datetime, most: int, warrant: Warrant
) -> Disposed:
    """Delete up to `most` of what was told to other systems at `latest` or before."""
    row = OutboxRow
    query = select(row.id).where(delivery_due(latest)).limit(most).with_for_update()
    told = (await session.scalars(query)).all()
    done = Disposed(warrant.category, events=len(told))
    if done:
        await session.execute(delete(row).where(row.id.in_(told)))
        await _write(database, session, done, warrant)
    return done


async def _forget_told(session: AsyncSession, subjects: Sequence[UUID]) -> None:
    """Delete what other systems were told of these conversations and errands, or will be."""
    subject = OutboxRow.body["subject"].as_string()
    await session.execute(delete(OutboxRow).where(subject.in_(map(str, subjects))))


async def _write(
    database: Database, session: AsyncSession, done: Disposed, warrant: Warrant
) -> None:
    counts = {
        "conversations": done.conversations,
        "events": done.events,
        "errands": done.errands,
    }
    session.add(
        DisposalRow(
            id=uuid4(),
            at=warrant.at,
            category=warrant.category.value,
            cause=warrant.cause.value,
            decision=warrant.decision.in_protocol(),
            **counts,
        )
    )
    if warrant.cause is Cause.DUE:
        detail = {"category": warrant.category.value, **counts}
        deed = Deed(SYSTEM, SYSTEM, RUN, subject=warrant.decision.number, detail=detail)
        await record(database, session, deed, warrant.at)
