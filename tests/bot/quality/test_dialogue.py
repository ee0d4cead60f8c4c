"""The dialogue sets are put to a whole assistant; here to one over the small test content."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ContentError
from bot.quality.calibration import LabelledQuestion
from bot.quality.dialogue import Count, Dialogue
from tests.support.assistant import assistant_over

SETS: dict[str, list[dict[str, Any]]] = {
    "several": [
        {
            "text": "När töms soporna? Och vad kostar ett bygglov?",
            "entries": [["avfall-hamtning"], ["bygglov-kostnad"]],
        }
    ],
    "follow_ups": [{"text": "När töms soporna?", "kind": "switch", "entries": ["avfall-hamtning"]}],
    "words": [],
    "courtesy": [
        {"text": "tack så mycket", "kind": "thanks"},
        {"text": "När töms soporna?", "kind": "thanks"},
    ],
    "authorities": [{"text": "När töms soporna?", "authority": "polisen"}],
    "negation": [
        {
            "text": "Vad kostar ett bygglov?",
            "entries": ["avfall-hamtning"],
            "wrong": ["bygglov-kostnad"],
        }
    ],
}


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Count]:
    folder = tmp_path_factory.mktemp("sets")
    for name, rows in SETS.items():
        lines = [json.dumps({"part": "dev", **row}) for row in rows]
        lines.append(json.dumps({"part": "final", "text": "aldrig"}))
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    own = [LabelledQuestion(text="När töms soporna?", entry="avfall-hamtning")]
    assistant = assistant_over(tmp_path_factory.mktemp("index"))
    measured = Dialogue(assistant, folder, {"polisen": "https://polisen.se"}, own).measure("dev")
    return {count.name: count for count in measured}


@pytest.mark.parametrize(
    ("name", "number", "of"),
    [
        ("several questions: at least one answered", 1, 1),
        ("several questions: something wrong answered", 0, 1),
        ("change of subject: right one first", 1, 1),
        ("change of subject: wrong answer given", 0, 1),
        ("courtesy alone: answered in kind", 1, 2),
        ("other authorities: right address", 0, 1),
        ("other authorities: another address", 0, 1),
        ("own questions, with an answer: sent away", 0, 1),
        ("negation and numbers: right one first", 0, 1),
        ("negation and numbers: opposite first", 1, 1),
        ("lone word: choices that somebody wants", 0, 0),
    ],
)
def test_what_an_assistant_did_is_counted(
    counts: dict[str, Count], name: str, number: int, of: int
) -> None:
    assert (counts[name].number, counts[name].of) == (number, of)


def test_what_did_not_fare_so_is_named(counts: dict[str, Count]) -> None:
    (other,) = counts["courtesy alone: answered in kind"].others
    assert other.startswith("När töms soporna? → answer")


def test_a_set_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"several\.jsonl"):
        Dialogue(assistant_over(tmp_path / "index"), tmp_path, {}).measure("dev")
