"""One of the offered choices, by a button (its entry) or in words (its place in the list)."""

from actions.mind import Mind
from actions.turn import Turn
from bot.answering.model import Choice, Decision

NAME = "action_choose"


def decide(mind: Mind, turn: Turn) -> Decision:
    if entry := turn.entities.get("entry"):
        return mind.choose(entry, turn.context)
    if choice := _at(turn.entities.get("place", ""), turn.context.offered):
        return mind.choose(choice.entry, turn.context)
    return mind.reply(turn.text, turn.context)


def _at(place: str, offered: tuple[Choice, ...]) -> Choice | None:
    """Return the choice at `place`: 1 is the first, -1 the last."""
    try:
        number = int(place)
    except ValueError:
        return None
    index = number - 1 if number > 0 else len(offered) + number
    return offered[index] if 0 <= index < len(offered) else None
