"""What can be done with a conversation. Each method is one transaction; wake-ups come after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Decision, Outcome, Reason
from bot.texts import SWEDISH, Texts
from connectors.audit.log import Deed, record
from connectors.audit.model import Action, Doer
from connectors.auth.tokens import same_hash
from connectors.conversation import repository, timers
from connectors.conversation.hearing import Heard, Hearing
from connectors.conversation.holding import hold_threat
from connectors.conversation.model import (
    BOT,
    CITIZEN,
    IN_QUEUE,
    SYSTEM,
    WITH_AGENT,
    Actor,
    Event,
    Handover,
    Key,
    Move,
    News,
    State,
    Status,
    WaitView,
)
from connectors.conversation.moving import URGENT, Mover
from connectors.conversation.repeats import already_moved, stored_message
from connectors.conversation.timers import Timer
from connectors.conversation.wakeups import DESK, PLACES, Wakeups, conversation_topic, desk_topic
from connectors.errors import (
    ChoiceNotOffered,
    ConversationClosed,
    ConversationNotFound,
    IdReused,
    MoveNotAllowed,
    QueueClosed,
)
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, ConversationRow, EventRow

_AGENTS_NAME = frozenset({*WITH_AGENT, State.WRAP_UP, State.CLOSED})
_INTO_QUEUE = frozenset({(State.BOT, Move.HAND_OFF), (State.CLOSED, Move.REOPEN)})
_ENDED = frozenset({State.WRAP_UP.value, State.CLOSED.value})
_WAITING = frozenset(state.value for state in IN_QUEUE)
HUMAN_STATES = frozenset(state.value for state in (*IN_QUEUE, *WITH_AGENT, State.WRAP_UP))


class Queue(Protocol):
    """What a conversation needs to know of the queue."""

    async def place(self, session: AsyncSession, conversation: ConversationRow) -> int | None:
        """Return the place in the queue (1 is next), or None if it does not wait."""

    async def wait(self, session: AsyncSession, place: int, audience: str) -> WaitView | None:
        """Return how long it may take at `place`; None where there is no ground for a figure."""

    async def handover(
        self, session: AsyncSession, audience: str, page: str | None, language: str = SWEDISH
    ) -> Handover:
        """Return whether a person can be reached now, and what else there is."""


@dataclass(frozen=True)
class Start:
    """What a client says when it starts a conversation."""

    client_id: UUID
    secret_hash: str
    page: str | None = None
    language: str = SWEDISH
    audience: str = "privat"
    kind: str = "citizen"
    doer: Doer | None = None  # who of the staff starts it


class Conversations:
    """The citizen's and the bot's side of every conversation."""

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        mover: Mover,
        queue: Queue,
        hearing: Hearing,
    ) -> None:
        self.database, self.wakeups, self.mover = database, wakeups, mover
        self.hearing, self._queue = hearing, queue

    @property
    def texts(self) -> Texts:
        return self.mover.texts

    @property
    def now(self) -> Callable[[], datetime]:
        return self.mover.now

    async def create(self, start: Start) -> tuple[Key, bool]:
        """Start a conversation, or find the one that its client started; True if it is new.

        Raises:
            IdReused: the id belongs to a conversation with another secret.
        """
        if start.page:
            start = replace(start, page=await self.hearing.page(start.page))
        try:
            async with self.database.write() as session:
                found = await repository.by_client_id(session, start.client_id)
                if found is None:
                    return await self._start(session, start), True
        except IntegrityError:  # another gateway was a moment ahead
            async with self.database.read() as session:
                found = await repository.by_client_id(session, start.client_id)
        if found is None or not same_hash(found.secret_hash, start.secret_hash):
            raise IdReused
        return Key(found.id, start.secret_hash), False

    async def check(self, key: Key) -> None:
        """Raises ConversationNotFound unless `key` opens a conversation."""
        async with self.database.read() as session:
            await self.owned(session, key)

    async def post(
        self, key: Key, client_message_id: UUID, text: str, choice: str | None = None
    ) -> tuple[Event, bool]:
        """Store what the citizen writes, masked; a repeat gets the stored event and False.

        Danger is heard in the words as they were written, and answered with the message itself.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
            ConversationNotFound: `key` opens nothing.
            ConversationClosed: nobody reads it.
            ChoiceNotOffered: the bot's last message did not offer `choice`.
            IdReused: the id was used for another text.
        """
        heard = await self.hear(key, client_message_id, text)
        async with self.database.write() as session:
            conversation = await self.owned(session, key, lock=True)
            stored = await stored_message(
                session, conversation, CITIZEN, client_message_id, heard.text
            )
            if stored is not None:
                return Event.model_validate(stored, from_attributes=True), False
            await _check_citizen_may_write(session, conversation, choice)
            row = await self._say(session, conversation, client_message_id, heard, choice)
            if conversation.state == State.BOT.value and not self._has_bot(conversation):
                await self._pass_on(session, conversation, client_message_id)
        self.wake(conversation)
        return Event.model_validate(row, from_attributes=True), True

    async def hear(self, key: Key, client_message_id: UUID, text: str) -> Heard:
        """Return what a citizen writes as it may be stored, in the light of what came before.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
            ConversationNotFound: `key` opens nothing.
        """
        async with self.database.read() as session:
            language = (await self.owned(session, key)).language
            before = await repository.said_before(session, key.conversation_id, client_message_id)
        return await self.hearing.message(text, language, before)

    async def move(self, key: Key, move: Move, move_id: UUID) -> Status:
        """Change the state in the citizen's name; a repeat changes nothing.

        Raises:
            ConversationNotFound: `key` opens nothing.
            MoveNotAllowed: the table of moves says no.
            IdReused: the id was used for another move.
        """
        async with self.database.write() as session:
            conversation = await self.owned(session, key, lock=True)
            if not await already_moved(session, conversation, Actor.CITIZEN, move, move_id):
                await self._check_move(session, conversation, move)
                await self.mover.enter(session, conversation, move, CITIZEN, move_id)
            status = await self.status(session, conversation)
        self.wake(conversation, moved=True)
        return status

    async def handover(self, key: Key) -> Handover:
        """Return whether a person can be reached now, and what else there is.

        Raises:
            ConversationNotFound: `key` opens nothing.
        """
        async with self.database.read() as session:
            return await self.handover_of(session, await self.owned(session, key))

    async def handover_for(
        self, audience: str, page: str | None, language: str = SWEDISH
    ) -> Handover:
        """Return the same for somebody who has not written anything yet."""
        async with self.database.read() as session:
            return await self._queue.handover(session, audience, page, language)

    async def speak(self, key: Key, language: str) -> None:
        """Let the conversation go on in `language`. What has been said stays as it is.

        Raises:
            ConversationNotFound: `key` opens nothing.
        """
        async with self.database.write() as session:
            conversation = await self.owned(session, key, lock=True)
            conversation.language = language
        self.wake(conversation)

    async def news(self, key: Key, after: int) -> News:
        """Return what has happened after event number `after`."""
        async with self.database.read() as session:
            conversation = await self.owned(session, key)
            rows = await repository.events_after(session, conversation, after)
            events = [Event.model_validate(row, from_attributes=True) for row in rows]
            return News(events=events, status=await self.status(session, conversation))

    async def status(self, session: AsyncSession, conversation: ConversationRow) -> Status:
        """Return where the conversation stands, as its row was read in `session`."""
        state = State(conversation.state)
        named = conversation.agent_id if state in _AGENTS_NAME else None
        agent = await session.get(AgentRow, named) if named else None
        place = await self._queue.place(session, conversation)
        audience = conversation.audience
        return Status(
            state=state,
            queue_place=place,
            agent_name=agent.name if agent else None,
            seq=conversation.seq,
            pending=owes_reply(conversation),
            wait=await self._queue.wait(session, place, audience) if place else None,
            closes_at=await timers.due_at(session, conversation.id, Timer.ENDING)
            if state is State.ACTIVE
            else None,
            can_reopen=self._can_reopen(conversation),
        )

    async def _say(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        message_id: UUID,
        heard: Heard,
        choice: str | None,
    ) -> EventRow:
        """Add the citizen's message, and the warning that it calls for.

        A bot that owes an earlier reply gives both in their order: it hears danger first, too,
        where the masked words still tell of it. Else the numbers come now.
        """
        holds = conversation.state == State.BOT.value and self._has_bot(conversation)
        owed = holds and owes_reply(conversation)
        fields = {"client_message_id": message_id, "choice": choice}
        masked = list(heard.masked) or None
        row = await self.mover.say(
            session, conversation, CITIZEN, heard.text, masked=masked, **fields
        )
        conversation.last_citizen_seq = row.seq
        if heard.danger and holds and not owed:
            danger = heard.danger.model_copy(update={"talk_language": conversation.language})
            await self.mover.reply(session, conversation, danger, to=row.seq)
        elif heard.danger and (heard.hides_danger or not holds):
            await self.warn(session, conversation, heard.danger)
        return row

    async def warn(
        self, session: AsyncSession, conversation: ConversationRow, danger: Decision
    ) -> None:
        """Threat to life never waits in silence: the numbers come at once, and the place rises."""
        conversation.priority = URGENT
        await hold_threat(session, conversation.id, danger, self.now())
        await self.mover.say(
            session, conversation, SYSTEM, danger.text, decision=danger.model_dump(mode="json")
        )

    def _has_bot(self, conversation: ConversationRow) -> bool:
        """Tell whether the bot answers on the conversation's page; else it only helps agents."""
        rules = self.mover.rules.get()
        return rules.in_use(conversation.page, conversation.audience).bot

    async def _pass_on(
        self, session: AsyncSession, conversation: ConversationRow, message_id: UUID
    ) -> None:
        """Where the bot does not answer, a message goes to a person, or the other ways are told."""
        handover = await self.handover_of(session, conversation)
        if handover.open:
            conversation.reason = Reason.ASKED_FOR_HUMAN.value
            move_id = uuid5(message_id, "hand_off")
            await self.mover.enter(session, conversation, Move.HAND_OFF, BOT, move_id)
            return
        language = self.texts.spoken(conversation.language).language
        decision = Decision(
            outcome=Outcome.HANDOFF,
            text=handover.text,
            text_language=language,
            language=language,
            reason=Reason.ASKED_FOR_HUMAN,
        )
        event = await self.mover.say(
            session, conversation, BOT, handover.text, decision=decision.model_dump(mode="json")
        )
        conversation.answered_seq = event.seq

    async def _check_move(
        self, session: AsyncSession, conversation: ConversationRow, move: Move
    ) -> None:
        """Raises QueueClosed, MoveNotAllowed."""
        if move is Move.REOPEN and not self._can_reopen(conversation):
            raise MoveNotAllowed(allowed=[str(Move.RESUME)], move=str(move))
        if (State(conversation.state), move) not in _INTO_QUEUE:
            return
        handover = await self.handover_of(session, conversation)
        if not handover.open:
            raise QueueClosed(reply=handover.text, handover=handover.model_dump(mode="json"))
        conversation.reason = conversation.reason or Reason.ASKED_FOR_HUMAN.value

    async def handover_of(self, session: AsyncSession, conversation: ConversationRow) -> Handover:
        return await self._queue.handover(
            session, conversation.audience, conversation.page, conversation.language
        )

    def _can_reopen(self, conversation: ConversationRow) -> bool:
        """An agent who has not finished is still there; one who has can be reached for a while."""
        if conversation.state == State.WRAP_UP.value:
            return True
        if conversation.state != State.CLOSED.value or conversation.agent_id is None:
            return False
        within = timedelta(minutes=self.mover.rules.get().reopen_min)
        return self.now() <= conversation.last_at + within

    async def _start(self, session: AsyncSession, start: Start) -> Key:
        now = self.now()
        conversation = repository.create(
            session,
            start.client_id,
            start.secret_hash,
            page=start.page,
            language=start.language,
            audience=start.audience,
            kind=start.kind,
            now=now,
        )
        await session.flush()  # PostgreSQL checks the event's reference at once
        welcome = self.texts.spoken(start.language)["welcome"]
        repository.append(session, conversation, BOT, now, type="message", text=welcome)
        if start.doer:
            detail = {"kind": start.kind}
            deed = Deed.of(start.doer, Action.CONVERSATION_BEGIN, conversation.id, detail=detail)
            await record(self.database, session, deed, now)
        return Key(conversation.id, start.secret_hash)

    async def owned(
        self, session: AsyncSession, key: Key, *, lock: bool = False
    ) -> ConversationRow:
        """Raises ConversationNotFound unless `key` opens a conversation."""
        find = repository.lock if lock else repository.find
        conversation = await find(session, key.conversation_id)
        if conversation is None or not same_hash(conversation.secret_hash, key.secret_hash):
            raise ConversationNotFound
        return conversation

    def wake(self, conversation: ConversationRow, *, moved: bool = False) -> None:
        topics = [conversation_topic(conversation.id)]
        if moved:
            topics += [DESK, PLACES]
        elif conversation.state in _WAITING:
            topics.append(DESK)
        elif conversation.agent_id and conversation.state in HUMAN_STATES:
            topics.append(desk_topic(conversation.agent_id))  # on nobody else's list
        self.wakeups.wake(*topics)


def owes_reply(conversation: ConversationRow) -> bool:
    """Tell whether the bot holds the conversation and has not answered its last message."""
    holds = conversation.state == State.BOT.value
    return holds and conversation.last_citizen_seq > conversation.answered_seq


async def _check_citizen_may_write(
    session: AsyncSession, conversation: ConversationRow, choice: str | None
) -> None:
    if conversation.state in _ENDED:
        raise ConversationClosed
    if choice is None:
        return
    decision = await repository.last_decision(session, conversation.id) or {}
    if choice not in {offered["entry"] for offered in decision.get("choices", ())}:
        raise ChoiceNotOffered
