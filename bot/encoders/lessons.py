"""What an encoder learns from: questions, answers, and the messages in which people ask."""

import random
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import EncoderError
from bot.faq.repository import load_faq


class Lesson(BaseModel):
    """A question, its answer, and messages that this answer and no neighbour answers."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    subject: str
    question: str
    answer: str
    asked: tuple[str, ...] = Field(min_length=1)


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """Read every `*.jsonl` of a folder, one lesson a line.

    Raises:
        EncoderError: there are none, or says which line is wrong.
    """
    lessons = tuple(
        _lesson(line, f"{path}:{number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    )
    if not lessons:
        raise EncoderError(f"{folder} has no *.jsonl with lessons.")
    return lessons


def _lesson(line: str, where: str) -> Lesson:
    try:
        return Lesson.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"])) or "line"
        raise EncoderError(f"{where}: {key}: {fault['msg']}") from error


def faq_lessons(data_dir: Path) -> tuple[Lesson, ...]:
    """Return the FAQ's entries that have variants as lessons.

    Raises:
        ContentError: an editor's file is wrong.
    """
    return tuple(
        Lesson(subject=e.topic, question=e.question, answer=e.answer, asked=e.variants)
        for e in load_faq(data_dir)
        if e.variants
    )


def held_out(
    lessons: Sequence[Lesson], share: float = 0.2
) -> tuple[tuple[Lesson, ...], tuple[Lesson, ...]]:
    """Split by whole subjects, always in the same way: what to learn from, what to judge on."""
    subjects = sorted({lesson.subject for lesson in lessons})
    random.Random(0).shuffle(subjects)  # noqa: S311  # no secret
    kept = set(subjects[: round(share * len(subjects))])
    return (
        tuple(lesson for lesson in lessons if lesson.subject not in kept),
        tuple(lesson for lesson in lessons if lesson.subject in kept),
    )
