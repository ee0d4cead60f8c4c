"""What every part of the records does: find a request, see that it is open, keep what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.accounts.model import Account, Role
from connectors.audit.log import Deed
from connectors.errors import RequestClosed, RequestNotFound
from connectors.now import utc_now
from connectors.records.transcripts import NameOutcome
from connectors.storage.database import Database
from connectors.storage.record_tables import RecordRequestRow


@dataclass(frozen=True)
class Basis:
    """What every part of the records stands on."""

    database: Database
    name_outcome: NameOutcome
    municipality: str
    reference_prefix: str
    now: Callable[[], datetime] = utc_now


async def find_request(session: AsyncSession, request_id: UUID) -> RecordRequestRow:
    """Raises RequestNotFound."""
    row = await session.get(RecordRequestRow, request_id)
    if row is None:
        raise RequestNotFound
    return row


async def open_request(session: AsyncSession, request_id: UUID) -> RecordRequestRow:
    """Return a request that can be worked with, and let nobody close it meanwhile.

    Raises:
        RequestNotFound, RequestClosed.
    """
    row = await session.get(RecordRequestRow, request_id, with_for_update=True)
    if row is None:
        raise RequestNotFound
    if row.closed_at is not None:
        raise RequestClosed
    return row


def appeal_hold_id(request_id: UUID, conversation_id: UUID) -> UUID:
    """Return the id of a request's own hold on a conversation: it goes when its own case is over.

    It is made of both, so that a hold tells which request it was placed for.
    """
    return uuid5(request_id, str(conversation_id))


def deed_of(
    registrar: Account,
    action: str,
    request: RecordRequestRow | None = None,
    conversation_id: UUID | None = None,
    **detail: Any,
) -> Deed:
    """Return what the audit log keeps of it: no word of any citizen."""
    return Deed(
        username=registrar.username,
        role=Role.REGISTRAR.value,
        action=f"records.{action}",
        conversation_id=conversation_id,
        subject=request.reference if request else None,
        detail=detail or None,
    )
