"""Between Rasa's tracker and the assistant: what was written, and what is remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.answering.model import Choice, Context


@dataclass(frozen=True)
class Turn:
    """One message to act upon.

    `before` is the message that the citizen wrote before this one, "" when there is none;
    `intent` what Rasa takes this one for.
    """

    text: str
    message_id: str | None
    entities: Mapping[str, str]
    context: Context
    before: str = ""
    intent: str | None = None

    @property
    def in_words(self) -> bool:
        """Tells that the citizen has written it: what a button sends is in no language."""
        return not self.text.startswith("/")


def read_turn(state: Mapping[str, Any]) -> Turn:
    """Read the tracker's state as Rasa sends it.

    A message that comes again, because a process died before its answer was stored, gets
    the context that it had the first time: a miss is not counted twice.
    """
    message = state.get("latest_message") or {}
    metadata = message.get("metadata") or {}
    message_id = metadata.get("message_id")
    return Turn(
        text=message.get("text") or "",
        message_id=message_id,
        entities=_entities(message.get("entities") or ()),
        context=_context(state.get("slots") or {}, message_id, metadata.get("language")),
        before=_text_before(state.get("events") or ()),
        intent=(message.get("intent") or {}).get("name"),
    )


def slots_after(turn: Turn, context: Context) -> dict[str, Any]:
    """Return what Rasa is to remember: the new `context`, and how `turn` was judged."""
    return {
        **context.model_dump(mode="json"),
        "before": {
            "message_id": turn.message_id,
            "context": turn.context.model_dump(mode="json"),
        },
    }


def _context(
    slots: Mapping[str, Any], message_id: str | None, chosen: str | None = None
) -> Context:
    """Read what has been said before; `chosen` is the language that the talk shall go on in."""
    before = slots.get("before") or {}
    if message_id and before.get("message_id") == message_id:
        return Context.model_validate(before["context"])
    return Context(
        entry=slots.get("entry"),
        misses=int(slots.get("misses") or 0),
        offered=tuple(Choice.model_validate(choice) for choice in slots.get("offered") or ()),
        language=chosen or slots.get("language"),
    )


def _entities(found: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Keep the first value of each entity."""
    kept: dict[str, str] = {}
    for entity in found:
        kept.setdefault(str(entity["entity"]), str(entity["value"]))
    return kept


def _text_before(events: Iterable[Mapping[str, Any]]) -> str:
    written = [event.get("text") or "" for event in events if event.get("event") == "user"]
    return written[-2] if len(written) > 1 else ""
