"""What the widget needs before a conversation, and what an operator asks."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from bot.notices.model import in_force
from bot.notices.repository import LiveNotices
from bot.texts import SWEDISH, Texts
from connectors.conversation.endpoints import LANGUAGE, All
from connectors.conversation.model import Handover, Shown
from connectors.conversation.rules import Audience
from connectors.conversation.text import MAX_LENGTH
from connectors.errors import documented
from connectors.now import utc_now
from connectors.widget.health import Health, HealthCheck, Part

router = APIRouter(prefix="/api", tags=["widget"])

PageQuery = Annotated[
    str | None, Query(max_length=2000, description="address of the page; its path decides")
]


LanguageQuery = Annotated[
    str, Query(pattern=LANGUAGE, description="of the texts: two letters, or `sv-latt`")
]


class PublicLink(Shown):
    title: str
    url: str


class Contact(BaseModel):
    """Who answers, and how else the municipality is reached."""

    municipality: str
    phone: str
    email: str
    hours: str
    welcome: str = Field(description="what the bot says first, before there is a conversation")
    max_length: int = Field(description="characters in a message")


def get_texts(request: Request) -> Texts:
    found: Texts = request.app.state.texts
    return found


def get_notices(request: Request) -> LiveNotices:
    found: LiveNotices = request.app.state.notices
    return found


def get_health_check(request: Request) -> HealthCheck:
    found: HealthCheck = request.app.state.health
    return found


@router.get("/widget", responses=documented())
async def widget(
    every: Annotated[Texts, Depends(get_texts)],
    response: Response,
    language: LanguageQuery = SWEDISH,
) -> Contact:
    """Return the contact ways; a browser may keep them for five minutes."""
    texts = every.spoken(language)
    response.headers["Cache-Control"] = "public, max-age=300"
    return Contact(
        municipality=texts["contact_municipality"],
        phone=texts["contact_phone"],
        email=texts["contact_email"],
        hours=texts["contact_hours"],
        welcome=texts["welcome"],
        max_length=MAX_LENGTH,
    )


@router.get("/handover", responses=documented())
async def handover(
    conversations: All,
    audience: Audience = "privat",
    page: PageQuery = None,
    language: LanguageQuery = SWEDISH,
) -> Handover:
    """Tell whether a person can be reached now, before there is a conversation."""
    return await conversations.handover_for(audience, page, language)


class Rollout(BaseModel):
    """What is in use on a page."""

    chat: bool = Field(description="false: the widget is not shown")
    person: bool = Field(description="false: nothing is handed over to people")


@router.get("/rollout", responses=documented())
async def rollout(
    conversations: All,
    response: Response,
    audience: Audience = "privat",
    page: PageQuery = None,
) -> Rollout:
    """Tell what is in use on a page; a browser may keep it for half a minute."""
    response.headers["Cache-Control"] = "public, max-age=30"
    row = conversations.mover.rules.get().in_use(page, audience)
    return Rollout(chat=row.chat, person=row.person)


class PublicNotice(Shown):
    """What everybody must know just now."""

    id: str
    kind: Literal["kris", "information"]
    text: str
    link: PublicLink | None = None


class NoticesNow(BaseModel):
    """The notices that hold at this moment, a crisis first."""

    notices: list[PublicNotice]


@router.get("/notices", responses=documented())
async def notices(
    live: Annotated[LiveNotices, Depends(get_notices)], response: Response
) -> NoticesNow:
    """Return what everybody must know just now; a browser may keep it for half a minute."""
    response.headers["Cache-Control"] = "public, max-age=30"
    held = in_force(await run_in_threadpool(live.get), utc_now())
    shown = [PublicNotice.model_validate(one, from_attributes=True) for one in held]
    return NoticesNow(notices=shown)


@router.get(
    "/health",
    responses={**documented(), 503: {"model": Health, "description": "The database is down."}},
)
async def health(
    check: Annotated[HealthCheck, Depends(get_health_check)], response: Response
) -> Health:
    """Tell how every part is, asked just now."""
    found = await check()
    if found.parts.database is Part.DOWN:
        response.status_code = 503
    return found
