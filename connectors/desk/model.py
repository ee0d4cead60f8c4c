"""Pure values of the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import Field

from bot.answering.model import Outcome, Reason
from connectors.conversation.model import Actor, DeskNews, Party, Shown, State

QUESTION_LENGTH = 140  # characters: one line in the list


@dataclass(frozen=True)
class Agent:
    """Somebody who is logged in at the desk."""

    id: UUID
    username: str
    name: str

    @property
    def party(self) -> Party:
        return Party(Actor.AGENT, self.id, self.name)


class Summary(Shown):
    """A conversation as one line of a list."""

    conversation_id: UUID
    state: State
    queued_at: datetime | None = None
    last_at: datetime
    question: str | None = Field(None, description="the citizen's last words, shortened")
    reason: Reason | None = None
    topic: str | None = None
    agent_name: str | None = None
    unread: int = Field(description="the citizen's messages that this agent has not seen")


class Lists(Shown):
    """Everybody who waits, oldest first, and those that this agent holds."""

    waiting: list[Summary]
    mine: list[Summary]


class Passage(Shown):
    """Something that the search found."""

    title: str
    url: str
    confidence: float


class Tried(Shown):
    """A question and what the bot made of it."""

    question: str
    outcome: Outcome
    confidence: float | None = None


class Dossier(Shown):
    """What the agent needs to know at a takeover, so that the citizen repeats nothing."""

    question: str | None = None
    reason: Reason | None = None
    reason_text: str | None = None
    topic: str | None = None
    page: str | None = None
    language: str
    confidence: float | None = None
    candidates: tuple[Passage, ...] = ()
    tried: tuple[Tried, ...] = ()


class Opened(DeskNews):
    """A conversation as the agent opens it."""

    dossier: Dossier


class Watched(DeskNews):
    """What a socket has to tell of a conversation that it follows."""

    mine: bool
