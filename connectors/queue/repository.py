"""The queue: most urgent first, then oldest. It is nothing but the conversations that wait."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from connectors.conversation.model import HELD, IN_QUEUE, WITH_AGENT, Move, State
from connectors.conversation.repository import last_part
from connectors.conversation.timers import Timer
from connectors.queue.model import Line
from connectors.storage.tables import (
    ANSWER,
    QUESTION,
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
_WITH_AGENT = tuple(state.value for state in WITH_AGENT)
_OPEN = tuple({*_IN_QUEUE, *_HELD})
_NOT: ColumnElement[bool] = false()
_ORDER = (ConversationRow.priority.desc(), ConversationRow.queued_at, ConversationRow.id)


async def place(session: AsyncSession, conversation: ConversationRow) -> int | None:
    """Return the conversation's place in the queue (1 is next), or None if it does not wait.

    Who waits for a department stands in a queue of its own.
    """
    if conversation.state not in _IN_QUEUE:
        return None
    row = ConversationRow
    as_urgent = row.priority == conversation.priority
    earlier = or_(
        row.priority > conversation.priority,
        and_(as_urgent, row.queued_at < conversation.queued_at),
        and_(as_urgent, row.queued_at == conversation.queued_at, row.id < conversation.id),
    )
    same_queue = row.department.is_not_distinct_from(conversation.department)
    query = select(func.count()).where(row.state.in_(_IN_QUEUE), same_queue, earlier)
    return 1 + (await session.scalar(query) or 0)


async def count_waiting(session: AsyncSession) -> int:
    """Return how many wait for the generalists."""
    row = ConversationRow
    query = select(func.count()).where(row.state.in_(_IN_QUEUE), row.department.is_(None))
    return await session.scalar(query) or 0


async def waiting(session: AsyncSession, most: int) -> Sequence[tuple[UUID, str | None]]:
    """Return who waits and is offered to nobody, in the queue's order, and for which department."""
    row = ConversationRow
    is_waiting = row.state == State.WAITING.value
    query = select(row.id, row.department).where(is_waiting).order_by(*_ORDER).limit(most)
    return [(found, department) for found, department in await session.execute(query)]


async def staffed(session: AsyncSession, now: datetime) -> Counter[str]:
    """Return how many agents of each department are at the desk."""
    query = select(AgentRow.departments).join(PresenceRow).where(PresenceRow.lease_until > now)
    return Counter(one for departments in await session.scalars(query) for one in departments)


def served_by(departments: Sequence[str], there: Collection[str]) -> ColumnElement[bool]:
    """Tell whether a conversation is for an agent of `departments`.

    Generalists take everything that no department has, and what one has of whom nobody is
    `there` any longer: nobody waits for nobody.
    """
    row = ConversationRow
    if departments:
        return row.department.in_(departments)
    return or_(row.department.is_(None), row.department.not_in(there))


async def lock_next(session: AsyncSession, served: ColumnElement[bool]) -> ConversationRow | None:
    """Lock whoever is next of those `served`, after those who hold the row have let go of it.

    Nobody is passed over because their row is locked for a moment: that would let a later one
    go first.
    """
    row = ConversationRow
    waiting = and_(row.state == State.WAITING.value, served)
    query = select(row).where(waiting).order_by(*_ORDER)
    # When the row that was waited for has been taken meanwhile, it is not returned: look again.
    while await session.scalar(select(row.id).where(waiting).limit(1)):
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
    row, mine = ConversationRow, _has(agent_id)
    which = and_(row.state.in_(_OPEN), or_(row.state.in_(_IN_QUEUE), mine))
    found = await session.execute(_lines(agent_id, which).add_columns(mine).order_by(*_ORDER))
    waiting: list[Line] = []
    held: list[Line] = []
    for *columns, is_mine in found:
        (held if is_mine else waiting).append(Line(*columns))
    return waiting, sorted(held, key=_since)


async def mine(session: AsyncSession, agent_id: UUID) -> list[Line]:
    """Return whom `agent_id` has or is asked to take, as `lists` does."""
    found = await session.execute(_lines(agent_id, _has(agent_id)))
    return sorted((Line(*columns) for columns in found), key=_since)


def _has(agent_id: UUID) -> ColumnElement[bool]:
    return and_(ConversationRow.state.in_(_HELD), ConversationRow.agent_id == agent_id)


def _since(line: Line) -> tuple[datetime, UUID]:
    return line.queued_at or line.last_at, line.conversation_id


async def held_by_others(session: AsyncSession, agent_id: UUID) -> list[Line]:
    """Return what other agents have and answer in, oldest first."""
    row = ConversationRow
    theirs = and_(row.state.in_(_WITH_AGENT), row.agent_id != agent_id)
    query = _lines(agent_id, theirs, _joined(agent_id)).order_by(*_ORDER)
    return [Line(*columns) for columns in await session.execute(query)]


async def asked(session: AsyncSession, agent_id: UUID, departments: Sequence[str]) -> list[Line]:
    """Return the conversations with a question to `departments` that nobody has answered."""
    if not departments:
        return []
    row, question, answer = ConversationRow, aliased(NoteRow), aliased(NoteRow)
    answered = exists().where(
        answer.conversation_id == question.conversation_id,
        answer.kind == ANSWER,
        answer.department == question.department,
        answer.at >= question.at,
    )
    is_open = exists().where(
        question.conversation_id == row.id,
        question.kind == QUESTION,
        question.department.in_(departments),
        ~answered,
    )
    query = _lines(agent_id, and_(row.state.in_(_OPEN), is_open)).order_by(*_ORDER)
    return [Line(*columns) for columns in await session.execute(query)]


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


def _lines(
    agent_id: UUID, which: ColumnElement[bool], joined: ColumnElement[bool] = _NOT
) -> Select[Any]:
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
            _last_message(EventRow.agent_name),
            _last_message(EventRow.text),
            _waiting_since(),
            _unread(agent_id),
            _notes(),
            row.department,
            joined,
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


def _joined(agent_id: UUID) -> ColumnElement[bool]:
    last = _scalar(last_part(_of_this(), agent_id))
    return func.coalesce(last == Move.JOIN.value, false())


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
