from pathlib import Path
from typing import Any

import pytest

from bot.errors import KommunbotError
from bot.quality.people import Phrasing, Verdict, summary
from bot.settings import Settings
from connectors.cli import peopling

PAGE = """# Figures

<!-- people-development -->
old development
<!-- /people-development -->

<!-- people-final -->
old final
<!-- /people-final -->

<!-- people-times -->
old times
<!-- /people-times -->
"""
TIMES: dict[str, Any] = {
    "calls": 300,
    "protected_ms": 12.826,
    "nobody_ms": 12.776,
    "p": 0.4226,
    "effect": 0.5189,
}


def test_the_tables_of_what_was_measured_are_filled_in_and_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    one = Phrasing(text="anna", kind="first_name", expected="ask")
    told = {**summary([(one, Verdict.ASKED)]), "not right": []}
    peopling.write({"development": told, "times": TIMES}, page)
    after = page.read_text(encoding="utf-8")
    assert "old development" not in after and "old times" not in after
    assert "old final" in after
    assert "| first name | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 |" in after
    assert "| 300 | 12.83 | 12.78 | 0.42 | 0.519 |" in after
    assert len({line.count("|") for line in after.splitlines() if "first name" in line}) == 1


def test_an_unknown_half_is_told() -> None:
    with pytest.raises(KommunbotError, match="development or final"):
        peopling.measure(Settings(), "held-out", 0, lambda _: None)
