import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.cli import masking
from connectors.cli.main import app

PAGE = "".join(f"<!-- {name} -->\n<!-- /{name} -->\n" for name in ("masking", "masking-final"))


def test_figures_are_printed_and_the_page_is_filled_but_for_the_half_kept_apart(
    tmp_path: Path,
) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    found = CliRunner().invoke(app, ["bench", "masking", "--write", "--out", str(page), "--json"])
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["development"]["kinds"]["personal"]["recall"] == 1
    assert "final" not in told
    text = page.read_text(encoding="utf-8")
    assert "| Kind | Private |" in text and "| Register | Private |" in text
    assert "<!-- masking-final -->\n<!-- /masking-final -->" in text


def test_without_the_half_kept_apart_it_says_which_file_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "masking-final.jsonl"
    monkeypatch.setattr(masking, "FINAL", missing)
    found = CliRunner().invoke(app, ["bench", "masking", "--final"])
    assert found.exit_code == 1
    assert "masking-final.jsonl" in found.output
