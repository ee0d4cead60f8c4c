import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.quality.beir import CollectionError, read_collection
from bot.quality.calibration import coverage, expected_calibration_error
from bot.quality.scoring import score
from bot.quality.search_bench import bench_search
from tests.support.encoder import LetterEncoder


def test_coverage_is_the_share_that_can_be_answered_at_the_precision() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert coverage(confidence, right, 1.0) == 0.5
    assert coverage(confidence, right, 0.75) == 1.0
    assert coverage(confidence, ~right, 0.9) == 0.0


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    confidence = np.array([0.85, 0.85, 0.25, 0.25])
    right = np.array([True, True, False, True])
    assert expected_calibration_error(confidence, right) == pytest.approx(0.15 * 0.5 + 0.25 * 0.5)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    corpus = [
        {"_id": "a", "title": "När töms soporna?", "text": "Varannan vecka."},
        {"_id": "b", "title": "Vad kostar bygglov?", "text": "Det beror på."},
        {"_id": "c", "title": "", "text": "Biblioteket har öppet på lördagar."},
    ]
    queries = [
        {"_id": "q1", "text": "när töms soporna"},
        {"_id": "q2", "text": "biblioteket lördagar"},
        {"_id": "q3", "text": "utan bedömning"},
    ]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\n", encoding="utf-8"
    )
    return tmp_path


def test_bench_scores_the_products_own_ranking(collection: Path) -> None:
    report = bench_search(read_collection(collection), LetterEncoder())
    assert (report.documents, report.questions) == (3, 2)
    assert report.accuracy_at_1 == 0.5  # q1 is found; q2's judged document is the wrong one
    assert report.recall_at_5 == 1.0
    assert 0.5 < report.mrr_at_10 < 1.0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("corpus.jsonl", "{}", r"corpus\.jsonl:1"),
        ("queries.jsonl", "no json", r"queries\.jsonl:1"),
        ("qrels.tsv", "a\tb\t1\nbara en", r"qrels\.tsv:2"),
    ],
)
def test_a_broken_collection_is_told(collection: Path, name: str, content: str, told: str) -> None:
    (collection / name).write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError, match=told):
        read_collection(collection)


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
