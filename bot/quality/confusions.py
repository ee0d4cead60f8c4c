"""Questions that a wrong answer would harm somebody with, and what the assistant does with them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.assistant import Assistant
from bot.answering.model import Decision, Outcome
from bot.quality.lines import read_lines


class Question(BaseModel):
    """What somebody may write, what answers it, and what would harm if it were given instead.

    `wanted` is None where nothing of the content answers. Questions of one scenario want the same
    thing and lie in one half.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    wanted: str | None
    also: tuple[str, ...] = ()  # other entries that are right
    harmful: tuple[str, ...] = Field(min_length=1)
    why: str
    kind: str
    scenario: str
    manner: str = Field(alias="register")  # a model has a method `register`

    @property
    def right(self) -> frozenset[str]:
        return frozenset({self.wanted, *self.also}) - {None} if self.wanted else frozenset()


class Fared(StrEnum):
    """What became of a question."""

    RIGHT = "right"
    HARMFUL = "harmful"
    OTHER = "other"  # another entry, or a passage of a page
    ASKED = "asked"  # back, with a right one among the choices
    ASKED_WITHOUT = "asked_without"  # back, with no right one to choose, or for more words
    LEFT = "left"  # to a person, another authority, an emergency's text


@dataclass(frozen=True)
class Tried:
    """A question, what became of it, and the entries that were answered with."""

    question: Question
    fared: Fared
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """How the questions of one kind fared."""

    kind: str  # "all" for every kind
    questions: int
    right: int
    harmful: int
    other: int
    asked: int
    asked_without: int
    left: int

    @classmethod
    def of(cls, kind: str, tried: Sequence[Tried]) -> "Count":
        fared = {way.value: sum(one.fared is way for one in tried) for way in Fared}
        return cls(kind=kind, questions=len(tried), **fared)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Raises ContentError: says which line, and what is wrong with it."""
    return read_lines(path, Question)


def ask(
    assistant: Assistant,
    questions: Iterable[Question],
    progress: Callable[[], None] = lambda: None,
) -> tuple[Tried, ...]:
    """Ask each question as the first of a conversation."""
    tried = []
    for question in questions:
        decision = assistant.reply(question.text)
        given = answered(decision) if decision.outcome is Outcome.ANSWER else ()
        tried.append(Tried(question, judge(question, decision), given))
        progress()
    return tuple(tried)


def judge(question: Question, decision: Decision) -> Fared:
    """Say what `decision` is to the one who asked `question`."""
    if decision.outcome is Outcome.ANSWER:
        return _answered(question, answered(decision))
    if decision.outcome is not Outcome.CLARIFY:
        return Fared.LEFT
    offered = {choice.entry for choice in decision.choices}
    return Fared.ASKED if offered & question.right else Fared.ASKED_WITHOUT


def answered(decision: Decision) -> tuple[str, ...]:
    """Return the entries that an answer gives: several where it joins several answers."""
    first = [decision.entry] if decision.entry else []
    joined = (one.id for one in decision.candidates if f"**{one.title}**" in decision.text)
    return tuple(dict.fromkeys((*first, *joined)))


def _answered(question: Question, entries: Sequence[str]) -> Fared:
    if set(entries) & set(question.harmful):
        return Fared.HARMFUL
    return Fared.RIGHT if set(entries) & question.right else Fared.OTHER


def by_kind(tried: Sequence[Tried]) -> tuple[Count, ...]:
    """Count by kind, in the order in which they come, and all together at the end."""
    kinds = dict.fromkeys(one.question.kind for one in tried)
    each = {kind: [one for one in tried if one.question.kind == kind] for kind in kinds}
    return tuple(Count.of(kind, chosen) for kind, chosen in {**each, "all": tried}.items())


def faults(tried: Iterable[Tried]) -> Iterator[str]:
    """Say one line for each question that was answered with what does not answer it."""
    for one in tried:
        if one.fared in {Fared.HARMFUL, Fared.OTHER}:
            asked = one.question
            got, wanted = ", ".join(one.entries) or "a page", asked.wanted or "nothing"
            yield f"{asked.id} {one.fared.value}: {got} instead of {wanted}: {asked.text}"
