"""Prepared replies at the desk: filled in, and counted when they are used."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import Field
from sqlalchemy import select

from bot.prepared_replies.model import PreparedReply
from bot.prepared_replies.repository import live_replies
from bot.prepared_replies.search import search
from connectors.conversation.model import Shown
from connectors.desk.model import Agent
from connectors.errors import ReplyNotFound
from connectors.now import utc_now
from connectors.storage.database import Database, insert_into
from connectors.storage.tables import ReplyUseRow


class ReadyReply(Shown):
    """A prepared reply as the agent would send it."""

    id: str
    title: str
    text: str = Field(description="with the agent's name and the municipality's facts filled in")
    topic: str | None = None
    language: str
    keywords: tuple[str, ...] = ()
    used: int = Field(description="how often agents have put it in")


class PreparedReplies:
    """Reads the editors' file and keeps up with it; counts in the database."""

    def __init__(
        self, database: Database, data_dir: Path, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database, self._now = database, now
        self._live = live_replies(data_dir)

    async def all(self, agent: Agent, question: str = "") -> list[ReadyReply]:
        """Return the replies that have the words of `question`, nearest first.

        Without a question that is every one, in the order of the file.
        """
        found = await asyncio.to_thread(self._find, agent, question)
        used = await self._counts()
        return [
            ReadyReply.model_validate({**one.model_dump(), "used": used.get(one.id, 0)})
            for one in found
        ]

    async def used(self, reply_id: str) -> None:
        """Count that a reply was put in: one statement, so that no two of them lose one.

        Raises:
            ReplyNotFound: there is no such reply, or none any longer.
        """
        kept = await asyncio.to_thread(self._live.get)
        if reply_id not in kept.lines:
            raise ReplyNotFound
        now = self._now()
        async with self._database.write() as session:
            row = insert_into(session, ReplyUseRow).values(reply_id=reply_id, count=1, last_at=now)
            counted = row.on_conflict_do_update(
                index_elements=[ReplyUseRow.reply_id],
                set_={"count": ReplyUseRow.count + 1, "last_at": now},
            )
            await session.execute(counted)

    def _find(self, agent: Agent, question: str) -> list[PreparedReply]:
        return search(self._live.get().filled(agent.name), question)

    async def _counts(self) -> dict[str, int]:
        async with self._database.read() as session:
            rows = await session.scalars(select(ReplyUseRow))
            return {row.reply_id: row.count for row in rows}
