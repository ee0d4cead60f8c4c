"""A question is searched."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision

NAME = "action_answer"


def decide(mind: Mind, turn: Turn) -> Decision:
    return mind.reply(turn.text, turn.context)
