"""Pure values of the desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from bot.answering.model import Outcome, Reason
from connectors.accounts.model import Account, Role
from connectors.conversation.model import Actor, DeskNews, Party, Shown, State
from connectors.errands.model import ErrandCount, Resolution
from connectors.queue.model import PresenceView


class NoteKind(StrEnum):
    """Who is meant."""

    NOTE = "note"  # whoever has the conversation, now and later
    WHISPER = "whisper"  # the agent who has it just now
    QUESTION = "question"  # a department
    ANSWER = "answer"  # who asked the department


class SearchedWeb(StrEnum):
    """Whether the citizen had looked at the web site first."""

    YES = "ja"
    NO = "nej"
    UNKNOWN = "vet_ej"


QUESTION_LENGTH = 140  # characters: one line in the list


@dataclass(frozen=True)
class Agent:
    """Somebody who is logged in at the desk."""

    id: UUID
    username: str
    name: str
    departments: tuple[str, ...] = ()
    role: str = Role.AGENT  # a program's is told from a person's

    @classmethod
    def of(cls, account: Account) -> "Agent":
        return cls(account.id, account.username, account.name, account.departments, account.role)

    @property
    def party(self) -> Party:
        return Party(Actor.AGENT, self.id, self.name)


class Summary(Shown):
    """A conversation as one line of a list."""

    conversation_id: UUID
    state: State
    kind: str = "citizen"
    audience: str = "privat"
    language: str = "sv"
    priority: int = 0
    queued_at: datetime | None = None
    last_at: datetime
    question: str | None = Field(None, description="the citizen's last words, shortened")
    reason: Reason | None = None
    topic: str | None = None
    agent_name: str | None = None
    offered_until: datetime | None = Field(None, description="until when the offer stands")
    last_from: Actor | None = Field(None, description="who wrote last")
    last_name: str | None = Field(None, description="the agent's name, if it was one")
    last_text: str | None = Field(None, description="what they wrote, shortened")
    waiting_since: datetime | None = Field(None, description="when the unanswered words came")
    unread: int = Field(description="the citizen's messages that this agent has not seen")
    notes: int = Field(0, description="what agents have written to each other")
    department: str | None = Field(None, description="whose agents shall take it; its title")
    joined: bool = Field(False, description="this agent takes part beside who has it")


class Lists(Shown):
    """Everybody who waits, and those that this agent holds or is asked to take."""

    waiting: list[Summary]
    mine: list[Summary]
    asked: list[Summary] = Field([], description="with an open question to the agent's department")
    presence: PresenceView
    errands: ErrandCount


class Named(Shown):
    """Something to choose."""

    id: str
    title: str


class Note(Shown):
    """Something that agents write to each other."""

    id: UUID
    at: datetime
    agent_name: str
    kind: NoteKind
    text: str
    department: Named | None = Field(None, description="asked, or answering")


class Proposal(Shown):
    """What the outcome probably is."""

    errand_type: str | None = None
    cause: str
    resolution: Resolution
    searched_web: SearchedWeb


class Closing(Shown):
    """What an outcome can be, and what it probably is."""

    proposal: Proposal
    errand_types: tuple[Named, ...]
    causes: tuple[Named, ...]
    resolutions: tuple[Named, ...]


class Ending(Shown):
    """What became of a conversation, as the agent says."""

    errand_type: str
    cause: str
    resolution: Resolution
    searched_web: SearchedWeb


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


class Earlier(Shown):
    """An agent who has had the conversation before."""

    agent_name: str
    at: datetime


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
    earlier: tuple[Earlier, ...] = ()


class Opened(DeskNews):
    """A conversation as the agent opens it."""

    dossier: Dossier


class Watched(DeskNews):
    """What a socket has to tell of a conversation that it follows."""

    follows: bool  # there may be more to tell
