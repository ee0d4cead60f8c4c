"""How an event is told to people: a heading and a line for each field."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import Texts
from connectors.outside.model import Told

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_LABELLED = (
    *("reference", "conversation_id", "topic", "errand_type", "resolution"),
    *("due_at", "done_at", "question", "contact", "text", "note", "result", "at"),
)


def heading(event: Told, texts: Texts) -> str:
    """Return what has happened, in a few words."""
    return texts["outside_" + event.type.replace(".", "_")]


def id_of(event: Told) -> str:
    """Return what people find it by: an errand's reference, else the id."""
    return str(getattr(event, "reference", event.subject))


def lines(event: Told, texts: Texts) -> Iterator[str]:
    """Yield a line for each field that people care for and that is filled in."""
    for name in _LABELLED:
        value = getattr(event, name, None)
        if value is not None:
            yield f"{texts[f'outside_{name}']}: {_written(value)}"


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}"
    return str(value)
