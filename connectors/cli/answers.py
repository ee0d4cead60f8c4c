"""Which text a citizen got, when, and why: one answer with all its evidence."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.conversation.model import Actor
from connectors.storage.database import Database
from connectors.storage.tables import EventRow, FeedbackRow, PublicationRow

Audit = dict[str, Any]


class AnswerNotFound(KommunbotError):
    """No answer of the bot has this id."""


def find(answer_id: UUID, settings: Settings) -> Audit:
    """Return everything that is stored about an answer: the id is that of its message.

    Raises:
        AnswerNotFound: there is none, or its conversation has been deleted.
    """
    return asyncio.run(_find(answer_id, settings.database_url))


def lines(audit: Audit) -> Iterator[str]:
    """Say it in words, the citizen's question first."""
    decision = audit["decision"]
    yield f"Asked {audit['asked_at']}: {audit['question']}"
    yield f"Shown {audit['shown_at']} ({decision['outcome']}):"
    yield from (f"  {line}" for line in audit["text"].splitlines())
    yield from (f"  • {step}" for step in decision.get("steps", ()))
    for source in decision.get("sources", ()):
        yield f"Source: {source['title']} {source['url']}, reviewed {source['reviewed']}"
    yield f"Entry: {decision.get('entry')}, confidence {decision.get('confidence')}"
    for candidate in decision.get("candidates", ()):
        yield f"  weighed: {candidate['id']} {candidate['confidence']}"
    yield "Made with: " + ", ".join(f"{k} {v}" for k, v in decision["versions"].items() if v)
    if published := audit["published"]:
        yield f"In force since {published['at']}: published by {published['editor']}"
        yield f"  {published['note']} (publication {published['id']}, commit {published['commit']})"
    if audit["helpful"] is not None:
        yield f"The citizen says that it {'helped' if audit['helpful'] else 'did not help'}."


async def _find(answer_id: UUID, url: str) -> Audit:
    database = Database(url)
    try:
        async with database.read() as session:
            query = select(EventRow).where(
                EventRow.client_message_id == answer_id, EventRow.actor == Actor.BOT.value
            )
            answer = await session.scalar(query)
            if answer is None or answer.decision is None:
                raise AnswerNotFound(f"No answer has the id {answer_id}.")
            place = answer.conversation_id, answer.answers_seq
            question = await session.get(EventRow, place) if answer.answers_seq else None
            rating = await session.get(FeedbackRow, (answer.conversation_id, answer.seq))
            published = await session.scalar(_in_force(answer)) if _entry(answer) else None
    finally:
        await database.close()
    return {
        "id": str(answer_id),
        "conversation": str(answer.conversation_id),
        "seq": answer.seq,
        "asked_at": question.at.isoformat() if question else None,
        "question": question.text if question else None,
        "shown_at": answer.at.isoformat(),
        "text": answer.text or "",
        "decision": answer.decision,
        "helpful": rating.helpful if rating else None,
        "published": _told(published) if published else None,
    }


def _entry(answer: EventRow) -> str | None:
    entry: str | None = (answer.decision or {}).get("entry")
    return entry


def _in_force(answer: EventRow) -> Any:
    """The last publication of the entry before the answer was given."""
    return (
        select(PublicationRow)
        .where(
            PublicationRow.entry == _entry(answer),
            PublicationRow.done_at.is_not(None),
            PublicationRow.done_at <= answer.at,
        )
        .order_by(PublicationRow.done_at.desc())
        .limit(1)
    )


def _told(row: PublicationRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "at": row.at.isoformat(),
        "editor": row.editor,
        "note": row.note,
        "commit": row.commit,
        "after": row.after,
    }
