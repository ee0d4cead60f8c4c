"""What a registrar has read of a request's conversations: nothing else is handed out."""

import hashlib
import json
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.records.model import Transcript
from connectors.records.transcripts import NameOutcome, read_transcript
from connectors.storage.record_tables import RecordRequestRow, RequestedConversationRow


async def transcript_for(
    session: AsyncSession,
    request: RecordRequestRow,
    conversation_id: UUID,
    name_outcome: NameOutcome,
) -> Transcript:
    """Return a conversation as a request is about it: of a closed one, nothing that came later.

    Raises:
        ConversationNotFound: there is none, or none any longer.
    """
    transcript = await read_transcript(session, conversation_id, name_outcome)
    closed_at = request.closed_at
    if closed_at is None:
        return transcript
    parts = tuple(part for part in transcript.parts if part.at is None or part.at <= closed_at)
    return transcript.model_copy(update={"parts": parts})


def note_read(requested: RequestedConversationRow, transcript: Transcript) -> None:
    """Keep that all of it has been read as it stands."""
    requested.read_digest = _digest(transcript)


def is_read(requested: RequestedConversationRow, transcript: Transcript) -> bool:
    return requested.read_digest == _digest(transcript)


async def unread(
    session: AsyncSession, request: RecordRequestRow, name_outcome: NameOutcome
) -> tuple[UUID, ...]:
    """Return the conversations that hold what nobody has read for this request."""
    row, found = RequestedConversationRow, list[UUID]()
    for one in await session.scalars(select(row).where(row.request_id == request.id)):
        transcript = await transcript_for(session, request, one.conversation_id, name_outcome)
        if not is_read(one, transcript):
            found.append(one.conversation_id)
    return tuple(found)


def _digest(transcript: Transcript) -> str:
    said = [(part.key, part.text) for part in transcript.parts]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
