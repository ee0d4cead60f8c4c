"""The editor's page of the chat's look."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import HTTPConnection

from bot.look.model import ROUNDEST, Colour, Colours, Font, Look
from connectors.accounts.endpoints import check_origin
from connectors.editor.endpoints import PATH, LoggedInEditor, errors_of
from connectors.editor.look import Looks
from connectors.errors import ContentInvalid
from connectors.http import Body

router = APIRouter(prefix=PATH, tags=["editor"], dependencies=[Depends(check_origin)])


class ColoursBody(Body):
    """The colours of one mode."""

    bar: Colour
    bar_end: Colour
    on_bar: Colour
    accent: Colour
    on_accent: Colour


class LookBody(Body):
    """How the chat looks where the page says nothing else."""

    light: ColoursBody
    dark: ColoursBody
    radius_px: int = Field(ge=0, le=ROUNDEST)
    font: Font | None = None
    position: Literal["hoger", "vanster"] = "hoger"

    @classmethod
    def of(cls, look: Look) -> "LookBody":
        return cls.model_validate(look.model_dump())

    def look(self) -> Look:
        light, dark = (Colours(**one.model_dump()) for one in (self.light, self.dark))
        return Look(
            light=light,
            dark=dark,
            radius_px=self.radius_px,
            font=self.font,
            position=self.position,
        )


def get_looks(connection: HTTPConnection) -> Looks:
    found: Looks = connection.app.state.looks
    return found


LooksOf = Annotated[Looks, Depends(get_looks)]


@router.get("/look", responses=errors_of(ContentInvalid))
async def get_look(_: LoggedInEditor, looks: LooksOf) -> LookBody:
    """Return how the chat looks now."""
    return LookBody.of(await looks.now())


@router.post("/look", responses=errors_of(ContentInvalid))
async def change_look(body: LookBody, account: LoggedInEditor, looks: LooksOf) -> LookBody:
    """Change how the chat looks; too little contrast is refused, and the look before stays."""
    return LookBody.of(await looks.change(body.look(), account))
