from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quality.beir import Collection, CollectionError
from bot.quality.search_bench import Maker, Ranked, product
from bot.quality.unanswerable import (
    LABELS,
    Mix,
    Outcomes,
    Trial,
    average,
    bench_confidence,
    draw,
    groups,
    judge,
    outcomes,
    refitted,
    tell_apart,
    trials,
)
from tests.support.assistant import BY_COVERAGE
from tests.support.encoder import LetterEncoder

FAR = ("vem vann fotbollsmatchen", "spela musik")
NEAR = ("får jag bygga en koja",)


def first(collection: Collection, mix: Mix) -> Trial:
    return next(iter(trials(collection, mix)))


def test_a_question_is_near_when_its_answers_were_taken_out(small: Collection) -> None:
    trial = first(small, Mix(remove=0.4))
    left = {document.id for document in trial.collection.documents}
    assert len(left) == 3  # 2 of 5 are gone
    for question, grades in small.right.items():
        assert trial.kinds[question] == ("in" if left & grades.keys() else "near")


def test_every_removal_is_another_and_each_is_repeatable(small: Collection) -> None:
    drawn = list(trials(small, Mix(remove=0.4, seeds=6)))
    kept = {tuple(one.id for one in trial.collection.documents) for trial in drawn}
    assert len(kept) > 1
    assert [t.kinds for t in trials(small, Mix(remove=0.4, seeds=6))] == [t.kinds for t in drawn]


def test_nothing_is_drawn_anew_where_nothing_is_removed(small: Collection) -> None:
    (trial,) = trials(small, Mix(far=FAR, near=NEAR, seeds=5))
    assert trial.collection.documents == small.documents
    assert sorted(trial.kinds.values()).count("far") == len(FAR)
    assert sorted(trial.kinds.values()).count("near") == len(NEAR)


def test_what_belongs_to_an_answer_leaves_with_it(small: Collection) -> None:
    entries = {d for grades in small.right.values() for d in grades}
    pages = [
        small.documents[0].model_copy(update={"id": f"sida {e}", "kind": "page"}) for e in entries
    ]
    belonging = {entry: frozenset({f"sida {entry}"}) for entry in entries}
    whole = replace(small, documents=(*small.documents, *pages), belonging=belonging)
    left = {document.id for document in first(whole, Mix(remove=0.6)).collection.documents}
    assert len(left) == 4
    assert {f"sida {entry}" for entry in left & entries} == left - entries


def test_removing_everything_is_refused(small: Collection) -> None:
    with pytest.raises(CollectionError, match="Remove less"):
        first(small, Mix(remove=1.0))


def test_a_question_whose_answer_never_was_there_is_near(small: Collection) -> None:
    right = {question: {"borta": 1} for question in small.right}
    trial = first(replace(small, right=right), Mix(far=FAR))
    assert {trial.kinds[question] for question in right} == {"near"}


def found_by(ids: dict[str, tuple[str, ...]]) -> Maker:
    return lambda _: lambda question: Ranked(ids.get(question, ()), 0.5)


def test_only_the_best_hit_can_be_right_and_nothing_found_is_wrong() -> None:
    collection = Collection(
        (), {"q1": "ett", "q2": "två", "q3": "tre"}, {q: {"a": 1} for q in ("q1", "q2", "q3")}
    )
    trial = Trial(collection, collection.questions, dict.fromkeys(collection.questions, "in"))
    found = outcomes(trial, found_by({"ett": ("a", "b"), "två": ("b", "a")}))
    assert list(found.right) == [True, False, False]


def test_a_neighbour_is_wrong_where_the_answer_was_taken_out(small: Collection) -> None:
    trial = first(small, Mix(remove=0.4, far=FAR))
    found = outcomes(trial, product(LetterEncoder(), BY_COVERAGE))
    assert not found.right[found.kind != "in"].any()
    assert found.right[found.kind == "in"].mean() > 0.5


@pytest.mark.parametrize(
    ("mix", "shares"),
    [
        (Mix(remove=0.4, far=FAR), {"in": 0.7, "near": 0.15, "far": 0.15}),
        (Mix(remove=0.4), {"in": 0.7, "near": 0.3}),
        (Mix(far=FAR), {"in": 0.7, "far": 0.3}),
        (Mix(), {"in": 1.0}),
    ],
)
def test_three_in_ten_questions_have_no_answer_half_of_them_near(
    small: Collection, mix: Mix, shares: dict[str, float]
) -> None:
    found = outcomes(first(small, mix), product(LetterEncoder(), BY_COVERAGE))
    for kind, share in shares.items():
        assert found.weight[found.kind == kind].sum() == pytest.approx(share)


def many(count: int = 400, seed: int = 0) -> Outcomes:
    """Make outcomes whose evidence tells the truth in one of its columns, as a shipped
    confidence does not."""
    generator = np.random.default_rng(seed)
    kind = generator.choice(["in", "in", "in", "near", "far"], count)
    evidence = generator.normal(size=(count, len(BY_COVERAGE.names)))
    chance = 1 / (1 + np.exp(-3 * evidence[:, 0]))
    right = (generator.random(count) < chance) & (kind == "in")
    evidence[:, 1] = (kind == "in") + generator.normal(size=count) / 4
    return Outcomes(
        question=np.array([str(n) for n in range(count)]),
        evidence=evidence,
        confidence=generator.random(count),
        right=right,
        kind=kind,
        group=np.arange(count) // 3,
    )


def test_a_refit_finds_what_the_shipped_confidence_missed() -> None:
    shipped = many()
    again = judge(refitted(shipped, LABELS, seed=1))
    assert again["expected_calibration_error"] < 0.1
    assert judge(shipped)["expected_calibration_error"] > 0.2
    assert again["area_under_risk"] < judge(shipped)["area_under_risk"] - 0.2


def test_a_refit_never_sees_the_answers_that_it_is_judged_by() -> None:
    """Evidence that tells nothing but which answer is meant is worth nothing."""
    generator = np.random.default_rng(1)
    answer = np.arange(400) // 20
    recognised = replace(
        many(),
        evidence=generator.normal(size=(20, len(BY_COVERAGE.names)))[answer],
        right=(generator.random(20) < 0.5)[answer],
        kind=np.full(400, "in"),
    )
    kept_apart = tell_apart(refitted(replace(recognised, group=answer), None, seed=1))
    mixed = tell_apart(refitted(replace(recognised, group=np.arange(400)), None, seed=1))
    assert kept_apart["auroc_right"] < 0.65
    assert mixed["auroc_right"] > 0.75


def test_labels_are_drawn_in_the_mix_that_figures_stand_for() -> None:
    drawn = draw(many(), 100, np.random.default_rng(0))
    counts = {kind: int((drawn.kind == kind).sum()) for kind in ("in", "near", "far")}
    assert counts == {"in": 70, "near": 15, "far": 15}


def test_as_many_labels_are_drawn_as_the_mix_allows() -> None:
    found = many()
    drawn = draw(found, None, np.random.default_rng(0))
    shares = {kind: float((drawn.kind == kind).mean()) for kind in ("in", "near", "far")}
    assert shares == pytest.approx({"in": 0.7, "near": 0.15, "far": 0.15}, abs=0.01)
    full = [(drawn.kind == kind).sum() == (found.kind == kind).sum() for kind in shares]
    assert any(full)


def test_with_one_verdict_only_a_refit_says_that() -> None:
    found = replace(many(), right=np.zeros(400, dtype=bool))
    assert set(refitted(found, LABELS, seed=0).confidence) == {0.0}


@given(st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=8))
def test_questions_are_together_exactly_when_answers_chain_them(
    right: list[frozenset[str]],
) -> None:
    numbers = groups(right)
    for one, other in zip(right, numbers, strict=True):
        for another, number in zip(right, numbers, strict=True):
            if one & another:
                assert other == number
    islands = [
        set[str]().union(*(r for r, n in zip(right, numbers, strict=True) if n == i))
        for i in set(numbers)
    ]
    assert sum(len(island) for island in islands) == len(set().union(*right))


def test_bench_tells_the_worth_as_shipped_and_after_a_refit(small: Collection) -> None:
    mix = Mix(remove=0.4, far=FAR, seeds=2)
    told = bench_confidence(small, product(LetterEncoder(), BY_COVERAGE), mix)
    assert told["questions_in"] + told["questions_near"] == len(small.questions)
    for name in ("auroc_near", "coverage_at_95", "area_under_risk", "expected_calibration_error"):
        assert 0 <= told[name] <= 1
        assert 0 <= told[f"refit_{name}"] <= 1
    assert told["coverage_at_98"] <= told["coverage_at_95"] <= told["coverage_at_90"]
    assert told["answerable_coverage_at_95"] == pytest.approx(told["coverage_at_95"] / 0.7)


def test_a_figure_that_one_draw_lacks_is_the_mean_of_the_others() -> None:
    assert average([{"a": 1.0}, {"a": 3.0, "b": 5.0}]) == {"a": 2.0, "b": 5.0}
