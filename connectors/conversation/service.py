"""What can be done with a conversation. Each method is one transaction; wake-ups come after it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Decision, Outcome, Reason
from bot.texts import Texts
from connectors.auth.tokens import same_hash
from connectors.conversation import repository
from connectors.conversation.model import (
    BOT,
    CITIZEN,
    Actor,
    DeskEvent,
    Event,
    Job,
    Key,
    Move,
    News,
    Party,
    State,
    Status,
    next_state,
)
from connectors.conversation.text import clean
from connectors.conversation.wakeups import DESK, PLACES, Wakeups, conversation_topic
from connectors.errors import ChoiceNotOffered, ConversationClosed, ConversationNotFound, IdReused
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, ConversationRow, EventRow

QueuePlace = Callable[[AsyncSession, ConversationRow], Awaitable[int | None]]
HUMAN_STATES = frozenset({State.WAITING.value, State.ACTIVE.value})


def utc_now() -> datetime:
    return datetime.now(UTC)


class Conversations:
    """The citizen's and the bot's side of every conversation."""

    def __init__(
        self,
        database: Database,
        texts: Texts,
        wakeups: Wakeups,
        queue_place: QueuePlace,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.database, self.texts, self.wakeups, self.now = database, texts, wakeups, now
        self._queue_place = queue_place

    async def create(
        self, client_id: UUID, secret_hash: str, page: str | None, language: str
    ) -> tuple[Key, bool]:
        """Start a conversation, or find the one that `client_id` started; True if it is new.

        Raises:
            IdReused: the id belongs to a conversation with another secret.
        """
        try:
            async with self.database.write() as session:
                found = await repository.by_client_id(session, client_id)
                if found is None:
                    return await self._start(session, client_id, secret_hash, page, language), True
        except IntegrityError:  # another gateway was a moment ahead
            async with self.database.read() as session:
                found = await repository.by_client_id(session, client_id)
        if found is None or not same_hash(found.secret_hash, secret_hash):
            raise IdReused
        return Key(found.id, secret_hash), False

    async def check(self, key: Key) -> None:
        """Raises ConversationNotFound unless `key` opens a conversation."""
        async with self.database.read() as session:
            await self._owned(session, key)

    async def post(
        self, key: Key, client_message_id: UUID, text: str, choice: str | None = None
    ) -> tuple[Event, bool]:
        """Store what the citizen writes; a repeat gets the stored event and False.

        Raises:
            MessageEmpty, MessageTooLong: the text cannot be used.
            ConversationNotFound: `key` opens nothing.
            ConversationClosed: nobody reads it.
            ChoiceNotOffered: the bot's last message did not offer `choice`.
            IdReused: the id was used for another text.
        """
        text = clean(text)
        async with self.database.write() as session:
            conversation = await self._owned(session, key, lock=True)
            stored = await stored_message(session, conversation, CITIZEN, client_message_id, text)
            if stored is not None:
                return Event.model_validate(stored, from_attributes=True), False
            await _check_citizen_may_write(session, conversation, choice)
            row = repository.append(
                session,
                conversation,
                CITIZEN,
                self.now(),
                type="message",
                text=text,
                client_message_id=client_message_id,
                choice=choice,
            )
            conversation.last_citizen_seq = row.seq
        self._wake(conversation)
        return Event.model_validate(row, from_attributes=True), True

    async def move(self, key: Key, move: Move, move_id: UUID) -> Status:
        """Change the state in the citizen's name; a repeat changes nothing.

        Raises:
            ConversationNotFound: `key` opens nothing.
            MoveNotAllowed: the table of moves says no.
            IdReused: the id was used for another move.
        """
        async with self.database.write() as session:
            conversation = await self._owned(session, key, lock=True)
            if not await already_moved(session, conversation, Actor.CITIZEN, move, move_id):
                if move is Move.HAND_OFF:
                    conversation.reason = Reason.ASKED_FOR_HUMAN.value
                self.enter(session, conversation, move, CITIZEN, move_id)
            status = await self.status(session, conversation)
        self._wake(conversation, moved=True)
        return status

    async def news(self, key: Key, after: int) -> News:
        """Return what has happened after event number `after`."""
        async with self.database.read() as session:
            conversation = await self._owned(session, key)
            rows = await repository.events_after(session, conversation, after)
            events = [Event.model_validate(row, from_attributes=True) for row in rows]
            return News(events=events, status=await self.status(session, conversation))

    async def decisions(self, conversation_id: UUID) -> list[Decision]:
        """Return the bot's decisions since it got the conversation last, oldest first."""
        async with self.database.read() as session:
            stored = await repository.decisions_since_move(session, conversation_id)
        return [Decision.model_validate(decision) for decision in stored]

    async def unanswered(self, older_than_s: float) -> Sequence[UUID]:
        """Return the conversations where the bot owes a reply since `older_than_s` or more."""
        async with self.database.read() as session:
            return await repository.unanswered(session, self.now(), older_than_s)

    async def next_job(self, conversation_id: UUID) -> Job | None:
        """Return the oldest message that the bot has to answer."""
        async with self.database.read() as session:
            conversation = await repository.find(session, conversation_id)
            if conversation is None or not owes_reply(conversation):
                return None
            row = await repository.first_unanswered(session, conversation)
            return None if row is None else _job(conversation, row)

    async def store_reply(self, job: Job, decision: Decision) -> bool:
        """Store the bot's reply, unless somebody else holds the conversation by now.

        Returns:
            False if the reply came too late or was stored before, and was dropped.
        """
        async with self.database.write() as session:
            conversation = await repository.lock(session, job.conversation_id)
            if conversation is None or conversation.fence != job.fence:
                return False
            if conversation.answered_seq >= job.seq:
                return False
            self._append_reply(session, conversation, job, decision)
            handed_off = decision.outcome is Outcome.HANDOFF
            if handed_off:
                conversation.reason = decision.reason.value if decision.reason else None
                self.enter(
                    session, conversation, Move.HAND_OFF, BOT, uuid5(job.reply_id, "hand_off")
                )
        self._wake(conversation, moved=handed_off)
        return True

    async def status(self, session: AsyncSession, conversation: ConversationRow) -> Status:
        """Return where the conversation stands, as its row was read in `session`."""
        active = conversation.state == State.ACTIVE.value
        agent = await session.get(AgentRow, conversation.agent_id) if active else None
        return Status(
            state=State(conversation.state),
            queue_place=await self._queue_place(session, conversation),
            agent_name=agent.name if agent else None,
            seq=conversation.seq,
            pending=owes_reply(conversation),
        )

    def enter(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        move: Move,
        by: Party,
        move_id: UUID,
    ) -> EventRow:
        """Make a move: new state, higher fence, and the event that says so. The lock is held."""
        state = next_state(State(conversation.state), move, by.actor)
        conversation.state = state.value
        conversation.fence += 1
        return self.tell_move(session, conversation, move, by, move_id)

    def tell_move(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        move: Move,
        by: Party,
        move_id: UUID | None,
    ) -> EventRow:
        """Add the event of a move whose state stands in the row, and what follows from it."""
        state, now = State(conversation.state), self.now()
        if state is State.WAITING:
            conversation.queued_at = conversation.queued_at or now
        elif state in {State.BOT, State.CLOSED}:
            conversation.queued_at = None
        if state in {State.BOT, State.WAITING}:
            conversation.agent_id = None
        line = self.texts.get(f"move_{move}_{by.actor}", agent=by.name or "")
        event = repository.append(
            session,
            conversation,
            by,
            now,
            type="state",
            move=move.value,
            move_id=move_id,
            state=state.value,
            text=line,
        )
        # What was written before belongs to whoever held the conversation then.
        conversation.answered_seq = event.seq
        return event

    def _append_reply(
        self, session: AsyncSession, conversation: ConversationRow, job: Job, decision: Decision
    ) -> None:
        repository.append(
            session,
            conversation,
            BOT,
            self.now(),
            type="message",
            text=decision.text,
            client_message_id=job.reply_id,
            decision=decision.model_dump(mode="json"),
            answers_seq=job.seq,
        )
        conversation.answered_seq = job.seq
        if topic := decision.topic_title or decision.topic:
            conversation.topic = topic[:100]

    async def _start(
        self,
        session: AsyncSession,
        client_id: UUID,
        secret_hash: str,
        page: str | None,
        language: str,
    ) -> Key:
        now = self.now()
        conversation = repository.create(
            session, client_id, secret_hash, page=page, language=language, now=now
        )
        await session.flush()  # PostgreSQL checks the event's reference at once
        repository.append(
            session, conversation, BOT, now, type="message", text=self.texts["welcome"]
        )
        return Key(conversation.id, secret_hash)

    async def _owned(
        self, session: AsyncSession, key: Key, *, lock: bool = False
    ) -> ConversationRow:
        find = repository.lock if lock else repository.find
        conversation = await find(session, key.conversation_id)
        if conversation is None or not same_hash(conversation.secret_hash, key.secret_hash):
            raise ConversationNotFound
        return conversation

    def _wake(self, conversation: ConversationRow, *, moved: bool = False) -> None:
        topics = [conversation_topic(conversation.id)]
        if moved or conversation.state in HUMAN_STATES:
            topics.append(DESK)
        if moved:
            topics.append(PLACES)
        self.wakeups.wake(*topics)


def owes_reply(conversation: ConversationRow) -> bool:
    """Tell whether the bot holds the conversation and has not answered its last message."""
    holds = conversation.state == State.BOT.value
    return holds and conversation.last_citizen_seq > conversation.answered_seq


async def stored_message(
    session: AsyncSession,
    conversation: ConversationRow,
    by: Party,
    client_message_id: UUID,
    text: str,
) -> EventRow | None:
    """Return the event of an earlier try with the same id.

    Raises:
        IdReused: the earlier one said something else, or somebody else said it.
    """
    stored = await repository.message_by_id(session, conversation.id, by.actor, client_message_id)
    if stored is not None and (stored.text != text or stored.agent_id != by.agent_id):
        raise IdReused
    return stored


async def already_moved(
    session: AsyncSession, conversation: ConversationRow, actor: Actor, move: Move, move_id: UUID
) -> bool:
    """Tell whether an earlier try made this move.

    Raises:
        IdReused: the earlier one made another move.
    """
    before = await repository.move_by_id(session, conversation.id, actor, move_id)
    if before is not None and before is not move:
        raise IdReused
    return before is not None


async def _check_citizen_may_write(
    session: AsyncSession, conversation: ConversationRow, choice: str | None
) -> None:
    if conversation.state == State.CLOSED.value:
        raise ConversationClosed
    if choice is None:
        return
    decision = await repository.last_decision(session, conversation.id) or {}
    if choice not in {offered["entry"] for offered in decision.get("choices", ())}:
        raise ChoiceNotOffered


def _job(conversation: ConversationRow, row: EventRow) -> Job:
    return Job(
        conversation_id=conversation.id,
        seq=row.seq,
        fence=conversation.fence,
        message_id=row.client_message_id or row.conversation_id,
        text=row.text or "",
        choice=row.choice,
    )


def desk_event(row: EventRow) -> DeskEvent:
    return DeskEvent.model_validate(row, from_attributes=True)
