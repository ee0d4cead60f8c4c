"""What citizens ask without getting a sure answer, put together for editors."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from bot.answering.model import Outcome, Reason
from bot.gaps.asking import Asking
from bot.gaps.clustering import MOST, cluster
from bot.gaps.model import Doubt, Gap
from bot.masking.masker import Masker
from connectors.audit.log import Deed, note_once
from connectors.audit.model import Action, Doer
from connectors.conversation.model import Actor
from connectors.editor.beginning import NewEntry, begin
from connectors.editor.model import FileLine
from connectors.errors import EditorUnavailable, GapNotFound
from connectors.storage.database import Database
from connectors.storage.tables import EventRow, FeedbackRow, counted

DAYS = 90  # what is older was asked of other content

_DOUBTFUL = (Outcome.CLARIFY.value, Outcome.OOS.value)
_MISSED = (Reason.SECOND_MISS.value,)


class Nearest(BaseModel):
    """The entry that comes nearest today."""

    id: str
    title: str
    confidence: float


class ShownGap(BaseModel):
    """Questions about the same thing that got no sure answer, or an answer that did not help."""

    id: str
    label: str
    questions: tuple[str, ...]
    count: int
    first: datetime
    last: datetime
    nearest: Nearest | None


class Gaps:
    """Reads events of the last `DAYS`; masks before anything else sees the text."""

    def __init__(self, database: Database, asking: Asking | None, masker: Masker) -> None:
        self._database, self._asking, self._masker = database, asking, masker

    async def all(self, reader: Doer, now: datetime) -> list[ShownGap]:
        """Return the gaps, the most asked for first; the audit log says who has read them.

        Raises:
            EditorUnavailable: there is no search to put questions together with.
        """
        found = await self._all(now)
        await note_once(self._database, Deed.of(reader, Action.GAP_LIST), now)
        return found

    async def draft(
        self, reader: Doer, gap_id: str, files: Sequence[FileLine], now: datetime
    ) -> NewEntry:
        """Return a beginning of an entry for a gap, in the file of the nearest entry's topic.

        Args:
            files: those that a new entry can be put in.

        Raises:
            GapNotFound: there is none with this id, or none any longer.
            EditorUnavailable: there is no search.
        """
        asking = self._require()
        gap = next((one for one in await self._all(now) if one.id == gap_id), None)
        if gap is None:
            raise GapNotFound
        await note_once(self._database, Deed.of(reader, Action.GAP_OPEN, subject=gap.id), now)
        return await asyncio.to_thread(begin, gap.label, asking, files, now, also=gap.questions)

    async def _all(self, now: datetime) -> list[ShownGap]:
        asking = self._require()
        doubts = await self._doubts(now - timedelta(days=DAYS))
        return await asyncio.to_thread(_gaps, doubts, asking, self._masker)

    def _require(self) -> Asking:
        if self._asking is None:
            raise EditorUnavailable
        return self._asking

    async def _doubts(self, since: datetime) -> list[tuple[str, datetime]]:
        """Return what was asked before a doubtful reply, or before an answer that did not help."""
        asked, reply = aliased(EventRow), EventRow
        outcome = reply.decision["outcome"].as_string()
        reason = reply.decision["reason"].as_string()
        query = (
            select(asked.text, asked.at)
            .select_from(reply)
            .join(
                asked,
                and_(
                    asked.conversation_id == reply.conversation_id, asked.seq == reply.answers_seq
                ),
            )
            .outerjoin(
                FeedbackRow,
                and_(
                    FeedbackRow.conversation_id == reply.conversation_id,
                    FeedbackRow.seq == reply.seq,
                ),
            )
            .where(
                reply.actor == Actor.BOT.value,
                reply.at >= since,
                asked.choice.is_(None),
                counted(),
                or_(outcome.in_(_DOUBTFUL), reason.in_(_MISSED), FeedbackRow.helpful.is_(False)),
            )
            .order_by(reply.at.desc())
            .limit(MOST)
        )
        async with self._database.read() as session:
            return [(text, at) for text, at in await session.execute(query) if text]


def _gaps(asked: Sequence[tuple[str, datetime]], asking: Asking, masker: Masker) -> list[ShownGap]:
    doubts = [Doubt(masker.mask_all(text).text, at) for text, at in asked]
    return [_shown(gap, asking) for gap in cluster(doubts, asking.encode, asking.centre)]


def _shown(gap: Gap, asking: Asking) -> ShownGap:
    found = asking.nearest(gap.label)
    nearest = None
    if found:
        document, confidence = found
        nearest = Nearest(id=document.id, title=document.title, confidence=round(confidence, 3))
    return ShownGap(
        id=gap.id,
        label=gap.label,
        questions=gap.questions,
        count=gap.count,
        first=gap.first,
        last=gap.last,
        nearest=nearest,
    )
