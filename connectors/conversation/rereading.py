"""Looks for news of every open conversation together, in place of every socket looking alone.

This is what heals a lost wake-up. Ten thousand sockets that each ask every ten seconds are a
thousand transactions a second; asked for together they are some tens of milliseconds.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

import structlog
from sqlalchemy import select

from connectors.conversation.wakeups import PLACES, Hub, conversation_topic
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow

log = structlog.get_logger()

AT_ONCE = 500  # conversations in one query: each takes some milliseconds of everybody's time


class Rereading:
    """Compares what the open sockets hold with what is stored, now and then."""

    def __init__(self, database: Database, hub: Hub, every_s: float) -> None:
        self._database, self._hub, self._every_s = database, hub, every_s

    async def run(self) -> None:
        """Look for ever: at the interval, more often while no gateway is heard, and when asked."""
        while True:
            await self._hub.until_look(self._every_s)
            try:
                await self.look()
            except Exception as error:  # the database may be away for a while
                log.error("reread_failed", error=type(error).__name__)

    async def look(self) -> None:
        """Wake those of whom more is stored than they hold, and those who wait in the queue."""
        for held in _parts(self._hub.held()):
            for conversation_id in await self._newer(held):
                self._hub.arrive(conversation_topic(conversation_id))
        self._hub.arrive(PLACES)

    async def _newer(self, held: Mapping[UUID, int]) -> list[UUID]:
        """Return what has moved on. A conversation that is gone has, too: its socket must close."""
        row = ConversationRow
        async with self._database.read() as session:
            found = await session.execute(select(row.id, row.seq).where(row.id.in_(list(held))))
        stored = {one.id: one.seq for one in found}
        return [one for one, seq in held.items() if stored.get(one, seq + 1) != seq]


def _parts(held: Mapping[UUID, int]) -> Iterator[dict[UUID, int]]:
    items = list(held.items())
    for start in range(0, len(items), AT_ONCE):
        yield dict(items[start : start + AT_ONCE])
