from pathlib import Path
from typing import Any

import pytest

from bot.quality.beir import Collection, read_collection
from bot.quality.scoring import score
from bot.quality.search_bench import bench_search
from tests.support.encoder import LetterEncoder


def test_bench_scores_the_products_own_ranking(collection: Path) -> None:
    report = bench_search(read_collection(collection), LetterEncoder())
    assert (report.documents, report.questions) == (3, 2)
    assert report.accuracy_at_1 == 0.5  # q1 is found; q2's judged document is the wrong one
    assert report.recall_at_5 == 1.0
    assert 0.5 < report.mrr_at_10 < 1.0
    low, high = report.intervals["accuracy_at_1"]
    assert low <= report.accuracy_at_1 <= high


def test_bench_tells_each_register_alone(small: Collection) -> None:
    report = bench_search(small, LetterEncoder())
    registers = report.slices["register"]
    assert sum(row["questions"] for row in registers.values()) == report.questions
    mean = sum(row["questions"] * row["recall_at_5"] for row in registers.values())
    assert mean / report.questions == pytest.approx(report.recall_at_5)


def test_scores_tell_right_wrong_and_false_answers_apart() -> None:
    cases: list[dict[str, Any]] = [
        {"id": "1", "outcome": "answer", "entry": "a", "also": ["b"]},
        {"id": "2", "outcome": "answer", "entry": "a"},
        {"id": "3", "outcome": "answer", "entry": "a"},
        {"id": "4", "outcome": "unanswerable", "entry": None},
        {"id": "5", "outcome": "handoff", "entry": None},
    ]
    results: list[dict[str, Any]] = [
        {"id": "1", "outcome": "answer", "entry": "b", "choices": []},
        {"id": "2", "outcome": "answer", "entry": "c", "choices": []},
        {"id": "3", "outcome": "clarify", "entry": None, "choices": ["a", "x"]},
        {"id": "4", "outcome": "answer", "entry": "c", "choices": []},
        {"id": "5", "outcome": "handoff", "entry": None, "choices": []},
    ]
    scores = score(cases, results)
    assert scores["answered_right"] == scores["answered_wrong"] == pytest.approx(1 / 3, abs=1e-3)
    assert scores["asked_with_right_choice"] == pytest.approx(1 / 3, abs=1e-3)
    assert scores["precision"] == pytest.approx(1 / 3, abs=1e-3)
    assert scores["unanswerable_but_answered"] == 1.0
    assert scores["handoff"] == 1.0
