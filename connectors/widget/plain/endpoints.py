"""The addresses of the plain pages. Forms are posted: what is written never stands in an address.

There is no login and no cookie here, so a form that another site sends does only what that site
could do by itself.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from connectors.errors import BodyTooLarge
from connectors.widget.plain.forms import Written, read_fields
from connectors.widget.plain.service import Plain

router = APIRouter(include_in_schema=False)


def get_plain(request: Request) -> Plain:
    found: Plain = request.app.state.plain
    return found


async def get_fields(request: Request) -> dict[str, str] | None:
    """Return what is filled in, or None if it is far more than there is room for."""
    try:
        return read_fields(await request.body())
    except HTTPException as error:
        if error.status_code != BodyTooLarge.status:
            raise
        return None


PlainOf = Annotated[Plain, Depends(get_plain)]
Fields = Annotated[dict[str, str] | None, Depends(get_fields)]


@router.get("/fraga")
async def blank(plain: PlainOf) -> Response:
    return await plain.show(Written.of({}))


@router.post("/fraga")
async def send(plain: PlainOf, fields: Fields) -> Response:
    """Ask the assistant, or leave an errand, by the button that was pressed."""
    if fields is None:
        faults = {"fraga": plain.texts["plain_far_too_long"]}
        return await plain.show(Written.of({}), faults=faults)
    written = Written.of(fields)
    return await (plain.leave if fields.get("gor") == "arende" else plain.answer)(written)


@router.get("/tillganglighet")
async def statement(plain: PlainOf) -> Response:
    return await plain.show_statement(Written.of({}))


@router.post("/tillganglighet")
async def tell_of_obstacle(plain: PlainOf, fields: Fields) -> Response:
    if fields is None:
        faults = {"fraga": plain.texts["plain_far_too_long"]}
        return await plain.show_statement(Written.of({}), faults=faults)
    return await plain.tell_of_obstacle(Written.of(fields))
