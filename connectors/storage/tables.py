"""The tables. Events are append-only; a conversation's row says where it stands now."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
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
    """A person who answers at the desk."""

    __tablename__ = "agent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeskSessionRow(Base):
    """A login at the desk. Only a hash of the cookie's token is kept."""

    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
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
        CheckConstraint("state <> 'active' OR agent_id IS NOT NULL", name="active_has_agent"),
        CheckConstraint("state <> 'waiting' OR queued_at IS NOT NULL", name="waiting_has_time"),
        Index("ix_conversation_state_queued_at", "state", "queued_at"),
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
