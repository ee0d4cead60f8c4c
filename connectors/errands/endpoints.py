"""The citizen's way to leave a question, or to be called back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import Field
from starlette.requests import HTTPConnection

from connectors.conversation.endpoints import Mine
from connectors.errands.contact import is_contact
from connectors.errands.model import Kind, Promise
from connectors.errands.service import Errands, Wish
from connectors.errors import (
    ConversationNotFound,
    IdReused,
    InvalidRequest,
    MaskingFailed,
    MessageEmpty,
    MessageTooLong,
    documented,
)
from connectors.http import Body

router = APIRouter(prefix="/api/conversations", tags=["errand"])


class NewErrand(Body):
    errand_id: UUID = Field(description="made by the client, so that a repeat is harmless")
    kind: Literal["callback", "errand"]
    contact: str = Field(max_length=200, description="telephone to call, or e-mail to answer to")
    text: str | None = Field(
        None, max_length=50_000, description="the question; null for what was written before"
    )


def get_errands(connection: HTTPConnection) -> Errands:
    found: Errands = connection.app.state.errands
    return found


ErrandsOf = Annotated[Errands, Depends(get_errands)]


@router.post(
    "/{conversation_id}/errands",
    status_code=201,
    responses={
        200: {"model": Promise, "description": "Promised before."},
        **documented(ConversationNotFound, IdReused, MessageEmpty, MessageTooLong, MaskingFailed),
    },
)
async def ask(key: Mine, body: NewErrand, response: Response, errands: ErrandsOf) -> Promise:
    """Leave the question, or ask for a call: the answer says the reference and the time."""
    kind = Kind(body.kind)
    contact = " ".join(body.contact.split())
    if not is_contact(contact, kind):
        raise InvalidRequest(fields=["contact"])
    wish = Wish(body.errand_id, kind, body.text or None, contact)
    promise, new = await errands.ask(key, wish)
    response.status_code = 201 if new else 200
    return promise
