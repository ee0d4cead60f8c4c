import json
from pathlib import Path
from typing import Any

import pytest

from connectors.cli.evaluate import CasesError, read_cases, summary, write_results


def test_other_keys_than_the_known_ones_are_ignored(tmp_path: Path) -> None:
    line = {"id": 7, "text": "hej", "context": [{"role": "user", "text": "förut"}], "more": {}}
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    (case,) = read_cases(path)
    assert (case.id, case.text, case.context[0].text) == ("7", "hej", "förut")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("inte json", r"cases\.jsonl:2: line: Invalid JSON"),
        ('{"id": "a"}', r"cases\.jsonl:2: text: Field required"),
        ('{"id": "a", "text": "b", "context": [{}]}', r"cases\.jsonl:2: context\.0\.role"),
    ],
)
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "1", "text": "hej"}\n' + line, encoding="utf-8")
    with pytest.raises(CasesError, match=told):
        read_cases(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match="cannot be read"):
        read_cases(tmp_path / "none.jsonl")


def test_results_are_written_one_a_line_and_summed_up(tmp_path: Path) -> None:
    results: list[dict[str, Any]] = [
        {"id": "1", "outcome": "answer", "ms": 10.0},
        {"id": "2", "outcome": "answer", "ms": 30.0},
        {"id": "3", "outcome": "error", "ms": None},
    ]
    path = tmp_path / "pred.jsonl"
    write_results(results, path)
    written = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert written == results
    assert summary(results) == {
        "outcomes": {"answer": 2, "error": 1},
        "p50_ms": 20.0,
        "p95_ms": 29.0,
    }


def test_nothing_answered_has_no_latency() -> None:
    assert summary([{"id": "1", "outcome": "error", "ms": None}])["p50_ms"] is None
