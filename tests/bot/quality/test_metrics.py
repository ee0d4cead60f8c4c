import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quality.metrics import (
    area_under_risk,
    auroc,
    coverage,
    curve,
    expected_calibration_error,
    interval,
    ranking,
    reliability,
)

shares = st.floats(0, 1)
outcomes = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=40)
Outcomes = list[tuple[float, bool]]


def arrays(asked: Outcomes) -> tuple[np.ndarray, np.ndarray]:
    return np.array([sure for sure, _ in asked]), np.array([right for _, right in asked])


def test_rankings_are_scored_as_by_hand() -> None:
    right = {"one": {"a": 1}, "two": {"b": 1, "c": 1}, "three": {"d": 1}}
    ranked = {"one": ["a", "x"], "two": ["x", "c", "y", "z", "w", "b"]}
    scores = ranking(right, ranked)
    assert list(scores["accuracy_at_1"]) == [1, 0, 0]
    assert list(scores["recall_at_5"]) == [1, 0.5, 0]
    assert list(scores["mrr_at_10"]) == [1, 0.5, 0]
    gained = (1 / np.log2(3) + 1 / np.log2(7)) / (1 + 1 / np.log2(3))
    assert scores["ndcg_at_10"] == pytest.approx([1, gained, 0])


def test_the_order_of_a_ranking_counts_and_not_the_names_in_it() -> None:
    for first, second in (("a", "b"), ("b", "a")):
        scores = ranking({"q": {"a": 1}}, {"q": [first, second]})
        assert scores["accuracy_at_1"][0] == (first == "a")


def test_nothing_found_scores_nothing() -> None:
    assert list(ranking({"q": {"a": 1}}, {})["mrr_at_10"]) == [0]


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = np.array([0.0, 1.0] * 10), np.array([0.0, 1.0] * 500)
    low, high = interval(few)
    assert low < 0.5 < high
    assert interval(many)[1] - interval(many)[0] < (high - low) / 3
    assert interval(many) == interval(many)


@pytest.mark.parametrize("values", [[1.0], [1.0, 1.0, 1.0]])
def test_where_all_is_alike_the_interval_is_a_point(values: list[float]) -> None:
    assert interval(np.array(values)) == (1.0, 1.0)


def test_coverage_is_the_share_that_can_be_answered_at_the_precision() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert coverage(confidence, right, 1.0) == 0.5
    assert coverage(confidence, right, 0.75) == 1.0
    assert coverage(confidence, ~right, 0.9) == 0.0


def test_what_is_equally_sure_is_answered_together() -> None:
    confidence = np.array([0.9, 0.9])
    assert coverage(confidence, np.array([True, False]), 0.95) == 0.0
    assert coverage(confidence, np.array([True, False]), 0.5) == 1.0


def test_weights_stand_for_more_of_the_same() -> None:
    confidence, right = np.array([0.9, 0.6, 0.3]), np.array([True, False, True])
    weight = np.array([3.0, 1.0, 2.0])
    many = np.repeat(np.arange(3), [3, 1, 2])
    for figure in (area_under_risk, expected_calibration_error):
        assert figure(confidence, right, weight) == pytest.approx(
            figure(confidence[many], right[many])
        )
    assert coverage(confidence, right, 0.8, weight) == coverage(confidence[many], right[many], 0.8)


@given(outcomes, shares, shares)
def test_more_precision_never_covers_more(asked: Outcomes, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert coverage(*arrays(asked), high) <= coverage(*arrays(asked), low)


@given(outcomes)
def test_everything_can_be_answered_at_the_precision_of_everything(asked: Outcomes) -> None:
    confidence, right = arrays(asked)
    assert coverage(confidence, right, float(right.mean())) == 1.0
    assert curve(confidence, right).precision[-1] == pytest.approx(right.mean())


def test_area_under_risk_is_the_mean_risk_over_coverages() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7]), np.array([True, False, True])
    assert area_under_risk(confidence, right) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


@given(outcomes)
def test_no_order_has_less_risk_than_the_true_one_nor_more_than_its_reverse(
    asked: Outcomes,
) -> None:
    confidence, right = arrays(asked)
    best = area_under_risk(_apart(right.astype(float)), right)
    worst = area_under_risk(_apart(-right.astype(float)), right)
    own = area_under_risk(_apart(confidence), right)
    assert best - 1e-9 <= own <= worst + 1e-9
    assert best >= 0 and worst <= 1 + 1e-9


def _apart(values: np.ndarray) -> np.ndarray:
    """Keep the order and let no two values be equal."""
    return np.argsort(np.argsort(values, kind="stable")).astype(float)


def test_a_confidence_that_tells_nothing_has_the_risk_of_answering_everything() -> None:
    right = np.array([True, False, False, True])
    assert area_under_risk(np.full(4, 0.7), right) == 0.5


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    confidence = np.array([0.85, 0.85, 0.25, 0.25])
    right = np.array([True, True, False, True])
    assert expected_calibration_error(confidence, right) == pytest.approx(0.15 * 0.5 + 0.25 * 0.5)


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_who_knows_the_truth_has_no_calibration_error(truth: list[bool]) -> None:
    right = np.array(truth)
    assert expected_calibration_error(right.astype(float), right) == 0
    assert expected_calibration_error(1 - right.astype(float), right) == 1


@given(outcomes)
def test_bins_hold_every_question_once(asked: Outcomes) -> None:
    bins = reliability(*arrays(asked))
    assert sum(b.share for b in bins) == pytest.approx(1)
    assert 0 <= expected_calibration_error(*arrays(asked)) <= 1


@pytest.mark.parametrize(
    ("higher", "lower", "told"),
    [([0.9, 0.8], [0.1], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([], [0.5], None)],
)
def test_the_area_under_the_curve_is_how_often_one_is_above_the_other(
    higher: list[float], lower: list[float], told: float | None
) -> None:
    assert auroc(np.array(higher), np.array(lower)) == told
