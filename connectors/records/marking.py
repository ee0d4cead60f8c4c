"""The review for secrecy: reading a conversation, and marking what must not be handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.accounts.model import Account
from connectors.audit.log import note, note_once, record
from connectors.errors import ConversationNotFound, MarkOutside, RequestClosed
from connectors.records.common import Basis, deed_of, find_request, open_request
from connectors.records.model import MarkView, OpenTranscript, Review, Span, Transcript
from connectors.records.reading import note_read, transcript_for
from connectors.records.redacting import redact, same_words
from connectors.storage.record_tables import (
    RecordRequestRow,
    RequestedConversationRow,
    SecrecyMarkRow,
)


@dataclass(frozen=True)
class NewMark:
    """Words that are secret; `everywhere` means wherever they stand in the conversation."""

    id: UUID
    span: Span
    ground: str
    everywhere: bool = False


class Marks:
    """What is secret in the answer to a request."""

    def __init__(self, basis: Basis) -> None:
        self._basis, self._database = basis, basis.database

    async def review(self, registrar: Account, request_id: UUID, conversation_id: UUID) -> Review:
        """Return all of a conversation, with what is marked. The log keeps who read it.

        What is read of a conversation that the request is about may be handed out from now on.

        Raises:
            RequestNotFound, ConversationNotFound.
            RequestClosed: it is closed, and was not about this conversation.
        """
        async with self._database.write() as session:
            request = await find_request(session, request_id)
            found = await self._review(session, request, conversation_id)
            requested = await session.get(RequestedConversationRow, (request_id, conversation_id))
            if requested is not None:
                note_read(requested, found.transcript)
            elif request.closed_at is not None:
                raise RequestClosed
        await note(self._database, deed_of(registrar, "read", request, conversation_id))
        return found

    async def preview(
        self, registrar: Account, request_id: UUID, conversation_id: UUID
    ) -> OpenTranscript:
        """Return a conversation as whoever asks will see it. Raises as `review` does."""
        found = await self.review(registrar, request_id, conversation_id)
        return redact(found.transcript, found.marks)

    async def mark(
        self, registrar: Account, request_id: UUID, conversation_id: UUID, new: NewMark
    ) -> Review:
        """Mark words as secret; a repeat changes nothing. What is returned is noted as read.

        Raises:
            RequestNotFound, RequestClosed.
            ConversationNotFound: the request is not about it.
            MarkOutside: there are no such words.
        """
        async with self._database.write() as session:
            request = await open_request(session, request_id)
            transcript = await self._included(session, request, conversation_id)
            _check(transcript, new.span)
            spans = same_words(transcript, new.span) if new.everywhere else [new.span]
            rows = [self._row(registrar, request_id, conversation_id, new, one) for one in spans]
            added = await _add_new(session, request_id, conversation_id, rows)
            if added:
                deed = deed_of(
                    registrar, "mark", request, conversation_id, ground=new.ground, places=added
                )
                await record(self._database, session, deed)
            found = await self._review(session, request, conversation_id)
        await self._note(registrar, request, conversation_id)
        return found

    async def unmark(
        self, registrar: Account, request_id: UUID, conversation_id: UUID, mark_id: UUID
    ) -> Review:
        """Take a mark away; otherwise as `mark`."""
        mark = SecrecyMarkRow
        async with self._database.write() as session:
            request = await open_request(session, request_id)
            await self._included(session, request, conversation_id)
            gone = await session.execute(
                delete(mark)
                .where(mark.id == mark_id, mark.request_id == request_id)
                .where(mark.conversation_id == conversation_id)
                .returning(mark.ground)
            )
            if (ground := gone.scalar()) is not None:
                deed = deed_of(registrar, "unmark", request, conversation_id, ground=ground)
                await record(self._database, session, deed)
            found = await self._review(session, request, conversation_id)
        await self._note(registrar, request, conversation_id)
        return found

    async def _note(
        self, registrar: Account, request: RecordRequestRow, conversation_id: UUID
    ) -> None:
        """Note a reading, unless it goes on: who marks has most often just read."""
        deed = deed_of(registrar, "read", request, conversation_id)
        await note_once(self._database, deed, self._basis.now())

    async def _review(
        self, session: AsyncSession, request: RecordRequestRow, conversation_id: UUID
    ) -> Review:
        transcript = await self._transcript(session, request, conversation_id)
        requested = await session.get(RequestedConversationRow, (request.id, conversation_id))
        marks = await marks_of(session, request.id, conversation_id)
        return Review(transcript=transcript, marks=tuple(marks), included=requested is not None)

    async def _included(
        self, session: AsyncSession, request: RecordRequestRow, conversation_id: UUID
    ) -> Transcript:
        if await session.get(RequestedConversationRow, (request.id, conversation_id)) is None:
            raise ConversationNotFound
        return await self._transcript(session, request, conversation_id)

    async def _transcript(
        self, session: AsyncSession, request: RecordRequestRow, conversation_id: UUID
    ) -> Transcript:
        return await transcript_for(session, request, conversation_id, self._basis.name_outcome)

    def _row(
        self,
        registrar: Account,
        request_id: UUID,
        conversation_id: UUID,
        new: NewMark,
        span: Span,
    ) -> SecrecyMarkRow:
        own = span == new.span
        return SecrecyMarkRow(
            id=new.id if own else uuid5(new.id, f"{span.part} {span.start}"),
            request_id=request_id,
            conversation_id=conversation_id,
            part=span.part,
            start=span.start,
            end=span.end,
            ground=new.ground,
            marked_at=self._basis.now(),
            marked_by=registrar.username,
        )


async def marks_of(
    session: AsyncSession, request_id: UUID, conversation_id: UUID
) -> list[MarkView]:
    """Return what is marked in a conversation, in the order of its parts' names."""
    mark = SecrecyMarkRow
    query = select(mark).where(
        mark.request_id == request_id, mark.conversation_id == conversation_id
    )
    rows = await session.scalars(query.order_by(mark.part, mark.start, mark.id))
    return [MarkView.model_validate(row, from_attributes=True) for row in rows]


def _check(transcript: Transcript, span: Span) -> None:
    lengths = {part.key: len(part.text) for part in transcript.parts}
    if not 0 <= span.start < span.end <= lengths.get(span.part, 0):
        raise MarkOutside


async def _add_new(
    session: AsyncSession,
    request_id: UUID,
    conversation_id: UUID,
    rows: Sequence[SecrecyMarkRow],
) -> int:
    """Add what is not there yet; returns how many that were."""
    stored = await marks_of(session, request_id, conversation_id)
    ids = {one.id for one in stored}
    places = {(one.part, one.start, one.end, one.ground) for one in stored}
    new = [
        row
        for row in rows
        if row.id not in ids and (row.part, row.start, row.end, row.ground) not in places
    ]
    session.add_all(new)
    await session.flush()
    return len(new)
