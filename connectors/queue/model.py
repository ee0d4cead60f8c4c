"""Pure values of the queue."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from connectors.conversation.model import Shown


class StatusChoice(Shown):
    """Something that an agent can be doing."""

    id: str
    title: str
    limit: int


class PresenceView(Shown):
    """What an agent is doing, and how many conversations that leaves room for."""

    status: str
    limit: int
    held: int
    since: datetime
    statuses: tuple[StatusChoice, ...] = ()


class Colleague(Shown):
    """An agent as the others see them."""

    username: str
    name: str
    status: str | None
    online: bool
    held: int
    limit: int


class DepartmentView(Shown):
    """Some of the agents, and how many of them are at the desk."""

    id: str
    title: str
    online: int


@dataclass(frozen=True)
class Line:
    """A conversation as one line of a list at the desk."""

    conversation_id: UUID
    state: str
    kind: str
    audience: str
    language: str
    priority: int
    queued_at: datetime | None
    last_at: datetime
    question: str | None
    reason: str | None
    topic: str | None
    agent_name: str | None
    offered_until: datetime | None
    last_from: str | None
    last_name: str | None
    last_text: str | None
    waiting_since: datetime | None
    unread: int
    notes: int
    department: str | None
    joined: bool
