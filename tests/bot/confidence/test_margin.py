import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidence.margin import Threshold, fewest, thresholds, with_margin, without_margin

LABELS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200)
PRECISIONS = st.floats(0.5, 0.98)
DRAWS, SURE = 300, 0.9


def apart(labels: list[tuple[float, bool]]) -> tuple[np.ndarray, list[bool]]:
    return np.array([p for p, _ in labels]), [right for _, right in labels]


def draw(generator: np.random.Generator, questions: int) -> tuple[np.ndarray, np.ndarray]:
    """Questions whose confidence says what it means: many sure, many hopeless, some between."""
    confidence = generator.beta(0.5, 0.6, size=questions)
    return confidence, generator.random(questions) < confidence


MANY = np.sort(draw(np.random.default_rng(99), 200_000)[0])


def true_precision(at: float) -> float:
    return float(MANY[np.searchsorted(MANY, at) :].mean())


@pytest.mark.parametrize("precision", [0.90, 0.95])
def test_out_of_sample_precision_holds_in_the_promised_share_of_draws(precision: float) -> None:
    generator, held, held_without = np.random.default_rng(5), 0, 0
    for _ in range(DRAWS):
        labels = draw(generator, 400)
        careful = with_margin(labels[0], list(labels[1]), precision, SURE)
        bold = without_margin(labels[0], list(labels[1]), precision)
        held += careful is None or true_precision(careful.at) >= precision
        held_without += bold is None or true_precision(bold.at) >= precision
    three_sigma = 3 * np.sqrt(SURE * (1 - SURE) / DRAWS)
    assert held / DRAWS >= SURE - three_sigma
    assert held_without / DRAWS < 0.7  # what the margin is there for


def test_with_many_labels_the_margin_costs_little() -> None:
    confidence, right = draw(np.random.default_rng(6), 20_000)
    careful = with_margin(confidence, list(right), 0.95)
    bold = without_margin(confidence, list(right), 0.95)
    assert careful is not None and bold is not None
    assert careful.coverage > 0.85 * bold.coverage


@given(LABELS, PRECISIONS, st.floats(0.5, 0.99))
def test_a_margin_never_lowers_a_threshold(
    labels: list[tuple[float, bool]], precision: float, sure: float
) -> None:
    careful, bold = (
        with_margin(*apart(labels), precision, sure),
        without_margin(*apart(labels), precision),
    )
    assert careful is None or (bold is not None and careful.at >= bold.at)


@given(LABELS, PRECISIONS, PRECISIONS)
def test_what_holds_for_more_precision_holds_for_less(
    labels: list[tuple[float, bool]], one: float, other: float
) -> None:
    """The thresholds themselves need not be in order: less precision is tested from further up,
    where one wrong answer among few ends the sequence."""
    lax, strict = sorted((one, other))
    found = with_margin(*apart(labels), strict)
    assert found is None or found.holds(lax, SURE)


@given(LABELS, PRECISIONS)
def test_what_holds_with_a_margin_is_precise_by_its_bound(
    labels: list[tuple[float, bool]], precision: float
) -> None:
    found = with_margin(*apart(labels), precision, SURE)
    assert found is None or found.precision_at_least(SURE) >= precision - 1e-6


@pytest.mark.parametrize(
    ("precision", "sure", "answers"), [(0.95, 0.9, 45), (0.9, 0.9, 22), (0.98, 0.9, 114)]
)
def test_it_takes_so_many_right_answers_to_be_sure(
    precision: float, sure: float, answers: int
) -> None:
    assert fewest(precision, sure) == answers
    assert Threshold(0.9, answers, answers, 0).holds(precision, sure)
    assert not Threshold(0.9, answers, answers - 1, 0).holds(precision, sure)


def test_a_threshold_counts_what_it_answers() -> None:
    (found,) = thresholds(np.array([0.9, 0.8, 0.8, 0.1]), [True, False, True, False], [0.8])
    assert (found.answered, found.wrong, found.coverage) == (3, 1, 0.75)
    assert found.precision == pytest.approx(2 / 3)
    assert found.precision_at_least(0.9) == pytest.approx(0.1958, abs=1e-4)


def test_nothing_right_promises_nothing() -> None:
    assert thresholds(np.array([0.9]), [False], [0.5])[0].precision_at_least() == 0
    assert with_margin(np.array([0.99] * 500), [False] * 500, 0.9) is None
    assert without_margin(np.array([0.99] * 500), [False] * 500, 0.9) is None


def test_what_failed_once_is_not_outweighed_by_what_comes_after() -> None:
    confidence = np.concatenate([np.full(60, 0.9), np.full(3000, 0.5)])
    right = [False] * 20 + [True] * 3040
    bold = without_margin(confidence, right, 0.95)
    assert bold is not None and bold.precision > 0.99
    assert with_margin(confidence, right, 0.95) is None
