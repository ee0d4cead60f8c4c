"""What the widget needs before a conversation, and what an operator asks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from bot.texts import Texts
from connectors.conversation.text import MAX_LENGTH
from connectors.errors import documented
from connectors.widget.health import Health, HealthCheck, Part

router = APIRouter(prefix="/api", tags=["widget"])


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


def get_health_check(request: Request) -> HealthCheck:
    found: HealthCheck = request.app.state.health
    return found


@router.get("/widget", responses=documented())
async def widget(texts: Annotated[Texts, Depends(get_texts)], response: Response) -> Contact:
    """Return the contact ways; a browser may keep them for five minutes."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return Contact(
        municipality=texts["contact_municipality"],
        phone=texts["contact_phone"],
        email=texts["contact_email"],
        hours=texts["contact_hours"],
        welcome=texts["welcome"],
        max_length=MAX_LENGTH,
    )


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
