"""Pure values: what the bot decides to do, and on what evidence."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Outcome(StrEnum):
    """What the bot does with a message."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    EMERGENCY = "emergency"
    PERSON_LOOKUP = "person_lookup"
    SMALLTALK = "smalltalk"
    OOS = "oos"  # not the municipality's business


class Reason(StrEnum):
    """Why a person is to take over."""

    ASKED_FOR_HUMAN = "asked_for_human"
    SECOND_MISS = "second_miss"
    COMPLAINT = "complaint"
    PERSONAL_CASE = "personal_case"
    SERVICE_DOWN = "service_down"


class Value(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Value):
    """Where an answer comes from, and when a person last checked it."""

    title: str
    url: str
    section: str | None = None
    reviewed: date | None = None
    kind: Literal["entry", "page"]


class Link(Value):
    title: str
    url: str
    kind: Literal["sida", "e-tjanst", "blankett", "extern"] = "sida"


class Choice(Value):
    """One of the things that the bot asks whether the citizen means."""

    label: str
    entry: str


class ContactCard(Value):
    """What may be shown of a person or a function: nothing but their public role."""

    name: str | None = None
    title: str
    unit: str
    phone: str | None = None
    email: str | None = None
    hours: str | None = None


class Phone(Value):
    label: str
    number: str


class NoticeView(Value):
    """What everybody must know just now about the subject of an answer."""

    text: str
    link: Link | None = None


class CandidateView(Value):
    """A search hit as the agent sees it in the dossier."""

    id: str
    title: str
    url: str
    confidence: float = Field(ge=0, le=1)


class Versions(Value):
    """What a decision was made with. `content` is the version of the document that answers."""

    content: str | None = None
    index: str | None = None
    encoder: str | None = None
    policy: str | None = None


class Timings(Value):
    """Milliseconds."""

    encode_ms: float = 0.0
    search_ms: float = 0.0


class Decision(Value):
    """What the bot will do, with its evidence.

    `text` is what the citizen reads. `text_key` names a text of `data/texts`
    instead, where the decision was written by hand in Rasa's domain.
    """

    outcome: Outcome
    text: str = ""
    text_key: str | None = None
    question: str | None = None  # the one that `text` answers, in the editor's words
    steps: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    links: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()  # what else an answer's search found
    choices: tuple[Choice, ...] = Field((), max_length=3)
    people: tuple[ContactCard, ...] = ()
    phones: tuple[Phone, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    confidence: float | None = Field(None, ge=0, le=1)
    topic: str | None = None
    threat: bool = False  # a threat is heard in the question, whatever the answer is about
    topic_title: str | None = None  # the topic as agents read it
    language: str | None = None  # of the question, two letters, or "sv-latt": lätt svenska
    text_language: str | None = None  # of `text`; None where it is in several
    remark: str | None = None  # in the question's language, beside a text that is not in it
    talk_language: str | None = None  # chosen for the conversation when this was said
    entry: str | None = None
    reason: Reason | None = None
    candidates: tuple[CandidateView, ...] = Field((), max_length=3)
    versions: Versions = Versions()
    timings: Timings = Timings()

    @property
    def refers(self) -> bool:
        """Tells that another authority's address is given: no answer of ours, but no miss."""
        return self.outcome is Outcome.OOS and bool(self.links)


class Context(Value):
    """What has been said before, as far as the next decision needs it."""

    entry: str | None = None  # the entry that was answered last
    misses: int = Field(0, ge=0)  # times in a row that the bot has had to ask back
    offered: tuple[Choice, ...] = ()  # what it asked back about
    language: str | None = None  # of the talk: a short message is taken to be in it
