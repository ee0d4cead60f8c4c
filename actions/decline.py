"""No: after the bot has asked back it is the second miss, and a person takes over."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision, Outcome, Reason

NAME = "action_decline"


def decide(mind: Mind, turn: Turn) -> Decision:
    if turn.context.misses:
        language = mind.language(turn.text, turn.context)
        return mind.hand_off(Reason.SECOND_MISS, turn.before, language)
    return Decision(outcome=Outcome.SMALLTALK, text_key="deny_nothing")
