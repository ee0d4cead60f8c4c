"""What agents write to each other about a conversation: notes, whispers, questions, answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.log import Deed, note_once, record
from connectors.audit.model import Action
from connectors.conversation.rules import DeskRules
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import DESK, conversation_topic
from connectors.desk import access
from connectors.desk.model import Agent, Named, Note, NoteKind
from connectors.errors import IdReused, InvalidRequest
from connectors.storage.tables import PROPOSALS, ConversationRow, NoteRow, between_agents

TellAsked = Callable[[AsyncSession, ConversationRow, str, datetime], None]
_TO_DEPARTMENTS = frozenset({NoteKind.QUESTION, NoteKind.ANSWER})


@dataclass(frozen=True)
class NoteWish:
    """What an agent writes for the others."""

    id: UUID
    kind: NoteKind
    text: str
    department: str | None = None


class Noting:
    """Keeps what only agents see."""

    def __init__(
        self, conversations: Conversations, *, tell_asked: TellAsked = lambda *_: None
    ) -> None:
        """`tell_asked` lets a department hear of a question, wherever its people are."""
        self._conversations, self._tell_asked = conversations, tell_asked

    async def list(self, agent: Agent, conversation_id: UUID) -> list[Note]:
        """Return what agents have written to each other, oldest first; the audit log says so."""
        database, now = self._conversations.database, self._conversations.now
        async with database.read() as session:
            await access.readable(session, agent, conversation_id)
            of_this = NoteRow.conversation_id == conversation_id
            query = select(NoteRow).where(of_this, between_agents())
            rows = (await session.scalars(query.order_by(NoteRow.at, NoteRow.id))).all()
        deed = Deed.of(agent, Action.CONVERSATION_OPEN, conversation_id)
        await note_once(database, deed, now())
        return [self._shown(row) for row in rows]

    async def add(self, agent: Agent, conversation_id: UUID, wish: NoteWish) -> tuple[Note, bool]:
        """Write something that only agents see; a repeat gets the stored note and False.

        Raises:
            ConversationNotFound: there is none that the agent may read.
            InvalidRequest: a question or an answer without a department, or another note with one.
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
            IdReused: the id was used for a proposal, or in another conversation.
        """
        asks = wish.kind in _TO_DEPARTMENTS
        if asks != (self._rules.department(wish.department) is not None):
            raise InvalidRequest(fields=["department"])
        wish = await self.storable(wish)
        async with self._conversations.database.write() as session:
            conversation = await access.locked(session, agent, conversation_id)
            row, new = await self.write(session, agent, conversation, wish)
            if new and wish.kind is NoteKind.QUESTION and wish.department:
                self._tell_asked(session, conversation, wish.department, row.at)
            if new:
                await self._record(session, agent, row)
        self._conversations.wakeups.wake(conversation_topic(conversation_id), DESK)
        return self._shown(row), new

    async def storable(self, wish: NoteWish) -> NoteWish:
        """Return `wish` with its text as it may be stored.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
        """
        return replace(wish, text=await self._conversations.hearing.staffs(wish.text))

    async def write(
        self, session: AsyncSession, agent: Agent, conversation: ConversationRow, wish: NoteWish
    ) -> tuple[NoteRow, bool]:
        """Add a note, already `storable`, in the caller's transaction, which holds the lock.

        Raises:
            IdReused: the id was used for a proposal, or in another conversation.
        """
        row = await session.get(NoteRow, wish.id)
        if row is not None and (row.kind in PROPOSALS or row.conversation_id != conversation.id):
            raise IdReused
        if row is not None:
            return row, False
        row = NoteRow(
            id=wish.id,
            conversation_id=conversation.id,
            at=self._conversations.now(),
            agent_id=agent.id,
            agent_name=agent.name,
            kind=wish.kind.value,
            text=wish.text,
            department=wish.department,
        )
        session.add(row)
        return row, True

    async def _record(self, session: AsyncSession, agent: Agent, row: NoteRow) -> None:
        detail = {"kind": row.kind, "department": row.department}
        deed = Deed.of(agent, Action.NOTE_WRITE, row.conversation_id, str(row.id), detail)
        await record(self._conversations.database, session, deed, row.at)

    def _shown(self, row: NoteRow) -> Note:
        found = self._rules.department(row.department)
        return Note(
            id=row.id,
            at=row.at,
            agent_name=row.agent_name,
            kind=NoteKind(row.kind),
            text=row.text,
            department=Named(id=found.id, title=found.title) if found else None,
        )

    @property
    def _rules(self) -> DeskRules:
        return self._conversations.mover.rules.get()
