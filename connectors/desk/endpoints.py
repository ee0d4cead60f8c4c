"""The desk's API. Who acts comes from the login only, never from what is sent."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, WebSocket
from fastapi.security import APIKeyCookie
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from connectors.auth.origins import origin_allowed
from connectors.conversation.endpoints import After, Body, Moved, TypingBody
from connectors.conversation.frames import MAX_SEQ
from connectors.conversation.model import Actor, DeskEvent, Move
from connectors.conversation.wakeups import Typing
from connectors.desk import socket as desk_socket
from connectors.desk.accounts import LOGIN_HOURS, Accounts
from connectors.desk.model import Agent, Lists, Opened
from connectors.desk.service import Desk
from connectors.errors import (
    AlreadyTaken,
    ApiError,
    ConversationClosed,
    ConversationNotFound,
    IdReused,
    LoginFailed,
    LoginLimited,
    MessageEmpty,
    MessageTooLong,
    MoveNotAllowed,
    NotLoggedIn,
    NotYours,
    OriginNotAllowed,
    documented,
)

COOKIE = "kommunbot_desk"
PATH = "/api/desk"
cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="set by login")


def check_origin(request: Request) -> None:
    """Raises OriginNotAllowed if a page of another site is behind the request."""
    if not origin_allowed(request, request.app.state.settings.allowed_origins):
        raise OriginNotAllowed


router = APIRouter(prefix=PATH, tags=["desk"], dependencies=[Depends(check_origin)])
sockets = APIRouter(prefix=PATH)


class Login(Body):
    username: str = Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
    password: str = Field(max_length=200)


class Who(BaseModel):
    """An agent's public self."""

    username: str
    name: str


class LoggedIn(BaseModel):
    """Who is logged in."""

    agent: Who


class AgentMessage(Body):
    client_message_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    text: str = Field(max_length=50_000, description="at most 2000 characters are accepted")


class AgentMove(Body):
    move: Literal["return_to_queue", "return_to_bot", "close"]
    move_id: UUID = Field(description="made by the client, so that a repeat is harmless")


class Seen(Body):
    seq: int = Field(ge=0, le=MAX_SEQ, description="the last event that the agent has read")


def get_desk(connection: HTTPConnection) -> Desk:
    found: Desk = connection.app.state.desk
    return found


def get_accounts(connection: HTTPConnection) -> Accounts:
    found: Accounts = connection.app.state.accounts
    return found


DeskOf = Annotated[Desk, Depends(get_desk)]
AccountsOf = Annotated[Accounts, Depends(get_accounts)]
Token = Annotated[str | None, Depends(cookie)]


async def get_agent(token: Token, accounts: AccountsOf) -> Agent:
    """Raises NotLoggedIn."""
    return await accounts.agent(token)


LoggedInAgent = Annotated[Agent, Depends(get_agent)]


def _errors(*more: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    return documented(NotLoggedIn, OriginNotAllowed, *more)


@router.post("/login", responses=documented(LoginFailed, LoginLimited, OriginNotAllowed))
async def login(
    body: Login, request: Request, response: Response, accounts: AccountsOf
) -> LoggedIn:
    """Log in; the answer sets the desk's cookie."""
    address = request.client.host if request.client else ""
    token, agent = await accounts.login(body.username, body.password, address)
    response.set_cookie(
        COOKIE,
        token,
        max_age=LOGIN_HOURS * 3600,
        path=PATH,
        httponly=True,
        samesite="strict",
        secure=request.app.state.settings.secure_cookies,
    )
    return _logged_in(agent)


@router.post("/logout", status_code=204, responses=documented(OriginNotAllowed))
async def logout(token: Token, response: Response, accounts: AccountsOf) -> None:
    """Log out; the token is worth nothing any longer."""
    if token:
        await accounts.logout(token)
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")


@router.get("/me", responses=_errors())
async def me(agent: LoggedInAgent) -> LoggedIn:
    """Tell who is logged in."""
    return _logged_in(agent)


@router.get("/conversations", responses=_errors())
async def get_lists(agent: LoggedInAgent, desk: DeskOf) -> Lists:
    """Return who waits and which conversations the agent holds."""
    return await desk.lists(agent)


@router.post(
    "/conversations/{conversation_id}/take",
    responses=_errors(ConversationNotFound, AlreadyTaken, MoveNotAllowed),
)
async def take(conversation_id: UUID, agent: LoggedInAgent, desk: DeskOf) -> Moved:
    """Take a waiting conversation. Of several who try, one gets it."""
    return Moved(status=await desk.take(agent, conversation_id))


@router.get("/conversations/{conversation_id}", responses=_errors(ConversationNotFound))
async def open_conversation(
    conversation_id: UUID, agent: LoggedInAgent, desk: DeskOf, after: After = 0
) -> Opened:
    """Return a conversation with its dossier."""
    return await desk.open(agent, conversation_id, after)


@router.post(
    "/conversations/{conversation_id}/messages",
    status_code=201,
    responses={
        200: {"model": DeskEvent, "description": "Stored before."},
        **_errors(
            ConversationNotFound,
            ConversationClosed,
            NotYours,
            IdReused,
            MessageEmpty,
            MessageTooLong,
        ),
    },
)
async def post_message(
    conversation_id: UUID,
    body: AgentMessage,
    response: Response,
    agent: LoggedInAgent,
    desk: DeskOf,
) -> DeskEvent:
    """Write to the citizen."""
    event, new = await desk.post(agent, conversation_id, body.client_message_id, body.text)
    response.status_code = 201 if new else 200
    return event


@router.post(
    "/conversations/{conversation_id}/moves",
    responses=_errors(ConversationNotFound, ConversationClosed, NotYours, MoveNotAllowed, IdReused),
)
async def make_move(
    conversation_id: UUID, body: AgentMove, agent: LoggedInAgent, desk: DeskOf
) -> Moved:
    """Give the conversation back, or close it."""
    return Moved(status=await desk.move(agent, conversation_id, Move(body.move), body.move_id))


@router.post(
    "/conversations/{conversation_id}/typing",
    status_code=204,
    responses=_errors(ConversationNotFound, NotYours),
)
async def tell_typing(
    conversation_id: UUID,
    body: TypingBody,
    agent: LoggedInAgent,
    desk: DeskOf,
) -> None:
    """Tell the citizen that the agent starts or stops writing. Never what."""
    await desk.tell_typing(agent, Typing(conversation_id, Actor.AGENT, body.on))


@router.post(
    "/conversations/{conversation_id}/seen",
    status_code=204,
    responses=_errors(ConversationNotFound),
)
async def mark_seen(conversation_id: UUID, body: Seen, agent: LoggedInAgent, desk: DeskOf) -> None:
    """Remember how far the agent has read."""
    await desk.seen(agent, conversation_id, body.seq)


@sockets.websocket("/socket")
async def open_socket(socket: WebSocket, desk: DeskOf, accounts: AccountsOf) -> None:
    """Deliver lists and events as they change; see `socket` for what is said."""
    if not origin_allowed(socket, socket.app.state.settings.allowed_origins):
        await socket.close(4403)
        return
    await desk_socket.serve(socket, socket.cookies.get(COOKIE), desk, accounts)


def _logged_in(agent: Agent) -> LoggedIn:
    return LoggedIn(agent=Who(username=agent.username, name=agent.name))
