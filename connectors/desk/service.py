"""What an agent can do. Each method is one transaction; wake-ups come after it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation import repository
from connectors.conversation.model import (
    Actor,
    DeskEvent,
    Move,
    State,
    Status,
    allowed_moves,
)
from connectors.conversation.service import Conversations, already_moved, stored_message
from connectors.conversation.text import clean
from connectors.conversation.wakeups import DESK, PLACES, Typing, conversation_topic
from connectors.desk import dossier
from connectors.desk.model import QUESTION_LENGTH, Agent, Lists, Opened, Summary, Watched
from connectors.errors import (
    AlreadyTaken,
    ConversationClosed,
    ConversationNotFound,
    MoveNotAllowed,
    NotYours,
)
from connectors.queue import repository as queue
from connectors.storage.tables import AgentRow, ConversationRow, EventRow, SeenRow


class Desk:
    """The agent's side of the conversations."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._database = conversations.database
        self.wakeups = conversations.wakeups

    async def lists(self, agent: Agent) -> Lists:
        """Return who waits and which conversations `agent` holds."""
        async with self._database.read() as session:
            waiting = await queue.waiting(session, agent.id)
            mine = await queue.held_by(session, agent.id)
        return Lists(
            waiting=[_summary(line) for line in waiting], mine=[_summary(line) for line in mine]
        )

    async def take(self, agent: Agent, conversation_id: UUID) -> Status:
        """Give a waiting conversation to `agent`; a repeat by the same agent changes nothing.

        Raises:
            AlreadyTaken: another agent was first.
            MoveNotAllowed: it does not wait.
            ConversationNotFound: there is no such conversation.
        """
        async with self._database.write() as session:
            won = await repository.take(session, conversation_id, agent.id)
            conversation = await repository.lock(session, conversation_id)
            if conversation is None:
                raise ConversationNotFound
            if won:
                self._conversations.tell_move(session, conversation, Move.TAKE, agent.party, None)
            elif not _holds(agent, conversation):
                raise await _lost(session, conversation)
            status = await self._conversations.status(session, conversation)
        self._wake(conversation_id, DESK, PLACES)
        return status

    async def open(self, agent: Agent, conversation_id: UUID, after: int) -> Opened:
        """Return a conversation's events after `after`, and its dossier."""
        async with self._database.read() as session:
            conversation = await _readable(session, agent, conversation_id)
            rows = await repository.events_after(session, conversation, 0)
            return Opened(
                events=_events([row for row in rows if row.seq > after]),
                status=await self._conversations.status(session, conversation),
                dossier=dossier.build(conversation, rows, self._conversations.texts),
            )

    async def watch(self, agent: Agent, conversation_id: UUID, after: int) -> Watched | None:
        """Return what has happened while `agent` held the conversation, and if they still do.

        Returns:
            None if the agent has nothing to hear of it, or no longer.
        """
        async with self._database.read() as session:
            conversation = await repository.find(session, conversation_id)
            if conversation is None:
                return None
            rows = await repository.events_after(session, conversation, after)
            mine = _holds(agent, conversation)
            if not mine:
                left = await repository.left_at(session, conversation_id, agent.id) or 0
                rows = [row for row in rows if row.seq <= left]
            if not mine and not rows:
                return None
            status = await self._conversations.status(session, conversation)
            return Watched(events=_events(rows), status=status, mine=mine)

    async def post(
        self, agent: Agent, conversation_id: UUID, client_message_id: UUID, text: str
    ) -> tuple[DeskEvent, bool]:
        """Store what the agent writes; a repeat gets the stored event and False.

        Raises:
            MessageEmpty, MessageTooLong: the text cannot be used.
            ConversationClosed, NotYours: the agent does not hold the conversation.
            IdReused: the id was used for another text.
        """
        text = clean(text)
        async with self._database.write() as session:
            conversation = await _locked(session, agent, conversation_id)
            stored = await stored_message(
                session, conversation, agent.party, client_message_id, text
            )
            if stored is not None:
                return _events([stored])[0], False
            await _check_holds(session, agent, conversation)
            row = repository.append(
                session,
                conversation,
                agent.party,
                self._conversations.now(),
                type="message",
                text=text,
                client_message_id=client_message_id,
            )
        self._wake(conversation_id, DESK)
        return _events([row])[0], True

    async def move(self, agent: Agent, conversation_id: UUID, move: Move, move_id: UUID) -> Status:
        """Change the state in the agent's name; a repeat changes nothing.

        Raises:
            MoveNotAllowed, ConversationClosed, NotYours: not now, or not by this agent.
            IdReused: the id was used for another move.
        """
        async with self._database.write() as session:
            conversation = await _locked(session, agent, conversation_id, move_id)
            if not await already_moved(session, conversation, Actor.AGENT, move, move_id):
                await _check_holds(session, agent, conversation)
                self._conversations.enter(session, conversation, move, agent.party, move_id)
            status = await self._conversations.status(session, conversation)
        self._wake(conversation_id, DESK, PLACES)
        return status

    async def seen(self, agent: Agent, conversation_id: UUID, seq: int) -> None:
        """Remember that `agent` has read up to event `seq`; never goes backwards."""
        async with self._database.write() as session:
            conversation = await _locked(session, agent, conversation_id)
            row = await session.get(SeenRow, (conversation_id, agent.id))
            seq = min(seq, conversation.seq)
            if row is None:
                session.add(SeenRow(conversation_id=conversation_id, agent_id=agent.id, seq=seq))
            else:
                row.seq = max(row.seq, seq)
        self.wakeups.wake(DESK)

    async def tell_typing(self, agent: Agent, typing: Typing) -> None:
        """Tell the citizen that the agent starts or stops writing.

        Raises:
            ConversationNotFound, ConversationClosed, NotYours: the agent does not hold it.
        """
        async with self._database.read() as session:
            conversation = await _readable(session, agent, typing.conversation_id)
            await _check_holds(session, agent, conversation)
        self.wakeups.tell(typing)

    def _wake(self, conversation_id: UUID, *topics: str) -> None:
        self.wakeups.wake(conversation_topic(conversation_id), *topics)


def _holds(agent: Agent, conversation: ConversationRow) -> bool:
    return conversation.state == State.ACTIVE.value and conversation.agent_id == agent.id


async def _readable(session: AsyncSession, agent: Agent, conversation_id: UUID) -> ConversationRow:
    """Return a conversation that was given to people; what is said to the bot alone is not."""
    conversation = await repository.find(session, conversation_id)
    if conversation is None or not _may_read(agent, conversation):
        raise ConversationNotFound
    return conversation


async def _locked(
    session: AsyncSession, agent: Agent, conversation_id: UUID, move_id: UUID | None = None
) -> ConversationRow:
    """Lock a conversation that the agent may read, or has moved away by `move_id` before."""
    conversation = await repository.lock(session, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    if not _may_read(agent, conversation):
        moved = move_id and await repository.move_by_id(
            session, conversation_id, Actor.AGENT, move_id
        )
        if not moved:
            raise ConversationNotFound
    return conversation


def _may_read(agent: Agent, conversation: ConversationRow) -> bool:
    if conversation.state in {State.WAITING.value, State.ACTIVE.value}:
        return True
    return conversation.state == State.CLOSED.value and conversation.agent_id == agent.id


async def _check_holds(session: AsyncSession, agent: Agent, conversation: ConversationRow) -> None:
    if _holds(agent, conversation):
        return
    if conversation.state == State.CLOSED.value:
        raise ConversationClosed
    raise NotYours(agent_name=await _holder(session, conversation))


async def _holder(session: AsyncSession, conversation: ConversationRow) -> str | None:
    if conversation.state != State.ACTIVE.value:
        return None
    agent = await session.get(AgentRow, conversation.agent_id)
    return agent.name if agent else None


async def _lost(session: AsyncSession, conversation: ConversationRow) -> Exception:
    if conversation.state == State.ACTIVE.value:
        return AlreadyTaken(agent_name=await _holder(session, conversation))
    allowed = allowed_moves(State(conversation.state), Actor.AGENT)
    return MoveNotAllowed(allowed=[str(move) for move in allowed], move=str(Move.TAKE))


def _events(rows: Sequence[EventRow]) -> list[DeskEvent]:
    return [DeskEvent.model_validate(row, from_attributes=True) for row in rows]


def _summary(line: queue.Line) -> Summary:
    summary = Summary.model_validate(line, from_attributes=True)
    question = " ".join((summary.question or "").split())
    if len(question) > QUESTION_LENGTH:
        question = question[: QUESTION_LENGTH - 1] + "…"
    return summary.model_copy(update={"question": question or None})
