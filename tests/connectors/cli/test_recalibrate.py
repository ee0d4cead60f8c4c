import json
from pathlib import Path

import numpy as np
import pytest

from bot.answering.policy import AnswerPolicy
from bot.confidence.calibrator import Calibrator
from bot.confidence.features import NAMES
from bot.confidence.local import LocalCalibration, in_use
from bot.encoders import create_encoder
from bot.quality.calibration import Evidence, LabelledQuestion
from bot.retrieval.store import build
from bot.settings import Settings
from connectors.cli.recalibrating import (
    CannotRecalibrate,
    margins,
    observe,
    promise,
    read_enough,
    recalibrate,
    refit,
    undone,
)
from tests.support.content import DOCUMENTS, search_over
from tests.support.encoder import LetterEncoder

SEARCH = search_over(DOCUMENTS, LetterEncoder())


def evidence(questions: int, *, moved: float, seed: int = 1) -> Evidence:
    """What the first feature told where it was shipped, the second tells here."""
    generator = np.random.default_rng(seed)
    rows = generator.normal(size=(questions, len(NAMES)))
    odds = 2 * ((1 - moved) * rows[:, 0] + moved * rows[:, 1])
    right = generator.random(questions) < 1 / (1 + np.exp(-odds))
    group = np.array([f"entry {number // 2}" for number in range(questions)])
    return Evidence(rows, right, right, group)


SHIPPED_ON = evidence(2000, moved=0)
SHIPPED = Calibrator.fit(SHIPPED_ON.rows, SHIPPED_ON.right.tolist())


def labelled(text: str, entry: str | None = None, *also: str) -> LabelledQuestion:
    return LabelledQuestion(id=text, text=text, entry=entry, also=also)


def test_a_hundred_questions_mend_the_confidence_on_other_content() -> None:
    found = refit(evidence(100, moved=0.8, seed=2), SHIPPED)
    report = found.report(AnswerPolicy())
    assert found.better
    assert report["after"]["log loss"] < 0.85 * report["before"]["log loss"]
    assert report["after"]["auroc"] > report["before"]["auroc"] + 0.05
    assert json.loads(json.dumps(report)) == report


def test_on_the_content_it_was_made_for_the_shipped_confidence_stays_in_use() -> None:
    assert not refit(evidence(100, moved=0, seed=3), SHIPPED).better


@pytest.mark.parametrize(("all_right", "told"), [(True, "right"), (False, "wrong")])
def test_questions_of_one_kind_are_refused(all_right: bool, told: str) -> None:
    kind = np.full(100, all_right)
    one_kind = Evidence(SHIPPED_ON.rows[:100], kind, kind, SHIPPED_ON.group[:100])
    with pytest.raises(CannotRecalibrate, match=f"best hit is {told} for every"):
        refit(one_kind, SHIPPED)


def test_questions_for_one_entry_are_refused() -> None:
    found = SHIPPED_ON
    one = Evidence(found.rows, found.right, found.answerable, np.full(len(found.rows), "a"))
    with pytest.raises(CannotRecalibrate, match="one entry"):
        refit(one, SHIPPED)


def test_every_question_is_searched_once_as_it_stands() -> None:
    questions = [
        labelled("altan bygglov", "bygglov-altan"),
        labelled("pris soptunna", "bygglov-altan", "avfall-kostnad"),
        labelled("pris bygglov", "avfall-kostnad"),
        labelled("nar kommer sopbilen"),
    ]
    seen = observe(questions, SEARCH)
    assert seen.rows.shape == (4, len(NAMES))
    assert seen.right.tolist() == [True, True, False, False]
    assert seen.answerable.tolist() == [True, True, True, False]
    assert len(set(seen.group)) == 3


def test_a_label_that_names_no_entry_is_told() -> None:
    with pytest.raises(CannotRecalibrate, match="no entry bygglov-altn"):
        observe([labelled("altan", "bygglov-altn")], SEARCH)


def test_fewer_than_a_hundred_questions_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "local.jsonl"
    line = json.dumps({"id": "1", "text": "altan", "entry": None}) + "\n"
    path.write_text(99 * line, encoding="utf-8")
    with pytest.raises(CannotRecalibrate, match="99 labelled questions; at least 100"):
        read_enough(path)
    path.write_text(100 * line, encoding="utf-8")
    assert len(read_enough(path)) == 100


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRecalibrate, match="cannot be read"):
        read_enough(tmp_path / "none.jsonl")


def test_thresholds_are_told_with_and_without_margin() -> None:
    confidence = np.concatenate([np.full(300, 0.9), np.full(100, 0.6)])
    right = np.concatenate([np.arange(300) >= 9, np.arange(100) >= 40])  # 97 and 60 % right
    told = margins(confidence, right)
    assert told["95%"]["as seen"] == {"from": 0.61, "answers": 0.75}
    assert told["95%"]["with margin"] == {"from": 0.61, "answers": 0.75}
    assert told["98%"]["with margin"] == {"not reached, needs sure answers": 114.0}
    own = promise(confidence, right, 0.8)
    assert (own["answers"], own["right"]) == (0.75, 0.97)
    assert 0.94 < own["right at least"] < 0.97


def test_a_better_fit_is_put_in_use_and_can_be_undone(tmp_path: Path) -> None:
    """Here every confident hit is wrong: the shipped confidence must give way."""
    settings = Settings(models_dir=tmp_path)
    encoder = create_encoder(settings.encoder)
    build(DOCUMENTS, encoder, settings.index_dir, "test")
    entries = [document for document in DOCUMENTS if document.kind == "entry"]
    asked = [(text, one.id) for one in entries for text in one.phrasings]
    wrong = [{"id": text, "text": text, "entry": None} for text, _ in asked]
    vague = [{"id": i, "text": f"{i[:9]} ?", "entry": i} for _, i in asked]
    lines = (20 * (wrong + vague))[:120]
    path = tmp_path / "local.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    report, written = recalibrate(path, settings)
    assert report["after"]["log loss"] < report["before"]["log loss"]
    assert written and LocalCalibration.load(tmp_path, encoder.id)
    assert in_use(tmp_path, encoder.id) != Calibrator.load()
    assert "shipped" in undone(settings)
    assert in_use(tmp_path, encoder.id) == Calibrator.load()
