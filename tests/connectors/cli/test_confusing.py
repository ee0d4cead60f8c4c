from pathlib import Path

import pytest

from bot.errors import IndexMissing
from bot.quality.confusions import Count
from bot.settings import Settings
from connectors.cli import confusing
from connectors.cli.confusing import Found

PAGE = """# Figures

<!-- confusions -->
old development
<!-- /confusions -->

<!-- confusions-final -->
old final
<!-- /confusions-final -->
"""
FIRE = Count("fire", 10, right=4, harmful=1, other=0, asked=3, asked_without=1, left=1)


def test_the_half_that_was_measured_is_filled_in_and_the_other_stays(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    confusing.write(Found((FIRE,), ()), page)
    after = page.read_text(encoding="utf-8")
    assert "old development" not in after and "old final" in after
    assert "| fire | 10 | 4 | 1 | 0 | 3 | 1 | 1 |" in after


def test_both_halves_are_told_by_kind_but_no_question_of_the_final_one() -> None:
    told = Found((FIRE,), ("cd001 harmful: a instead of b: text",), (FIRE,)).told()
    assert told["development"]["fire"]["harmful"] == 1
    assert told["final"]["fire"]["asked"] == 3
    assert "text" not in str(told)


def test_without_an_index_the_operator_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="make index"):
        confusing.measure(Settings(models_dir=tmp_path), False, lambda: None)
