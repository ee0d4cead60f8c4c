"""From the rows that the services have just written to what is told of them.

What is said to the bot alone is nobody else's: a conversation is told of from the handover on.
Practice and talk between departments are not told of at all.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from connectors.outside import model
from connectors.outside.model import Told
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow, OutcomeRow

_TOLD_KIND = "citizen"
_WITH_PEOPLE = frozenset({"waiting", "offered", "active", "on_hold"})


def of_event(
    conversation: ConversationRow,
    event: EventRow,
    *,
    note: str | None = None,
    outcome: OutcomeRow | None = None,
) -> Told | None:
    """Return what is told of an event that was appended just now.

    Args:
        conversation: as it stands after the event.
        note: what the agent who hands over writes to the next one.
        outcome: what became of it, at its end.

    Returns:
        None if nobody else shall hear of it.
    """
    if conversation.kind != _TOLD_KIND:
        return None
    common = {
        "conversation_id": conversation.id,
        "seq": event.seq,
        "topic": conversation.topic,
        "at": event.at,
    }
    if event.type == "message":
        return _message(conversation, event, common)
    return _move(conversation, event, common, note, outcome)


def of_question(conversation: ConversationRow, department: str, at: datetime) -> Told | None:
    """Return what is told of an agent's question to a department, or None."""
    if conversation.kind != _TOLD_KIND:
        return None
    return model.ConversationAsked(
        conversation_id=conversation.id,
        seq=conversation.seq,
        topic=conversation.topic,
        at=at,
        department=department,
    )


def of_errand(kind: type[Any], errand: ErrandRow, at: datetime, topic: str | None = None) -> Told:
    """Return `ErrandCreated`, `ErrandUpdated` or `ErrandDone` of an errand as its row stands.

    Args:
        topic: of the conversation that it comes from.
    """
    names = kind.model_fields.keys() - {"type", "at", "topic", "errand_id"}
    told = {name: getattr(errand, name) for name in names}
    event: Told = kind(at=at, topic=topic, errand_id=errand.id, **told)
    return event


def of_presence(
    agent_id: UUID, agent_name: str, status: str, at: datetime, *, online: bool
) -> Told:
    """Return what is told of an agent who does something else, or is gone."""
    return model.PresenceChanged(
        at=at, agent_id=agent_id, agent_name=agent_name, status=status, online=online
    )


def _message(conversation: ConversationRow, event: EventRow, common: dict[str, Any]) -> Told | None:
    if conversation.state not in _WITH_PEOPLE:
        return None
    return model.ConversationMessage(
        **common,
        actor=event.actor,
        agent_id=event.agent_id,
        agent_name=event.agent_name,
        text=event.text,
    )


def _move(
    conversation: ConversationRow,
    event: EventRow,
    common: dict[str, Any],
    note: str | None,
    outcome: OutcomeRow | None,
) -> Told:
    if event.state == "waiting":
        return _waiting(conversation, common)
    if event.state == "closed":
        return _closed(event, outcome, common)
    if event.move == "take" and event.agent_id:
        return model.ConversationTaken(
            **common, agent_id=event.agent_id, agent_name=event.agent_name
        )
    if event.move == "transfer" and event.agent_id and conversation.agent_id:
        return model.ConversationTransferred(
            **common, agent_id=event.agent_id, to_agent_id=conversation.agent_id, note=note
        )
    return model.ConversationMoved(
        **common,
        actor=event.actor,
        move=event.move or "",
        state=event.state or conversation.state,
        agent_id=event.agent_id,
    )


def _waiting(conversation: ConversationRow, common: dict[str, Any]) -> Told:
    names = ("audience", "language", "priority", "reason", "queued_at", "department")
    told = {name: getattr(conversation, name) for name in names}
    return model.ConversationWaiting(**common, **{**told, "priority": conversation.priority or 0})


def _closed(event: EventRow, outcome: OutcomeRow | None, common: dict[str, Any]) -> Told:
    names = ("errand_type", "cause", "resolution", "searched_web", "seconds")
    became = {name: getattr(outcome, name) for name in names} if outcome else {}
    return model.ConversationClosed(**common, actor=event.actor, agent_id=event.agent_id, **became)
