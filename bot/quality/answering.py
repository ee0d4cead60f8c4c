"""What the whole assistant does with labelled questions, in counts that citizens can be told."""

from collections.abc import Callable, Sequence

from bot.about.measured import Answering
from bot.answering.assistant import Assistant
from bot.answering.model import Decision, Outcome
from bot.errors import ContentError
from bot.quality.calibration import LabelledQuestion


def count_answers(
    assistant: Assistant,
    questions: Sequence[LabelledQuestion],
    progress: Callable[[int], None] = lambda _: None,
) -> Answering:
    """Put every question to the assistant, each as the first of a conversation.

    Raises:
        ContentError: none of the questions has an answer.
    """
    asked = []
    for question in questions:
        if question.expected in ("in", "near", "far"):  # the others ask for no answer
            asked.append((question, assistant.reply(question.text)))
        progress(1)
    known = [(q, decision) for q, decision in asked if q.expected == "in"]
    unknown = [decision for q, decision in asked if q.expected != "in"]
    if not known:
        raise ContentError("No question has an answer: `entry` says which.")
    return Answering(
        questions=len(known),
        found=sum(_first(decision) in q.right for q, decision in known),
        answered=sum(_answers(decision) for _, decision in known),
        right=sum(_answers(decision) and decision.entry in q.right for q, decision in known),
        without_answer=len(unknown),
        answered_anyway=sum(map(_answers, unknown)),
    )


def _answers(decision: Decision) -> bool:
    return decision.outcome is Outcome.ANSWER


def _first(decision: Decision) -> str | None:
    return decision.candidates[0].id if decision.candidates else decision.entry
