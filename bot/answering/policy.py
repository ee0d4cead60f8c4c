"""When the bot answers, asks back, or gives up. Thresholds are probabilities of being right."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.retrieval.model import Hit


@dataclass(frozen=True)
class AnswerPolicy:
    """The thresholds to apply."""

    answer_at: float = 0.80  # a wrong answer about a permit costs more than one more question
    choose_at: float = 0.10  # below this a choice is more noise than help
    about_us_at: float = 0.04  # below this the question is hardly the municipality's business
    misses: int = 2  # at this miss in a row a person takes over

    def __post_init__(self) -> None:
        if not 0 <= self.about_us_at <= self.choose_at <= self.answer_at <= 1:
            raise ValueError("thresholds must rise: about_us_at, choose_at, answer_at")


@dataclass(frozen=True)
class Candidate:
    """A hit and the calibrated probability that it answers the question."""

    hit: Hit
    confidence: float


class Step(StrEnum):
    """What to do with the candidates."""

    ANSWER = "answer"
    ASK = "ask"  # offer choices
    REPHRASE = "rephrase"  # ask for more words
    OUTSIDE = "outside"  # not the municipality's business
    HAND_OFF = "hand_off"


def decide(candidates: Sequence[Candidate], misses: int, policy: AnswerPolicy) -> Step:
    """Choose between answering, asking back and handing over.

    The bot answers only when the best candidate is likely right: a wrong answer about
    a permit costs the citizen more than one more question.

    Args:
        candidates: best first; confidences are calibrated, not raw scores.
        misses: how many times in a row the bot has already failed to answer.

    Raises:
        ValueError: the candidates are not sorted by falling confidence.
    """
    values = [candidate.confidence for candidate in candidates]
    if values != sorted(values, reverse=True):
        raise ValueError("candidates must come with falling confidence")
    best = values[0] if values else 0.0
    if best >= policy.answer_at:
        return Step.ANSWER
    if misses + 1 >= policy.misses:
        return Step.HAND_OFF
    if best >= policy.choose_at:
        return Step.ASK
    return Step.REPHRASE if best >= policy.about_us_at else Step.OUTSIDE
