"""The tables. Events are append-only; a conversation's row says where it stands now."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    cast,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

PROPOSAL, PROPOSAL_DONE = "proposal", "proposal_done"  # kinds of notes that are for editors
PROPOSALS = (PROPOSAL, PROPOSAL_DONE)
QUESTION, ANSWER = "question", "answer"  # kinds of notes to and from a department
UNANSWERED = text("state = 'bot' AND last_citizen_seq > answered_seq")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets time zones, so they are put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


class AgentRow(Base):
    """A person's account. `roles` say what it opens: the desk (agent), the editor (editor).

    `departments` say whose conversations the agent takes; an agent of none is a generalist.
    """

    __tablename__ = "agent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(Document)
    departments: Mapped[list[str]] = mapped_column(Document, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeskSessionRow(Base):
    """A login at the desk or in the editor. Only a hash of the cookie's token is kept."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16))  # the place that it opens
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConversationRow(Base):
    """Where a conversation stands.

    `seq` is its last event's number. `fence` rises at every change of state, so
    that a reply made under an older one can be dropped. `answered_seq` is the
    last event that needs no reply from the bot.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('offered', 'active', 'on_hold', 'wrap_up') OR agent_id IS NOT NULL",
            name="held_has_agent",
        ),
        CheckConstraint(
            "state NOT IN ('waiting', 'offered') OR queued_at IS NOT NULL", name="waiting_has_time"
        ),
        Index("ix_conversation_queue", "state", "priority", "queued_at"),
        Index("ix_conversation_agent_id_state", "agent_id", "state"),
        Index(
            "ix_conversation_unanswered",
            "last_at",
            sqlite_where=UNANSWERED,
            postgresql_where=UNANSWERED,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(unique=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    fence: Mapped[int] = mapped_column(Integer, default=0)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    answered_seq: Mapped[int] = mapped_column(Integer, default=0)
    last_citizen_seq: Mapped[int] = mapped_column(Integer, default=0)
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    reason: Mapped[str | None] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(100))
    page: Mapped[str | None] = mapped_column(String(2000))
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16), default="citizen")  # practice, internal
    audience: Mapped[str] = mapped_column(String(16), default="privat")
    priority: Mapped[int] = mapped_column(Integer, default=0)  # the higher, the sooner
    department: Mapped[str | None] = mapped_column(String(64))  # whose agents shall take it


class EventRow(Base):
    """Something that happened: a message or a change of state. Never altered."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("conversation_id", "actor", "client_message_id"),
        UniqueConstraint("conversation_id", "actor", "move_id"),
    )

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(String(16))
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    agent_name: Mapped[str | None] = mapped_column(String(100))  # as the citizen saw it then
    text: Mapped[str | None] = mapped_column(Text)
    client_message_id: Mapped[UUID | None]
    choice: Mapped[str | None] = mapped_column(String(200))
    decision: Mapped[dict[str, Any] | None] = mapped_column(Document)
    answers_seq: Mapped[int | None] = mapped_column(Integer)
    move: Mapped[str | None] = mapped_column(String(32))
    move_id: Mapped[UUID | None]
    state: Mapped[str | None] = mapped_column(String(16))
    masked: Mapped[list[str] | None] = mapped_column(Document)  # kinds of what was hidden in `text`


class FeedbackRow(Base):
    """Whether the citizen says that an answer helped; the last word counts."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["event.conversation_id", "event.seq"],
            ondelete="CASCADE",
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    helpful: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SurveyRow(Base):
    """What the citizen says of the whole conversation, from 1 (very hard) to 5 (very easy)."""

    __tablename__ = "survey"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    ease: Mapped[int | None] = mapped_column(Integer)  # of getting help
    reach: Mapped[int | None] = mapped_column(Integer)  # of getting hold of the municipality
    comment: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SeenRow(Base):
    """How far an agent has read in a conversation."""

    __tablename__ = "seen"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[UUID] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer)


class PublicationRow(Base):
    """A change of one entry: who, when, before and after.

    A row without `done_at` is an intent: the change was about to be made. It is either made or
    taken back at the next start; after that the row is never altered.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_entry_at", "entry", "at"),
        Index("ix_publication_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(500))  # below data/faq
    editor: Mapped[str] = mapped_column(String(100))  # the name, as it was then
    username: Mapped[str | None] = mapped_column(String(64))  # None: changed in the file
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    version_before: Mapped[str | None] = mapped_column(String(64))
    version_after: Mapped[str | None] = mapped_column(String(64))
    request: Mapped[str] = mapped_column(String(64))  # a hash, to tell a repeat from another use
    commit: Mapped[str | None] = mapped_column(String(64))
    index: Mapped[str | None] = mapped_column(String(64))


class PresenceRow(Base):
    """What an agent is doing, and until when they are taken to be there.

    The row is locked by whoever gives the agent a conversation, so that nobody gets too many.
    """

    __tablename__ = "presence"

    agent_id: Mapped[UUID] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    status: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # for taking turns


class TimerRow(Base):
    """Something that shall happen to a conversation at a moment, whoever is running then."""

    __tablename__ = "timer"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class WaitRow(Base):
    """One wait in the queue: what stood before it, and how it ended."""

    __tablename__ = "wait"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True, index=True)
    audience: Mapped[str] = mapped_column(String(16))
    ahead: Mapped[int] = mapped_column(Integer)
    agents: Mapped[int] = mapped_column(Integer)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    served: Mapped[bool | None]


class NoteRow(Base):
    """Something that agents write to each other about a conversation. No citizen sees it.

    A proposal (see `PROPOSALS`) is an agent's reply, written down for editors: its text and its
    time are the reply's own.
    """

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_conversation_id_at", "conversation_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"))
    agent_name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(String(64))  # asked, or answering


class OutcomeRow(Base):
    """What became of a conversation that a person held. Nothing is closed without one."""

    __tablename__ = "outcome"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"))
    errand_type: Mapped[str] = mapped_column(String(32))
    cause: Mapped[str] = mapped_column(String(32))
    resolution: Mapped[str] = mapped_column(String(16))
    searched_web: Mapped[str] = mapped_column(String(8))
    seconds: Mapped[int] = mapped_column(Integer)  # in an agent's hands


class ErrandRow(Base):
    """Something that the municipality has promised to do, with a time."""

    __tablename__ = "errand"
    __table_args__ = (Index("ix_errand_done_at_due_at", "done_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(String(200))  # telephone or e-mail
    errand_type: Mapped[str | None] = mapped_column(String(32))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    resolution: Mapped[str | None] = mapped_column(String(16))
    result: Mapped[str | None] = mapped_column(Text)


class ReplyUseRow(Base):
    """How often a prepared reply has been used."""

    __tablename__ = "reply_use"

    reply_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


def is_generalist() -> ColumnElement[bool]:
    """Tell whether an agent is of no department."""
    return cast(AgentRow.departments, Text) == "[]"


def counted() -> ColumnElement[bool]:
    """Tell whether an event is of a citizen's conversation: practice is in no figure."""
    citizens = select(ConversationRow.id).where(ConversationRow.kind == "citizen")
    return EventRow.conversation_id.in_(citizens)


def between_agents() -> ColumnElement[bool]:
    """Tell whether a note is for agents: proposals are for editors."""
    return NoteRow.kind.not_in(PROPOSALS)
