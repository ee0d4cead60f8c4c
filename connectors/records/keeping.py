"""What must not be deleted, what has been, and who did what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.accounts.model import Account
from connectors.audit.log import broken_at, note, record
from connectors.conversation.holding import HoldReason
from connectors.conversation.model import Shown
from connectors.errors import ConversationNotFound, HoldNotFound, IdReused
from connectors.records.common import Basis, appeal_hold_id, deed_of
from connectors.storage.record_tables import (
    AuditRow,
    DisposalRow,
    HoldRow,
    RecordRequestRow,
    RequestedConversationRow,
)
from connectors.storage.tables import ConversationRow

LISTED = 500  # lines of the protocol, and holds


class HoldView(Shown):
    """A conversation that must be kept for now."""

    id: UUID
    conversation_id: UUID
    reason: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    reference: str | None = Field(
        None, description="of the request whose answer may be appealed; a hold by hand has none"
    )


class DisposalView(Shown):
    """A line of the protocol of disposal."""

    id: UUID
    at: datetime
    category: str
    cause: str
    conversations: int
    events: int
    errands: int
    decision: dict[str, Any] = Field(description="number, date and board of the decision")


class LogLine(Shown):
    """Something that a member of staff did or read."""

    seq: int
    at: datetime
    username: str
    role: str
    action: str
    conversation_id: UUID | None = None
    subject: str | None = None
    detail: dict[str, Any] | None = None


@dataclass(frozen=True)
class LogFilter:
    """Which lines of the log to show: the newest `limit` before the line `before`."""

    username: str | None = None
    action: str | None = None  # as it begins: `records.`
    conversation_id: UUID | None = None
    before: int | None = None
    limit: int = 100


class Keeping:
    """Holds, the protocol of disposal and the audit log."""

    def __init__(self, basis: Basis) -> None:
        self._basis, self._database = basis, basis.database

    async def holds(self) -> list[HoldView]:
        """Return the holds in force, newest first."""
        query = select(HoldRow).where(HoldRow.lifted_at.is_(None))
        async with self._database.read() as session:
            rows = await session.scalars(
                query.order_by(HoldRow.placed_at.desc(), HoldRow.id).limit(LISTED)
            )
            return await _views(session, rows.all())

    async def hold(
        self, registrar: Account, hold_id: UUID, conversation_id: UUID, reason: HoldReason
    ) -> HoldView:
        """Let nobody delete a conversation; a repeat changes nothing.

        Raises:
            ConversationNotFound.
            IdReused: the id stands for another hold.
        """
        async with self._database.write() as session:
            row = await session.get(HoldRow, hold_id)
            if row and (row.conversation_id, row.reason) != (conversation_id, reason.value):
                raise IdReused
            if await session.get(ConversationRow, conversation_id, with_for_update=True) is None:
                raise ConversationNotFound
            if row is None:
                row = HoldRow(
                    id=hold_id,
                    conversation_id=conversation_id,
                    reason=reason.value,
                    placed_at=self._basis.now(),
                    placed_by=registrar.username,
                )
                session.add(row)
                await session.flush()
                deed = deed_of(registrar, "hold", None, conversation_id, reason=reason.value)
                await record(self._database, session, deed)
            (view,) = await _views(session, [row])
            return view

    async def lift(self, registrar: Account, hold_id: UUID) -> HoldView:
        """Let a conversation follow the rules of deletion again; a repeat changes nothing.

        Raises:
            HoldNotFound: there is none, or its conversation is gone.
        """
        async with self._database.write() as session:
            row = await session.get(HoldRow, hold_id, with_for_update=True)
            if row is None:
                raise HoldNotFound
            lifts = row.lifted_at is None
            if lifts:
                row.lifted_at, row.lifted_by = self._basis.now(), registrar.username
            (view,) = await _views(session, [row])
            if lifts:
                deed = deed_of(registrar, "lift", None, row.conversation_id, reason=row.reason)
                await record(self._database, session, replace(deed, subject=view.reference))
            return view

    async def disposals(self) -> list[DisposalView]:
        """Return the newest lines of the protocol of disposal, newest first."""
        query = select(DisposalRow).order_by(DisposalRow.at.desc(), DisposalRow.id).limit(LISTED)
        async with self._database.read() as session:
            rows = await session.scalars(query)
            return [DisposalView.model_validate(row, from_attributes=True) for row in rows]

    async def log(self, chosen: LogFilter) -> list[LogLine]:
        """Return lines of the audit log, newest first."""
        row = AuditRow
        query = select(row).order_by(row.seq.desc()).limit(chosen.limit)
        if chosen.username:
            query = query.where(row.username == chosen.username)
        if chosen.action:
            query = query.where(row.action.startswith(chosen.action, autoescape=True))
        if chosen.conversation_id:
            query = query.where(row.conversation_id == chosen.conversation_id)
        if chosen.before:
            query = query.where(row.seq < chosen.before)
        async with self._database.read() as session:
            rows = await session.scalars(query)
            return [LogLine.model_validate(one, from_attributes=True) for one in rows]

    async def verify(self, registrar: Account) -> int | None:
        """Return the first line of the log that was altered or follows a gap; None if none was."""
        async with self._database.snapshot() as session:
            broken = await broken_at(session)
        await note(self._database, deed_of(registrar, "verify", None, None, whole=broken is None))
        return broken


async def _views(session: AsyncSession, rows: Sequence[HoldRow]) -> list[HoldView]:
    """Return holds as they are shown, each with the request that it was placed for."""
    requested, request = RequestedConversationRow, RecordRequestRow
    query = (
        select(requested.request_id, requested.conversation_id, request.reference)
        .join(request, request.id == requested.request_id)
        .where(requested.conversation_id.in_([row.conversation_id for row in rows]))
    )
    references = {
        appeal_hold_id(request_id, conversation_id): reference
        for request_id, conversation_id, reference in await session.execute(query)
    }
    views = [HoldView.model_validate(row, from_attributes=True) for row in rows]
    return [one.model_copy(update={"reference": references.get(one.id)}) for one in views]
