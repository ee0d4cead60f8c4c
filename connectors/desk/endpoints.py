"""The desk's API. Who acts comes from the login only, never from what is sent."""

from contextlib import suppress
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Response, WebSocket
from fastapi.security import APIKeyCookie, HTTPBearer
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from connectors.accounts.cookies import LoginCookie, shown_token
from connectors.accounts.endpoints import AccountsOf, DoorOf, Login, check_origin
from connectors.accounts.model import Role
from connectors.auth.origins import origin_allowed
from connectors.conversation.endpoints import (
    After,
    All,
    Moved,
    NewConversation,
    Started,
    TypingBody,
    begin,
)
from connectors.conversation.frames import MAX_SEQ
from connectors.conversation.model import Actor, DeskEvent, Move, Status
from connectors.conversation.wakeups import Typing
from connectors.desk import socket as desk_socket
from connectors.desk.closing import Closings, LastMove
from connectors.desk.model import (
    Agent,
    Closing,
    Ending,
    Lists,
    Opened,
    SearchedWeb,
    Summary,
)
from connectors.desk.service import Desk
from connectors.errands.contact import is_contact
from connectors.errands.model import ErrandView, Kind, Resolution
from connectors.errands.service import Wish
from connectors.errors import (
    AlreadyTaken,
    ApiError,
    ContactUnusable,
    ConversationClosed,
    ConversationNotFound,
    IdReused,
    LoginFailed,
    LoginLimited,
    MessageEmpty,
    MessageTooLong,
    MoveNotAllowed,
    NoCapacity,
    NotLoggedIn,
    NotYours,
    OriginNotAllowed,
    documented,
)
from connectors.http import Body
from connectors.queue.model import PresenceView

PATH = "/api/desk"
COOKIE = LoginCookie("kommunbot_desk", PATH)
cookie = APIKeyCookie(name=COOKIE.name, auto_error=False, description="set by login")
bearer = HTTPBearer(auto_error=False, description="a program's token, instead of the cookie")

# The two ways in are named here for the description only; `get_token` decides.
ways_in = [Depends(cookie), Depends(bearer)]
router = APIRouter(prefix=PATH, tags=["desk"], dependencies=[Depends(check_origin), *ways_in])
sockets = APIRouter(prefix=PATH)


class Who(BaseModel):
    """An agent's public self."""

    username: str
    name: str


class LoggedIn(BaseModel):
    """Who is logged in."""

    agent: Who


class NewTalk(NewConversation):
    kind: Literal["practice", "internal"] = Field(description="both are outside all figures")


class AgentMessage(Body):
    client_message_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    text: str = Field(max_length=50_000, description="at most 2000 characters are accepted")


class AgentMove(Body):
    move: Literal["decline", "hold", "pick_up", "join", "leave", "return_to_queue", "close"]
    move_id: UUID = Field(description="made by the client, so that a repeat is harmless")


class FollowUp(Body):
    errand_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    text: str = Field(max_length=50_000, description="what is promised")
    contact: str | None = Field(None, max_length=200, description="telephone or e-mail")


class Close(Body):
    move_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    errand_type: str = Field(max_length=32)
    cause: str = Field(max_length=32)
    resolution: Resolution
    searched_web: SearchedWeb
    follow_up: FollowUp | None = None
    to: Literal["end", "bot"] = Field("end", description="whether the citizen goes on with the bot")


class Ended(BaseModel):
    """Where the conversation stands, and what was promised at its end."""

    status: Status
    errand: ErrandView | None = None


class Taken(BaseModel):
    """Which conversation the agent got; both are null if nobody waits."""

    conversation_id: UUID | None = None
    status: Status | None = None


class NewStatus(Body):
    status: str = Field(max_length=16, description="one of `statuses`")


class HeldByOthers(BaseModel):
    """What colleagues have, oldest first."""

    conversations: list[Summary]


class Seen(Body):
    seq: int = Field(ge=0, le=MAX_SEQ, description="the last event that the agent has read")


def get_desk(connection: HTTPConnection) -> Desk:
    found: Desk = connection.app.state.desk
    return found


DeskOf = Annotated[Desk, Depends(get_desk)]


def get_token(connection: HTTPConnection) -> str | None:
    return shown_token(connection, COOKIE)


Token = Annotated[str | None, Depends(get_token)]


async def get_agent(token: Token, accounts: AccountsOf) -> Agent:
    """Raises NotLoggedIn."""
    return Agent.of(await accounts.whose(token, Role.AGENT))


def get_closings(connection: HTTPConnection) -> Closings:
    found: Closings = connection.app.state.closings
    return found


ClosingsOf = Annotated[Closings, Depends(get_closings)]
LoggedInAgent = Annotated[Agent, Depends(get_agent)]


def errors(*more: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    return documented(NotLoggedIn, OriginNotAllowed, *more)


@router.post("/login", responses=documented(LoginFailed, LoginLimited, OriginNotAllowed))
async def login(body: Login, door: DoorOf) -> LoggedIn:
    """Log in; the answer sets the desk's cookie."""
    return _logged_in(Agent.of(await door.enter(body, COOKIE, Role.AGENT)))


@router.post("/logout", status_code=204, responses=documented(OriginNotAllowed))
async def logout(token: Token, door: DoorOf, desk: DeskOf) -> None:
    """Log out; the token is worth nothing any longer, and nobody waits for the agent."""
    agent = None
    with suppress(NotLoggedIn):
        agent = await get_agent(token, door.accounts)
    await door.leave(token, COOKIE)  # first: no page of theirs shows them again
    if agent:
        await desk.presences.leave(agent.id)


@router.get("/me", responses=errors())
async def me(agent: LoggedInAgent) -> LoggedIn:
    """Tell who is logged in."""
    return _logged_in(agent)


@router.post("/presence", responses=errors())
async def set_presence(body: NewStatus, agent: LoggedInAgent, desk: DeskOf) -> PresenceView:
    """Say what the agent does from now on, and so how many conversations there is room for."""
    return await desk.presences.set(agent.id, body.status)


@router.get("/conversations", responses=errors())
async def get_lists(agent: LoggedInAgent, desk: DeskOf) -> Lists:
    """Return who waits and which conversations the agent has; asking shows that they are there."""
    await desk.presences.renew(agent.id)
    return await desk.lists(agent)


@router.post(
    "/conversations",
    status_code=201,
    responses={
        200: {"model": Started, "description": "Started before."},
        **errors(IdReused),
    },
)
async def start_talk(
    body: NewTalk, agent: LoggedInAgent, response: Response, conversations: All
) -> Started:
    """Start practice or a talk between colleagues; only staff may, since it is soon deleted."""
    return await begin(body, response, conversations, body.kind, agent)


@router.get("/conversations/held", responses=errors())
async def get_held_by_others(agent: LoggedInAgent, desk: DeskOf) -> HeldByOthers:
    """Return what colleagues have and answer in, to read along or to join."""
    return HeldByOthers(conversations=await desk.held_by_others(agent))


@router.post("/conversations/next", responses=errors(NoCapacity))
async def take_next(agent: LoggedInAgent, desk: DeskOf) -> Taken:
    """Take whoever is next."""
    taken = await desk.take_next(agent)
    return Taken(conversation_id=taken[0], status=taken[1]) if taken else Taken()


@router.post(
    "/conversations/{conversation_id}/take",
    responses=errors(ConversationNotFound, AlreadyTaken, NoCapacity, MoveNotAllowed),
)
async def take(conversation_id: UUID, agent: LoggedInAgent, desk: DeskOf) -> Moved:
    """Take a waiting conversation. Of several who try, one gets it."""
    return Moved(status=await desk.take(agent, conversation_id))


@router.get("/conversations/{conversation_id}", responses=errors(ConversationNotFound))
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
        **errors(
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
    responses=errors(ConversationNotFound, ConversationClosed, NotYours, MoveNotAllowed, IdReused),
)
async def make_move(
    conversation_id: UUID, body: AgentMove, agent: LoggedInAgent, desk: DeskOf
) -> Moved:
    """Hold a conversation, give it back, end it, or take part in a colleague's."""
    return Moved(status=await desk.move(agent, conversation_id, Move(body.move), body.move_id))


MOVING = (ConversationNotFound, ConversationClosed, NotYours, MoveNotAllowed, IdReused)


@router.get("/conversations/{conversation_id}/closing", responses=errors(ConversationNotFound))
async def get_closing(conversation_id: UUID, agent: LoggedInAgent, closings: ClosingsOf) -> Closing:
    """Return what the outcome can be, and what it probably is."""
    return await closings.closing(agent, conversation_id)


@router.post(
    "/conversations/{conversation_id}/close",
    responses=errors(*MOVING, MessageEmpty, MessageTooLong, ContactUnusable),
)
async def close(
    conversation_id: UUID, body: Close, agent: LoggedInAgent, closings: ClosingsOf
) -> Ended:
    """End the agent's part with its outcome, and with an errand if more is promised."""
    ending = Ending.model_validate(body, from_attributes=True)
    wish = _follow_up(body.follow_up) if body.follow_up else None
    last = LastMove(body.move_id, Move.RETURN_TO_BOT if body.to == "bot" else Move.FINISH)
    closed = await closings.close(agent, conversation_id, last, ending, wish)
    return Ended(status=closed.status, errand=closed.errand)


def _follow_up(asked: FollowUp) -> Wish:
    if asked.contact and not is_contact(asked.contact, Kind.FOLLOW_UP):
        raise ContactUnusable
    return Wish(asked.errand_id, Kind.FOLLOW_UP, asked.text, asked.contact)


@router.post(
    "/conversations/{conversation_id}/typing",
    status_code=204,
    responses=errors(ConversationNotFound, NotYours),
)
async def tell_typing(
    conversation_id: UUID,
    body: TypingBody,
    agent: LoggedInAgent,
    desk: DeskOf,
) -> None:
    """Tell the citizen that the agent starts or stops writing. Never what."""
    await desk.tell_typing(agent, Typing(conversation_id, Actor.AGENT, body.on, agent.name))


@router.post(
    "/conversations/{conversation_id}/seen",
    status_code=204,
    responses=errors(ConversationNotFound),
)
async def mark_seen(conversation_id: UUID, body: Seen, agent: LoggedInAgent, desk: DeskOf) -> None:
    """Remember how far the agent has read."""
    await desk.seen(agent, conversation_id, body.seq)


@sockets.websocket("/socket")
async def open_socket(socket: WebSocket, desk: DeskOf, accounts: AccountsOf) -> None:
    """Deliver lists and events as they change; see `socket` for what is said."""
    if not origin_allowed(socket, ()):
        await socket.close(4403)
        return
    await desk_socket.serve(socket, get_token(socket), desk, accounts)


def _logged_in(agent: Agent) -> LoggedIn:
    return LoggedIn(agent=Who(username=agent.username, name=agent.name))
