"""The rows of deliveries: which is due, who has it, how it went.

`next_at` is when a delivery may be tried; while somebody tries it, it is when their lease ends. A
sender that dies leaves its delivery to be found due when the lease is over. `attempts` counts the
tries, and so tells a sender whose lease has run out that its answer is no longer asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Select, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.outside.connector import Answer, Verdict, delivery_id
from connectors.outside.model import Told, read
from connectors.storage.outbox_tables import DeliveryRow, OutboxRow

# A try takes at most 15 s over HTTP and some 80 s to a slow mail server; looking up a name may
# take some more, and the clocks of two gateways may differ.
LEASE = timedelta(seconds=180)
GAVE_UP = "gave_up"


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours to try, until the lease ends."""

    outbox_id: UUID
    target: str
    attempt: int
    event: Told

    @property
    def id(self) -> UUID:
        return delivery_id(self.outbox_id, self.target)


@dataclass(frozen=True)
class Listed:
    """A delivery as an operator sees it: nothing of what was told but its type and subject."""

    id: UUID
    outbox_id: UUID
    target: str
    type: str
    subject: str
    at: datetime
    attempts: int
    next_at: datetime
    done_at: datetime | None
    answer: str | None

    @property
    def failed(self) -> bool:
        """Whether nobody tries it any longer although it was not delivered."""
        return self.done_at is not None and not (self.answer or "").startswith(Verdict.DELIVERED)


async def any_due(session: AsyncSession, target: str, now: datetime) -> bool:
    """Look without locking anything, so that idle senders disturb nobody."""
    query = select(DeliveryRow.target).where(*_due(target, now)).limit(1)
    return await session.scalar(query) is not None


async def claim(
    session: AsyncSession, target: str, now: datetime, most: int, lease: timedelta = LEASE
) -> list[Claim]:
    """Take up to `most` due deliveries of `target`, at most one of each subject.

    Only the first undone delivery of a subject can be due: the ones behind it wait for it, also
    while it rests or somebody else tries it. So order is kept, whoever delivers.
    """
    heads = _heads(target).subquery()
    query = (
        select(DeliveryRow, OutboxRow.body)
        .join(OutboxRow, OutboxRow.id == DeliveryRow.outbox_id)
        .where(*_due(target, now), DeliveryRow.outbox_id.in_(select(heads.c.outbox_id)))
        .order_by(DeliveryRow.next_at)
        .limit(most)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )
    claimed = []
    for row, body in (await session.execute(query)).all():
        try:
            event = read(body["event"])
        except ValidationError:  # told by another version: it must not hold up the others
            row.done_at, row.answer = now, f"{Verdict.REFUSED} unreadable"
            continue
        row.attempts += 1
        row.next_at = now + lease
        claimed.append(Claim(row.outbox_id, target, row.attempts, event))
    return claimed


async def record(
    session: AsyncSession, claim: Claim, answer: Answer, now: datetime, again_at: datetime | None
) -> bool:
    """Store how a try went.

    Args:
        again_at: when it is tried again; None if it is not.

    Returns:
        False if the lease had run out and somebody else tries it by now.
    """
    gave_up = answer.verdict is Verdict.AGAIN and again_at is None
    verdict = GAVE_UP if gave_up else answer.verdict.value
    done = await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.outbox_id == claim.outbox_id,
            DeliveryRow.target == claim.target,
            DeliveryRow.attempts == claim.attempt,
            DeliveryRow.done_at.is_(None),
        )
        .values(
            done_at=now if again_at is None else None,
            next_at=again_at or now,
            answer=f"{verdict} {answer.said}"[:100],
        )
        .returning(DeliveryRow.target)
    )
    return done.first() is not None


async def listed(
    session: AsyncSession, target: str | None, *, delivered: bool = False
) -> Sequence[Listed]:
    """Return deliveries, oldest first: all, or only what is not delivered."""
    row, told = DeliveryRow, OutboxRow
    query = (
        select(
            *(row.outbox_id, row.target, told.type, told.body["subject"].as_string(), told.at),
            *(row.attempts, row.next_at, row.done_at, row.answer),
        )
        .join(told, told.id == row.outbox_id)
        .order_by(told.at, told.body["place"].as_integer(), told.id, row.target)
    )
    if target is not None:
        query = query.where(row.target == target)
    found = [
        Listed(delivery_id(outbox_id, name), outbox_id, name, *rest)
        for outbox_id, name, *rest in await session.execute(query)
    ]
    return [one for one in found if delivered or one.done_at is None or one.failed]


async def replay(session: AsyncSession, chosen: Sequence[Listed], now: datetime) -> None:
    """Let them be tried anew, from the first try on, under the ids that they had.

    What is not done is left alone: somebody may be trying it.
    """
    keys = [(one.outbox_id, one.target) for one in chosen]
    await session.execute(
        update(DeliveryRow)
        .where(
            tuple_(DeliveryRow.outbox_id, DeliveryRow.target).in_(keys),
            DeliveryRow.done_at.is_not(None),
        )
        .values(attempts=0, next_at=now, done_at=None)
    )


def _due(target: str, now: datetime) -> tuple[Any, ...]:
    row = DeliveryRow
    return row.target == target, row.done_at.is_(None), row.next_at <= now


def _heads(target: str) -> Select[Any]:
    """Return the first undone delivery of each subject."""
    told = OutboxRow
    order = (told.body["place"].as_integer(), told.at, told.id)
    subject = told.body["subject"].as_string()
    ranked = (
        select(
            DeliveryRow.outbox_id,
            func.row_number().over(partition_by=subject, order_by=order).label("place"),
        )
        .join(told, told.id == DeliveryRow.outbox_id)
        .where(DeliveryRow.target == target, DeliveryRow.done_at.is_(None))
        .subquery()
    )
    return select(ranked.c.outbox_id).where(ranked.c.place == 1)
