"""A complaint: answered where an entry says what to do, else heard by a person."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision, Outcome, Reason

NAME = "action_complaint"


def decide(mind: Mind, turn: Turn) -> Decision:
    found = mind.reply(turn.text, turn.context)
    if found.outcome in {Outcome.ANSWER, Outcome.EMERGENCY} or found.refers:
        return found
    language = found.language or mind.language(turn.text, turn.context)
    return mind.hand_off(Reason.COMPLAINT, turn.text, language)
