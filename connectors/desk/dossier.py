"""Sums up for the agent what has been asked and what the bot made of it."""

from collections.abc import Sequence

from bot.answering.model import Outcome, Reason
from bot.texts import Texts
from connectors.conversation.model import DeskDecision
from connectors.desk.model import Dossier, Passage, Tried
from connectors.storage.tables import ConversationRow, EventRow

# These replies say nothing of what the citizen wants to know.
_IDLE = frozenset({Outcome.SMALLTALK})


def build(conversation: ConversationRow, rows: Sequence[EventRow], texts: Texts) -> Dossier:
    """Sum up a conversation from its events, oldest first."""
    decisions = _decisions(rows)
    weighed = [one for one in decisions.values() if one.candidates]
    judged = [one for one in decisions.values() if one.confidence is not None]
    reason = Reason(conversation.reason) if conversation.reason else None
    return Dossier(
        question=_question(rows, decisions),
        reason=reason,
        reason_text=texts[f"reason_{reason}"] if reason else None,
        topic=conversation.topic,
        page=conversation.page,
        language=conversation.language,
        confidence=judged[-1].confidence if judged else None,
        candidates=tuple(map(_passage, weighed[-1].candidates)) if weighed else (),
        tried=tuple(_tried(rows, decisions)),
    )


def _decisions(rows: Sequence[EventRow]) -> dict[int, DeskDecision]:
    """Return the bot's decisions by the number of the message that they answer."""
    return {
        row.answers_seq: DeskDecision.model_validate(row.decision)
        for row in rows
        if row.answers_seq is not None and row.decision is not None
    }


def _question(rows: Sequence[EventRow], decisions: dict[int, DeskDecision]) -> str | None:
    """Return what the citizen wants to know: not «hej», and not «jag vill prata med någon»."""
    said = [row for row in rows if row.actor == "citizen" and row.type == "message"]
    asked = [row for row in said if not _beside_the_point(decisions.get(row.seq))]
    best = asked or said
    return best[-1].text if best else None


def _beside_the_point(decision: DeskDecision | None) -> bool:
    if decision is None:
        return False
    return decision.outcome in _IDLE or decision.reason is Reason.ASKED_FOR_HUMAN


def _tried(rows: Sequence[EventRow], decisions: dict[int, DeskDecision]) -> list[Tried]:
    return [
        Tried(question=row.text or "", outcome=found.outcome, confidence=found.confidence)
        for row in rows
        if (found := decisions.get(row.seq)) is not None and found.outcome not in _IDLE
    ]


def _passage(candidate: object) -> Passage:
    return Passage.model_validate(candidate, from_attributes=True)
