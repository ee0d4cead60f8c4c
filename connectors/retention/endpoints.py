"""The citizen's way to delete a conversation."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import HTTPConnection

from connectors.conversation.endpoints import Mine
from connectors.errors import CannotBeDeleted, ConversationNotFound, MustBeKept, documented
from connectors.retention.citizen import OwnDeletion

router = APIRouter(prefix="/api/conversations", tags=["conversation"])


def get_own_deletion(connection: HTTPConnection) -> OwnDeletion:
    found: OwnDeletion = connection.app.state.own_deletion
    return found


Deleting = Annotated[OwnDeletion, Depends(get_own_deletion)]


@router.delete(
    "/{conversation_id}",
    status_code=204,
    responses=documented(ConversationNotFound, CannotBeDeleted, MustBeKept),
)
async def delete(key: Mine, own: Deleting) -> None:
    """Delete a conversation that only the bot has had. A repeat finds nothing: 404."""
    await own.delete(key)
