from asyncio import to_thread
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.settings import Settings
from connectors.cli.surveying import Said, index, look
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow, SurveyRow

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


async def store(
    url: str, ease: int | None, *, kind: str = "citizen", state: str = "closed", wrote: int = 2
) -> None:
    """Store a conversation, and what was said of it unless that is None."""
    database, conversation_id = Database(url), uuid4()
    try:
        async with database.write() as session:
            session.add(
                ConversationRow(
                    id=conversation_id,
                    client_id=uuid4(),
                    secret_hash="0" * 64,
                    language="sv",
                    kind=kind,
                    state=state,
                    seq=wrote,
                    last_citizen_seq=wrote,
                    created_at=YESTERDAY,
                    last_at=YESTERDAY,
                )
            )
            await session.flush()
            if ease is not None:
                row = SurveyRow(
                    conversation_id=conversation_id, ease=ease, comment=f"Nummer {ease}.", at=NOW
                )
                session.add(row)
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([5] * 5, 100), ([1] * 5, 0), ([4] * 6, 75), ([1, 2, 3, 4, 5], 50), ([5] * 4, None)],
)
def test_the_index_is_skrs_and_needs_five_answers(answers: list[int], expected: float) -> None:
    assert index(answers) == expected


async def seen(url: str) -> Said:
    """Look as the command does, which has an event loop of its own."""
    return await to_thread(look, Settings(database_url=url), 30, NOW)


async def test_what_citizens_said_is_counted_and_nothing_else(prepared_sqlite_url: str) -> None:
    for ease in (5, 4, 4, 3, 1):
        await store(prepared_sqlite_url, ease)
    await store(prepared_sqlite_url, None)
    await store(prepared_sqlite_url, 1, kind="practice")
    await store(prepared_sqlite_url, 1, state="bot")
    await store(prepared_sqlite_url, None, wrote=0)
    found = await seen(prepared_sqlite_url)
    figures = found.report()
    assert (figures["ended"], figures["answered"], figures["share"]) == (6, 5, 5 / 6)
    assert figures["ease"] == {"n": 5, "index": 60, "1": 1, "2": 0, "3": 1, "4": 2, "5": 1}
    assert figures["reach"]["index"] is None
    assert found.comments == [f"Nummer {ease}." for ease in (5, 4, 4, 3, 1)]
