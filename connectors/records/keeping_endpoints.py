"""The API of holds, of the protocol of disposal and of the audit log."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from connectors.accounts.endpoints import check_origin
from connectors.conversation.holding import HoldReason
from connectors.errors import ConversationNotFound, HoldNotFound, IdReused
from connectors.http import Body
from connectors.records.access import PATH, Registrar, errors_of
from connectors.records.keeping import (
    DisposalView,
    HoldView,
    Keeping,
    LogFilter,
    LogLine,
)

router = APIRouter(prefix=PATH, tags=["records"], dependencies=[Depends(check_origin)])

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
_Word = Annotated[str | None, Field(max_length=64, pattern=_PRINTABLE)]


class HoldBody(Body):
    id: UUID = Field(description="made by the client, so that a repeat is harmless")
    conversation_id: UUID
    reason: HoldReason


class Holds(BaseModel):
    """The holds in force, newest first."""

    holds: list[HoldView]


class Protocol(BaseModel):
    """What has been disposed of, newest first."""

    disposals: list[DisposalView]


class LogQuery(Body):
    """Which lines of the log to show: the newest `limit` before the line `before`."""

    username: _Word = None
    action: _Word = Field(None, description="as it begins: records., records.read")
    conversation: UUID | None = None
    before: int | None = Field(None, ge=1, le=2**31 - 1)
    limit: int = Field(100, ge=1, le=500)


class LogLines(BaseModel):
    """Lines of the audit log, newest first."""

    lines: list[LogLine]


class Verified(BaseModel):
    """Whether the log is as it was written."""

    broken_at: int | None = Field(description="the first line that is not; null if all are")


def get_keeping(request: Request) -> Keeping:
    found: Keeping = request.app.state.keeping
    return found


KeepingOf = Annotated[Keeping, Depends(get_keeping)]


@router.get("/holds", responses=errors_of())
async def get_holds(_: Registrar, keeping: KeepingOf) -> Holds:
    """Return the holds in force."""
    return Holds(holds=await keeping.holds())


@router.post("/holds", responses=errors_of(ConversationNotFound, IdReused))
async def hold(body: HoldBody, registrar: Registrar, keeping: KeepingOf) -> HoldView:
    """Let nobody delete a conversation, for a reason."""
    return await keeping.hold(registrar, body.id, body.conversation_id, body.reason)


@router.post("/holds/{hold_id}/lift", responses=errors_of(HoldNotFound))
async def lift(hold_id: UUID, registrar: Registrar, keeping: KeepingOf) -> HoldView:
    """Let a conversation follow the rules of deletion again."""
    return await keeping.lift(registrar, hold_id)


@router.get("/disposals", responses=errors_of())
async def get_disposals(_: Registrar, keeping: KeepingOf) -> Protocol:
    """Return the protocol of disposal."""
    return Protocol(disposals=await keeping.disposals())


@router.get("/log", responses=errors_of())
async def get_log(
    _: Registrar, keeping: KeepingOf, query: Annotated[LogQuery, Query()]
) -> LogLines:
    """Return who did and read what, newest first."""
    chosen = LogFilter(query.username, query.action, query.conversation, query.before, query.limit)
    return LogLines(lines=await keeping.log(chosen))


@router.post("/log/verify", responses=errors_of())
async def verify(registrar: Registrar, keeping: KeepingOf) -> Verified:
    """Tell whether any line of the log was altered or taken away."""
    return Verified(broken_at=await keeping.verify(registrar))
