"""How well an encoder alone finds the entry that a message asks for."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.encoders.lessons import Lesson
from bot.encoders.model import Encoder
from bot.quality.noise import noisy

_DEPTH = 10


def score_lessons(
    every: Sequence[Lesson], asked_of: Sequence[Lesson], encoder: Encoder
) -> dict[str, dict[str, float]]:
    """Let the messages of `asked_of` find their entry among `every`.

    An entry is the mean of its question as a question and of question and answer as a passage.

    Returns:
        Accuracy@1, recall@5 and MRR@10, shares from 0 to 1, for messages as they are, with
        typing errors, and without å ä ö.
    """
    questions = encoder.encode_questions([lesson.question for lesson in every])
    passages = encoder.encode_passages([f"{lesson.question} {lesson.answer}" for lesson in every])
    entries = (questions + passages) / 2
    place = {lesson: number for number, lesson in enumerate(every)}
    right = np.array([place[lesson] for lesson in asked_of for _ in lesson.asked])
    asked = [text for lesson in asked_of for text in lesson.asked]
    written: dict[str, Callable[[str], str]] = {
        "as they are": lambda text: text,
        "typing errors": lambda text: noisy(text, "typos", seed=9),
        "without å ä ö": lambda text: noisy(text, "no_diacritics"),
    }
    return {
        name: _ranked(encoder.encode_questions([change(text) for text in asked]) @ entries.T, right)
        for name, change in written.items()
    }


def _ranked(scores: np.ndarray, right: np.ndarray) -> dict[str, float]:
    own = np.take_along_axis(scores, right[:, np.newaxis], axis=1)
    ranks = (scores > own).sum(axis=1) + 1
    return {
        "accuracy@1": float((ranks == 1).mean()),
        "recall@5": float((ranks <= 5).mean()),
        "mrr@10": float(np.where(ranks <= _DEPTH, 1 / ranks, 0).mean()),
    }
