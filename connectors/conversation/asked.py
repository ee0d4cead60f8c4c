"""What a citizen wants to know, read from what was said."""

from collections.abc import Iterator, Sequence

from bot.answering.courtesy import hear
from bot.answering.model import Outcome, Reason
from connectors.conversation.model import Actor, DeskDecision
from connectors.storage.tables import EventRow

# These replies say nothing of what the citizen wants to know.
IDLE = frozenset({Outcome.SMALLTALK})


def decisions_of(rows: Sequence[EventRow]) -> dict[int, DeskDecision]:
    """Return the bot's decisions by the number of the message that they answer."""
    return {
        row.answers_seq: DeskDecision.model_validate(row.decision)
        for row in rows
        if row.answers_seq is not None and row.decision is not None
    }


def question_of(rows: Sequence[EventRow], decisions: dict[int, DeskDecision]) -> str | None:
    """Return the last question: not «hej», and not «jag vill prata med någon».

    Args:
        rows: events, oldest first.
        decisions: the bot's, as `decisions_of` returns them. What is said to a person has none.
    """
    asked = (row for row in _said(rows) if not _beside_the_point(row, decisions.get(row.seq)))
    return next((row.text for row in asked), None)


def last_words(rows: Sequence[EventRow]) -> str | None:
    """Return what the citizen wrote last, whatever it is."""
    return next((row.text for row in _said(rows)), None)


def _said(rows: Sequence[EventRow]) -> Iterator[EventRow]:
    """Yield the citizen's messages, newest first."""
    citizen = Actor.CITIZEN.value
    return (row for row in reversed(rows) if row.actor == citizen and row.type == "message")


def _beside_the_point(row: EventRow, decision: DeskDecision | None) -> bool:
    if decision is None:
        return not hear(row.text or "").asked
    return decision.outcome in IDLE or decision.reason is Reason.ASKED_FOR_HUMAN
