"""Yes: to the first offered choice, or to nothing in particular."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision, Outcome

NAME = "action_confirm"


def decide(mind: Mind, turn: Turn) -> Decision:
    if turn.context.offered:
        return mind.choose(turn.context.offered[0].entry, turn.context)
    return Decision(outcome=Outcome.SMALLTALK, text_key="affirm_nothing")
