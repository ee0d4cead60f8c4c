"""What has been promised, and what becomes of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from connectors.accounts.endpoints import check_origin
from connectors.conversation.model import DeskEvent
from connectors.desk.endpoints import PATH, DeskOf, LoggedInAgent, errors
from connectors.errands.endpoints import ErrandsOf
from connectors.errands.model import ErrandView, Resolution
from connectors.errors import (
    ErrandNotFound,
    MessageEmpty,
    MessageTooLong,
)
from connectors.http import Body

router = APIRouter(prefix=PATH, tags=["desk_errand"], dependencies=[Depends(check_origin)])


class ErrandList(BaseModel):
    """Open errands by due time, or those that are done, newest first."""

    errands: list[ErrandView]


class ErrandHistory(BaseModel):
    """An errand, and the conversation that it came from."""

    errand: ErrandView
    events: list[DeskEvent]


class Result(Body):
    resolution: Resolution
    result: str = Field(max_length=50_000, description="what became of it")


@router.get("/errands", responses=errors())
async def get_errands(
    agent: LoggedInAgent,
    errands: ErrandsOf,
    only_open: Annotated[bool, Query(alias="open", description="false: what is done")] = True,
) -> ErrandList:
    """Return what is promised, or what has been done."""
    return ErrandList(errands=await errands.listed(agent, only_open=only_open))


@router.get("/errands/{reference}", responses=errors(ErrandNotFound))
async def get_errand(
    reference: str, agent: LoggedInAgent, errands: ErrandsOf, desk: DeskOf
) -> ErrandHistory:
    """Look an errand up by its number, with the conversation that it came from."""
    errand = await errands.by_reference(agent, reference)
    return ErrandHistory(errand=errand, events=await desk.history(errand.conversation_id))


@router.post(
    "/errands/{errand_id}/take",
    responses=errors(ErrandNotFound),
)
async def take(errand_id: UUID, agent: LoggedInAgent, errands: ErrandsOf) -> ErrandView:
    """Become its owner."""
    return await errands.take(agent, errand_id)


@router.post(
    "/errands/{errand_id}/finish",
    responses=errors(ErrandNotFound, MessageEmpty, MessageTooLong),
)
async def finish(
    errand_id: UUID, body: Result, agent: LoggedInAgent, errands: ErrandsOf
) -> ErrandView:
    """Say what became of it; only that takes it off the list."""
    return await errands.finish(agent, errand_id, body.resolution, body.result)
