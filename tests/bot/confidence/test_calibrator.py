from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidence.calibrator import Calibrator
from bot.confidence.features import NAMES, features
from bot.errors import SettingError
from tests.support.content import DOCUMENTS, search_over
from tests.support.encoder import LetterEncoder

SEARCH = search_over(DOCUMENTS, LetterEncoder())
EVIDENCE = st.lists(st.floats(-5, 5), min_size=len(NAMES), max_size=len(NAMES)).map(np.array)


@pytest.fixture(scope="module")
def fitted() -> Calibrator:
    generator = np.random.default_rng(7)
    rows = generator.normal(size=(400, len(NAMES)))
    right = generator.random(400) < 1 / (1 + np.exp(-2 * rows[:, 0]))
    return Calibrator.fit(rows, list(right))


@given(EVIDENCE)
def test_confidence_is_a_probability(evidence: np.ndarray) -> None:
    assert 0 <= Calibrator.load().probability(evidence) <= 1


def test_more_of_what_tells_raises_confidence(fitted: Calibrator) -> None:
    weak, strong = np.zeros(len(NAMES)), np.zeros(len(NAMES))
    strong[0] = 2
    assert fitted.probability(strong) > fitted.probability(weak) + 0.2


def test_confidence_means_what_it_says_on_data_it_was_not_fitted_to(fitted: Calibrator) -> None:
    generator = np.random.default_rng(8)
    rows = generator.normal(size=(4000, len(NAMES)))
    right = generator.random(4000) < 1 / (1 + np.exp(-2 * rows[:, 0]))
    confidence = np.array([fitted.probability(row) for row in rows])
    for low in (0.0, 0.25, 0.5, 0.75):
        chosen = (confidence >= low) & (confidence < low + 0.25)
        assert abs(confidence[chosen].mean() - right[chosen].mean()) < 0.08


@pytest.mark.parametrize("question", ["altan bygglov", "pris", "hej hopp"])
def test_confidences_of_a_ranking_never_rise(question: str) -> None:
    values = Calibrator.load().confidences(SEARCH.find(question))
    assert list(values) == sorted(values, reverse=True)


def test_an_exact_question_is_surer_than_a_vague_one() -> None:
    calibrator = Calibrator.load()
    exact = calibrator.confidences(SEARCH.find("Behöver jag bygglov för en altan?"))[0]
    vague = calibrator.confidences(SEARCH.find("vad kostar"))[0]
    assert exact > vague


def test_evidence_has_the_shape_that_weights_expect() -> None:
    assert features(SEARCH.find("altan")).shape == (len(NAMES),)


def test_weights_survive_saving(fitted: Calibrator, tmp_path: Path) -> None:
    fitted.save(tmp_path / "weights.json")
    assert Calibrator.load(tmp_path / "weights.json") == fitted


@pytest.mark.parametrize("content", ["", "{}", '{"names": []}'])
def test_unusable_weights_say_what_to_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "weights.json").write_text(content, encoding="utf-8")
    with pytest.raises(SettingError, match="make calibrate"):
        Calibrator.load(tmp_path / "weights.json")


def test_weights_for_other_evidence_are_refused(fitted: Calibrator, tmp_path: Path) -> None:
    fitted.model_copy(update={"names": ("other",)}).save(tmp_path / "weights.json")
    with pytest.raises(SettingError, match="other evidence"):
        Calibrator.load(tmp_path / "weights.json")
