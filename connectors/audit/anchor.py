"""The audit log's head in the gateway's own log: kept in another place than the database."""

import asyncio

import structlog

from connectors.audit.log import Head, head
from connectors.storage.database import Database

log = structlog.get_logger()

EVERY_S = 3600


class Anchor:
    """Whoever rewrites the chain must rewrite these lines, too, wherever they have been sent."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: Head | None = None

    async def run(self) -> None:
        """Write down the head for ever."""
        while True:
            await self.tell()
            await asyncio.sleep(EVERY_S)

    async def tell(self) -> None:
        """Write down the head, if it is another than the last time."""
        try:
            async with self._database.read() as session:
                now = await head(session)
        except Exception as error:  # the database may be away for a while
            log.error("audit_head_unread", error=type(error).__name__)
            return
        if now and now != self._told:
            self._told = now
            log.info("audit_head", seq=now.seq, hash=now.hash)
