"""Giving a conversation to an agent: one conditional update, under the agent's own lock.

Locks are always taken in the same order, agents (by id) before conversations, so that nobody
waits for somebody who waits for them.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation.model import State
from connectors.conversation.rules import DeskRules
from connectors.errors import NoCapacity
from connectors.queue import repository
from connectors.storage.database import insert_into
from connectors.storage.tables import ConversationRow, PresenceRow


async def lock_presence(
    session: AsyncSession, agent_id: UUID, rules: DeskRules, now: datetime
) -> PresenceRow:
    """Lock the agent's row; who has none yet gets one, doing what the rules name first.

    The agent acts just now, so the lease begins anew.
    """
    values = {
        "agent_id": agent_id,
        "status": rules.first_status.id,
        "since": now,
        "lease_until": now + rules.lease,
    }
    added = insert_into(session, PresenceRow).values(values)
    await session.execute(added.on_conflict_do_nothing())
    row = await session.get_one(PresenceRow, agent_id, with_for_update=True, populate_existing=True)
    row.lease_until = now + rules.lease
    return row


async def lock_all(session: AsyncSession, agent_ids: Iterable[UUID]) -> dict[UUID, PresenceRow]:
    """Lock the rows of several agents, in the order of their ids."""
    found = {}
    for agent_id in sorted(agent_ids):
        row = await session.get(PresenceRow, agent_id, with_for_update=True, populate_existing=True)
        if row is not None:
            found[agent_id] = row
    return found


async def has_room(session: AsyncSession, presence: PresenceRow, rules: DeskRules) -> bool:
    """Tell whether the agent can have one more. The row's lock is held."""
    held = await repository.load(session, presence.agent_id)
    return held < rules.limit(presence.status)


async def check_room(session: AsyncSession, presence: PresenceRow, rules: DeskRules) -> None:
    """Raises NoCapacity: the agent has as many as the status leaves room for."""
    if await has_room(session, presence, rules):
        return
    status = rules.status(presence.status)
    raise NoCapacity(
        status=status.title if status else presence.status, limit=rules.limit(presence.status)
    )


async def is_offered(session: AsyncSession, conversation_id: UUID, agent_id: UUID) -> bool:
    """Tell whether the conversation is offered to the agent, and so counts already."""
    row = ConversationRow
    query = select(row.id).where(
        row.id == conversation_id, row.state == State.OFFERED.value, row.agent_id == agent_id
    )
    return await session.scalar(query) is not None


async def claim(session: AsyncSession, conversation_id: UUID, agent_id: UUID) -> bool:
    """Give a conversation that waits, or is offered to the agent, to them; only one can win."""
    row = ConversationRow
    free = or_(
        row.state == State.WAITING.value,
        (row.state == State.OFFERED.value) & (row.agent_id == agent_id),
    )
    taken = await session.execute(
        update(row)
        .where(row.id == conversation_id, free)
        .values(state=State.ACTIVE.value, agent_id=agent_id, fence=row.fence + literal(1))
        .returning(row.id),
        execution_options={"synchronize_session": False},
    )
    return taken.first() is not None
