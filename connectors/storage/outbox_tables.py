"""The tables of what other systems are told, and how far each has heard of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectors.storage.tables import Base, Document, UtcDateTime


class OutboxRow(Base):
    """Something that another system shall hear of, written with what it tells."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    type: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]] = mapped_column(Document)


class DeliveryRow(Base):
    """How far one target has heard of it."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_done_at_next_at", "done_at", "next_at"),)

    outbox_id: Mapped[UUID] = mapped_column(
        ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True
    )
    target: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(100))  # the last one, without any body

    outbox: Mapped[OutboxRow] = relationship(lazy="raise")  # so that it is stored first
