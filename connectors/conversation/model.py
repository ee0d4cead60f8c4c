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
    NoticeView,
    Outcome,
    Phone,
    Reason,
    Source,
    Timings,
    Versions,
)
from bot.masking.model import Kind
from bot.texts import SWEDISH
from connectors.errors import MoveNotAllowed


class State(StrEnum):
    """Who holds the conversation."""

    BOT = "bot"
    WAITING = "waiting"  # in the queue
    OFFERED = "offered"  # still in the queue, while one agent is asked to take it
    ACTIVE = "active"  # an agent
    ON_HOLD = "on_hold"  # an agent, who is finding something out
    WRAP_UP = "wrap_up"  # it has ended; the agent has not said yet what became of it
    CLOSED = "closed"


class Move(StrEnum):
    """A change of state, or of who is expected to act."""

    HAND_OFF = "hand_off"
    LEAVE_QUEUE = "leave_queue"
    OFFER = "offer"
    DECLINE = "decline"
    LAPSE = "lapse"  # an offer that nobody answered in time
    TAKE = "take"
    HOLD = "hold"
    PICK_UP = "pick_up"
    TRANSFER = "transfer"
    RETURN_TO_QUEUE = "return_to_queue"
    LOSE_AGENT = "lose_agent"
    JOIN = "join"  # a second agent, beside the one who has it
    LEAVE = "leave"
    RETURN_TO_BOT = "return_to_bot"
    WARN = "warn"  # the citizen is told that a silent conversation will end
    STAY = "stay"
    EXPIRE = "expire"
    CLOSE = "close"
    FINISH = "finish"
    REOPEN = "reopen"
    RESUME = "resume"
    REPAIR = "repair"  # out of a state that should not be


class Actor(StrEnum):
    """Who does something."""

    CITIZEN = "citizen"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


MOVES: Mapping[tuple[State, Move], State] = {
    (State.BOT, Move.HAND_OFF): State.WAITING,
    (State.BOT, Move.CLOSE): State.CLOSED,
    (State.WAITING, Move.LEAVE_QUEUE): State.BOT,
    (State.WAITING, Move.OFFER): State.OFFERED,
    (State.WAITING, Move.TAKE): State.ACTIVE,
    (State.WAITING, Move.CLOSE): State.CLOSED,
    (State.OFFERED, Move.LEAVE_QUEUE): State.BOT,
    (State.OFFERED, Move.TAKE): State.ACTIVE,
    (State.OFFERED, Move.DECLINE): State.WAITING,
    (State.OFFERED, Move.LAPSE): State.WAITING,
    (State.OFFERED, Move.CLOSE): State.CLOSED,
    (State.OFFERED, Move.REPAIR): State.WAITING,
    (State.ACTIVE, Move.JOIN): State.ACTIVE,
    (State.ACTIVE, Move.LEAVE): State.ACTIVE,
    (State.ACTIVE, Move.HOLD): State.ON_HOLD,
    (State.ACTIVE, Move.TRANSFER): State.OFFERED,
    (State.ACTIVE, Move.RETURN_TO_QUEUE): State.WAITING,
    (State.ACTIVE, Move.LOSE_AGENT): State.WAITING,
    (State.ACTIVE, Move.RETURN_TO_BOT): State.BOT,
    (State.ACTIVE, Move.WARN): State.ACTIVE,
    (State.ACTIVE, Move.STAY): State.ACTIVE,
    (State.ACTIVE, Move.EXPIRE): State.WRAP_UP,
    (State.ACTIVE, Move.CLOSE): State.WRAP_UP,
    (State.ACTIVE, Move.REPAIR): State.WAITING,
    (State.ON_HOLD, Move.JOIN): State.ON_HOLD,
    (State.ON_HOLD, Move.LEAVE): State.ON_HOLD,
    (State.ON_HOLD, Move.PICK_UP): State.ACTIVE,
    (State.ON_HOLD, Move.RETURN_TO_QUEUE): State.WAITING,
    (State.ON_HOLD, Move.LOSE_AGENT): State.WAITING,
    (State.ON_HOLD, Move.CLOSE): State.WRAP_UP,
    (State.ON_HOLD, Move.REPAIR): State.WAITING,
    (State.WRAP_UP, Move.REOPEN): State.ACTIVE,
    (State.WRAP_UP, Move.FINISH): State.CLOSED,
    (State.CLOSED, Move.REOPEN): State.WAITING,
    (State.CLOSED, Move.RESUME): State.BOT,
}

_LEAVING = frozenset({Move.HAND_OFF, Move.LEAVE_QUEUE, Move.CLOSE})
MOVES_OF: Mapping[Actor, frozenset[Move]] = {
    Actor.CITIZEN: _LEAVING | {Move.STAY, Move.REOPEN, Move.RESUME},
    Actor.BOT: frozenset({Move.HAND_OFF}),
    Actor.AGENT: frozenset(
        {
            *(Move.TAKE, Move.DECLINE, Move.HOLD, Move.PICK_UP, Move.TRANSFER),
            *(Move.JOIN, Move.LEAVE),
            *(Move.RETURN_TO_QUEUE, Move.RETURN_TO_BOT, Move.CLOSE, Move.FINISH),
        }
    ),
    Actor.SYSTEM: frozenset(
        {
            *(Move.OFFER, Move.LAPSE, Move.LOSE_AGENT, Move.WARN, Move.EXPIRE, Move.REPAIR),
        }
    ),
}

IN_QUEUE = frozenset({State.WAITING, State.OFFERED})
WITH_AGENT = frozenset({State.ACTIVE, State.ON_HOLD})
HELD = frozenset({State.OFFERED, State.ACTIVE, State.ON_HOLD, State.WRAP_UP})  # have an agent


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
SYSTEM = Party(Actor.SYSTEM)


@dataclass(frozen=True)
class Key:
    """What a citizen's client shows to reach its conversation."""

    conversation_id: UUID
    secret_hash: str


@dataclass(frozen=True)
class Job:
    """A citizen's message that the bot has to answer, under the fence that it was read with.

    `language` is the conversation's own; `chosen_language` is the same where the citizen has
    chosen it since the bot spoke last, so that the talk goes on in it.
    """

    conversation_id: UUID
    seq: int
    fence: int
    message_id: UUID
    text: str
    choice: str | None
    language: str = SWEDISH
    chosen_language: str | None = None

    @property
    def reply_id(self) -> UUID:
        return reply_id(self.conversation_id, self.seq)


def reply_id(conversation_id: UUID, seq: int) -> UUID:
    """Return the id of the reply to message `seq`: the same however often the reply is made."""
    return uuid5(conversation_id, str(seq))


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
    more: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    people: tuple[ContactCard, ...] = ()
    phones: tuple[Phone, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    confidence: float | None = None
    topic: str | None = None
    language: str | None = None
    text_language: str | None = None
    remark: str | None = None
    entry: str | None = None
    reason: Reason | None = None
    versions: Versions = Versions()


class DeskDecision(PublicDecision):
    """A decision as the agent sees it, with everything that the bot weighed."""

    candidates: tuple[CandidateView, ...] = ()
    timings: Timings = Timings()
    threat: bool = False
    topic_title: str | None = None
    talk_language: str | None = None


class Survey(BaseModel):
    """What a citizen says of a conversation: the customer effort score, and how it could be better.

    1 is very hard, 5 very easy, as municipalities ask in their own surveys.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ease: int | None = Field(None, ge=1, le=5, description="how easy it was to get help")
    reach: int | None = Field(None, ge=1, le=5, description="how easy it was to reach us")
    comment: str | None = Field(None, max_length=2000, description="how it could have been easier")


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
    masked: list[Kind] | None = Field(None, description="kinds of what was hidden in `text`")


class DeskEvent(_Event):
    """An event as the agent sees it, with the bot's whole decision."""

    decision: DeskDecision | None = None


class WaitView(Shown):
    """An honest waiting time: most of those who waited alike were served within it."""

    shortest_min: int
    longest_min: int


Reachable = Literal["open", "closed", "full", "nobody", "off"]


class Handover(Shown):
    """Whether a person can be reached now, and what there is instead."""

    open: bool
    reason: Reachable
    text: str = Field(description="says it all to the citizen")
    opens_at: datetime | None = Field(None, description="when the desk opens next, if it is closed")
    waiting: int = Field(description="how many wait before")
    wait: WaitView | None = None
    callback_by: datetime
    callback_text: str = Field(description="when the call comes at the latest, in words")
    errand_by: datetime
    errand_text: str = Field(description="when the answer comes at the latest, in words")


class Status(Shown):
    """Where a conversation stands."""

    state: State
    queue_place: int | None = Field(None, description="1 is next; null when not waiting")
    agent_name: str | None = Field(None, description="the agent who holds it")
    seq: int = Field(description="the last event's number")
    pending: bool = Field(description="the bot is answering")
    wait: WaitView | None = Field(None, description="how long it may take; null without ground")
    closes_at: datetime | None = Field(None, description="when silence will end it, if warned")
    can_reopen: bool = Field(False, description="the agent can be reached again")


class News(Shown):
    """Events after a number that the client named, and where the conversation stands."""

    events: list[Event]
    status: Status


class DeskNews(Shown):
    """The same for the desk."""

    events: list[DeskEvent]
    status: Status
