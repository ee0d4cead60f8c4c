"""What citizens have said of their conversations, in the figures that municipalities compare."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings
from connectors.cli.looking import looking
from connectors.conversation.model import State
from connectors.storage.tables import ConversationRow, SurveyRow

FEWEST = 5  # answers, below which a share could tell who gave them
SCALE = range(1, 6)
_ENDED = (State.WRAP_UP.value, State.CLOSED.value)


@dataclass(frozen=True)
class Said:
    """What was said of conversations that have been written in since a day, and have ended."""

    ended: int
    rows: Sequence[SurveyRow]

    @property
    def comments(self) -> list[str]:
        return [row.comment for row in self.rows if row.comment]

    def report(self) -> dict[str, Any]:
        return {
            "ended": self.ended,
            "answered": len(self.rows),
            "share": len(self.rows) / self.ended if self.ended >= FEWEST else None,
            "ease": _figures([row.ease for row in self.rows if row.ease]),
            "reach": _figures([row.reach for row in self.rows if row.reach]),
        }


def look(settings: Settings, days: int, now: datetime | None = None) -> Said:
    """Read what was said of the conversations of the last `days`.

    Raises:
        NothingStored: there is no database, or it holds no tables.
    """
    since = (now or datetime.now(UTC)) - timedelta(days=days)
    return asyncio.run(_read(settings.database_url, since))


def index(answers: Sequence[int]) -> float | None:
    """Return the index from 0 to 100 that SKR's surveys use: 5 is 100, 4 is 75, 1 is 0.

    None where there are too few answers to tell.
    """
    if len(answers) < FEWEST:
        return None
    return 25 * (sum(answers) / len(answers) - 1)


def _figures(answers: Sequence[int]) -> dict[str, Any]:
    given = Counter(answers)
    return {"n": len(answers), "index": index(answers), **{str(n): given[n] for n in SCALE}}


async def _read(url: str, since: datetime) -> Said:
    async with looking(url) as session:
        rows = (await session.scalars(_said(since))).all()
        return Said(await _ended(session, since), rows)


async def _ended(session: AsyncSession, since: datetime) -> int:
    count = select(func.count()).select_from(ConversationRow).where(*_of_citizens(since))
    return await session.scalar(count) or 0


def _said(since: datetime) -> Select[SurveyRow]:
    rows = select(SurveyRow).join(ConversationRow, ConversationRow.id == SurveyRow.conversation_id)
    return rows.where(*_of_citizens(since)).order_by(SurveyRow.at)


def _of_citizens(since: datetime) -> tuple[Any, ...]:
    """Practice and talk between colleagues are in no figure."""
    return (
        ConversationRow.kind == "citizen",
        ConversationRow.state.in_(_ENDED),
        ConversationRow.last_citizen_seq > 0,
        ConversationRow.last_at >= since,
    )
