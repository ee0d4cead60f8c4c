"""Every kind of event, with words that Hypothesis or a test chooses."""

from typing import Any
from uuid import UUID

from connectors.outside.model import KINDS, Told
from tests.support.outside import NOON

_ID = UUID("7f3f9a1e-0000-4000-8000-000000000001")
_VALUES: dict[str, Any] = {
    "at": NOON,
    "conversation_id": _ID,
    "errand_id": _ID,
    "agent_id": _ID,
    "to_agent_id": _ID,
    "seq": 3,
    "topic": "Bygglov",
    "audience": "privat",
    "language": "sv",
    "actor": "agent",
    "move": "hold",
    "state": "on_hold",
    "reference": "SK-7F3K2P",
    "kind": "errand",
    "due_at": NOON,
    "done_at": NOON,
    "resolution": "lost",
    "status": "chatt",
    "online": True,
    "department": "bygglov",
}


def every_event(words: str | None) -> list[Told]:
    """Return one event of each kind, with `words` in each field that may hold some."""
    return [
        kind.model_validate(
            {
                **{name: _VALUES[name] for name in kind.model_fields if name in _VALUES},
                **dict.fromkeys(kind.words(), words),
            }
        )
        for kind in KINDS
    ]
