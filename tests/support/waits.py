"""Waits in the queue, as values and as rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from connectors.queue.waits import Wait
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow, WaitRow

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def waits(
    minutes: Sequence[float], ahead: int = 2, agents: int = 3, *, served: bool = True
) -> list[Wait]:
    return [Wait(MONDAY, ahead, agents, 60 * length, served) for length in minutes]


async def store(
    database: Database,
    wait: Wait | None,
    *,
    audience: str = "privat",
    kind: str = "citizen",
    began: datetime = MONDAY,
) -> None:
    """Store a conversation with one wait; without a `wait` it has not ended."""
    talk = uuid4()
    async with database.write() as session:
        session.add(
            ConversationRow(
                id=talk,
                client_id=uuid4(),
                secret_hash="x",
                state="bot",
                language="sv",
                created_at=began,
                last_at=began,
                kind=kind,
                audience=audience,
            )
        )
        await session.flush()
        session.add(
            WaitRow(
                conversation_id=talk,
                began_at=wait.began_at if wait else began,
                audience=audience,
                ahead=wait.ahead if wait else 0,
                agents=wait.agents if wait else 1,
                ended_at=wait.ended_at if wait else None,
                served=wait.served if wait else None,
            )
        )
