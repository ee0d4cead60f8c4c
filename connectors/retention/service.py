"""Deleting what is due, in batches, by the municipality's decision.

Rasa's copy of a batch goes first, then in one transaction our rows and the line of the protocol.
So the protocol never says that something is gone while a copy is left: whoever is killed in
between leaves rows that are due still, and the next run begins the batch anew.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import select

from connectors.now import utc_now
from connectors.retention import disposing
from connectors.retention.disposing import Warrant
from connectors.retention.due import REQUESTS, due
from connectors.retention.model import Category, Cause, Disposed
from connectors.retention.permission import NothingMayBeDeleted, permitted
from connectors.retention.tracker import Tracker
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow

log = structlog.get_logger()

AT_ONCE = 200  # conversations in one transaction: nobody else writes for as long as it takes
EVERY = timedelta(days=1)
AGAIN_AFTER = timedelta(minutes=10)  # when something was in the way
NAME = "retention"  # one gateway at a time


class Retention:
    """Deletes what is due. Everything that decides what that is stands in files and rows."""

    def __init__(
        self,
        database: Database,
        tracker: Tracker,
        data_dir: Path,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._tracker = database, tracker
        self._data_dir, self._now = data_dir, now

    async def run(self) -> None:
        """Delete what is due now and every day from now on, until cancelled."""
        while True:
            pause = EVERY
            try:
                await self.dispose()
            except NothingMayBeDeleted as error:
                log.warning("nothing_is_deleted", reason=error.code)
            except Exception as error:  # the database may be away, or Rasa may be writing
                log.error("retention_failed", error=type(error).__name__)
                pause = AGAIN_AFTER
            await asyncio.sleep(pause.total_seconds())

    async def dispose(self) -> list[Disposed] | None:
        """Delete everything that is due.

        Returns:
            What was deleted of each class; None if another gateway is at it.

        Raises:
            NothingMayBeDeleted: there is no decision that can be used, or none any longer. What
                was deleted until then stands in the protocol.
            TrackerUnavailable: Rasa is writing; what is left is due still.
        """
        permitted(self._data_dir, self._now())
        try:
            async with self._database.held(NAME, wait=False) as ours:
                done = [await self._class(one) for one in Category] if ours else None
        except NothingMayBeDeleted:
            await self._clean_up()  # no later run would, and what is in the protocol must be gone
            raise
        await self._clean_up()
        return done

    async def _class(self, category: Category) -> Disposed:
        if category is Category.DELIVERY:
            return await self._rest(category, disposing.dispose_deliveries)
        done = Disposed(category)
        async for chosen in self._batches(category):
            done = done.plus(await self._batch(category, chosen))
        if category is Category.ERRAND:
            done = done.plus(await self._rest(category, disposing.dispose_errands_alone))
        return done

    def _warrant(self, category: Category) -> tuple[datetime, Warrant]:
        """Return up to when a class is due by the file as it is now, and by which decision.

        Raises:
            NothingMayBeDeleted: the decision was taken away meanwhile.
        """
        now = self._now()
        permission = permitted(self._data_dir, now)
        warrant = Warrant(category, Cause.DUE, now, permission.decision)
        return permission.days.latest(now)[category], warrant

    async def _batches(self, category: Category) -> AsyncIterator[Sequence[UUID]]:
        row, first = ConversationRow, UUID(int=0)
        while True:
            latest, _ = self._warrant(category)
            query = select(row.id).where(row.id > first, due(category, latest))
            async with self._database.read() as session:
                chosen = (await session.scalars(query.order_by(row.id).limit(AT_ONCE))).all()
            if not chosen:
                return
            yield chosen
            first = chosen[-1]

    async def _batch(self, category: Category, chosen: Sequence[UUID]) -> Disposed:
        await self._tracker.forget([str(one) for one in chosen])
        async with self._database.write() as session:
            await self._database.lock(session, REQUESTS)
            latest, warrant = self._warrant(category)
            ripe = await disposing.still(session, chosen, due(category, latest))
            return await disposing.dispose(self._database, session, ripe, warrant)

    async def _rest(self, category: Category, dispose: disposing.DisposeRest) -> Disposed:
        """Delete what belongs to no conversation, batch after batch."""
        whole = Disposed(category)
        while True:
            async with self._database.write() as session:
                await self._database.lock(session, REQUESTS)
                latest, warrant = self._warrant(category)
                done = await dispose(self._database, session, latest, AT_ONCE, warrant)
            if not done:
                return whole
            whole = whole.plus(done)

    async def _clean_up(self) -> None:
        """Leave no copy of what was deleted."""
        await self._forget_strangers()
        await self._tracker.tidy()
        if not await self._database.forget_deleted():
            log.warning("log_not_emptied")  # somebody reads for a long time; tomorrow, then

    async def _forget_strangers(self) -> None:
        """Delete what Rasa keeps of conversations that are gone: its answer may come after.

        A conversation is stored before Rasa hears of it, so the senders are read first.
        """
        senders = await self._tracker.senders()
        async with self._database.read() as session:
            known = {str(one) for one in await session.scalars(select(ConversationRow.id))}
        await self._tracker.forget(senders - known)
