"""The desk's aids: suggested, prepared and proposed replies, what is open now, who does what."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from bot.answering.model import ContactCard
from connectors.accounts.endpoints import check_origin
from connectors.conversation.frames import MAX_SEQ
from connectors.desk.endpoints import PATH, DeskOf, LoggedInAgent, errors
from connectors.desk.facts import Facts, PlaceNow
from connectors.desk.prepared import PreparedReplies, ReadyReply
from connectors.desk.proposing import ProposedReply, Proposing
from connectors.desk.suggesting import Suggested, Suggestions
from connectors.errors import (
    ConversationNotFound,
    IdReused,
    ReplyNotFound,
)
from connectors.http import Body

router = APIRouter(prefix=PATH, tags=["desk"], dependencies=[Depends(check_origin)])


class ReadyReplies(BaseModel):
    """Prepared replies."""

    replies: list[ReadyReply]


class NewProposal(Body):
    note_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    seq: int = Field(ge=1, le=MAX_SEQ, description="one of the agent's own messages")


class FactList(BaseModel):
    """Every place, and how it stands just now."""

    places: list[PlaceNow]


class PeopleFound(BaseModel):
    """Staff and functions; `name` is null for a function."""

    people: list[ContactCard]


def get_suggestions(connection: HTTPConnection) -> Suggestions:
    found: Suggestions = connection.app.state.suggestions
    return found


def get_prepared(connection: HTTPConnection) -> PreparedReplies:
    found: PreparedReplies = connection.app.state.prepared
    return found


def get_proposing(connection: HTTPConnection) -> Proposing:
    found: Proposing = connection.app.state.proposing
    return found


def get_facts(connection: HTTPConnection) -> Facts:
    found: Facts = connection.app.state.facts
    return found


PreparedOf = Annotated[PreparedReplies, Depends(get_prepared)]
FactsOf = Annotated[Facts, Depends(get_facts)]
Words = Annotated[str, Query(alias="q", max_length=200, description="words, also unfinished ones")]


@router.get("/conversations/{conversation_id}/suggestions", responses=errors(ConversationNotFound))
async def suggest(
    conversation_id: UUID,
    agent: LoggedInAgent,
    desk: DeskOf,
    suggestions: Annotated[Suggestions, Depends(get_suggestions)],
) -> Suggested:
    """Return what could be replied to the citizen's newest message, the likeliest first."""
    opened = await desk.open(agent, conversation_id, 0)
    return await suggestions.of(opened.events)


@router.get("/replies", responses=errors())
async def get_replies(
    agent: LoggedInAgent, prepared: PreparedOf, question: Words = ""
) -> ReadyReplies:
    """Return the prepared replies with all variables filled in; those that have the words `q`."""
    return ReadyReplies(replies=await prepared.all(agent, question))


@router.post("/replies/{reply_id}/used", status_code=204, responses=errors(ReplyNotFound))
async def count_use(reply_id: str, _: LoggedInAgent, prepared: PreparedOf) -> None:
    """Count that a prepared reply was put in."""
    await prepared.used(reply_id)


@router.post(
    "/conversations/{conversation_id}/proposals",
    status_code=201,
    responses={
        200: {"model": ProposedReply, "description": "Proposed before."},
        **errors(ConversationNotFound, IdReused),
    },
)
async def propose(
    conversation_id: UUID,
    body: NewProposal,
    response: Response,
    agent: LoggedInAgent,
    proposing: Annotated[Proposing, Depends(get_proposing)],
) -> ProposedReply:
    """Show one of the agent's own messages to editors, as an answer that others could have."""
    proposed, new = await proposing.propose(agent, conversation_id, body.note_id, body.seq)
    response.status_code = 201 if new else 200
    return proposed


@router.get("/facts", responses=errors())
async def get_places(_: LoggedInAgent, facts: FactsOf) -> FactList:
    """Return which places are open now, and until when."""
    return FactList(places=await asyncio.to_thread(facts.places))


@router.get("/people", responses=errors())
async def find_people(_: LoggedInAgent, facts: FactsOf, question: Words = "") -> PeopleFound:
    """Return the staff and functions that have the words `q`, of those who may be shown."""
    return PeopleFound(people=await asyncio.to_thread(facts.people, question))
