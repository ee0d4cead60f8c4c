"""Making a move: the new state, the event that says so, and everything that follows from it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Decision, Outcome
from bot.texts import Texts
from connectors.conversation import repository, timers
from connectors.conversation.holding import hold_threat
from connectors.conversation.model import (
    BOT,
    IN_QUEUE,
    Actor,
    Move,
    Party,
    State,
    next_state,
    reply_id,
)
from connectors.conversation.rules import DeskRules
from connectors.conversation.timers import Timer
from connectors.now import utc_now
from connectors.storage.tables import ConversationRow, EventRow

# Nothing changes for the citizen, so nothing is said.
_UNSAID = frozenset({Move.OFFER, Move.DECLINE, Move.LAPSE, Move.FINISH, Move.REPAIR})
_NOBODYS = frozenset({State.BOT, State.WAITING})
_ENDED = frozenset({State.BOT, State.CLOSED})
_BESIDE = frozenset({Move.JOIN, Move.LEAVE})  # who has it, and until when, stays as it is
NORMAL, URGENT = 0, 2  # a conversation's priority


class Rules(Protocol):
    """Where the desk's rules are read."""

    def get(self) -> DeskRules: ...


class Tell(Protocol):
    """Lets others hear of an event, in its transaction; `more` is what its row does not hold."""

    def __call__(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        event: EventRow,
        **more: Any,
    ) -> None: ...


def tell_nobody(
    session: AsyncSession, conversation: ConversationRow, event: EventRow, **more: Any
) -> None:
    """What is told where nobody listens."""


class Mover:
    """Adds moves and messages. Whoever calls it holds the conversation's lock."""

    def __init__(
        self,
        texts: Texts,
        rules: Rules,
        now: Callable[[], datetime] = utc_now,
        tell: Tell = tell_nobody,
    ) -> None:
        self.texts, self.rules, self.now, self._tell = texts, rules, now, tell

    async def enter(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        move: Move,
        by: Party,
        move_id: UUID | None = None,
        **more: Any,
    ) -> EventRow:
        """Make a move. `more` is for those who are told of it.

        Raises:
            MoveNotAllowed: the table of moves says no.
        """
        before = State(conversation.state)
        conversation.state = next_state(before, move, by.actor).value
        conversation.fence += 1
        return await self.follow(session, conversation, move, by, move_id, **more)

    async def follow(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        move: Move,
        by: Party,
        move_id: UUID | None = None,
        **more: Any,
    ) -> EventRow:
        """Add the event of a move whose state stands in the row, and what follows from it."""
        state, now = State(conversation.state), self.now()
        await self._keep_time(session, conversation, state, move)
        if state in _NOBODYS:
            conversation.agent_id = None
        if state is State.CLOSED:
            conversation.priority = NORMAL
        if state in _ENDED:
            conversation.department = None
        event = repository.append(
            session,
            conversation,
            by,
            now,
            type="state",
            move=move.value,
            move_id=move_id,
            state=state.value,
            text=self._line(conversation, move, by),
        )
        # What was written before belongs to whoever held the conversation then.
        conversation.answered_seq = event.seq
        await self._set_timers(session, conversation, state, move)
        self._tell(session, conversation, event, **more)
        return event

    async def say(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        by: Party,
        text: str,
        **fields: Any,
    ) -> EventRow:
        """Add a message.

        Silence counts from the agent's last one, and only until it is broken: a citizen who
        waits for the agent is never the one who is silent.
        """
        event = repository.append(
            session, conversation, by, self.now(), type="message", text=text, **fields
        )
        if conversation.state == State.ACTIVE.value and by.actor is not Actor.SYSTEM:
            await timers.stop(session, conversation.id, Timer.SILENCE, Timer.ENDING)
            if by.actor is Actor.AGENT:
                await self._expect_citizen(session, conversation)
        self._tell(session, conversation, event)
        return event

    async def reply(
        self, session: AsyncSession, conversation: ConversationRow, decision: Decision, *, to: int
    ) -> None:
        """Add the bot's reply to message number `to`; nothing up to it is owed any longer."""
        await self.say(
            session,
            conversation,
            BOT,
            decision.text,
            client_message_id=reply_id(conversation.id, to),
            decision=decision.model_dump(mode="json"),
            answers_seq=to,
        )
        conversation.answered_seq = to
        if decision.outcome is Outcome.EMERGENCY:
            conversation.priority = URGENT
            await hold_threat(session, conversation.id, decision, self.now())
        if topic := decision.topic_title or decision.topic:
            conversation.topic = topic[:100]

    def _line(self, conversation: ConversationRow, move: Move, by: Party) -> str | None:
        if move in _UNSAID:
            return None
        rules = self.rules.get()
        department = rules.department(conversation.department)
        values: Mapping[str, object] = {
            "agent": by.name or "",
            "minutes": max(1, round(rules.warning_s / 60)),
            "department": department.title if department else "",
        }
        where = "_department" if move is Move.RETURN_TO_QUEUE and department else ""
        texts = self.texts.spoken(conversation.language)
        return texts.get(f"move_{move}_{by.actor}{where}", **values)

    async def _keep_time(
        self, session: AsyncSession, conversation: ConversationRow, state: State, move: Move
    ) -> None:
        """Keep when the wait began: whoever comes back to the queue keeps their place."""
        if state in IN_QUEUE:
            if conversation.queued_at is None:
                conversation.queued_at = now = self.now()
                await repository.begin_wait(session, conversation, now)
        elif conversation.queued_at is not None:
            served = state is State.ACTIVE
            await repository.end_wait(session, conversation, self.now(), served=served)
        if state in _ENDED:
            conversation.queued_at = None

    async def _set_timers(
        self, session: AsyncSession, conversation: ConversationRow, state: State, move: Move
    ) -> None:
        if move is Move.STAY and not await timers.running(session, conversation.id):
            return  # the citizen waits for the agent: nobody is silent
        if move in _BESIDE:
            return
        await timers.stop(session, conversation.id)
        rules, now = self.rules.get(), self.now()
        if state is State.OFFERED:
            at = now + timedelta(seconds=rules.accept_s)
            await timers.start(session, conversation.id, Timer.OFFER, at)
        elif move is Move.WARN:
            at = now + timedelta(seconds=rules.warning_s)
            await timers.start(session, conversation.id, Timer.ENDING, at)
        elif move is Move.STAY:
            await self._expect_citizen(session, conversation)

    async def _expect_citizen(self, session: AsyncSession, conversation: ConversationRow) -> None:
        at = self.now() + timedelta(minutes=self.rules.get().silent_min)
        await timers.start(session, conversation.id, Timer.SILENCE, at)
