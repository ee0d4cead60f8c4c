from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.confidence.calibrator import Calibrator
from bot.confidence.features import NAMES, features
from bot.confidence.held_out import held_out
from bot.errors import SettingError
from tests.support.content import DOCUMENTS, search_over
from tests.support.encoder import LetterEncoder

Rows = NDArray[np.float64]

SEARCH = search_over(DOCUMENTS, LetterEncoder())
QUESTIONS = ["altan bygglov", "pris", "hej hopp", "när kommer sopbilen", "", "?!", "x " * 300]
ANY = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6)
EVIDENCE = st.lists(ANY, min_size=len(NAMES), max_size=len(NAMES)).map(np.array)


def draw(seed: int, questions: int, moved: float = 0.0) -> tuple[Rows, list[bool]]:
    """Evidence whose first feature tells; `moved` makes right ones rarer and the second tell."""
    generator = np.random.default_rng(seed)
    rows = generator.normal(size=(questions, len(NAMES)))
    odds = 2 * rows[:, 0] - 2 * moved + 2 * moved * rows[:, 1]
    return rows, (generator.random(questions) < 1 / (1 + np.exp(-odds))).tolist()


def fitted() -> Calibrator:
    return Calibrator.fit(*draw(7, 400))


def refitted() -> Calibrator:
    return fitted().refit(*draw(8, 100, moved=1.0))


def log_loss(calibrator: Calibrator, seed: int, moved: float) -> float:
    rows, right = draw(seed, 4000, moved)
    confidence = calibrator.probabilities(rows)
    return float(-np.log(np.where(right, confidence, 1 - confidence)).mean())


@pytest.fixture(
    scope="module", params=[Calibrator.load, fitted, refitted], ids=lambda f: f.__name__
)
def calibrator(request: pytest.FixtureRequest) -> Calibrator:
    made: Calibrator = request.param()
    return made


@given(evidence=EVIDENCE)
def test_confidence_is_a_probability_whatever_the_evidence(
    calibrator: Calibrator, evidence: Rows
) -> None:
    assert 0 <= calibrator.probability(evidence) <= 1


@given(rows=st.lists(EVIDENCE, min_size=1, max_size=4).map(np.array))
def test_many_at_once_are_as_one_by_one(calibrator: Calibrator, rows: Rows) -> None:
    one_by_one = [calibrator.probability(row) for row in rows]
    assert calibrator.probabilities(rows) == pytest.approx(one_by_one)


@pytest.mark.parametrize("question", QUESTIONS)
def test_confidences_of_a_ranking_never_rise(calibrator: Calibrator, question: str) -> None:
    values = calibrator.confidences(SEARCH.find(question))
    assert list(values) == sorted(values, reverse=True)
    assert all(0 <= value <= 1 for value in values)


def test_weights_survive_saving(calibrator: Calibrator, tmp_path: Path) -> None:
    calibrator.save(tmp_path / "weights.json")
    again = Calibrator.load(tmp_path / "weights.json")
    assert again == calibrator
    assert again.version == calibrator.version


def test_other_weights_are_another_version(calibrator: Calibrator) -> None:
    weights = (calibrator.weights[0] + 1e-6, *calibrator.weights[1:])
    assert calibrator.model_copy(update={"weights": weights}).version != calibrator.version


def test_weights_for_other_evidence_are_refused(calibrator: Calibrator, tmp_path: Path) -> None:
    names = ("other", *calibrator.names[1:])
    calibrator.model_copy(update={"names": names}).save(tmp_path / "weights.json")
    with pytest.raises(SettingError, match="other evidence"):
        Calibrator.load(tmp_path / "weights.json")


@pytest.mark.parametrize("content", ["", "{}", '{"names": []}'])
def test_unusable_weights_say_what_to_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "weights.json").write_text(content, encoding="utf-8")
    with pytest.raises(SettingError, match="make calibrate"):
        Calibrator.load(tmp_path / "weights.json")


def test_more_of_what_tells_raises_confidence() -> None:
    weak, strong = np.zeros(len(NAMES)), np.zeros(len(NAMES))
    strong[0] = 2
    assert fitted().probability(strong) > fitted().probability(weak) + 0.2


@pytest.mark.parametrize(
    ("make", "moved"), [(fitted, 0.0), (lambda: fitted().refit(*draw(9, 2000, 1.0)), 1.0)]
)
def test_confidence_means_what_it_says_on_data_it_was_not_fitted_to(
    make: Callable[[], Calibrator], moved: float
) -> None:
    rows, right = draw(10, 4000, moved)
    confidence, truth = make().probabilities(rows), np.array(right)
    for low in (0.0, 0.25, 0.5, 0.75):
        chosen = (confidence >= low) & (confidence < low + 0.25)
        assert abs(confidence[chosen].mean() - truth[chosen].mean()) < 0.08


def test_a_feature_that_never_varied_is_harmless_where_it_does() -> None:
    rows, right = draw(11, 200)
    rows[:, 3] = 0.7
    other = rows[0].copy()
    other[3] = 0.2
    model = Calibrator.fit(rows, right)
    assert model.probability(other) == pytest.approx(model.probability(rows[0]))


def test_on_moved_content_a_refit_beats_both_the_old_weights_and_new_ones_alone() -> None:
    shipped, labels = fitted(), draw(12, 100, moved=0.5)
    again = log_loss(shipped.refit(*labels), 13, 0.5)
    assert again < log_loss(shipped, 13, 0.5)
    assert again < log_loss(Calibrator.fit(*labels), 13, 0.5)


def test_without_questions_a_refit_changes_nothing() -> None:
    rows, _ = draw(14, 0)
    assert fitted().refit(rows, []).weights == fitted().weights


def test_many_questions_outweigh_what_was_believed_before() -> None:
    labels = draw(15, 20_000, moved=1.0)
    there, alone = fitted().refit(*labels), Calibrator.fit(*labels)
    probe, _ = draw(16, 200)
    assert np.abs(there.probabilities(probe) - alone.probabilities(probe)).max() < 0.02


def test_an_exact_question_is_surer_than_a_vague_one() -> None:
    shipped = Calibrator.load()
    exact = shipped.confidences(SEARCH.find("Behöver jag bygglov för en altan?"))[0]
    vague = shipped.confidences(SEARCH.find("vad kostar"))[0]
    assert exact > vague


def test_evidence_has_the_shape_that_weights_expect() -> None:
    assert features(SEARCH.find("altan")).shape == (len(NAMES),)


def test_held_out_confidence_does_not_depend_on_the_labels_it_is_judged_by() -> None:
    rows, labels = draw(17, 60)
    right, group = np.array(labels), np.array([f"entry {number // 6}" for number in range(60)])
    own = group == "entry 0"
    told = held_out(rows, right, group, Calibrator.fit)
    lied = held_out(rows, np.where(own, ~right, right), group, Calibrator.fit)
    assert told[own].tolist() == lied[own].tolist()
    assert told[~own].tolist() != lied[~own].tolist()
