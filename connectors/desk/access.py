"""What an agent may see and do with a conversation. Who may not see it does not hear that it is."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation import repository
from connectors.conversation.model import HELD, WITH_AGENT, Actor, Move, State, allowed_moves
from connectors.desk.model import Agent
from connectors.errors import (
    AlreadyTaken,
    ApiError,
    ConversationClosed,
    ConversationNotFound,
    MoveNotAllowed,
    NotYours,
)
from connectors.storage.tables import AgentRow, ConversationRow

_READABLE = frozenset({State.WAITING.value, *(state.value for state in HELD)})
_WRITABLE = frozenset(state.value for state in WITH_AGENT)
_HELD = frozenset(state.value for state in HELD)
_ENDED = frozenset({State.WRAP_UP.value, State.CLOSED.value})


def holds(agent: Agent, conversation: ConversationRow) -> bool:
    """Tell whether the agent is the one who answers in it."""
    return conversation.state in _WRITABLE and conversation.agent_id == agent.id


def has(agent: Agent, conversation: ConversationRow) -> bool:
    """Tell whether it is on the agent's list: also while it is offered or wrapped up."""
    return conversation.state in _HELD and conversation.agent_id == agent.id


def may_read(agent: Agent, conversation: ConversationRow) -> bool:
    if conversation.state in _READABLE:
        return True
    return conversation.state == State.CLOSED.value and conversation.agent_id == agent.id


async def readable(session: AsyncSession, agent: Agent, conversation_id: UUID) -> ConversationRow:
    """Return a conversation that was given to people; what is said to the bot alone is not.

    Raises:
        ConversationNotFound: there is none that the agent may read.
    """
    conversation = await repository.find(session, conversation_id)
    if conversation is None or not may_read(agent, conversation):
        raise ConversationNotFound
    return conversation


async def locked(
    session: AsyncSession, agent: Agent, conversation_id: UUID, move_id: UUID | None = None
) -> ConversationRow:
    """Lock a conversation that the agent may read, or has moved away by `move_id` before.

    Raises:
        ConversationNotFound: there is none.
    """
    conversation = await repository.lock(session, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    if not may_read(agent, conversation):
        moved = move_id and await repository.move_by_id(
            session, conversation_id, Actor.AGENT, move_id
        )
        if not moved:
            raise ConversationNotFound
    return conversation


async def check_holds(session: AsyncSession, agent: Agent, conversation: ConversationRow) -> None:
    """Raises ConversationClosed, NotYours unless the agent is the one who answers in it."""
    if not holds(agent, conversation):
        raise await _not_theirs(session, conversation)


async def check_writes(session: AsyncSession, agent: Agent, conversation: ConversationRow) -> None:
    """Raises ConversationClosed, NotYours unless the agent holds it, or takes part in it."""
    if holds(agent, conversation):
        return
    joined = await repository.takes_part(session, conversation.id, agent.id)
    if conversation.state not in _WRITABLE or not joined:
        raise await _not_theirs(session, conversation)


async def check_has(session: AsyncSession, agent: Agent, conversation: ConversationRow) -> None:
    """Raises ConversationClosed, NotYours unless it is on the agent's list."""
    if not has(agent, conversation):
        raise await _not_theirs(session, conversation)


async def _not_theirs(session: AsyncSession, conversation: ConversationRow) -> ApiError:
    if conversation.state in _ENDED:
        return ConversationClosed()
    return NotYours(agent_name=await holder(session, conversation))


async def holder(session: AsyncSession, conversation: ConversationRow) -> str | None:
    """Return the name of the agent who has it or is asked to take it."""
    if conversation.state not in _HELD:
        return None
    agent = await session.get(AgentRow, conversation.agent_id)
    return agent.name if agent else None


async def lost(session: AsyncSession, conversation: ConversationRow) -> ApiError:
    """Return why a conversation could not be taken."""
    if conversation.state in _HELD:
        return AlreadyTaken(agent_name=await holder(session, conversation))
    allowed = allowed_moves(State(conversation.state), Actor.AGENT)
    return MoveNotAllowed(allowed=[str(move) for move in allowed], move=str(Move.TAKE))
