"""An agent's reply that could be an answer for everybody. Whether it becomes one, editors say."""

from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.log import Deed, record
from connectors.audit.model import Action
from connectors.conversation import repository
from connectors.conversation.model import Actor, Shown
from connectors.conversation.service import Conversations
from connectors.desk import access
from connectors.desk.model import Agent
from connectors.errors import IdReused, InvalidRequest
from connectors.storage.tables import PROPOSAL, PROPOSALS, ConversationRow, EventRow, NoteRow


class ProposedReply(Shown):
    """A reply that editors have before them, or have had."""

    id: UUID
    seq: int = Field(description="the agent's message")
    at: datetime = Field(description="when the agent wrote it")


class Proposing:
    """Writes down for editors what agents want them to see. A message is proposed once."""

    def __init__(self, conversations: Conversations) -> None:
        self._database, self._now = conversations.database, conversations.now

    async def propose(
        self, agent: Agent, conversation_id: UUID, note_id: UUID, seq: int
    ) -> tuple[ProposedReply, bool]:
        """Propose one of the agent's own messages; a repeat gets the stored proposal and False.

        Raises:
            ConversationNotFound: there is none that the agent may read.
            InvalidRequest: event `seq` is not a message that this agent wrote.
            IdReused: the id was used for something else.
        """
        async with self._database.write() as session:
            conversation = await access.locked(session, agent, conversation_id)
            said = await repository.event(session, conversation_id, seq)
            if said is None or not _wrote(agent, said):
                raise InvalidRequest(fields=["seq"])
            row = await _proposal_of(session, said)
            used = await session.get(NoteRow, note_id)
            if used is not None and used is not row:
                raise IdReused
            stored = row or _store(session, agent, conversation, note_id, said)
            if row is None:
                deed = Deed.of(agent, Action.PROPOSAL_WRITE, conversation_id, str(note_id))
                await record(self._database, session, deed, self._now())
        return ProposedReply(id=stored.id, seq=seq, at=stored.at), row is None


def _wrote(agent: Agent, event: EventRow) -> bool:
    return (
        event.actor == Actor.AGENT.value
        and event.type == "message"
        and event.agent_id == agent.id
        and bool(event.text)
    )


async def _proposal_of(session: AsyncSession, said: EventRow) -> NoteRow | None:
    """Return what a message was proposed as: nobody writes two messages at the same moment."""
    query = select(NoteRow).where(
        NoteRow.conversation_id == said.conversation_id,
        NoteRow.at == said.at,
        NoteRow.agent_id == said.agent_id,
        NoteRow.kind.in_(PROPOSALS),
    )
    return await session.scalar(query)


def _store(
    session: AsyncSession,
    agent: Agent,
    conversation: ConversationRow,
    note_id: UUID,
    said: EventRow,
) -> NoteRow:
    row = NoteRow(
        id=note_id,
        conversation_id=conversation.id,
        at=said.at,
        agent_id=agent.id,
        agent_name=said.agent_name or agent.name,
        kind=PROPOSAL,
        text=said.text,
    )
    session.add(row)
    return row
