"""How well the trained model tells messages apart that it has not seen."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answering.policy import AnswerPolicy
from tests.rasa.conftest import MODEL, ROOT, RunRasa

_HELD_OUT = ROOT / "tests" / "rasa" / "nlu_test.yml"

_ASK_COMPONENT = """
import json, sys
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.io import read_config_file
from bot.rasa_components.cost_fallback import CostFallback
config = next(p for p in read_config_file("config.yml")["pipeline"] if "CostFallback" in p["name"])
component = CostFallback({**CostFallback.get_default_config(), **config})
for name, confidence in json.loads(sys.argv[1]):
    message = Message({"intent": {"name": name, "confidence": confidence}})
    print(component.process([message])[0].get("intent")["name"])
"""

# Well below what is measured, so that only a real loss fails: see docs/decisions.
_RECALL = {
    "question": 0.75,
    "want_human": 0.85,
    "person_lookup": 0.75,
    "complaint": 0.75,
    "deny": 0.8,
    "affirm": 0.8,
}


@pytest.fixture(scope="session")
def report(rasa: RunRasa, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """`rasa test nlu` always exits 0: its report is what tells."""
    out = tmp_path_factory.mktemp("nlu")
    ended = rasa(
        *("test", "nlu", "--nlu", _HELD_OUT, "--model", MODEL, "--out", out, "--no-plot"),
        "--successes",
    )
    path = out / "intent_report.json"
    assert path.exists(), ended.stderr[-2000:]
    parts = {part: _read(out / f"intent_{part}.json") for part in ("successes", "errors")}
    return {**_read(path), **parts}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("intent", "least"), _RECALL.items())
def test_an_intent_is_recognised_in_new_words(
    report: dict[str, Any], intent: str, least: float
) -> None:
    assert report[intent]["recall"] >= least, report[intent]["confused_with"]


def test_most_messages_are_understood(report: dict[str, Any]) -> None:
    assert report["accuracy"] >= 0.82


def test_few_wishes_for_a_human_are_made_up(report: dict[str, Any]) -> None:
    assert report["want_human"]["precision"] >= 0.85


def test_confidence_is_a_probability_so_that_costs_can_be_weighed(report: dict[str, Any]) -> None:
    """Measured: 0.88 against 0.93. The threshold of a cost means nothing on another scale."""
    judged = [*report["successes"], *report["errors"]]
    said = sum(row["intent_prediction"]["confidence"] for row in judged) / len(judged)
    assert abs(said - report["accuracy"]) < 0.1


def test_a_person_is_called_only_where_the_policy_says_so(rasa_python: RunRasa) -> None:
    """`rasa test nlu` takes fallbacks back, so the component is asked itself."""
    call_at = AnswerPolicy.load(ROOT / "data").low.call_at
    asked = [("want_human", call_at - 0.01), ("want_human", call_at), ("question", 0.55)]
    ended = rasa_python("-c", _ASK_COMPONENT, json.dumps([*asked, ("question", 0.45)]))
    assert ended.stdout.split() == ["nlu_fallback", "want_human", "question", "nlu_fallback"]


def test_a_threshold_that_is_no_probability_is_refused_when_the_model_is_loaded(
    rasa_python: RunRasa,
) -> None:
    wrong = _ASK_COMPONENT.replace("**config}", '**config, "thresholds": {"want_human": "often"}}')
    ended = rasa_python("-c", wrong, "[]")
    assert ended.returncode != 0
    assert "the threshold of want_human must lie between 0 and 1" in ended.stderr


def test_whole_conversations_take_the_way_that_the_stories_say(
    rasa: RunRasa, tmp_path: Path
) -> None:
    stories = ROOT / "tests" / "rasa" / "stories.yml"
    ended = rasa(
        *("test", "core", "--stories", stories, "--model", MODEL, "--out", tmp_path),
        *("--no-plot", "--fail-on-prediction-errors"),
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert ended.returncode == 0, failed.read_text() if failed.exists() else ended.stderr[-2000:]


def test_the_training_data_and_the_domain_agree(rasa: RunRasa) -> None:
    ended = rasa(*_validate("domain.yml"))
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]


def test_an_intent_that_the_domain_does_not_know_is_noticed(rasa: RunRasa, tmp_path: Path) -> None:
    lacking = (ROOT / "domain.yml").read_text(encoding="utf-8")
    lacking = lacking.replace("  - thanks: {use_entities: []}\n", "")
    (tmp_path / "domain.yml").write_text(lacking, encoding="utf-8")
    assert rasa(*_validate(tmp_path / "domain.yml")).returncode != 0


def _validate(domain: str | Path) -> tuple[str | Path, ...]:
    data = ("--data", "data/nlu", "data/rules")
    return (
        "data",
        "validate",
        "--fail-on-warnings",
        "--config",
        "config.yml",
        "--domain",
        domain,
        *data,
    )
