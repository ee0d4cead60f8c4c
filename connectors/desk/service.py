"""What an agent can do. Each method is one transaction; wake-ups come after it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.audit.log import READ_AGAIN, Deed, note_once, record
from connectors.audit.model import Action
from connectors.conversation import repository
from connectors.conversation.model import Actor, DeskEvent, Move, State, Status
from connectors.conversation.repeats import already_moved, stored_message
from connectors.conversation.rules import DeskRules
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import DESK, PLACES, Typing, conversation_topic, desk_topic
from connectors.desk import access, dossier
from connectors.desk.model import QUESTION_LENGTH, Agent, Lists, Opened, Summary, Watched
from connectors.errands.service import Errands
from connectors.errors import ConversationNotFound, MoveNotAllowed
from connectors.queue import claims
from connectors.queue import repository as queue
from connectors.queue.model import Line
from connectors.queue.presence import Presences
from connectors.storage.tables import ConversationRow, EventRow, SeenRow


class Desk:
    """The agent's side of the conversations."""

    def __init__(
        self, conversations: Conversations, presences: Presences, errands: Errands
    ) -> None:
        self._conversations, self.presences, self.errands = conversations, presences, errands
        self._database = conversations.database
        self.wakeups = conversations.wakeups

    async def lists(self, agent: Agent) -> Lists:
        """Return who waits, which conversations `agent` has, and what there is to follow up."""
        async with self._database.read() as session:
            waiting, mine = await queue.lists(session, agent.id)
            presence = await self.presences.view(session, agent.id)
            errands = await self.errands.count(session)
            asked = await queue.asked(session, agent.id, agent.departments)
        return Lists(
            waiting=self._summaries(waiting),
            mine=self._summaries(mine),
            asked=self._summaries(asked),
            presence=presence,
            errands=errands,
        )

    async def with_own_news(self, agent: Agent, before: Lists) -> Lists:
        """Return `before` with what is new in the agent's own conversations.

        Cheaper than `lists`, and enough where somebody has written: whatever moves a
        conversation wakes the whole desk.
        """
        async with self._database.read() as session:
            mine = self._summaries(await queue.mine(session, agent.id))
        taken = {one.conversation_id for one in mine}
        waiting = [one for one in before.waiting if one.conversation_id not in taken]
        return before.model_copy(update={"mine": mine, "waiting": waiting})

    async def held_by_others(self, agent: Agent) -> list[Summary]:
        """Return what colleagues have and answer in, oldest first."""
        async with self._database.read() as session:
            return self._summaries(await queue.held_by_others(session, agent.id))

    async def take(self, agent: Agent, conversation_id: UUID) -> Status:
        """Give a waiting conversation to `agent`; a repeat by the same agent changes nothing.

        Raises:
            AlreadyTaken: another agent was first, or is being asked.
            NoCapacity: the agent has as many as the status leaves room for.
            MoveNotAllowed: it does not wait.
            ConversationNotFound: there is no such conversation.
        """
        async with self._database.write() as session:
            presence = await claims.lock_presence(session, agent.id, self._rules, self._now())
            mine = await repository.find(session, conversation_id)
            if mine is None or not access.has(agent, mine):
                await self._check_lost(session, mine)
                await claims.check_room(session, presence, self._rules)
            won = await claims.claim(session, conversation_id, agent.id)
            conversation = await self._reread(session, conversation_id)
            if won:
                mover = self._conversations.mover
                await mover.follow(session, conversation, Move.TAKE, agent.party)
            elif not access.has(agent, conversation):
                raise await access.lost(session, conversation)
            status = await self._conversations.status(session, conversation)
            if won:
                await self._record(session, agent, Move.TAKE, conversation_id)
        self._wake(conversation_id, DESK, PLACES)
        return status

    async def take_next(self, agent: Agent) -> tuple[UUID, Status] | None:
        """Give `agent` whoever is next; None if nobody waits.

        Raises:
            NoCapacity: the agent has as many as the status leaves room for.
        """
        async with self._database.write() as session:
            presence = await claims.lock_presence(session, agent.id, self._rules, self._now())
            await claims.check_room(session, presence, self._rules)
            there = await queue.staffed(session, self._now())
            served = queue.served_by(agent.departments, there)
            conversation = await queue.lock_next(session, served)
            if conversation is None:
                return None
            conversation.agent_id = agent.id
            await self._conversations.mover.enter(session, conversation, Move.TAKE, agent.party)
            status = await self._conversations.status(session, conversation)
            await self._record(session, agent, Move.TAKE, conversation.id)
        self._wake(conversation.id, DESK, PLACES)
        return conversation.id, status

    async def open(self, agent: Agent, conversation_id: UUID, after: int) -> Opened:
        """Return a conversation's events after `after`, and its dossier; the audit log says so."""
        async with self._database.read() as session:
            conversation = await access.readable(session, agent, conversation_id)
            rows = await repository.events_after(session, conversation, 0)
            opened = Opened(
                events=_events([row for row in rows if row.seq > after]),
                status=await self._conversations.status(session, conversation),
                dossier=dossier.build(conversation, rows, self._conversations.texts),
            )
        deed = Deed.of(agent, Action.CONVERSATION_OPEN, conversation_id)
        await note_once(self._database, deed, self._now())
        return opened

    async def history(self, conversation_id: UUID | None) -> list[DeskEvent]:
        """Return what was said before an errand was made; nothing if it is no longer kept.

        An errand was left to people, and so was what it came from.
        """
        if conversation_id is None:
            return []
        async with self._database.read() as session:
            conversation = await repository.find(session, conversation_id)
            if conversation is None:
                return []
            return _events(await repository.events_after(session, conversation, 0))

    async def watch(
        self, agent: Agent, conversation_id: UUID, after: int, *, reading: bool = False
    ) -> Watched | None:
        """Return what has happened while `agent` held the conversation, and if they still do.

        A desk that comes back soon hears how the conversation left it. Later it hears only of
        what the agent may read, and the audit log says so.

        Args:
            reading: the agent reads along in what somebody else has, or who waits.

        Returns:
            None if the agent has nothing to hear of it, or no longer.
        """
        async with self._database.read() as session:
            conversation = await repository.find(session, conversation_id)
            if conversation is None:
                return None
            rows = await repository.events_after(session, conversation, after)
            own = access.has(agent, conversation)
            follows = own or (reading and access.may_read(agent, conversation))
            if not follows:
                left = await repository.left_at(session, conversation_id, agent.id) or 0
                rows = [row for row in rows if row.seq <= left]
            if not follows and not rows:
                return None
            late = not follows and rows[-1].at <= self._now() - READ_AGAIN
            if late and not access.may_read(agent, conversation):
                return None
            status = await self._conversations.status(session, conversation)
        if rows and not own and (reading or late):
            action = Action.CONVERSATION_OPEN if late else Action.CONVERSATION_READ_ALONG
            await note_once(self._database, Deed.of(agent, action, conversation_id), self._now())
        return Watched(events=_events(rows), status=status, follows=follows)

    async def post(
        self, agent: Agent, conversation_id: UUID, client_message_id: UUID, text: str
    ) -> tuple[DeskEvent, bool]:
        """Store what the agent writes; a repeat gets the stored event and False.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
            ConversationClosed, NotYours: the agent neither has it nor takes part.
            IdReused: the id was used for another text.
        """
        text = await self._conversations.hearing.staffs(text)
        async with self._database.write() as session:
            conversation = await access.locked(session, agent, conversation_id)
            stored = await stored_message(
                session, conversation, agent.party, client_message_id, text
            )
            if stored is not None:
                return _events([stored])[0], False
            await access.check_writes(session, agent, conversation)
            row = await self._conversations.mover.say(
                session, conversation, agent.party, text, client_message_id=client_message_id
            )
            holder = conversation.agent_id or agent.id
        self._wake(conversation_id, desk_topic(holder))
        return _events([row])[0], True

    async def move(self, agent: Agent, conversation_id: UUID, move: Move, move_id: UUID) -> Status:
        """Change the state in the agent's name; a repeat changes nothing.

        Raises:
            MoveNotAllowed, ConversationClosed, NotYours: not now, or not by this agent.
            IdReused: the id was used for another move.
        """
        async with self._database.write() as session:
            conversation = await access.locked(session, agent, conversation_id, move_id)
            repeated = await already_moved(session, conversation, Actor.AGENT, move, move_id)
            if not repeated:
                await self._check_move(session, agent, conversation, move)
                if move is Move.RETURN_TO_QUEUE:
                    conversation.department = None
                mover = self._conversations.mover
                await mover.enter(session, conversation, move, agent.party, move_id)
            status = await self._conversations.status(session, conversation)
            if not repeated:
                await self._record(session, agent, move, conversation_id)
        self._wake(conversation_id, DESK, PLACES)
        return status

    async def seen(self, agent: Agent, conversation_id: UUID, seq: int) -> None:
        """Remember that `agent` has read up to event `seq`; never goes backwards."""
        async with self._database.write() as session:
            conversation = await access.locked(session, agent, conversation_id)
            row = await session.get(SeenRow, (conversation_id, agent.id))
            seq = min(seq, conversation.seq)
            if row is None:
                session.add(SeenRow(conversation_id=conversation_id, agent_id=agent.id, seq=seq))
            else:
                row.seq = max(row.seq, seq)
        self.wakeups.wake(desk_topic(agent.id))

    async def tell_typing(self, agent: Agent, typing: Typing) -> None:
        """Tell the citizen that the agent starts or stops writing.

        Raises:
            ConversationNotFound, ConversationClosed, NotYours: the agent cannot write in it.
        """
        async with self._database.read() as session:
            conversation = await access.readable(session, agent, typing.conversation_id)
            await access.check_writes(session, agent, conversation)
        self.wakeups.tell(typing)

    @property
    def _rules(self) -> DeskRules:
        return self._conversations.mover.rules.get()

    def _now(self) -> datetime:
        return self._conversations.now()

    async def _record(
        self, session: AsyncSession, agent: Agent, move: Move, conversation_id: UUID
    ) -> None:
        deed = Deed.of(agent, Action(f"conversation.{move}"), conversation_id)
        await record(self._database, session, deed, self._now())

    async def _check_lost(
        self, session: AsyncSession, conversation: ConversationRow | None
    ) -> None:
        """Say who has it rather than that there is no room, where both are true."""
        if conversation is None:
            raise ConversationNotFound
        if conversation.state != State.WAITING.value:
            raise await access.lost(session, conversation)

    async def _check_move(
        self, session: AsyncSession, agent: Agent, conversation: ConversationRow, move: Move
    ) -> None:
        """Raises ConversationClosed, NotYours, MoveNotAllowed."""
        if move not in (Move.JOIN, Move.LEAVE):
            await access.check_has(session, agent, conversation)
            return
        takes_part = await repository.takes_part(session, conversation.id, agent.id)
        if access.has(agent, conversation) or takes_part is (move is Move.JOIN):
            raise MoveNotAllowed(allowed=[], move=str(move))

    async def _reread(self, session: AsyncSession, conversation_id: UUID) -> ConversationRow:
        conversation = await repository.lock(session, conversation_id)
        if conversation is None:
            raise ConversationNotFound
        await session.refresh(conversation)
        return conversation

    def _summaries(self, lines: Sequence[Line]) -> list[Summary]:
        return [_summary(line, self._rules) for line in lines]

    def _wake(self, conversation_id: UUID, *topics: str) -> None:
        self.wakeups.wake(conversation_topic(conversation_id), *topics)


def _events(rows: Sequence[EventRow]) -> list[DeskEvent]:
    return [DeskEvent.model_validate(row, from_attributes=True) for row in rows]


def _summary(line: Line, rules: DeskRules) -> Summary:
    summary = Summary.model_validate(line, from_attributes=True)
    department = rules.department(line.department)
    return summary.model_copy(
        update={
            "question": _short(summary.question),
            "last_text": _short(summary.last_text),
            "department": department.title if department else None,
        }
    )


def _short(text: str | None) -> str | None:
    words = " ".join((text or "").split())
    if len(words) > QUESTION_LENGTH:
        words = words[: QUESTION_LENGTH - 1] + "…"
    return words or None
