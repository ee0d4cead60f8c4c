"""The API of requests for public documents and register extracts."""

import asyncio
import re
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field, StringConstraints, model_validator

from connectors.accounts.endpoints import DoorOf, Login, check_origin
from connectors.accounts.model import Account, Role
from connectors.errors import (
    ConversationNotFound,
    IdReused,
    LoginFailed,
    LoginLimited,
    MarkOutside,
    NotRead,
    OriginNotAllowed,
    RequestClosed,
    RequestNotFound,
    Withheld,
    documented,
)
from connectors.http import Body
from connectors.records import grounds
from connectors.records.access import COOKIE, PATH, Registrar, Token, errors_of
from connectors.records.finding import Finder
from connectors.records.handing_out import Handouts
from connectors.records.marking import Marks, NewMark
from connectors.records.model import (
    FoundConversations,
    Handout,
    Kind,
    OpenTranscript,
    Outcome,
    RequestFull,
    RequestView,
    Review,
    Search,
    Span,
)
from connectors.records.pdf import draw
from connectors.records.requests import NewRequest, Requests

router = APIRouter(prefix=PATH, tags=["records"], dependencies=[Depends(check_origin)])

_PDF = "application/pdf"
_Line = StringConstraints(
    strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$"
)
Line = Annotated[str, _Line]


class RegistrarShown(BaseModel):
    """A registrar's public self."""

    username: str
    name: str


class RegistrarLoggedIn(BaseModel):
    """Who is logged in."""

    registrar: RegistrarShown


class NewRequestBody(Body):
    id: UUID = Field(description="made by the client, so that a repeat is harmless")
    reference: Line = Field(description="its number in the municipality's own register")
    kind: Kind
    received: date = Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))


class Closing(Body):
    outcome: Outcome


class RequestList(BaseModel):
    """Open requests, oldest first, or closed ones, newest first."""

    requests: list[RequestView]


class SearchBody(Body):
    """One way to search: a number, an identifier, or a period with or without words."""

    errand: Line | None = None
    identifier: UUID | None = Field(
        None, description="a conversation's id, a session's (client_id) or a message's"
    )
    start: date | None = Field(None, ge=date(1900, 1, 1), le=date(2999, 12, 31))
    end: date | None = Field(None, ge=date(1900, 1, 1), le=date(2999, 12, 31))
    words: str = Field("", max_length=200, pattern=r"^[^\x00]*$")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        period = self.start is not None and self.end is not None
        if [bool(self.errand), self.identifier is not None, period].count(True) != 1:
            raise ValueError("one of errand, identifier, and start with end")
        return self


class Chosen(Body):
    conversation_ids: list[UUID] = Field(min_length=1, max_length=200)


class MarkBody(Body):
    id: UUID = Field(description="made by the client, so that a repeat is harmless")
    part: Line
    start: int = Field(ge=0, le=1_000_000, description="characters (code points), the first is 0")
    end: int = Field(ge=1, le=1_000_000, description="the first character after the words")
    ground: Line = Field(description="OSL 26:1, or the registrar's own words")
    everywhere: bool = Field(False, description="mark the same words in all of the conversation")


class Rules(BaseModel):
    """The grounds that a registrar chooses among."""

    grounds: list[grounds.Rule]


def get_requests(request: Request) -> Requests:
    found: Requests = request.app.state.requests
    return found


def get_finder(request: Request) -> Finder:
    found: Finder = request.app.state.finder
    return found


def get_marks(request: Request) -> Marks:
    found: Marks = request.app.state.marks
    return found


def get_handouts(request: Request) -> Handouts:
    found: Handouts = request.app.state.handouts
    return found


RequestsOf = Annotated[Requests, Depends(get_requests)]
FinderOf = Annotated[Finder, Depends(get_finder)]
MarksOf = Annotated[Marks, Depends(get_marks)]
HandoutsOf = Annotated[Handouts, Depends(get_handouts)]


@router.post("/login", responses=documented(LoginFailed, LoginLimited, OriginNotAllowed))
async def login(body: Login, door: DoorOf) -> RegistrarLoggedIn:
    """Log in; the answer sets the registrar's cookie."""
    return _logged_in(await door.enter(body, COOKIE, Role.REGISTRAR))


@router.post("/logout", status_code=204, responses=documented(OriginNotAllowed))
async def logout(token: Token, door: DoorOf) -> None:
    """Log out; the token is worth nothing any longer."""
    await door.leave(token, COOKIE)


@router.get("/me", responses=errors_of())
async def me(registrar: Registrar) -> RegistrarLoggedIn:
    """Tell who is logged in."""
    return _logged_in(registrar)


@router.get("/grounds", responses=errors_of())
async def get_grounds(_: Registrar, request: Request) -> Rules:
    """Return the grounds for secrecy, in the order of the municipality's file."""
    return Rules(grounds=list(request.app.state.grounds.get()))


@router.get("/requests", responses=errors_of())
async def get_list(_: Registrar, requests: RequestsOf, closed: bool = False) -> RequestList:
    """Return open requests, or closed ones."""
    return RequestList(requests=await requests.listed(closed=closed))


@router.post(
    "/requests",
    status_code=201,
    responses={
        200: {"model": RequestView, "description": "Registered before."},
        **errors_of(IdReused),
    },
)
async def register(
    body: NewRequestBody, response: Response, registrar: Registrar, requests: RequestsOf
) -> RequestView:
    """Register a request. Who asks is not stored."""
    new = NewRequest(body.id, body.reference, body.kind, body.received)
    made, is_new = await requests.register(registrar, new)
    response.status_code = 201 if is_new else 200
    return made


@router.get("/requests/{request_id}", responses=errors_of(RequestNotFound))
async def get_request(request_id: UUID, registrar: Registrar, requests: RequestsOf) -> RequestFull:
    """Return a request with its conversations."""
    return await requests.opened(registrar, request_id)


@router.post(
    "/requests/{request_id}/close", responses=errors_of(RequestNotFound, RequestClosed, Withheld)
)
async def close(
    request_id: UUID, body: Closing, registrar: Registrar, requests: RequestsOf
) -> RequestView:
    """Say how a request ended; deletion goes on."""
    return await requests.close(registrar, request_id, body.outcome)


@router.post("/requests/{request_id}/search", responses=errors_of(RequestNotFound, RequestClosed))
async def search(
    request_id: UUID, body: SearchBody, registrar: Registrar, finder: FinderOf
) -> FoundConversations:
    """Find conversations for a request."""
    return await finder.find(registrar, request_id, Search(**body.model_dump()))


@router.post(
    "/requests/{request_id}/conversations",
    responses=errors_of(RequestNotFound, ConversationNotFound, RequestClosed),
)
async def add(
    request_id: UUID, body: Chosen, registrar: Registrar, requests: RequestsOf
) -> RequestFull:
    """Let a request be about these conversations."""
    await requests.add(registrar, request_id, body.conversation_ids)
    return await requests.opened(registrar, request_id)


@router.post(
    "/requests/{request_id}/conversations/{conversation_id}/remove",
    responses=errors_of(RequestNotFound, RequestClosed),
)
async def remove(
    request_id: UUID, conversation_id: UUID, registrar: Registrar, requests: RequestsOf
) -> RequestFull:
    """Let a request not be about a conversation; its marks are forgotten."""
    await requests.remove(registrar, request_id, conversation_id)
    return await requests.opened(registrar, request_id)


@router.get(
    "/requests/{request_id}/conversations/{conversation_id}",
    responses=errors_of(RequestNotFound, ConversationNotFound, RequestClosed),
)
async def get_review(
    request_id: UUID, conversation_id: UUID, registrar: Registrar, marks: MarksOf
) -> Review:
    """Return all of a conversation, with what is marked as secret."""
    return await marks.review(registrar, request_id, conversation_id)


@router.get(
    "/requests/{request_id}/conversations/{conversation_id}/preview",
    responses=errors_of(RequestNotFound, ConversationNotFound, RequestClosed),
)
async def get_preview(
    request_id: UUID, conversation_id: UUID, registrar: Registrar, marks: MarksOf
) -> OpenTranscript:
    """Return a conversation as whoever asks will see it."""
    return await marks.preview(registrar, request_id, conversation_id)


@router.post(
    "/requests/{request_id}/conversations/{conversation_id}/marks",
    responses=errors_of(RequestNotFound, ConversationNotFound, RequestClosed, MarkOutside),
)
async def mark(
    request_id: UUID,
    conversation_id: UUID,
    body: MarkBody,
    registrar: Registrar,
    marks: MarksOf,
) -> Review:
    """Mark words as secret."""
    span = Span(body.part, body.start, body.end)
    new = NewMark(body.id, span, body.ground, body.everywhere)
    return await marks.mark(registrar, request_id, conversation_id, new)


@router.post(
    "/requests/{request_id}/conversations/{conversation_id}/marks/{mark_id}/remove",
    responses=errors_of(RequestNotFound, ConversationNotFound, RequestClosed),
)
async def unmark(
    request_id: UUID, conversation_id: UUID, mark_id: UUID, registrar: Registrar, marks: MarksOf
) -> Review:
    """Take a mark away."""
    return await marks.unmark(registrar, request_id, conversation_id, mark_id)


@router.get(
    "/requests/{request_id}/export.{file_kind}",
    response_class=Response,
    responses={
        **errors_of(RequestNotFound, ConversationNotFound, NotRead),
        200: {
            "description": "The file, as an attachment.",
            "content": {
                "application/json": {"schema": Handout.model_json_schema()},
                _PDF: {"schema": {"type": "string", "format": "binary"}},
            },
        },
    },
)
async def export(
    request_id: UUID,
    file_kind: Literal["pdf", "json"],
    registrar: Registrar,
    handouts: HandoutsOf,
    conversation: UUID | None = None,
) -> Response:
    """Return what is handed out, of all of a request or of one conversation, as a file."""
    made = await handouts.make(registrar, request_id, conversation, file_kind)
    if file_kind == "json":
        return _file(made.model_dump_json(indent=2).encode(), "application/json", made, file_kind)
    return _file(await asyncio.to_thread(draw, made), _PDF, made, file_kind)


def _file(content: bytes, media_type: str, made: Handout, file_kind: str) -> Response:
    name = re.sub(r"[^A-Za-z0-9]+", "-", made.reference).strip("-") or "handling"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_kind}"'}
    return Response(content, media_type=media_type, headers=headers)


def _logged_in(account: Account) -> RegistrarLoggedIn:
    return RegistrarLoggedIn(registrar=RegistrarShown(username=account.username, name=account.name))
