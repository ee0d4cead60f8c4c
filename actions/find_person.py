"""A name, a role or a unit is looked up in the directory."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision

NAME = "action_find_person"


def decide(mind: Mind, turn: Turn) -> Decision:
    return mind.find_person(turn.text, turn.context)
