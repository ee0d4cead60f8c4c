"""Conversations as lines of a list."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation.model import Actor
from connectors.records.model import ConversationLine
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow

FIRST_WORDS = 140  # characters: enough to tell conversations apart


async def lines_of(
    session: AsyncSession, ids: Sequence[UUID], included: Collection[UUID]
) -> list[ConversationLine]:
    """Return a line for each conversation that is there, in the order of `ids`."""
    found = await session.scalars(select(ConversationRow).where(ConversationRow.id.in_(ids)))
    rows = {row.id: row for row in found}
    words, errands = await _first_words(session, ids), await _errands(session, ids)
    return [
        ConversationLine(
            id=row.id,
            created_at=row.created_at,
            last_at=row.last_at,
            events=row.seq,
            language=row.language,
            kind=row.kind,
            first_words=words.get(row.id, "")[:FIRST_WORDS],
            errands=tuple(errands[row.id]),
            included=row.id in included,
        )
        for row in (rows[one] for one in ids if one in rows)
    ]


async def _first_words(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    first = (
        select(EventRow.conversation_id, func.min(EventRow.seq).label("seq"))
        .where(EventRow.conversation_id.in_(ids), EventRow.text.is_not(None))
        .where(EventRow.actor == Actor.CITIZEN.value, EventRow.type == "message")
        .group_by(EventRow.conversation_id)
        .subquery()
    )
    query = select(EventRow.conversation_id, EventRow.text).join(
        first,
        (EventRow.conversation_id == first.c.conversation_id) & (EventRow.seq == first.c.seq),
    )
    return {conversation_id: text or "" for conversation_id, text in await session.execute(query)}


async def _errands(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID | None, list[str]]:
    query = select(ErrandRow.conversation_id, ErrandRow.reference)
    query = query.where(ErrandRow.conversation_id.in_(ids)).order_by(ErrandRow.created_at)
    found: dict[UUID | None, list[str]] = defaultdict(list)
    for conversation_id, reference in await session.execute(query):
        found[conversation_id].append(reference)
    return found
