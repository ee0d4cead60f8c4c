"""Telling other systems, within the transaction of what is told.

The row of what happened and the row of who shall hear of it are committed together or not at all.
So nothing is told that did not happen, and nothing that happened is left untold.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.outside.model import Told
from connectors.outside.targets import Target
from connectors.storage.outbox_tables import DeliveryRow, OutboxRow


class Outbox:
    """What the services tell. With no targets it keeps nothing."""

    def __init__(self, targets: Sequence[Target] = ()) -> None:
        self._targets = targets

    def tell(self, session: AsyncSession, event: Told | None, now: datetime) -> None:
        """Add `event` for every target that hears of its type; None is nothing to tell."""
        if event is not None:
            tell(session, event, [one for one in self._targets if one.hears(event)], now)


def tell(session: AsyncSession, event: Told, targets: Sequence[Target], now: datetime) -> None:
    """Add `event` and one delivery for each target. The caller commits.

    What none of the targets may have is not even stored.
    """
    if not targets:
        return
    kept = event if any(target.has_text for target in targets) else event.without_words()
    body = {"subject": event.subject, "place": event.place, "event": kept.model_dump(mode="json")}
    row = OutboxRow(id=uuid4(), at=now, type=event.type, body=body)
    session.add(row)
    session.add_all(
        DeliveryRow(outbox=row, target=target.id, attempts=0, next_at=now) for target in targets
    )
