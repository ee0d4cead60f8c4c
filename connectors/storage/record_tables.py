"""The tables of keeping and deleting: who did what, what is held, asked for and disposed of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from connectors.storage.tables import Base, Document, UtcDateTime


class AuditRow(Base):
    """Something that a member of staff did or read. Never altered, never deleted.

    `hash` is made of the row and of `previous`, the hash of the row before, so that a row that is
    changed or taken away breaks the chain. No text of a citizen is in it.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at", "at"),
        Index("ix_audit_conversation_id", "conversation_id"),
    )

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    username: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[UUID | None]  # may have been deleted since
    subject: Mapped[str | None] = mapped_column(String(200))  # a reference, an entry, a file
    detail: Mapped[dict[str, Any] | None] = mapped_column(Document)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class HoldRow(Base):
    """A reason why a conversation must not be deleted, until it is lifted."""

    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_conversation_id", "conversation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(16))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_by: Mapped[str] = mapped_column(String(64))  # a username, or `system`
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(64))


class RecordRequestRow(Base):
    """A request for public documents, or for a register extract. Who asks is not stored here."""

    __tablename__ = "record_request"
    __table_args__ = (Index("ix_record_request_closed_at", "closed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(64))  # the number in the municipality's register
    kind: Mapped[str] = mapped_column(String(16))  # public, extract
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(16))


class RequestedConversationRow(Base):
    """A conversation that a request is about."""

    __tablename__ = "requested_conversation"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("record_request.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    read_digest: Mapped[str | None] = mapped_column(String(64))  # of all that has been read of it


class SecrecyMarkRow(Base):
    """Words of a conversation that are secret in the answer to a request, and by which rule."""

    __tablename__ = "secrecy_mark"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "conversation_id"],
            ["requested_conversation.request_id", "requested_conversation.conversation_id"],
            ondelete="CASCADE",
        ),
        Index("ix_secrecy_mark_request_id_conversation_id", "request_id", "conversation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    part: Mapped[str] = mapped_column(String(64))  # event:12, note:<id>, errand:<reference>.contact
    start: Mapped[int] = mapped_column(Integer)  # characters from the text's beginning
    end: Mapped[int] = mapped_column(Integer)
    ground: Mapped[str] = mapped_column(String(64))  # OSL 26:1
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    marked_by: Mapped[str] = mapped_column(String(64))


class DisposalRow(Base):
    """A line of the protocol of disposal: when, what class, how many, and by which decision."""

    __tablename__ = "disposal"
    __table_args__ = (Index("ix_disposal_at", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    category: Mapped[str] = mapped_column(String(32))  # the class of documents
    cause: Mapped[str] = mapped_column(String(16))  # due, citizen
    conversations: Mapped[int] = mapped_column(Integer)
    events: Mapped[int] = mapped_column(Integer)
    errands: Mapped[int] = mapped_column(Integer)
    decision: Mapped[dict[str, Any]] = mapped_column(Document)  # number, date and board
