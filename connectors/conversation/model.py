"""Pure values and rules of a conversation: its states, who may move it, what its events say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.model import (
    CandidateView,
    Choice,
    ContactCard,
    Link,
    Outcome,
    Phone,
    Reason,
    Source,
    Timings,
    Versions,
)
from connectors.errors import MoveNotAllowed


class State(StrEnum):
    """Who holds the conversation."""

    BOT = "bot"
    WAITING = "waiting"  # in the queue
    ACTIVE = "active"  # an agent
    CLOSED = "closed"


class Move(StrEnum):
    """A change of state."""

    HAND_OFF = "hand_off"
    LEAVE_QUEUE = "leave_queue"
    TAKE = "take"
    RETURN_TO_QUEUE = "return_to_queue"
    RETURN_TO_BOT = "return_to_bot"
    CLOSE = "close"
    RESUME = "resume"


class Actor(StrEnum):
    """Who does something."""

    CITIZEN = "citizen"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


MOVES: Mapping[tuple[State, Move], State] = {
    (State.BOT, Move.HAND_OFF): State.WAITING,
    (State.WAITING, Move.LEAVE_QUEUE): State.BOT,
    (State.WAITING, Move.TAKE): State.ACTIVE,
    (State.ACTIVE, Move.RETURN_TO_QUEUE): State.WAITING,
    (State.ACTIVE, Move.RETURN_TO_BOT): State.BOT,
    (State.BOT, Move.CLOSE): State.CLOSED,
    (State.WAITING, Move.CLOSE): State.CLOSED,
    (State.ACTIVE, Move.CLOSE): State.CLOSED,
    (State.CLOSED, Move.RESUME): State.BOT,
}

MOVES_OF: Mapping[Actor, frozenset[Move]] = {
    Actor.CITIZEN: frozenset({Move.HAND_OFF, Move.LEAVE_QUEUE, Move.CLOSE, Move.RESUME}),
    Actor.BOT: frozenset({Move.HAND_OFF}),
    Actor.AGENT: frozenset({Move.TAKE, Move.RETURN_TO_QUEUE, Move.RETURN_TO_BOT, Move.CLOSE}),
    Actor.SYSTEM: frozenset(),
}


def allowed_moves(state: State, actor: Actor) -> list[Move]:
    """Return the moves that `actor` may make from `state`, in the order of the table."""
    return [move for (start, move) in MOVES if start is state and move in MOVES_OF[actor]]


def next_state(state: State, move: Move, actor: Actor) -> State:
    """Return the state that `move` leads to.

    Raises:
        MoveNotAllowed: not from this state, or not by this actor; says what is allowed.
    """
    allowed = allowed_moves(state, actor)
    if move not in allowed:
        raise MoveNotAllowed(allowed=[str(one) for one in allowed], move=str(move))
    return MOVES[state, move]


@dataclass(frozen=True)
class Party:
    """Who acts, and under which name."""

    actor: Actor
    agent_id: UUID | None = None
    name: str | None = None


CITIZEN = Party(Actor.CITIZEN)
BOT = Party(Actor.BOT)


@dataclass(frozen=True)
class Key:
    """What a citizen's client shows to reach its conversation."""

    conversation_id: UUID
    secret_hash: str


@dataclass(frozen=True)
class Job:
    """A citizen's message that the bot has to answer, under the fence that it was read with."""

    conversation_id: UUID
    seq: int
    fence: int
    message_id: UUID
    text: str
    choice: str | None

    @property
    def reply_id(self) -> UUID:
        """The reply's own id: the same however often the reply is made, so it cannot double."""
        return uuid5(self.conversation_id, str(self.seq))


class Shown(BaseModel):
    """A value that leaves the gateway. Stored fields that it does not name stay inside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PublicDecision(Shown):
    """A decision as the citizen sees it: without other candidates and timings."""

    outcome: Outcome
    text: str = ""
    question: str | None = None
    steps: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    people: tuple[ContactCard, ...] = ()
    phones: tuple[Phone, ...] = ()
    confidence: float | None = None
    topic: str | None = None
    entry: str | None = None
    reason: Reason | None = None
    versions: Versions = Versions()


class DeskDecision(PublicDecision):
    """A decision as the agent sees it, with everything that the bot weighed."""

    candidates: tuple[CandidateView, ...] = ()
    timings: Timings = Timings()
    topic_title: str | None = None
    language: str | None = None


class _Event(Shown):
    """Something that happened in a conversation. Its `seq` has no gaps, from 1."""

    seq: int = Field(ge=1)
    at: datetime
    type: Literal["message", "state"]
    actor: Actor
    agent_name: str | None = None
    text: str | None = Field(None, description="a message, or the line to show at a new state")
    client_message_id: UUID | None = None
    move: Move | None = None
    state: State | None = Field(None, description="the state that the move led to")


class Event(_Event):
    """An event as the citizen sees it."""

    decision: PublicDecision | None = None


class DeskEvent(_Event):
    """An event as the agent sees it, with the bot's whole decision."""

    decision: DeskDecision | None = None


class Status(Shown):
    """Where a conversation stands."""

    state: State
    queue_place: int | None = Field(None, description="1 is next; null when not waiting")
    agent_name: str | None = Field(None, description="the agent who holds it")
    seq: int = Field(description="the last event's number")
    pending: bool = Field(description="the bot is answering")


class News(Shown):
    """Events after a number that the client named, and where the conversation stands."""

    events: list[Event]
    status: Status


class DeskNews(Shown):
    """The same for the desk."""

    events: list[DeskEvent]
    status: Status
