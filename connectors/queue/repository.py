"""The queue: oldest first. It is nothing but the conversations that wait."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.storage.tables import AgentRow, ConversationRow, EventRow, SeenRow

WAITING, ACTIVE = "waiting", "active"


@dataclass(frozen=True)
class Line:
    """A conversation as one line of a list at the desk."""

    conversation_id: UUID
    state: str
    queued_at: datetime | None
    last_at: datetime
    question: str | None
    reason: str | None
    topic: str | None
    agent_name: str | None
    unread: int


async def place(session: AsyncSession, conversation: ConversationRow) -> int | None:
    """Return the conversation's place in the queue (1 is next), or None if it does not wait."""
    if conversation.state != WAITING:
        return None
    row = ConversationRow
    earlier = or_(
        row.queued_at < conversation.queued_at,
        and_(row.queued_at == conversation.queued_at, row.id < conversation.id),
    )
    query = select(func.count()).where(row.state == WAITING, earlier)
    return 1 + (await session.scalar(query) or 0)


async def waiting(session: AsyncSession, agent_id: UUID) -> list[Line]:
    """Return everybody who waits, oldest first, as `agent_id` sees it."""
    row = ConversationRow
    query = _lines(agent_id, row.state == WAITING).order_by(row.queued_at, row.id)
    return [Line(*found) for found in await session.execute(query)]


async def held_by(session: AsyncSession, agent_id: UUID) -> list[Line]:
    """Return the conversations that the agent holds, oldest first."""
    row = ConversationRow
    mine = and_(row.state == ACTIVE, row.agent_id == agent_id)
    query = _lines(agent_id, mine).order_by(row.queued_at, row.id)
    return [Line(*found) for found in await session.execute(query)]


def _lines(agent_id: UUID, which: ColumnElement[bool]) -> Select[Any]:
    row = ConversationRow
    last_words = (
        select(EventRow.text)
        .where(EventRow.conversation_id == row.id, EventRow.seq == row.last_citizen_seq)
        .correlate(row)
        .scalar_subquery()
    )
    seen = func.coalesce(
        select(SeenRow.seq)
        .where(SeenRow.conversation_id == row.id, SeenRow.agent_id == agent_id)
        .correlate(row)
        .scalar_subquery(),
        0,
    )
    unread = (
        select(func.count())
        .where(
            EventRow.conversation_id == row.id,
            EventRow.seq > seen,
            EventRow.actor == "citizen",
            EventRow.type == "message",
        )
        .correlate(row)
        .scalar_subquery()
    )
    return (
        select(
            row.id,
            row.state,
            row.queued_at,
            row.last_at,
            last_words,
            row.reason,
            row.topic,
            AgentRow.name,
            unread,
        )
        .outerjoin(AgentRow, and_(AgentRow.id == row.agent_id, row.state == ACTIVE))
        .where(which)
    )
