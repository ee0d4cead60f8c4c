"""The sender: takes what is due, sends it outside any transaction, stores how it went.

At least once: a sender that dies between sending and storing leaves a delivery that is sent again,
under the same id. Never twice at once: whoever sends has a lease on the delivery.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from connectors.now import utc_now
from connectors.outside import deliveries
from connectors.outside.connector import Answer, Connector, Parcel, Verdict
from connectors.outside.deliveries import Claim
from connectors.outside.targets import Target
from connectors.storage.database import Database

log = structlog.get_logger()

AT_ONCE = 8  # deliveries to one target at the same time, each of another subject
LOOK_EVERY_S = 1.0


@dataclass(frozen=True)
class Connection:
    """A target and the way there."""

    target: Target
    connector: Connector


class Sender:
    """Delivers to every connection; a slow one delays nobody but itself."""

    def __init__(
        self,
        database: Database,
        connections: Sequence[Connection],
        now: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
        lease: timedelta = deliveries.LEASE,
    ) -> None:
        """Deliver by `connections`.

        Args:
            chance: a number from 0 to 1, for the length of rests.
            lease: longer than any try takes, on every gateway's clock.
        """
        self._database, self._connections = database, connections
        self._now, self._chance, self._lease = now, chance, lease

    async def run(self) -> None:
        """Deliver until cancelled. What is under way then is sent again after its lease."""
        async with asyncio.TaskGroup() as group:
            for connection in self._connections:
                group.create_task(self._serve(connection))

    async def step(self) -> int:
        """Try once everything that is due; returns how many deliveries that were."""
        return sum([await self._send_due(connection) for connection in self._connections])

    async def _serve(self, connection: Connection) -> None:
        while True:
            sent = 0
            try:
                sent = await self._send_due(connection)
            except Exception as error:  # the database may be away for a while
                log.error("sending_failed", target=connection.target.id, error=type(error).__name__)
            if not sent:
                await asyncio.sleep(LOOK_EVERY_S)

    async def _send_due(self, connection: Connection) -> int:
        target, now = connection.target.id, self._now()
        async with self._database.read() as session:
            if not await deliveries.any_due(session, target, now):
                return 0
        async with self._database.write() as session:
            claims = await deliveries.claim(session, target, now, AT_ONCE, self._lease)
        # Who is stopped meanwhile waits until every delivery has let go of its connection.
        sending = (self._send(connection, claim) for claim in claims)
        for error in await asyncio.gather(*sending, return_exceptions=True):
            if error:
                raise error
        return len(claims)

    async def _send(self, connection: Connection, claim: Claim) -> None:
        parcel = Parcel(claim.id, connection.target.may_have(claim.event))
        try:
            answer = await connection.connector.deliver(parcel)
        except Exception as error:  # a connector with a fault must not stop the others
            answer = Answer(Verdict.AGAIN, type(error).__name__)
        again_at = self._again_at(connection.target, claim, answer)
        async with self._database.write() as session:
            await deliveries.record(session, claim, answer, self._now(), again_at)
        self._tell(claim, answer, again_at)

    def _again_at(self, target: Target, claim: Claim, answer: Answer) -> datetime | None:
        if answer.verdict is not Verdict.AGAIN or claim.attempt >= target.retries.tries:
            return None
        rest = target.retries.wait_s(claim.attempt, self._chance())
        return self._now() + timedelta(seconds=rest)

    def _tell(self, claim: Claim, answer: Answer, again_at: datetime | None) -> None:
        if answer.verdict is Verdict.DELIVERED:
            return
        log.warning(
            "delivery_failed",
            delivery=str(claim.id),
            target=claim.target,
            attempt=claim.attempt,
            answer=answer.said,
            again_at=again_at.isoformat() if again_at else None,
        )
