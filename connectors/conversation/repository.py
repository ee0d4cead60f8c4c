"""The conversation's rows. Nothing here commits: the caller's transaction does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Outcome
from connectors.conversation.model import (
    IN_QUEUE,
    WITH_AGENT,
    Actor,
    Move,
    Party,
    State,
    Survey,
)
from connectors.storage.tables import (
    AgentRow,
    ConversationRow,
    EventRow,
    FeedbackRow,
    PresenceRow,
    SurveyRow,
    WaitRow,
    is_generalist,
)

LOOKUPS_FOR = timedelta(minutes=10)
_BEFORE = 2  # messages of a citizen that tell what the next one is about
_WITH_AGENT = tuple(state.value for state in (*WITH_AGENT, State.WRAP_UP))
_IN_QUEUE = tuple(state.value for state in IN_QUEUE)


async def find(session: AsyncSession, conversation_id: UUID) -> ConversationRow | None:
    return await session.get(ConversationRow, conversation_id)


async def lock(session: AsyncSession, conversation_id: UUID) -> ConversationRow | None:
    """Return the row and keep others from changing it until the transaction ends.

    Whoever holds it gives out the next `seq`, which therefore has no gaps. On
    SQLite the write transaction itself is the lock.
    """
    return await session.get(ConversationRow, conversation_id, with_for_update=True)


async def by_client_id(session: AsyncSession, client_id: UUID) -> ConversationRow | None:
    query = select(ConversationRow).where(ConversationRow.client_id == client_id)
    return await session.scalar(query)


def create(  # noqa: PLR0913  # what is known of a new conversation
    session: AsyncSession,
    client_id: UUID,
    secret_hash: str,
    *,
    page: str | None,
    language: str,
    audience: str,
    kind: str,
    now: datetime,
) -> ConversationRow:
    row = ConversationRow(
        id=uuid4(),
        client_id=client_id,
        secret_hash=secret_hash,
        state=State.BOT.value,
        fence=0,
        seq=0,
        answered_seq=0,
        last_citizen_seq=0,
        page=page,
        language=language,
        audience=audience,
        kind=kind,
        priority=0,
        created_at=now,
        last_at=now,
    )
    session.add(row)
    return row


def append(
    session: AsyncSession,
    conversation: ConversationRow,
    by: Party,
    now: datetime,
    **fields: Any,
) -> EventRow:
    """Add the conversation's next event. The caller holds the conversation's lock."""
    conversation.seq += 1
    conversation.last_at = now
    row = EventRow(
        conversation_id=conversation.id,
        seq=conversation.seq,
        at=now,
        actor=by.actor.value,
        agent_id=by.agent_id,
        agent_name=by.name,
        **fields,
    )
    session.add(row)
    return row


async def begin_wait(
    session: AsyncSession, conversation: ConversationRow, began_at: datetime
) -> None:
    """Keep that a wait begins, with who stands before it and how many agents are there.

    It begins for the generalists: only they can let a department have it.
    """
    row = ConversationRow
    ahead = select(func.count()).where(
        row.state.in_(_IN_QUEUE),
        row.department.is_(None),
        row.id != conversation.id,
        row.queued_at < began_at,
    )
    session.add(
        WaitRow(
            conversation_id=conversation.id,
            began_at=began_at,
            audience=conversation.audience,
            ahead=await session.scalar(ahead) or 0,
            agents=await count_present(session, began_at),
        )
    )


async def end_wait(
    session: AsyncSession, conversation: ConversationRow, now: datetime, *, served: bool
) -> None:
    """Keep how a wait ended. The first end counts: what comes back waits no second time."""
    await session.execute(
        update(WaitRow)
        .where(WaitRow.conversation_id == conversation.id, WaitRow.ended_at.is_(None))
        .values(ended_at=now, served=served)
    )


async def events_after(
    session: AsyncSession, conversation: ConversationRow, after: int
) -> Sequence[EventRow]:
    """Return the events after `after`, up to the one that the row was read with."""
    if after >= conversation.seq:
        return []
    query = (
        select(EventRow)
        .where(
            EventRow.conversation_id == conversation.id,
            EventRow.seq > after,
            EventRow.seq <= conversation.seq,
        )
        .order_by(EventRow.seq)
    )
    return (await session.scalars(query)).all()


async def message_by_id(
    session: AsyncSession, conversation_id: UUID, actor: Actor, client_message_id: UUID
) -> EventRow | None:
    query = select(EventRow).where(
        EventRow.conversation_id == conversation_id,
        EventRow.actor == actor.value,
        EventRow.client_message_id == client_message_id,
    )
    return await session.scalar(query)


async def said_before(
    session: AsyncSession, conversation_id: UUID, client_message_id: UUID
) -> Sequence[str]:
    """Return what the citizen wrote right before a message, the oldest first.

    A repeat of the message is told the same as the first try was.
    """
    own = EventRow.conversation_id == conversation_id, EventRow.actor == Actor.CITIZEN.value
    repeated = select(EventRow.seq).where(*own, EventRow.client_message_id == client_message_id)
    stored = await session.scalar(repeated)
    query = select(EventRow.text).where(*own, EventRow.type == "message")
    if stored is not None:
        query = query.where(EventRow.seq < stored)
    last = await session.scalars(query.order_by(EventRow.seq.desc()).limit(_BEFORE))
    return [text for text in last if text][::-1]


async def move_by_id(
    session: AsyncSession, conversation_id: UUID, actor: Actor, move_id: UUID
) -> Move | None:
    query = select(EventRow.move).where(
        EventRow.conversation_id == conversation_id,
        EventRow.actor == actor.value,
        EventRow.move_id == move_id,
    )
    found = await session.scalar(query)
    return None if found is None else Move(found)


async def last_decision(session: AsyncSession, conversation_id: UUID) -> dict[str, Any] | None:
    """Return the bot's last decision as it was stored."""
    query = (
        select(EventRow.decision)
        .where(
            EventRow.conversation_id == conversation_id,
            EventRow.actor == Actor.BOT.value,
            EventRow.type == "message",
        )
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def lookups(session: AsyncSession, conversation_id: UUID, now: datetime) -> int:
    """Return how many people the bot was asked for within `LOOKUPS_FOR` before `now`."""
    decision: Any = EventRow.decision
    query = select(func.count()).where(
        EventRow.conversation_id == conversation_id,
        EventRow.at >= now - LOOKUPS_FOR,
        decision["outcome"].as_string() == Outcome.PERSON_LOOKUP.value,
    )
    return await session.scalar(query) or 0


async def decisions_since_move(
    session: AsyncSession, conversation_id: UUID
) -> Sequence[dict[str, Any]]:
    """Return the bot's decisions since it got the conversation last, oldest first."""
    last_move = (
        select(EventRow.seq)
        .where(EventRow.conversation_id == conversation_id, EventRow.type == "state")
        .order_by(EventRow.seq.desc())
        .limit(1)
    )
    start = await session.scalar(last_move) or 0
    query = (
        select(EventRow.decision)
        .where(
            EventRow.conversation_id == conversation_id,
            EventRow.seq > start,
            EventRow.decision.is_not(None),
        )
        .order_by(EventRow.seq)
    )
    return [decision for decision in await session.scalars(query) if decision is not None]


async def left_at(session: AsyncSession, conversation_id: UUID, agent_id: UUID) -> int | None:
    """Return the event by which the agent lost the conversation that they took last.

    Returns:
        None if they never took it, or hold it still.
    """
    moves = select(EventRow.seq).where(
        EventRow.conversation_id == conversation_id, EventRow.type == "state"
    )
    took = moves.where(EventRow.move == Move.TAKE.value, EventRow.agent_id == agent_id)
    start = await session.scalar(took.order_by(EventRow.seq.desc()).limit(1))
    if start is None:
        return None
    left = moves.where(EventRow.seq > start, EventRow.state.not_in(_WITH_AGENT))
    return await session.scalar(left.order_by(EventRow.seq).limit(1))


async def takes_part(session: AsyncSession, conversation_id: UUID, agent_id: UUID) -> bool:
    """Tell whether the agent has joined whoever holds the conversation now, and not left again."""
    of_this = EventRow.conversation_id == conversation_id
    return await session.scalar(last_part(of_this, agent_id)) == Move.JOIN.value


def last_part(of_this: ColumnElement[bool], agent_id: UUID) -> Select[str | None]:
    """Select the move that says last whether the agent takes part: `join`, or not."""
    own = EventRow.move.in_([Move.JOIN.value, Move.LEAVE.value]) & (EventRow.agent_id == agent_id)
    moves = select(EventRow.move).where(of_this, own | (EventRow.move == Move.TAKE.value))
    return moves.order_by(EventRow.seq.desc()).limit(1)


async def count_present(session: AsyncSession, now: datetime) -> int:
    """Return how many generalists are at the desk."""
    there = select(func.count()).select_from(PresenceRow).join(AgentRow)
    query = there.where(PresenceRow.lease_until > now, is_generalist())
    return await session.scalar(query) or 0


async def event(session: AsyncSession, conversation_id: UUID, seq: int) -> EventRow | None:
    return await session.get(EventRow, (conversation_id, seq))


async def store_feedback(
    session: AsyncSession, answer: EventRow, helpful: bool, now: datetime
) -> None:
    """Keep what the citizen says of `answer`, in the place of what was said before."""
    row = FeedbackRow(
        conversation_id=answer.conversation_id, seq=answer.seq, helpful=helpful, at=now
    )
    await session.merge(row)


async def store_survey(
    session: AsyncSession, conversation_id: UUID, survey: Survey, now: datetime
) -> None:
    """Keep what the citizen says of the conversation, in the place of what was said before."""
    await session.merge(SurveyRow(conversation_id=conversation_id, at=now, **survey.model_dump()))


async def unanswered(session: AsyncSession, now: datetime, older_than_s: float) -> Sequence[UUID]:
    """Return the conversations where the bot owes a reply."""
    query = select(ConversationRow.id).where(
        ConversationRow.state == State.BOT.value,
        ConversationRow.last_citizen_seq > ConversationRow.answered_seq,
        ConversationRow.last_at <= now - timedelta(seconds=older_than_s),
    )
    return (await session.scalars(query)).all()


async def first_unanswered(session: AsyncSession, conversation: ConversationRow) -> EventRow | None:
    query = (
        select(EventRow)
        .where(
            EventRow.conversation_id == conversation.id,
            EventRow.seq > conversation.answered_seq,
            EventRow.actor == Actor.CITIZEN.value,
            EventRow.type == "message",
        )
        .order_by(EventRow.seq)
        .limit(1)
    )
    return await session.scalar(query)
