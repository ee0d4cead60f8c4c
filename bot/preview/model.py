"""What an edit of the FAQ changes in the bot's answers, and what in it is often a mistake."""

from collections.abc import Sequence
from typing import Literal

from bot.answering.model import Outcome, Value

ChangeKind = Literal[
    "new_text",  # the same entry answers, in other words
    "stolen",  # another entry answers
    "lost",  # was answered; is asked back about, handed over or declined
    "gained",  # is answered, and was not
    "other_choices",  # is asked back about, with other choices
]
AskedBy = Literal["bank", "variant", "orubblig"]


class Side(Value):
    """What the bot does with a question, before an edit or after it.

    `entry` is the id of what answers, an entry or a passage; None where nothing does.
    """

    outcome: Outcome
    entry: str | None = None
    title: str | None = None
    confidence: float | None = None


class Change(Value):
    """A question with which the bot will do something else. `text` is for editors."""

    kind: ChangeKind
    question: str
    asked_by: AskedBy
    before: Side
    after: Side
    blocks: bool = False
    confirm: bool = False  # somebody must say that it is meant
    text: str


class Risk(Value):
    """Something in the edit itself that is often a mistake. `text` is for editors."""

    kind: str
    entry: str
    text: str
    blocks: bool = False
    confirm: bool = True


class Preview(Value):
    """All that an edit changes. One that is `blocked` may not go live as it is."""

    changes: tuple[Change, ...] = ()
    risks: tuple[Risk, ...] = ()
    asked: int = 0  # questions put to the content as it would be
    seconds: float = 0.0
    blocked: bool = False
    needs_confirmation: bool = False

    @classmethod
    def of(
        cls, changes: Sequence[Change], risks: Sequence[Risk], asked: int, seconds: float
    ) -> "Preview":
        """Sum up; whatever blocks also needs no confirmation, since none would help."""
        found: tuple[Change | Risk, ...] = (*changes, *risks)
        blocked = any(one.blocks for one in found)
        return cls(
            changes=tuple(changes),
            risks=tuple(risks),
            asked=asked,
            seconds=seconds,
            blocked=blocked,
            needs_confirmation=not blocked and any(one.confirm for one in found),
        )
