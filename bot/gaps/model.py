"""Questions without a sure answer, alone and together."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Doubt:
    """A question that the bot could not answer, or whose answer did not help; masked already."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Gap:
    """Doubts about the same thing. `label` is the one in their middle; `questions` come often
    asked first, each once."""

    id: str
    label: str
    questions: tuple[str, ...]
    count: int
    first: datetime
    last: datetime
