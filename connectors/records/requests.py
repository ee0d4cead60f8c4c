"""Requests: registered, filled with conversations, closed with an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.opening_hours.model import STOCKHOLM
from connectors.accounts.model import Account
from connectors.audit.log import Deed, note_once, record
from connectors.conversation.holding import HoldReason
from connectors.errors import ConversationNotFound, IdReused, Withheld
from connectors.records.common import (
    Basis,
    appeal_hold_id,
    deed_of,
    find_request,
    open_request,
)
from connectors.records.lines import lines_of
from connectors.records.model import Kind, Outcome, RequestFull, RequestView
from connectors.records.reading import unread
from connectors.retention.due import REQUESTS
from connectors.storage.database import insert_into
from connectors.storage.record_tables import (
    HoldRow,
    RecordRequestRow,
    RequestedConversationRow,
    SecrecyMarkRow,
)
from connectors.storage.tables import ConversationRow

_APPEALED = frozenset({Outcome.REFUSED, Outcome.PARTLY})
LISTED = 200  # closed requests, newest first


@dataclass(frozen=True)
class NewRequest:
    """What is known of a request: its number in the municipality's own register, never who asks."""

    id: UUID
    reference: str
    kind: Kind
    received: date


class Requests:
    """Everything that is asked for."""

    def __init__(self, basis: Basis) -> None:
        self._basis, self._database = basis, basis.database

    async def register(self, registrar: Account, new: NewRequest) -> tuple[RequestView, bool]:
        """Keep a request; a repeat gets the stored one and False. From now on nothing is deleted.

        Raises:
            IdReused: the id stands for another request.
        """
        async with self._database.write() as session:
            await self._database.lock(session, REQUESTS)
            stored = await session.get(RecordRequestRow, new.id)
            if stored is not None:
                return await self._repeated(session, stored, new), False
            row = RecordRequestRow(
                id=new.id,
                reference=new.reference,
                kind=new.kind.value,
                received_at=_end_of(new.received),
                registered_by=registrar.username,
            )
            session.add(row)
            await session.flush()
            await record(self._database, session, deed_of(registrar, "register", row))
            return view(row, 0), True

    async def listed(self, *, closed: bool) -> list[RequestView]:
        """Return requests: open ones oldest first, closed ones newest first."""
        row = RecordRequestRow
        if closed:
            query = select(row).where(row.closed_at.is_not(None)).order_by(row.closed_at.desc())
        else:
            query = select(row).where(row.closed_at.is_(None)).order_by(row.received_at)
        async with self._database.read() as session:
            rows = (await session.scalars(query.order_by(row.id).limit(LISTED))).all()
            sizes = await _sizes(session, [one.id for one in rows])
        return [view(one, sizes.get(one.id, 0)) for one in rows]

    async def opened(self, registrar: Account, request_id: UUID) -> RequestFull:
        """Return a request with the first words of its conversations, which is noted as read.

        Raises:
            RequestNotFound.
        """
        found = await self._full(request_id)
        if found.conversations:
            subject = found.request.reference
            deed = replace(deed_of(registrar, "read"), subject=subject)
            await note_once(self._database, deed, self._basis.now())
        return found

    async def _full(self, request_id: UUID) -> RequestFull:
        async with self._database.read() as session:
            row = await find_request(session, request_id)
            ids = await conversations_of(session, request_id)
            lines = await lines_of(session, ids, frozenset(ids))
            marks = await _marks(session, request_id)
            new = await unread(session, row, self._basis.name_outcome)
        return RequestFull(
            request=view(row, len(ids)),
            conversations=tuple(sorted(lines, key=lambda line: line.created_at)),
            marks=marks,
            unread=new,
        )

    async def close(self, registrar: Account, request_id: UUID, outcome: Outcome) -> RequestView:
        """Say how it ended; a repeat of the same changes nothing.

        What was refused is held: whoever asked may appeal (offentlighets- och sekretesslagen
        6 kap. 7 §), and a court must be able to look at it. Each request places holds of its own,
        and a registrar lifts them.

        Raises:
            RequestNotFound.
            RequestClosed: it ended otherwise.
            Withheld: something is marked, so that it was refused at least in part.
        """
        async with self._database.write() as session:
            row = await session.get(RecordRequestRow, request_id, with_for_update=True)
            if row is None or row.outcome != outcome.value:
                row = await open_request(session, request_id)
                if outcome not in _APPEALED and await _marks(session, request_id):
                    raise Withheld
                row.closed_at, row.closed_by = self._basis.now(), registrar.username
                row.outcome = outcome.value
                deeds = [deed_of(registrar, "close", row, outcome=outcome.value)]
                if outcome in _APPEALED:
                    deeds += await self._hold(session, registrar, row)
                for deed in deeds:
                    await record(self._database, session, deed)
            sizes = await _sizes(session, [row.id])
        return view(row, sizes.get(row.id, 0))

    async def _hold(
        self, session: AsyncSession, registrar: Account, request: RecordRequestRow
    ) -> list[Deed]:
        """Hold all conversations of a request, whatever holds them already."""
        reason, found = HoldReason.APPEAL.value, sorted(await conversations_of(session, request.id))
        for one in found:
            await session.get(ConversationRow, one, with_for_update=True)
            hold = HoldRow(
                id=appeal_hold_id(request.id, one),
                conversation_id=one,
                reason=reason,
                placed_at=self._basis.now(),
                placed_by=registrar.username,
            )
            session.add(hold)
        return [deed_of(registrar, "hold", request, one, reason=reason) for one in found]

    async def add(self, registrar: Account, request_id: UUID, ids: Sequence[UUID]) -> None:
        """Let the request be about these conversations, too; a repeat changes nothing.

        Raises:
            RequestNotFound, RequestClosed.
            ConversationNotFound: one of them is not there, or not any longer.
        """
        async with self._database.write() as session:
            row = await open_request(session, request_id)
            there = select(ConversationRow.id).where(ConversationRow.id.in_(ids))
            if len((await session.scalars(there)).all()) < len(set(ids)):
                raise ConversationNotFound
            known = set(await conversations_of(session, request_id))
            new = [one for one in dict.fromkeys(ids) if one not in known]
            for conversation_id in new:
                await session.execute(
                    insert_into(session, RequestedConversationRow)
                    .values(
                        request_id=request_id,
                        conversation_id=conversation_id,
                        added_at=self._basis.now(),
                        added_by=registrar.username,
                    )
                    .on_conflict_do_nothing()
                )
            for conversation_id in new:
                await record(
                    self._database, session, deed_of(registrar, "add", row, conversation_id)
                )

    async def remove(self, registrar: Account, request_id: UUID, conversation_id: UUID) -> None:
        """Let the request not be about a conversation; what was marked in it is forgotten.

        Raises:
            RequestNotFound, RequestClosed.
        """
        requested = RequestedConversationRow
        chosen = (
            requested.request_id == request_id,
            requested.conversation_id == conversation_id,
        )
        async with self._database.write() as session:
            row = await open_request(session, request_id)
            gone = await session.execute(
                delete(requested).where(*chosen).returning(requested.conversation_id)
            )
            if gone.first() is not None:
                deed = deed_of(registrar, "remove", row, conversation_id)
                await record(self._database, session, deed)

    async def _repeated(
        self, session: AsyncSession, stored: RecordRequestRow, new: NewRequest
    ) -> RequestView:
        sizes = await _sizes(session, [stored.id])
        found = view(stored, sizes.get(stored.id, 0))
        if (found.reference, found.kind, found.received) != (new.reference, new.kind, new.received):
            raise IdReused
        return found


def _end_of(day: date) -> datetime:
    """Return the end of a day in Sweden: what was said on the day itself may be asked for, too."""
    return datetime.combine(day, time.max, STOCKHOLM).astimezone(UTC)


def view(row: RecordRequestRow, conversations: int) -> RequestView:
    """Return a request as it is shown."""
    columns = {
        column.key: getattr(row, column.key) for column in RecordRequestRow.__table__.columns
    }
    received = row.received_at.astimezone(STOCKHOLM).date()
    return RequestView.model_validate(
        {**columns, "received": received, "conversations": conversations}
    )


async def conversations_of(session: AsyncSession, request_id: UUID) -> Sequence[UUID]:
    """Return the conversations that a request is about, oldest first."""
    requested = RequestedConversationRow
    query = (
        select(requested.conversation_id)
        .join(ConversationRow, ConversationRow.id == requested.conversation_id)
        .where(requested.request_id == request_id)
        .order_by(ConversationRow.created_at, ConversationRow.id)
    )
    return (await session.scalars(query)).all()


async def _sizes(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    requested = RequestedConversationRow
    query = (
        select(requested.request_id, func.count().label("size"))
        .where(requested.request_id.in_(ids))
        .group_by(requested.request_id)
    )
    return {row.request_id: row.size for row in await session.execute(query)}


async def _marks(session: AsyncSession, request_id: UUID) -> dict[UUID, int]:
    mark = SecrecyMarkRow
    query = (
        select(mark.conversation_id, func.count().label("size"))
        .where(mark.request_id == request_id)
        .group_by(mark.conversation_id)
    )
    return {row.conversation_id: row.size for row in await session.execute(query)}
