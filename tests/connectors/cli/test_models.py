"""The commands around the language model, on a tiny model that knows nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.encoders import create_encoder
from connectors.cli.main import app
from tests.support.small_model import make_small_model

pytest.importorskip("sentence_transformers", reason="run `make transformers`")

SUBJECTS = "abcde"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_model(tmp_path_factory.mktemp("model-e5"))


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """Two lessons a subject."""
    folder = tmp_path / "training"
    folder.mkdir()
    rows = [
        {
            "subject": subject,
            "question": f"{subject} {number}?",
            "answer": f"{subject}{number}.",
            "asked": [f"{subject * 2}{number}", f"{subject * 3}{number}"],
        }
        for subject in SUBJECTS
        for number in (1, 2)
    ]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_a_model_is_tuned_exported_and_scored(model: Path, lessons: Path, tmp_path: Path) -> None:
    tuned, exported = tmp_path / "tuned-e5", tmp_path / "exported-e5"
    steps = (
        ["finetune", str(lessons), "--model", str(model), "--out", str(tuned), "--hold-out"],
        ["export", str(tuned), "--out", str(exported), "--data", str(lessons)],
    )
    for step in steps:
        done = CliRunner().invoke(app, ["models", *step])
        assert done.exit_code == 0, done.output
    one, other = (create_encoder(str(f)).encode_questions(["aa1"]) for f in (tuned, exported))
    assert (one * other).sum() > 0.999
    original = create_encoder(str(model)).encode_questions(["aa1"])
    assert not np.array_equal(one, original)
    score = ["models", "score", str(exported), "--data", str(lessons), "--json"]
    report = json.loads(CliRunner().invoke(app, score).stdout)
    assert set(report) == {"as they are", "typing errors", "without å ä ö"}
    assert all(0 <= value <= 1 for row in report.values() for value in row.values())


def test_an_export_lies_beside_its_model_unless_told(model: Path, lessons: Path) -> None:
    done = CliRunner().invoke(app, ["models", "export", str(model), "--data", str(lessons)])
    assert done.exit_code == 0, done.output
    assert (model.with_name(f"{model.name}-onnx") / "model.onnx").exists()


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (["finetune", "{none}"], "has no *.jsonl"),
        (["finetune", "{lessons}", "--model", "{none}"], "holds no sentence-transformers model"),
        (["export", "{none}", "--data", "{lessons}"], "holds no sentence-transformers model"),
        (["score", "onnx:{none}", "--data", "{lessons}"], "KOMMUNBOT_ENCODER"),
    ],
)
def test_what_is_missing_is_told(step: list[str], told: str, lessons: Path, tmp_path: Path) -> None:
    words = [word.format(none=tmp_path / "none", lessons=lessons) for word in step]
    done = CliRunner().invoke(app, ["models", *words])
    assert done.exit_code == 1
    assert told in done.stderr
