"""What other systems hear of: events with ids, subjects and times, and marked words.

A field that is `Words` may hold what somebody wrote or who somebody is. It goes only to a target
that may have text; every other field is an id, a kind, a subject from the editors or a time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

_WORDS = object()
Words = Annotated[str | None, _WORDS]


class Told(BaseModel):
    """Something that another system may hear of.

    Events of one `subject` are delivered in order: by `place`, then by when they were told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    subject_field: ClassVar[str]

    type: str
    at: datetime

    @property
    def subject(self) -> str:
        return str(getattr(self, self.subject_field))

    @property
    def place(self) -> int:
        """A number that rises within a subject, however the clocks go; 0 where none is kept."""
        return 0

    @classmethod
    def words(cls) -> frozenset[str]:
        """Return the fields that only a target with text may have."""
        return frozenset(
            name for name, field in cls.model_fields.items() if _WORDS in field.metadata
        )

    def without_words(self) -> Self:
        return self.model_copy(update=dict.fromkeys(self.words()))


class _OfConversation(Told):
    subject_field = "conversation_id"

    conversation_id: UUID
    seq: int = Field(ge=1, description="the event's number in the conversation, without gaps")
    topic: str | None = Field(None, description="the subject, as the editors call it")

    @property
    def place(self) -> int:
        return self.seq


class ConversationWaiting(_OfConversation):
    """A conversation waits for a person: handed over, or given back."""

    type: Literal["conversation.waiting"] = "conversation.waiting"
    audience: str
    language: str
    priority: int = 0
    reason: str | None = None
    queued_at: datetime | None = None
    department: str | None = Field(None, description="whose agents shall take it")


class ConversationTaken(_OfConversation):
    """An agent has taken it."""

    type: Literal["conversation.taken"] = "conversation.taken"
    agent_id: UUID
    agent_name: Words = None


class ConversationMessage(_OfConversation):
    """Somebody has written, while people have the conversation."""

    type: Literal["conversation.message"] = "conversation.message"
    actor: str
    agent_id: UUID | None = None
    agent_name: Words = None
    text: Words = None


class ConversationMoved(_OfConversation):
    """Any other change of state."""

    type: Literal["conversation.moved"] = "conversation.moved"
    actor: str
    move: str
    state: str
    agent_id: UUID | None = None


class ConversationTransferred(_OfConversation):
    """An agent asks another one to take over."""

    type: Literal["conversation.transferred"] = "conversation.transferred"
    agent_id: UUID
    to_agent_id: UUID
    note: Words = None


class ConversationAsked(_OfConversation):
    """An agent has a question to a department about it. What it is stands at the desk only."""

    type: Literal["conversation.asked"] = "conversation.asked"
    department: str


class ConversationClosed(_OfConversation):
    """It has ended. With an outcome where a person held it."""

    type: Literal["conversation.closed"] = "conversation.closed"
    actor: str
    agent_id: UUID | None = None
    errand_type: str | None = None
    cause: str | None = None
    resolution: str | None = None
    searched_web: str | None = None
    seconds: int | None = Field(None, description="in an agent's hands")


class _OfErrand(Told):
    subject_field = "errand_id"

    errand_id: UUID
    reference: str
    kind: str
    conversation_id: UUID | None = None
    topic: str | None = Field(None, description="the subject, as the editors call it")
    errand_type: str | None = None
    audience: str
    due_at: datetime
    owner_id: UUID | None = None


class ErrandCreated(_OfErrand):
    """The municipality has promised to do something."""

    type: Literal["errand.created"] = "errand.created"
    question: Words = None
    contact: Words = None


class ErrandUpdated(_OfErrand):
    """Somebody has taken it, or it has another time."""

    type: Literal["errand.updated"] = "errand.updated"


class ErrandDone(_OfErrand):
    """It is done, or ended in another way."""

    type: Literal["errand.done"] = "errand.done"
    done_at: datetime
    resolution: str
    result: Words = None


class PresenceChanged(Told):
    """An agent does something else, or is gone."""

    subject_field = "agent_id"

    type: Literal["presence.changed"] = "presence.changed"
    agent_id: UUID
    status: str
    online: bool
    agent_name: Words = None


AnyTold = (
    ConversationWaiting
    | ConversationTaken
    | ConversationMessage
    | ConversationMoved
    | ConversationTransferred
    | ConversationAsked
    | ConversationClosed
    | ErrandCreated
    | ErrandUpdated
    | ErrandDone
    | PresenceChanged
)
KINDS: tuple[type[Told], ...] = get_args(AnyTold)
EventType = Literal[
    "conversation.waiting",
    "conversation.taken",
    "conversation.message",
    "conversation.moved",
    "conversation.transferred",
    "conversation.asked",
    "conversation.closed",
    "errand.created",
    "errand.updated",
    "errand.done",
    "presence.changed",
]
_ANY: TypeAdapter[AnyTold] = TypeAdapter(Annotated[AnyTold, Field(discriminator="type")])


def read(stored: object) -> Told:
    """Return the event that `stored` was dumped from.

    Raises:
        ValidationError: it was stored by a version that told something else.
    """
    return _ANY.validate_python(stored)


def types() -> Iterable[str]:
    return get_args(EventType)
