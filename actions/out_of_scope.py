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
    if found.outcome is Outcome.ANSWER or _asks_well(found):
        return found
    return Decision(
        outcome=Outcome.OOS,
        text_key="oos",
        confidence=found.confidence,
        candidates=found.candidates,
        versions=found.versions,
        timings=found.timings,
    )


def _asks_well(found: Decision) -> bool:
    return found.outcome is Outcome.CLARIFY and (found.confidence or 0.0) >= _MAYBE_OURS
