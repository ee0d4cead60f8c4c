"""Looking at deliveries to other systems, and letting them be tried anew."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.outside import deliveries
from connectors.outside.deliveries import Listed
from connectors.storage.database import Database


class NothingToReplay(KommunbotError):
    """No delivery fits what was asked for."""


async def find(settings: Settings, target: str | None, *, delivered: bool) -> Sequence[Listed]:
    """Return deliveries, oldest first."""
    database = Database(settings.database_url)
    try:
        await database.migrate()
        async with database.read() as session:
            return await deliveries.listed(session, target, delivered=delivered)
    finally:
        await database.close()


async def replay(settings: Settings, delivery: UUID | None, target: str | None) -> int:
    """Let them be tried anew; returns how many.

    Raises:
        NothingToReplay: none fits.
    """
    database = Database(settings.database_url)
    try:
        await database.migrate()
        async with database.write() as session:
            known = await deliveries.listed(session, target, delivered=True)
            done = [one for one in known if one.done_at is not None]
            chosen = [one for one in done if (one.id == delivery if delivery else one.failed)]
            if not chosen:
                raise NothingToReplay("There is none. `kommunbot outbox list` shows what there is.")
            await deliveries.replay(session, chosen, datetime.now(UTC))
            return len(chosen)
    finally:
        await database.close()


def line(one: Listed) -> str:
    """Return a delivery as a line: nothing of what was told but its type and subject."""
    if one.done_at is None:
        standing = f"next try {one.next_at:%Y-%m-%d %H:%M:%S}"
    else:
        standing = "failed" if one.failed else "done"
    told = f"{one.id}  {one.target}  {one.type}  {one.subject}  {one.at:%Y-%m-%d %H:%M:%S}"
    return f"{told}  tries {one.attempts}  {standing}  {one.answer or ''}".rstrip()
