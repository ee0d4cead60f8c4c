"""The citizen's API."""

from typing import Annotated, Literal
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response, WebSocket
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field, field_validator
from starlette.requests import HTTPConnection

from bot.texts import SWEDISH
from connectors.audit.model import Doer
from connectors.auth.origins import origin_allowed
from connectors.auth.tokens import BITS_256, hash_token
from connectors.conversation import socket as citizen_socket
from connectors.conversation.frames import MAX_SEQ
from connectors.conversation.model import Actor, Event, Handover, Key, Move, News, Status, Survey
from connectors.conversation.opinions import Opinions
from connectors.conversation.polling import wait_for_news
from connectors.conversation.replies import Replies
from connectors.conversation.rules import Audience
from connectors.conversation.service import Conversations, Start
from connectors.conversation.wakeups import Typing
from connectors.errors import (
    ChoiceNotOffered,
    ConversationClosed,
    ConversationNotFound,
    IdReused,
    MaskingFailed,
    MessageEmpty,
    MessageTooLong,
    MoveNotAllowed,
    NotAnAnswer,
    QueueClosed,
    documented,
)
from connectors.http import Body

LANGUAGE = r"^([a-z]{2,3}|sv-latt)$"
Language = Annotated[
    str,
    Field(
        pattern=LANGUAGE,
        description="two letters, or `sv-latt`: lätt svenska; Swedish is spoken in place of others",
    ),
]

router = APIRouter(prefix="/api/conversations", tags=["conversation"])
bearer = HTTPBearer(
    auto_error=False, description="the `secret` that the conversation was started with"
)


class NewConversation(Body):
    client_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    secret: str = Field(
        pattern=BITS_256,
        description="256 random bits as base64url, made by the client; becomes the token",
    )
    page: str | None = Field(
        None,
        max_length=2000,
        pattern=r"^https?://[^\s<>\"\\^`{|}\x00-\x1f\x7f]+$",
        description="address of the page that the widget is on; its query is not kept",
    )
    language: Language = SWEDISH
    audience: Audience = Field("privat", description="whom the page is for")

    @field_validator("page")
    @classmethod
    def _without_query(cls, value: str | None) -> str | None:
        """A query can tell who the citizen is; the path says what the page is about."""
        if value is None:
            return None
        try:
            parts = urlsplit(value)
        except ValueError:
            return None
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class NewMessage(Body):
    client_message_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    text: str = Field(max_length=50_000, description="at most 2000 characters are accepted")
    choice: str | None = Field(
        None, max_length=200, description="the entry of a choice that the bot has just offered"
    )


class CitizenMove(Body):
    move: Literal["hand_off", "leave_queue", "close", "stay", "reopen", "resume"]
    move_id: UUID = Field(description="made by the client, so that a repeat is harmless")


class ChosenLanguage(Body):
    language: Language


class TypingBody(Body):
    on: bool


class Feedback(Body):
    helpful: bool


class Started(BaseModel):
    """A conversation and its first events."""

    conversation_id: UUID
    status: Status
    events: list[Event]


class Moved(BaseModel):
    """Where the conversation stands after a move."""

    status: Status


def get_conversations(connection: HTTPConnection) -> Conversations:
    found: Conversations = connection.app.state.conversations
    return found


def get_opinions(connection: HTTPConnection) -> Opinions:
    found: Opinions = connection.app.state.opinions
    return found


def get_replies(connection: HTTPConnection) -> Replies:
    found: Replies = connection.app.state.replies
    return found


def get_key(
    conversation_id: UUID,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Key:
    """Raises ConversationNotFound: without a token there is nothing to see."""
    if credentials is None:
        raise ConversationNotFound
    return Key(conversation_id, hash_token(credentials.credentials))


All = Annotated[Conversations, Depends(get_conversations)]
OpinionsOf = Annotated[Opinions, Depends(get_opinions)]
Answering = Annotated[Replies, Depends(get_replies)]
Mine = Annotated[Key, Depends(get_key)]
After = Annotated[int, Query(ge=0, le=MAX_SEQ, description="the last event that the client has")]


async def begin(
    body: NewConversation,
    response: Response,
    conversations: Conversations,
    kind: str = "citizen",
    doer: Doer | None = None,
) -> Started:
    """Start a conversation, or find the one that `body` has started before.

    Raises:
        IdReused: another secret started it.
    """
    secret_hash = hash_token(body.secret)
    key, new = await conversations.create(
        Start(body.client_id, secret_hash, body.page, body.language, body.audience, kind, doer)
    )
    response.status_code = 201 if new else 200
    news = await conversations.news(key, 0)
    return Started(conversation_id=key.conversation_id, status=news.status, events=news.events)


@router.post(
    "",
    status_code=201,
    responses={200: {"model": Started, "description": "Started before."}, **documented(IdReused)},
)
async def start(body: NewConversation, response: Response, conversations: All) -> Started:
    """Start a conversation. Its first event is the bot's welcome."""
    return await begin(body, response, conversations)


@router.post(
    "/{conversation_id}/messages",
    status_code=201,
    responses={
        200: {"model": Event, "description": "Stored before."},
        **documented(
            ConversationNotFound,
            ConversationClosed,
            IdReused,
            MaskingFailed,
            MessageEmpty,
            MessageTooLong,
            MaskingFailed,
            ChoiceNotOffered,
        ),
    },
)
async def post_message(
    key: Mine, body: NewMessage, response: Response, conversations: All, replies: Answering
) -> Event:
    """Write. The bot's reply, if it holds the conversation, comes as an event of its own."""
    event, new = await conversations.post(key, body.client_message_id, body.text, body.choice)
    replies.wake(key.conversation_id)
    response.status_code = 201 if new else 200
    return event


@router.post(
    "/{conversation_id}/moves",
    responses=documented(ConversationNotFound, MoveNotAllowed, IdReused, QueueClosed),
)
async def make_move(key: Mine, body: CitizenMove, conversations: All) -> Moved:
    """Ask for a person, leave the queue, close, stay, or go on with the agent or the bot."""
    return Moved(status=await conversations.move(key, Move(body.move), body.move_id))


@router.get("/{conversation_id}/handover", responses=documented(ConversationNotFound))
async def get_handover(key: Mine, conversations: All) -> Handover:
    """Tell whether a person can be reached now, how long it may take, and what else there is."""
    return await conversations.handover(key)


@router.get("/{conversation_id}/events", responses=documented(ConversationNotFound))
async def get_events(
    key: Mine,
    conversations: All,
    after: After = 0,
    wait: Annotated[
        int, Query(ge=0, le=25, description="seconds to wait if there is nothing new")
    ] = 0,
) -> News:
    """Return what has happened after an event; waits for it if asked to."""
    return await wait_for_news(conversations, key, after, wait)


@router.post(
    "/{conversation_id}/language", status_code=204, responses=documented(ConversationNotFound)
)
async def choose_language(key: Mine, body: ChosenLanguage, conversations: All) -> None:
    """Let the conversation go on in another language. A repeat is harmless."""
    await conversations.speak(key, body.language)


@router.post(
    "/{conversation_id}/typing", status_code=204, responses=documented(ConversationNotFound)
)
async def tell_typing(key: Mine, body: TypingBody, conversations: All) -> None:
    """Tell the agent that the citizen starts or stops writing. Never what."""
    await conversations.check(key)
    conversations.wakeups.tell(Typing(key.conversation_id, Actor.CITIZEN, body.on))


@router.post(
    "/{conversation_id}/messages/{seq}/feedback",
    status_code=204,
    responses=documented(ConversationNotFound, NotAnAnswer),
)
async def rate(
    key: Mine,
    seq: Annotated[int, Path(ge=1, le=MAX_SEQ, description="the answer's number")],
    body: Feedback,
    opinions: OpinionsOf,
) -> None:
    """Say whether an answer helped. The last word counts, so a repeat is harmless."""
    await opinions.rate(key, seq, body.helpful)


@router.post(
    "/{conversation_id}/survey", status_code=204, responses=documented(ConversationNotFound)
)
async def say_how_it_was(key: Mine, body: Survey, opinions: OpinionsOf) -> None:
    """Say how easy it was. No answer is demanded; the last word counts, so a repeat is harmless."""
    await opinions.say(key, body)


@router.websocket("/{conversation_id}/socket")
async def open_socket(socket: WebSocket, conversation_id: UUID, conversations: All) -> None:
    """Deliver events as they happen; see `frames` for what is said."""
    if not origin_allowed(socket, socket.app.state.settings.allowed_origins):
        await socket.close(4403)
        return
    await citizen_socket.serve(socket, conversation_id, conversations)
