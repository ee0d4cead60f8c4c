"""Sums up for the agent what has been asked and what the bot made of it."""

from collections.abc import Sequence

from bot.answering.model import Reason
from bot.texts import Texts
from connectors.conversation.asked import IDLE, decisions_of, last_words, question_of
from connectors.conversation.model import HELD, DeskDecision, Move, State
from connectors.desk.model import Dossier, Earlier, Passage, Tried
from connectors.storage.tables import ConversationRow, EventRow


def build(conversation: ConversationRow, rows: Sequence[EventRow], texts: Texts) -> Dossier:
    """Sum up a conversation from its events, oldest first."""
    decisions = decisions_of(rows)
    weighed = [one for one in decisions.values() if one.candidates]
    judged = [one for one in decisions.values() if one.confidence is not None]
    reason = Reason(conversation.reason) if conversation.reason else None
    return Dossier(
        question=question_of(rows, decisions) or last_words(rows),
        reason=reason,
        reason_text=texts[f"reason_{reason}"] if reason else None,
        topic=conversation.topic,
        page=conversation.page,
        language=conversation.language,
        confidence=judged[-1].confidence if judged else None,
        candidates=tuple(map(_passage, weighed[-1].candidates)) if weighed else (),
        tried=tuple(_tried(rows, decisions)),
        earlier=tuple(_earlier(conversation, rows)),
    )


def _tried(rows: Sequence[EventRow], decisions: dict[int, DeskDecision]) -> list[Tried]:
    return [
        Tried(question=row.text or "", outcome=found.outcome, confidence=found.confidence)
        for row in rows
        if (found := decisions.get(row.seq)) is not None and found.outcome not in IDLE
    ]


def _earlier(conversation: ConversationRow, rows: Sequence[EventRow]) -> list[Earlier]:
    """Return who has had it before, oldest first; not who has it now."""
    taken = [row for row in rows if row.move == Move.TAKE.value]
    if State(conversation.state) in HELD - {State.OFFERED}:
        taken = taken[:-1]
    return [Earlier(agent_name=row.agent_name or "", at=row.at) for row in taken]


def _passage(candidate: object) -> Passage:
    return Passage.model_validate(candidate, from_attributes=True)
