"""Handing a conversation on to a colleague, or to a department."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.log import Deed, record
from connectors.audit.model import Action
from connectors.conversation.model import Actor, Move, Status
from connectors.conversation.repeats import already_moved
from connectors.conversation.rules import DeskRules
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import DESK, PLACES, conversation_topic
from connectors.desk import access
from connectors.desk.model import Agent, NoteKind
from connectors.desk.noting import NoteWish, Noting
from connectors.errors import AgentNotFound, DepartmentAway, InvalidRequest
from connectors.queue import claims
from connectors.queue import repository as queue
from connectors.queue.model import DepartmentView
from connectors.storage.tables import AgentRow, ConversationRow

_NOTE = NoteKind.NOTE


class Transferring:
    """Nobody is handed to somebody who is not there."""

    def __init__(self, conversations: Conversations, noting: Noting) -> None:
        self._conversations, self._noting = conversations, noting

    async def departments(self) -> list[DepartmentView]:
        """Return every department, in the order of the file, with how many are at the desk."""
        async with self._conversations.database.read() as session:
            there = await queue.staffed(session, self._now())
        return [
            DepartmentView(id=one.id, title=one.title, online=there[one.id])
            for one in self._rules.departments
        ]

    async def to_colleague(
        self, agent: Agent, conversation_id: UUID, username: str, note: str, move_id: UUID
    ) -> Status:
        """Ask a colleague to take over; who does not answer in time leaves it to the queue.

        Raises:
            AgentNotFound: there is no such colleague at the desk now.
            NoCapacity: the colleague has as many as the status leaves room for.
            MoveNotAllowed, ConversationClosed, NotYours: not now, or not by this agent.
            IdReused: the id was used for another move, or for a note of another conversation.
        """
        wish = await self._noting.storable(NoteWish(move_id, _NOTE, note))
        async with self._conversations.database.write() as session:
            colleague = await self._colleague(session, agent, username)
            presence = (await claims.lock_all(session, [colleague])).get(colleague)
            conversation = await access.locked(session, agent, conversation_id, move_id)
            move = Move.TRANSFER
            repeated = await already_moved(session, conversation, Actor.AGENT, move, move_id)
            if not repeated:
                await access.check_holds(session, agent, conversation)
                if presence is None or presence.lease_until <= self._now():
                    raise AgentNotFound
                await claims.check_room(session, presence, self._rules)
                conversation.agent_id = colleague
                await self._go(session, agent, conversation, move, wish)
            status = await self._conversations.status(session, conversation)
            if not repeated:
                await self._record(session, agent, conversation_id, {"colleague": username})
        self._wake(conversation_id)
        return status

    async def to_department(
        self, agent: Agent, conversation_id: UUID, department: str, note: str, move_id: UUID
    ) -> Status:
        """Let a department's agents take over; the citizen keeps their time in the queue.

        Raises:
            InvalidRequest: there is no such department.
            DepartmentAway: nobody of it is at the desk now.
            MoveNotAllowed, ConversationClosed, NotYours: not now, or not by this agent.
            IdReused: the id was used for another move, or for a note of another conversation.
        """
        found = self._rules.department(department)
        if found is None:
            raise InvalidRequest(fields=["department"])
        wish = await self._noting.storable(NoteWish(move_id, _NOTE, note))
        async with self._conversations.database.write() as session:
            conversation = await access.locked(session, agent, conversation_id, move_id)
            move = Move.RETURN_TO_QUEUE
            repeated = await already_moved(session, conversation, Actor.AGENT, move, move_id)
            if not repeated:
                await access.check_holds(session, agent, conversation)
                if found.id not in await queue.staffed(session, self._now()):
                    raise DepartmentAway(department=found.title)
                conversation.department = found.id
                await self._go(session, agent, conversation, move, wish)
            status = await self._conversations.status(session, conversation)
            if not repeated:
                await self._record(session, agent, conversation_id, {"department": found.id})
        self._wake(conversation_id)
        return status

    async def _go(
        self,
        session: AsyncSession,
        agent: Agent,
        conversation: ConversationRow,
        move: Move,
        wish: NoteWish,
    ) -> None:
        """Make the move; its note has the same id."""
        row, _ = await self._noting.write(session, agent, conversation, wish)
        mover = self._conversations.mover
        await mover.enter(session, conversation, move, agent.party, wish.id, note=row.text)

    async def _record(
        self, session: AsyncSession, agent: Agent, conversation_id: UUID, to: dict[str, str]
    ) -> None:
        deed = Deed.of(agent, Action.CONVERSATION_TRANSFER, conversation_id, detail=to)
        await record(self._conversations.database, session, deed, self._now())

    async def _colleague(self, session: AsyncSession, agent: Agent, username: str) -> UUID:
        query = select(AgentRow).where(AgentRow.username == username)
        found = await session.scalar(query)
        if found is None or found.id == agent.id or "agent" not in found.roles:
            raise AgentNotFound
        return found.id

    @property
    def _rules(self) -> DeskRules:
        return self._conversations.mover.rules.get()

    def _now(self) -> datetime:
        return self._conversations.now()

    def _wake(self, conversation_id: UUID) -> None:
        self._conversations.wakeups.wake(conversation_topic(conversation_id), DESK, PLACES)
