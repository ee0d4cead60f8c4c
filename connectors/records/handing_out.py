"""Makes what is handed out. It is sent to the registrar's browser, and kept nowhere."""

from uuid import UUID

from connectors.accounts.model import Account
from connectors.audit.log import note
from connectors.errors import ConversationNotFound, NotRead
from connectors.records.common import Basis, deed_of, find_request
from connectors.records.marking import marks_of
from connectors.records.model import Handout, Kind, OpenTranscript
from connectors.records.reading import is_read, transcript_for
from connectors.records.redacting import count_grounds, redact
from connectors.records.requests import conversations_of
from connectors.storage.record_tables import RequestedConversationRow


class Handouts:
    """Documents for whoever asks, without what is marked as secret."""

    def __init__(self, basis: Basis) -> None:
        self._basis, self._database = basis, basis.database

    async def make(
        self, registrar: Account, request_id: UUID, only: UUID | None, file_kind: str
    ) -> Handout:
        """Return all conversations of a request, or `only` one. The log keeps that.

        Of a closed request, nothing that came after it was closed.

        Raises:
            RequestNotFound.
            ConversationNotFound: the request is about none, or not about that one.
            NotRead: something in one of them has not been read for the request.
        """
        async with self._database.read() as session:
            request = await find_request(session, request_id)
            ids = await conversations_of(session, request_id)
            chosen = [one for one in ids if only in (None, one)]
            if not chosen:
                raise ConversationNotFound
            opened: list[OpenTranscript] = []
            for one in chosen:
                transcript = await transcript_for(session, request, one, self._basis.name_outcome)
                requested = await session.get(RequestedConversationRow, (request_id, one))
                if requested is None or not is_read(requested, transcript):
                    raise NotRead
                opened.append(redact(transcript, await marks_of(session, request_id, one)))
        made = Handout(
            municipality=self._basis.municipality,
            reference=request.reference,
            kind=Kind(request.kind),
            made_at=self._basis.now(),
            grounds=count_grounds(opened),
            conversations=tuple(opened),
        )
        deed = deed_of(
            registrar, "export", request, only, file=file_kind, conversations=len(opened)
        )
        await note(self._database, deed)
        return made
