"""Looks for states that cannot be, and mends them. What it finds is a fault of ours: it is counted.

offered without its timer       nobody would ever be asked again
waiting or with the bot, but with an agent
held by nobody                  where the database itself does not refuse it
ended, with timers              something would happen to it
a wait without end              its conversation does not wait
"""

from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation import repository, timers
from connectors.conversation.model import HELD, IN_QUEUE, SYSTEM, WITH_AGENT, Move, State
from connectors.conversation.moving import Mover
from connectors.conversation.timers import Timer
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow, TimerRow, WaitRow

log = structlog.get_logger()

_HELD = tuple(state.value for state in HELD)
_IN_QUEUE = tuple(state.value for state in IN_QUEUE)
_FREE = (State.BOT.value, State.WAITING.value)
_ENDED = (State.WRAP_UP.value, State.CLOSED.value)
_WITH_AGENT = tuple(state.value for state in WITH_AGENT)


class Reconciler:
    """Repairs impossible states. `repairs` counts them: it should be 0 for ever."""

    def __init__(self, database: Database, mover: Mover) -> None:
        self._database, self._mover = database, mover
        self.repairs = 0

    async def run(self) -> None:
        """Look through everything once."""
        async with self._database.read() as session:
            found = await _impossible(session)
        for conversation_id in found:
            async with self._database.write() as session:
                if await self._repair(session, conversation_id):
                    self.repairs += 1
                    log.error("conversation_repaired", conversation_id=str(conversation_id))

    async def _repair(self, session: AsyncSession, conversation_id: UUID) -> bool:
        conversation = await repository.lock(session, conversation_id)
        if conversation is None or conversation_id not in await _impossible(
            session, ConversationRow.id == conversation_id
        ):
            return False
        if conversation.state in _FREE:
            conversation.agent_id = None
        elif _must_be_asked_again(conversation):
            conversation.queued_at = conversation.queued_at or self._mover.now()
            await self._mover.enter(session, conversation, Move.REPAIR, SYSTEM)
        if conversation.state in _ENDED:
            await timers.stop(session, conversation_id)
        if conversation.state not in _IN_QUEUE:
            await session.execute(
                update(WaitRow)
                .where(WaitRow.conversation_id == conversation_id, WaitRow.ended_at.is_(None))
                .values(ended_at=self._mover.now(), served=False)
            )
        return True


def _must_be_asked_again(conversation: ConversationRow) -> bool:
    """Tell whether nobody will answer. Else the agent who has it keeps it."""
    held_by_nobody = conversation.state in _WITH_AGENT and conversation.agent_id is None
    return conversation.state == State.OFFERED.value or held_by_nobody


async def _impossible(session: AsyncSession, *which: ColumnElement[bool]) -> Sequence[UUID]:
    row = ConversationRow
    timed = select(TimerRow.conversation_id).where(TimerRow.conversation_id == row.id)
    offered = timed.where(TimerRow.kind == Timer.OFFER.value)
    open_wait = select(WaitRow.conversation_id).where(
        WaitRow.conversation_id == row.id, WaitRow.ended_at.is_(None)
    )
    wrong = or_(
        and_(row.state == State.OFFERED.value, ~offered.exists()),
        and_(row.state.in_(_FREE), row.agent_id.is_not(None)),
        and_(row.state.in_(_HELD), row.agent_id.is_(None)),
        and_(row.state.in_(_ENDED), timed.exists()),
        and_(row.state.not_in(_IN_QUEUE), open_wait.exists()),
    )
    return (await session.scalars(select(row.id).where(wrong, *which))).all()
