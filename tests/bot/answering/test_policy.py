import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.policy import AnswerPolicy, Candidate, Step, decide
from bot.retrieval.model import Hit
from tests.support.content import DOCUMENTS

probabilities = st.floats(0, 1)
POLICY = AnswerPolicy()


def candidates(*confidences: float) -> list[Candidate]:
    hit = Hit(document=DOCUMENTS[0], score=1, dense=1, char=1, bm25=1, coverage=1, head=1)
    return [Candidate(hit, confidence) for confidence in confidences]


@pytest.mark.parametrize(
    ("confidences", "misses", "step"),
    [
        ([0.9], 0, Step.ANSWER),
        ([0.9], 1, Step.ANSWER),
        ([0.5, 0.4], 0, Step.ASK),
        ([0.5, 0.4], 1, Step.HAND_OFF),
        ([0.05], 0, Step.REPHRASE),
        ([0.001], 0, Step.OUTSIDE),
        ([], 0, Step.OUTSIDE),
        ([], 1, Step.HAND_OFF),
    ],
)
def test_the_bot_answers_asks_back_or_hands_over(
    confidences: list[float], misses: int, step: Step
) -> None:
    assert decide(candidates(*confidences), misses, POLICY) is step


@given(st.lists(probabilities, max_size=6), probabilities, probabilities)
def test_a_stricter_policy_never_answers_more(
    values: list[float], one: float, other: float
) -> None:
    lax, strict = sorted((one, other))
    ranked = candidates(*sorted(values, reverse=True))
    answers = [
        decide(ranked, 0, AnswerPolicy(answer_at=at, choose_at=0, about_us_at=0)) is Step.ANSWER
        for at in (lax, strict)
    ]
    assert answers[0] >= answers[1]


@given(st.lists(probabilities, max_size=6), st.integers(1, 5))
def test_after_the_second_miss_nobody_is_asked_again(values: list[float], misses: int) -> None:
    step = decide(candidates(*sorted(values, reverse=True)), misses, POLICY)
    assert step in {Step.ANSWER, Step.HAND_OFF}


def test_unsorted_candidates_are_refused() -> None:
    with pytest.raises(ValueError, match="falling"):
        decide(candidates(0.1, 0.9), 0, POLICY)


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        AnswerPolicy(answer_at=0.2, choose_at=0.5)
