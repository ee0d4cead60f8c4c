"""A joke, homework, the weather: declined, unless the search thinks otherwise."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Decision, Outcome

NAME = "action_out_of_scope"

# Questions are so many more than jokes that some of what Rasa takes for a joke is a question. Of 60
# real ones none reached this confidence (`kommunbot eval` on data/quality/calibration.jsonl).
_MAYBE_OURS = 0.35


def decide(mind: Mind, turn: Turn) -> Decision:
    found = mind.reply(turn.text, turn.context)
    if found.outcome is Outcome.ANSWER or found.refers or _asks_well(found):
        return found
    return Decision(
        outcome=Outcome.OOS,
        text_key="oos",
        language=found.language,
        confidence=found.confidence,
        candidates=found.candidates,
        versions=found.versions,
        timings=found.timings,
    )


def _asks_well(found: Decision) -> bool:
    """Tell whether it is worth asking back; a message of nothing but signs was not searched."""
    confidence = 1.0 if found.confidence is None else found.confidence
    return found.outcome is Outcome.CLARIFY and confidence >= _MAYBE_OURS
