"""The addresses of what the assistant tells of itself."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import Response as AnyResponse

from connectors.errors import documented
from connectors.widget.about.model import About
from connectors.widget.about.service import AboutService

router = APIRouter(prefix="/api", tags=["widget"])
pages = APIRouter(include_in_schema=False)


def get_about(request: Request) -> AboutService:
    found: AboutService = request.app.state.about
    return found


AboutOf = Annotated[AboutService, Depends(get_about)]


@router.get("/about", responses=documented())
async def about(told: AboutOf, response: Response) -> About:
    """Tell what the assistant is, runs on and decides, for registers of AI systems."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return await told.now()


@pages.get("/om-assistenten")
async def page(told: AboutOf) -> AnyResponse:
    return await told.show()
