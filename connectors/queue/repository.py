"""The queue: most urgent first, then oldest. It is nothing but the conversations that wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation.model import HELD, IN_QUEUE, State
from connectors.conversation.timers import Timer
from connectors.queue.model import Line
from connectors.storage.tables import (
    AgentRow,
    ConversationRow,
    EventRow,
    NoteRow,
    PresenceRow,
    SeenRow,
    TimerRow,
    between_agents,
)

_IN_QUEUE = tuple(state.value for state in IN_QUEUE)
_HELD = tuple(state.value for state in HELD)
_OPEN = tuple({*_IN_QUEUE, *_HELD})
_ORDER = (ConversationRow.priority.desc(), ConversationRow.queued_at, ConversationRow.id)


async def place(session: AsyncSession, conversation: ConversationRow) -> int | None:
    """Return the conversation's place in the queue (1 is next), or None if it does not wait."""
    if conversation.state not in _IN_QUEUE:
        return None
    row = ConversationRow
    as_urgent = row.priority == conversation.priority
    earlier = or_(
        row.priority > conversation.priority,
        and_(as_urgent, row.queued_at < conversation.queued_at),
        and_(as_urgent, row.queued_at == conversation.queued_at, row.id < conversation.id),
    )
    query = select(func.count()).where(row.state.in_(_IN_QUEUE), earlier)
    return 1 + (await session.scalar(query) or 0)


async def count_waiting(session: AsyncSession) -> int:
    query = select(func.count()).where(ConversationRow.state.in_(_IN_QUEUE))
    return await session.scalar(query) or 0


async def waiting_ids(session: AsyncSession, most: int) -> Sequence[UUID]:
    """Return who waits and is offered to nobody, in the queue's order."""
    row = ConversationRow
    query = select(row.id).where(row.state == State.WAITING.value).order_by(*_ORDER).limit(most)
    return (await session.scalars(query)).all()


async def lock_next(session: AsyncSession) -> ConversationRow | None:
    """Lock whoever is next, after those who hold the row now have let go of it.

    Nobody is passed over because their row is locked for a moment: that would let a later one
    go first.
    """
    row = ConversationRow
    query = select(row).where(row.state == State.WAITING.value).order_by(*_ORDER)
    # When the row that was waited for has been taken meanwhile, it is not returned: look again.
    while await session.scalar(select(row.id).where(row.state == State.WAITING.value).limit(1)):
        found = await session.scalar(
            query.limit(1).with_for_update(), execution_options={"populate_existing": True}
        )
        if found is not None:
            return found
    return None


async def lists(session: AsyncSession, agent_id: UUID) -> tuple[list[Line], list[Line]]:
    """Return everybody who waits, and whom `agent_id` has or is asked to take, oldest first.

    One statement sees one moment: nobody stands on both lists, or on neither.
    """
    row = ConversationRow
    mine = and_(row.state.in_(_HELD), row.agent_id == agent_id)
    which = and_(row.state.in_(_OPEN), or_(row.state.in_(_IN_QUEUE), mine))
    found = await session.execute(_lines(agent_id, which).add_columns(mine).order_by(*_ORDER))
    waiting: list[Line] = []
    held: list[Line] = []
    for *columns, is_mine in found:
        (held if is_mine else waiting).append(Line(*columns))
    return waiting, sorted(
        held, key=lambda one: (one.queued_at or one.last_at, one.conversation_id)
    )


async def load(session: AsyncSession, agent_id: UUID) -> int:
    """Return how many conversations the agent has or is asked to take."""
    row = ConversationRow
    query = select(func.count()).where(row.agent_id == agent_id, row.state.in_(_HELD))
    return await session.scalar(query) or 0


async def loads(session: AsyncSession) -> dict[UUID, int]:
    """Return the same of every agent who has any."""
    row = ConversationRow
    query = select(row.agent_id, func.count()).where(row.state.in_(_HELD)).group_by(row.agent_id)
    return {agent: count for agent, count in await session.execute(query) if agent is not None}


async def agents(session: AsyncSession) -> Sequence[tuple[AgentRow, PresenceRow | None]]:
    """Return every account with what it is doing, by name."""
    query = select(AgentRow, PresenceRow).outerjoin(PresenceRow).order_by(AgentRow.name)
    return [(agent, presence) for agent, presence in await session.execute(query)]


async def count_present(session: AsyncSession, now: datetime) -> int:
    query = select(func.count()).where(PresenceRow.lease_until > now)
    return await session.scalar(query) or 0


def _lines(agent_id: UUID, which: ColumnElement[bool]) -> Select[Any]:
    row = ConversationRow
    return (
        select(
            row.id,
            row.state,
            row.kind,
            row.audience,
            row.language,
            row.priority,
            row.queued_at,
            row.last_at,
            _text_at(row.last_citizen_seq),
            row.reason,
            row.topic,
            AgentRow.name,
            _offered_until(),
            _last_message(EventRow.actor),
            _last_message(EventRow.text),
            _waiting_since(),
            _unread(agent_id),
            _notes(),
        )
        .outerjoin(AgentRow, and_(AgentRow.id == row.agent_id, row.state.in_(_HELD)))
        .where(which)
    )


def _of_this(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(EventRow.conversation_id == ConversationRow.id, *conditions)


def _scalar(query: Select[Any]) -> ScalarSelect[Any]:
    return query.correlate(ConversationRow).scalar_subquery()


def _text_at(seq: Any) -> ScalarSelect[Any]:
    return _scalar(select(EventRow.text).where(_of_this(EventRow.seq == seq)))


def _last_message(column: Any) -> ScalarSelect[Any]:
    query = select(column).where(_of_this(EventRow.type == "message"))
    return _scalar(query.order_by(EventRow.seq.desc()).limit(1))


def _waiting_since() -> ScalarSelect[Any]:
    """When the citizen wrote the first message that no person has answered."""
    answered = (
        select(func.max(EventRow.seq))
        .where(_of_this(EventRow.actor == "agent", EventRow.type == "message"))
        .correlate(ConversationRow)
        .scalar_subquery()
    )
    return _scalar(
        select(func.min(EventRow.at)).where(
            _of_this(
                EventRow.actor == "citizen",
                EventRow.type == "message",
                EventRow.seq > func.coalesce(answered, 0),
            )
        )
    )


def _offered_until() -> ScalarSelect[Any]:
    row = TimerRow
    return _scalar(
        select(row.due_at).where(
            row.conversation_id == ConversationRow.id, row.kind == Timer.OFFER.value
        )
    )


def _unread(agent_id: UUID) -> ScalarSelect[Any]:
    seen = func.coalesce(
        _scalar(
            select(SeenRow.seq).where(
                SeenRow.conversation_id == ConversationRow.id, SeenRow.agent_id == agent_id
            )
        ),
        0,
    )
    mine = _of_this(EventRow.seq > seen, EventRow.actor == "citizen", EventRow.type == "message")
    return _scalar(select(func.count()).select_from(EventRow).where(mine))


def _notes() -> ScalarSelect[Any]:
    query = select(func.count()).select_from(NoteRow)
    return _scalar(query.where(NoteRow.conversation_id == ConversationRow.id, between_agents()))
