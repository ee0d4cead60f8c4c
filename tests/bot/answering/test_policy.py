from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answering.policy import (
    AnswerPolicy,
    Candidate,
    Costs,
    Step,
    confused,
    decide,
    offered,
)
from bot.errors import ContentError
from tests.support.content import DOCUMENTS, search_over
from tests.support.encoder import LetterEncoder

probabilities = st.floats(0, 1)
rankings = st.lists(probabilities, max_size=6).map(lambda values: sorted(values, reverse=True))
costs = st.builds(
    lambda question, handover, wrong, rejected: Costs(
        needless_question=question,
        needless_handover=2 * question + handover,
        wrong_answer=2 * question + handover + wrong,
        rejected=2 * question + handover + rejected,
    ),
    *[st.floats(0.01, 100)] * 4,
)
HIT = search_over(DOCUMENTS, LetterEncoder()).find("altan").hits[0]
POLICY = AnswerPolicy()
SHIPPED = Path("data")
ORDER = [Step.OUTSIDE, Step.REPHRASE, Step.ASK, Step.ANSWER]


def candidates(*confidences: float, risky: bool = False, kind: str = "entry") -> list[Candidate]:
    document = DOCUMENTS[0].model_copy(update={"risky": risky, "kind": kind})
    hit = HIT.model_copy(update={"document": document})
    return [Candidate(hit, confidence) for confidence in confidences]


@pytest.mark.parametrize(
    ("confidences", "misses", "step"),
    [
        ([0.9], 0, Step.ANSWER),
        ([0.9], 1, Step.ANSWER),
        ([0.5, 0.4], 0, Step.ASK),
        ([0.5, 0.4], 1, Step.HAND_OFF),
        ([0.79], 0, Step.ASK),
        ([0.1, 0.09, 0.08], 0, Step.ASK),  # unsure which, but likely one of them
        ([0.1, 0.01], 0, Step.REPHRASE),
        ([0.1, 0.04, 0.04, 0.04, 0.04], 0, Step.REPHRASE),  # only three are offered
        ([0.001], 0, Step.OUTSIDE),
        ([], 0, Step.OUTSIDE),
        ([], 1, Step.HAND_OFF),
    ],
)
def test_the_bot_answers_asks_back_or_hands_over(
    confidences: list[float], misses: int, step: Step
) -> None:
    assert decide(candidates(*confidences), misses, POLICY) is step


@given(costs, probabilities)
def test_a_person_is_called_when_that_is_expected_to_cost_no_more(
    one: Costs, wished: float
) -> None:
    assume(abs(wished - one.call_at) > 1e-6)
    calling, searching = (1 - wished) * one.needless_handover, wished * one.needless_question
    assert (wished >= one.call_at) == (calling <= searching)


@pytest.mark.parametrize(("risky", "step"), [(False, Step.ANSWER), (True, Step.ASK)])
def test_where_a_wrong_answer_costs_more_the_bot_must_be_surer(risky: bool, step: Step) -> None:
    assert decide(candidates(0.9, risky=risky), 0, POLICY) is step


def judged(*hits: tuple[float, float, bool]) -> list[Candidate]:
    """Make candidates of a confidence, a probability of the classifier, and a risk."""
    found = []
    for place, (confidence, head, risky) in enumerate(hits):
        document = DOCUMENTS[0].model_copy(update={"id": f"entry-{place}", "risky": risky})
        hit = HIT.model_copy(update={"document": document, "head": head})
        found.append(Candidate(hit, confidence))
    return found


@pytest.mark.parametrize(
    ("best", "other", "step"),
    [
        ((0.95, 0.5, False), (0.1, 0.2, True), Step.ANSWER),
        ((0.95, 0.5, False), (0.1, 0.4, True), Step.ASK),
        ((0.95, 0.5, True), (0.1, 0.4, True), Step.ASK),
        ((0.95, 0.2, False), (0.1, 0.5, True), Step.ASK),
        ((0.95, 0.5, True), (0.1, 0.5, False), Step.ANSWER),
    ],
)
def test_where_a_risky_entry_may_be_meant_the_bot_asks(
    best: tuple[float, float, bool], other: tuple[float, float, bool], step: Step
) -> None:
    ranked = judged(best, other)
    assert decide(ranked, 0, POLICY) is step
    last = decide(ranked, 1, POLICY)
    assert last is (Step.ANSWER if step is Step.ANSWER else Step.HAND_OFF)


def test_the_entry_that_may_be_meant_is_among_the_choices() -> None:
    ranked = judged(
        (0.95, 0.4, False), (0.2, 0.1, True), (0.1, 0.1, False), (0.1, 0.1, True), (0.1, 0.39, True)
    )
    assert [one.hit.document.id for one in confused(ranked, POLICY)] == ["entry-4"]
    chosen = [one.hit.document.id for one in offered(ranked, POLICY)]
    assert chosen == ["entry-0", "entry-4", "entry-1"]


def test_a_passage_is_confused_with_no_entry() -> None:
    passage, risky = judged((0.95, 0.0, False), (0.1, 0.4, True))
    page = passage.hit.document.model_copy(update={"kind": "page"})
    ranked = [Candidate(passage.hit.model_copy(update={"document": page}), 0.95), risky]
    assert decide(ranked, 0, POLICY) is Step.ANSWER


heads = st.lists(st.tuples(probabilities, st.booleans()), min_size=1, max_size=5)


@given(heads, st.floats(0.05, 1.5), st.floats(0.05, 1.5))
def test_who_asks_at_a_smaller_share_never_answers_more(
    told: list[tuple[float, bool]], one: float, other: float
) -> None:
    ranked = judged(*((0.95, head, risky) for head, risky in told))
    low, high = (AnswerPolicy(confusable=share) for share in sorted((one, other)))
    if decide(ranked, 0, low) is Step.ANSWER:
        assert decide(ranked, 0, high) is Step.ANSWER


def test_passages_are_answers_but_not_choices() -> None:
    passages = candidates(0.5, 0.4, kind="page")
    assert offered(passages, POLICY) == []
    assert decide(passages, 0, POLICY) is Step.REPHRASE
    assert decide(candidates(0.9, kind="page"), 0, POLICY) is Step.ANSWER


@given(rankings, costs, st.floats(1, 50), st.integers(0, 3))
def test_a_stricter_policy_never_answers_more(
    values: list[float], lax: Costs, times: float, misses: int
) -> None:
    strict = lax.model_copy(update={"wrong_answer": times * lax.wrong_answer})
    ranked = candidates(*values)
    answers = [
        decide(ranked, misses, AnswerPolicy(low=one, high=one)) is Step.ANSWER
        for one in (lax, strict)
    ]
    assert answers[0] >= answers[1]


@given(probabilities, rankings, costs)
def test_a_floor_only_makes_a_policy_stricter(
    floor: float, values: list[float], lax: Costs
) -> None:
    strict = lax.model_copy(update={"at_least": floor})
    assert strict.answer_at == max(floor, lax.answer_at)
    ranked = candidates(*values)
    if decide(ranked, 0, AnswerPolicy(low=strict, high=strict)) is Step.ANSWER:
        assert values[0] >= floor


@given(rankings, st.integers(0, 3))
def test_a_risky_entry_is_never_answered_where_another_would_not_be(
    values: list[float], misses: int
) -> None:
    risky = decide(candidates(*values, risky=True), misses, POLICY)
    assert risky is not Step.ANSWER or decide(candidates(*values), misses, POLICY) is Step.ANSWER


@given(rankings, costs)
def test_the_step_is_the_one_that_is_expected_to_cost_least(
    values: list[float], own: Costs
) -> None:
    best, any_right = (values or [0.0])[0], min(1.0, sum(values[:3]))
    spent = {  # an earlier step wins where two cost the same
        Step.ANSWER: (1 - best) * own.wrong_answer,
        Step.ASK: own.needless_question,
    }
    assume(abs(spent[Step.ANSWER] - spent[Step.ASK]) > 1e-9)
    step = decide(candidates(*values), 0, AnswerPolicy(low=own, high=own))
    assert (step is Step.ANSWER) == bool(values and spent[Step.ANSWER] < spent[Step.ASK])
    if step is Step.ASK:
        assert own.needless_question <= any_right * own.needless_handover * (1 + 1e-9)
    if step is Step.OUTSIDE:
        assert any_right * own.rejected <= own.needless_question * (1 + 1e-9)


@given(rankings, st.floats(0, 1))
def test_more_confidence_never_leads_to_less(values: list[float], more: float) -> None:
    raised = (value + more * (1 - value) for value in values)
    surer = sorted(raised, reverse=True)  # rounding may turn two neighbours round
    steps = [ORDER.index(decide(candidates(*each), 0, POLICY)) for each in (values, surer)]
    assert steps[0] <= steps[1]


@given(rankings, st.integers(1, 5))
def test_after_the_second_miss_nobody_is_asked_again(values: list[float], misses: int) -> None:
    step = decide(candidates(*values), misses, POLICY)
    assert step in {Step.ANSWER, Step.HAND_OFF}


def test_unsorted_candidates_are_refused() -> None:
    with pytest.raises(ValueError, match="falling"):
        decide(candidates(0.1, 0.9), 0, POLICY)


def test_the_shipped_policy_is_the_one_without_a_file() -> None:
    assert AnswerPolicy.load(SHIPPED) == POLICY


def test_another_cost_is_another_version() -> None:
    other = AnswerPolicy(low=Costs(wrong_answer=6))
    assert other.version != POLICY.version == AnswerPolicy.load(SHIPPED).version


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("lag: {fel_svar: 0}", r"lag\.fel_svar ska vara större än 0"),
        ("lag: {fel_svar: dyrt}", r"lag\.fel_svar har ett värde som inte går att använda"),
        ("lag: {fel_svar: .inf}", r"lag\.fel_svar har ett värde"),
        ("lag: {onodig_fraga: 1}", r"lag\.fel_svar saknas"),
        ("lag: {fel_svar: 5, dyr: 3}", r"lag\.dyr är ingen känd rad"),
        ("lag: {fel_svar: 3}", r"lag\.onodig_overlamning ska vara mindre än fel_svar"),
        ("hog: {fel_svar: 8, avvisad_fraga: 1}", r"hog\.avvisad_fraga ska vara minst lika stor"),
        ("lag: {fel_svar: 5, onodig_fraga: 3}", r"lag\.onodig_fraga är för stor"),
        ("lag: {fel_svar: 9, minst: 1.2}", r"lag\.minst ska vara högst 1"),
        ("lag: {fel_svar: 20}", r"hog ska kräva minst lika mycket som lag"),
        ("missar: 0", r"missar är för litet"),
        ("forvaxling: 0", r"forvaxling ska vara större än 0"),
        ("- lag", r"filen har ett värde"),
        ("", r"filen har ett värde"),
        ("lag: {", r"Filen går inte att läsa"),
    ],
)
def test_a_wrong_value_is_told_by_file_and_key(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "policy.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"policy\.yml: {told}"):
        AnswerPolicy.load(tmp_path)


def test_a_missing_policy_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"policy\.yml: Filen går inte att läsa"):
        AnswerPolicy.load(tmp_path)
