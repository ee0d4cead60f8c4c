"""Pure values of requests for public documents and of register extracts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from bot.answering.model import Source, Versions
from connectors.conversation.model import Actor, Shown


class Kind(StrEnum):
    """What is asked for, and by which law."""

    PUBLIC = "public"  # allmän handling, TF 2 kap.
    EXTRACT = "extract"  # registerutdrag, GDPR article 15


class Outcome(StrEnum):
    """How a request ended."""

    HANDED_OUT = "handed_out"
    PARTLY = "partly"  # with what is secret left out
    REFUSED = "refused"
    NONE_FOUND = "none_found"


class RequestView(Shown):
    """A request. Who asks is told nowhere: nobody may ask for it (TF 2 kap. 18 §)."""

    id: UUID
    reference: str
    kind: Kind
    received: date = Field(description="the day it came, in Sweden")
    registered_by: str
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: Outcome | None = None
    conversations: int = Field(description="how many are found for it")


class ConversationLine(Shown):
    """A conversation, as a line of a list."""

    id: UUID
    created_at: datetime
    last_at: datetime
    events: int
    language: str
    kind: str
    first_words: str = Field(description="what the citizen wrote first, at most 140 characters")
    errands: tuple[str, ...] = Field(description="reference numbers")
    included: bool = Field(description="the request is about it already")


class RequestFull(Shown):
    """A request with its conversations, oldest first."""

    request: RequestView
    conversations: tuple[ConversationLine, ...]
    marks: dict[UUID, int] = Field(description="how many places are marked, by conversation")
    unread: tuple[UUID, ...] = Field(
        description="conversations that hold what nobody has read for this request"
    )


class FoundConversations(Shown):
    """What a search found, newest first."""

    total: int
    conversations: tuple[ConversationLine, ...] = Field(description="at most 200 of them")


class MarkView(Shown):
    """Words that are secret: characters (code points) of a part's text, and by which rule."""

    id: UUID
    part: str
    start: int
    end: int
    ground: str
    marked_by: str


PartKind = Literal["event", "state", "note", "errand", "outcome", "survey", "topic", "page"]


class Part(Shown):
    """A piece of a conversation that has a text, and an address that a mark can name."""

    key: str = Field(description="event:12, note:<id>, errand:SK-….contact, outcome:9, survey")
    kind: PartKind
    field: str | None = Field(None, description="which text of an errand; what kind of note")
    at: datetime | None = None
    actor: Actor | None = None
    name: str | None = Field(None, description="the agent's")
    text: str = ""
    sources: tuple[Source, ...] = ()
    entry: str | None = None
    versions: Versions | None = None
    confidence: float | None = None
    helpful: bool | None = Field(None, description="the citizen's word on an answer")
    scores: dict[str, int] = Field({}, description="the survey's figures, 1 to 5")
    masked: tuple[str, ...] = Field((), description="kinds of what was hidden before it was stored")


class Heading(Shown):
    """What stands over a transcript."""

    id: UUID
    created_at: datetime
    last_at: datetime
    language: str
    audience: str
    state: str


class Transcript(Shown):
    """All of a conversation, in the order of time."""

    heading: Heading
    parts: tuple[Part, ...]


class Review(Shown):
    """A conversation with what is marked in it."""

    transcript: Transcript
    marks: tuple[MarkView, ...]
    included: bool


class Piece(Shown):
    """Words that anybody may read, or the rules by which some are left out."""

    text: str = ""
    secret: tuple[str, ...] = Field((), description="grounds; then there is no text")


class OpenPart(Shown):
    """A part as whoever asks sees it. Where all of it is secret, only who and when is left."""

    kind: PartKind
    field: str | None = None
    at: datetime | None = None
    actor: Actor | None = None
    name: str | None = None
    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...] = ()
    entry: str | None = None
    versions: Versions | None = None
    confidence: float | None = None
    helpful: bool | None = None
    scores: dict[str, int] = Field({})
    masked: tuple[str, ...] = ()


class OpenTranscript(Shown):
    """A conversation as whoever asks sees it."""

    heading: Heading
    parts: tuple[OpenPart, ...]


class GroundCount(Shown):
    """How many places are left out by a rule."""

    ground: str
    places: int


class Handout(Shown):
    """Everything that is handed out: the JSON file, and what the PDF is drawn of."""

    format: Literal["kommunbot-records"] = "kommunbot-records"
    version: Literal[1] = 1
    municipality: str
    reference: str
    kind: Kind
    made_at: datetime
    grounds: tuple[GroundCount, ...]
    conversations: tuple[OpenTranscript, ...]


@dataclass(frozen=True)
class Search:
    """What conversations are looked for by: one of the first three, or a period."""

    errand: str | None = None
    identifier: UUID | None = None  # a conversation's, a session's or an answer's
    start: date | None = None  # days in Sweden, both included
    end: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Span:
    """Where some words stand: characters (code points) of a part's text."""

    part: str
    start: int
    end: int
