from typing import Any

import pytest

from bot.quality import page

PAGE = "# Sida\n\nSkrivet.\n\n<!-- a -->\ngammalt\n<!-- /a -->\n\nMer.\n\n<!-- b -->\n<!-- /b -->\n"
ROW: dict[str, Any] = {
    "accuracy_at_1": 0.5,
    "recall_at_5": 0.75,
    "mrr_at_10": 0.6,
    "ndcg_at_10": 0.7,
    "intervals": {"accuracy_at_1": (0.4, 0.6)},
    "questions": 20.0,
}


def test_what_people_write_stays_and_what_was_made_is_replaced() -> None:
    filled = page.fill(PAGE, {"a": r"nytt \1"})
    assert "Skrivet." in filled and "Mer." in filled and r"nytt \1" in filled
    assert "gammalt" not in filled
    assert page.fill(filled, {"a": r"nytt \1"}) == filled


def test_a_part_without_marks_is_told() -> None:
    with pytest.raises(page.PageError, match="<!-- c -->"):
        page.fill(PAGE, {"c": ""})


def test_ours_stands_above_the_others_and_gaps_are_told() -> None:
    ours = ROW | {"refit": {"coverage_at_95": 0.3, "expected_calibration_error": 0.02}}
    others: dict[str, dict[str, Any]] = {
        "BM25": ROW | {"coverage_at_95": 0.1},
        "Annan": {"not_run": "finns inte"},
    }
    lines = page.searches(ours, others, {"refit": "Vår", "shipped": "Annars"}).splitlines()
    assert lines[0].startswith("| Search | Accuracy at 1")
    assert lines[2].startswith("| Vår | 50.0 (40.0–60.0) | 75.0 | 0.600 |")
    assert "30.0" in lines[2] and lines[2].endswith("| 0.020 |")
    assert lines[3].startswith("| BM25 |") and lines[3].endswith("| – |")
    assert "not run: finns inte" in lines[4]
    assert len({line.count("|") for line in lines}) == 1


def test_slices_come_with_the_largest_first() -> None:
    few = ROW | {"questions": 3.0}
    lines = page.slices(
        {"few": few, "no_diacritics": ROW}, {"no_diacritics": {"coverage_at_95": 0.3}}
    )
    assert [line.split(" | ")[0] for line in lines.splitlines()[2:]] == ["| no diacritics", "| few"]
    assert "| 20 | 50.0 (40.0–60.0) |" in lines


def test_noise_is_shown_in_points() -> None:
    rows = {
        "plain": {"questions": 20.0, "accuracy_at_1": 0.5},
        "typos": {"questions": 20.0, "accuracy_at_1": 0.425, "difference": -0.075},
    }
    assert page.noise({"egna": rows}).splitlines()[2] == "| egna | 20 | 50.0 | -7.5 |"
