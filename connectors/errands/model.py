"""Pure values of errands."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from connectors.conversation.model import Shown


class Kind(StrEnum):
    """What is promised."""

    CALLBACK = "callback"  # somebody calls
    ERRAND = "errand"  # somebody answers
    FOLLOW_UP = "follow_up"  # an agent has promised to see to it


class Resolution(StrEnum):
    """What became of it."""

    SOLVED = "lost"
    PASSED_ON = "overlamnad"
    REFERRED = "hanvisad"
    UNSOLVED = "ej_lost"


class ErrandView(Shown):
    """An errand as the desk sees it."""

    id: UUID
    reference: str
    kind: Kind
    audience: str
    question: str
    contact: str | None = None
    errand_type: str | None = None
    owner: str | None = None
    conversation_id: UUID | None = None
    created_at: datetime
    due_at: datetime
    overdue: bool
    done_at: datetime | None = None
    resolution: Resolution | None = None
    result: str | None = None


class ErrandCount(Shown):
    """How much is promised and not done, and how much of it is late."""

    open: int = 0
    overdue: int = 0


class Promise(Shown):
    """What the citizen is told of their errand."""

    reference: str
    kind: Kind
    due_at: datetime
    text: str
