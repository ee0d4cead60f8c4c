"""What must hold for every conversation, whatever has happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select

from connectors.conversation.model import HELD, MOVES, Move, State
from connectors.conversation.timers import Timer
from connectors.storage.database import Database
from connectors.storage.tables import (
    ConversationRow,
    ErrandRow,
    EventRow,
    OutcomeRow,
    PresenceRow,
    TimerRow,
    WaitRow,
)

_TALKING = frozenset({State.ACTIVE, State.ON_HOLD})


@dataclass(frozen=True)
class Seen:
    """The rows as one look found them."""

    conversations: dict[UUID, ConversationRow]
    events: dict[UUID, list[EventRow]]
    timers: list[TimerRow]
    presences: dict[UUID, PresenceRow]
    outcomes: set[tuple[UUID, int]]
    open_errands: set[UUID]
    open_waits: set[UUID]

    def held_by(self, agent_id: UUID) -> set[UUID]:
        return {
            one.id
            for one in self.conversations.values()
            if one.agent_id == agent_id and State(one.state) in HELD
        }

    def in_state(self, *states: State) -> list[ConversationRow]:
        """Return the conversations in the queue's order."""
        found = [one for one in self.conversations.values() if State(one.state) in states]
        return sorted(found, key=lambda one: (-one.priority, one.queued_at or one.last_at, one.id))


async def look(database: Database) -> Seen:
    async with database.read() as session:
        events: dict[UUID, list[EventRow]] = {}
        for event in await session.scalars(select(EventRow).order_by(EventRow.seq)):
            events.setdefault(event.conversation_id, []).append(event)
        outcomes = await session.execute(select(OutcomeRow.conversation_id, OutcomeRow.seq))
        undone = select(ErrandRow.id).where(ErrandRow.done_at.is_(None))
        waits = select(WaitRow.conversation_id).where(WaitRow.ended_at.is_(None))
        return Seen(
            {one.id: one for one in await session.scalars(select(ConversationRow))},
            events,
            [*await session.scalars(select(TimerRow))],
            {one.agent_id: one for one in await session.scalars(select(PresenceRow))},
            {(conversation_id, seq) for conversation_id, seq in outcomes},
            {*await session.scalars(undone)},
            {*await session.scalars(waits)},
        )


def check_events(conversation: ConversationRow, events: Sequence[EventRow]) -> None:
    """Every event has its place, every move stands in the table, and one agent at a time has it."""
    assert [event.seq for event in events] == list(range(1, conversation.seq + 1))
    state, holder = State.BOT, None
    for event in events:
        if event.type == "message":
            if event.actor == "agent":
                assert state in _TALKING and event.agent_id == holder
            continue
        move = Move(event.move or "")
        assert event.state == MOVES[state, move]
        if move is Move.TAKE and state is State.OFFERED:
            assert holder in {None, event.agent_id}
        state, holder = _after(State(event.state), move, event, state, holder)
    assert state == conversation.state
    if state in {State.ACTIVE, State.ON_HOLD, State.WRAP_UP}:
        assert holder == conversation.agent_id


def _after(
    state: State, move: Move, event: EventRow, before: State, holder: UUID | None
) -> tuple[State, UUID | None]:
    if state in {State.BOT, State.WAITING, State.OFFERED}:
        return state, None
    if move is Move.TAKE:
        return state, event.agent_id
    if before in _TALKING and event.actor == "agent":
        assert event.agent_id == holder
    return state, holder


def check_silence(conversation: ConversationRow, seen: Seen, warning: timedelta | None) -> None:
    """Only a citizen who owes an answer is hurried, and only after a warning.

    Args:
        warning: how long it is at least; None where the clock was set meanwhile.
    """
    events = seen.events[conversation.id]
    spoken = [one for one in events if one.type == "message" and one.actor in {"citizen", "agent"}]
    for timer in seen.timers:
        if timer.conversation_id == conversation.id and timer.kind != Timer.OFFER:
            assert spoken[-1].actor == "agent"
    for event in events:
        if event.move != Move.EXPIRE:
            continue
        said = [one for one in spoken if one.seq < event.seq]
        warned = [one for one in events if one.seq < event.seq and one.move == Move.WARN]
        assert said[-1].actor == "agent"
        assert warned and warned[-1].seq > said[-1].seq
        assert warning is None or event.at - warned[-1].at >= warning


def check_end(conversation: ConversationRow, seen: Seen) -> None:
    """What a person had ends by an outcome only."""
    moves = [event for event in seen.events[conversation.id] if event.state]
    for event in moves:
        assert (event.move == Move.FINISH) == ((conversation.id, event.seq) in seen.outcomes)
    for before, after in pairwise(moves):
        if before.state in _TALKING:
            assert after.state != State.CLOSED
        if before.state == State.WRAP_UP and after.state == State.CLOSED:
            assert after.move == Move.FINISH
