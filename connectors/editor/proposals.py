"""What agents have replied and want editors to see: each may become the draft of an entry."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import KommunbotError
from bot.gaps.asking import Asking
from bot.masking.masker import Masker
from bot.municipality import Municipality
from connectors.audit.log import Deed, note_once, record
from connectors.audit.model import Action, Doer
from connectors.conversation.asked import decisions_of, question_of
from connectors.editor.beginning import NewEntry, as_answer, begin_from_reply
from connectors.editor.model import FileLine
from connectors.errors import EditorUnavailable, ProposalNotFound
from connectors.storage.database import Database
from connectors.storage.tables import PROPOSAL, PROPOSAL_DONE, PROPOSALS, EventRow, NoteRow

MOST = 100  # on the list; masking takes a hundredth of a second for each


class ShownProposal(BaseModel):
    """A reply that an agent has proposed. Who the citizen is is hidden."""

    id: UUID
    question: str | None = Field(description="what the citizen had asked; null: nothing")
    reply: str = Field(description="as an entry would say it, with {kommun.…}")
    agent_name: str
    at: datetime = Field(description="when the agent replied")


@dataclass(frozen=True)
class Proposed:
    """The same as it was written, before anything is masked."""

    id: UUID
    question: str | None
    reply: str
    agent_name: str
    at: datetime


class Proposals:
    """Reads what agents have proposed; nobody sees it unmasked."""

    def __init__(
        self, database: Database, asking: Asking | None, masker: Masker, data_dir: Path
    ) -> None:
        self._database, self._asking, self._data_dir = database, asking, data_dir
        self._masker = masker

    async def all(self, reader: Doer) -> list[ShownProposal]:
        """Return what no editor has dismissed, the newest first; the audit log says who reads it.

        Raises:
            EditorUnavailable: what masks is not there.
        """
        query = select(NoteRow).where(NoteRow.kind == PROPOSAL)
        newest = query.order_by(NoteRow.at.desc(), NoteRow.id).limit(MOST)
        async with self._database.read() as session:
            found = await _with_questions(session, (await session.scalars(newest)).all())
        await note_once(self._database, Deed.of(reader, Action.PROPOSAL_LIST))
        return await asyncio.to_thread(self._shown, found)

    async def draft(
        self, reader: Doer, proposal_id: UUID, files: Sequence[FileLine], now: datetime
    ) -> NewEntry:
        """Return a beginning of an entry with the reply as its answer. Stores nothing.

        Args:
            files: those that a new entry can be put in.

        Raises:
            ProposalNotFound: there is no such proposal, or it is dismissed.
            EditorUnavailable: there is no search, or what masks is not there.
        """
        async with self._database.read() as session:
            row = await session.get(NoteRow, proposal_id)
            if row is None or row.kind != PROPOSAL:
                raise ProposalNotFound
            (found,) = await _with_questions(session, [row])
        deed = Deed.of(reader, Action.PROPOSAL_OPEN, row.conversation_id, str(row.id))
        await note_once(self._database, deed, now)
        return await asyncio.to_thread(self._begin, found, files, now)

    async def dismiss(self, editor: Doer, proposal_id: UUID) -> None:
        """Take a proposal off the list; a repeat changes nothing.

        Raises:
            ProposalNotFound: there is no such proposal.
        """
        async with self._database.write() as session:
            row = await session.get(NoteRow, proposal_id, with_for_update=True)
            if row is None or row.kind not in PROPOSALS:
                raise ProposalNotFound
            if row.kind == PROPOSAL:
                row.kind = PROPOSAL_DONE
                deed = Deed.of(editor, Action.PROPOSAL_DISMISS, row.conversation_id, str(row.id))
                await record(self._database, session, deed)

    def _shown(self, found: Sequence[Proposed]) -> list[ShownProposal]:
        with _told_as_unavailable():
            facts = Municipality.load(self._data_dir)
            return [_shown(one, facts, self._masker) for one in found]

    def _begin(self, found: Proposed, files: Sequence[FileLine], now: datetime) -> NewEntry:
        if self._asking is None:
            raise EditorUnavailable
        with _told_as_unavailable():
            facts = Municipality.load(self._data_dir)
            question = found.question or ""
            return begin_from_reply(
                question, found.reply, facts, self._asking, self._masker, files, now
            )


@contextmanager
def _told_as_unavailable() -> Iterator[None]:
    """Raises EditorUnavailable where a model, the index or the municipality's facts are missing."""
    try:
        yield
    except KommunbotError as error:
        raise EditorUnavailable from error


def _shown(found: Proposed, facts: Mapping[str, str], masker: Masker) -> ShownProposal:
    return ShownProposal(
        id=found.id,
        question=masker.mask_all(found.question).text if found.question else None,
        reply=as_answer(found.reply, facts, masker),
        agent_name=found.agent_name,
        at=found.at,
    )


async def _with_questions(session: AsyncSession, rows: Sequence[NoteRow]) -> list[Proposed]:
    """Add to each proposal what the citizen had asked before that reply."""
    ids = {row.conversation_id for row in rows}
    query = select(EventRow).where(EventRow.conversation_id.in_(ids))
    ordered = await session.scalars(query.order_by(EventRow.conversation_id, EventRow.seq))
    events = {
        conversation: list(group)
        for conversation, group in groupby(ordered, key=lambda event: event.conversation_id)
    }
    return [_proposed(row, events.get(row.conversation_id, [])) for row in rows]


def _proposed(row: NoteRow, events: Sequence[EventRow]) -> Proposed:
    before = [event for event in events if event.at < row.at]
    question = question_of(before, decisions_of(before))
    return Proposed(row.id, question, row.text, row.agent_name, row.at)
