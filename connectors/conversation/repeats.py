"""Telling a repeat from something new: clients name what they do, and try again when unsure."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation import repository
from connectors.conversation.model import Actor, Move, Party
from connectors.errors import IdReused
from connectors.storage.tables import ConversationRow, EventRow


async def stored_message(
    session: AsyncSession,
    conversation: ConversationRow,
    by: Party,
    client_message_id: UUID,
    text: str,
) -> EventRow | None:
    """Return the event of an earlier try with the same id.

    Raises:
        IdReused: the earlier one said something else, or somebody else said it.
    """
    stored = await repository.message_by_id(session, conversation.id, by.actor, client_message_id)
    if stored is not None and (stored.text != text or stored.agent_id != by.agent_id):
        raise IdReused
    return stored


async def already_moved(
    session: AsyncSession, conversation: ConversationRow, actor: Actor, move: Move, move_id: UUID
) -> bool:
    """Tell whether an earlier try made this move.

    Raises:
        IdReused: the earlier one made another move.
    """
    before = await repository.move_by_id(session, conversation.id, actor, move_id)
    if before is not None and before is not move:
        raise IdReused
    return before is not None
