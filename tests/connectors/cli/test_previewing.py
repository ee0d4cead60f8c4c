import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.errors import SettingError
from bot.preview.model import Preview
from bot.quality.planted import Edit, Outcome
from bot.settings import get_settings
from connectors.cli.main import app
from connectors.cli.previewing import files_at, write
from tests.bot.preview.conftest import CHILDREN, data_dir

__all__ = ["data_dir"]  # a fixture


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@t.example"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(data_dir: Path) -> Path:
    """The small content, saved in git and then edited on disk."""
    git(data_dir.parent, "init", "-q")
    git(data_dir.parent, "add", ".")
    git(data_dir.parent, "commit", "-qm", "first")
    path = data_dir / "faq/forskola.yml"
    path.write_text(CHILDREN.replace("1 547", "1 800"), encoding="utf-8")
    return data_dir


def test_files_are_read_as_they_were_at_a_revision(kept: Path) -> None:
    then = files_at("HEAD", kept)
    assert sorted(path.name for path in then.texts) == ["avfall.yml", "forskola.yml"]
    assert then.texts[kept / "faq/forskola.yml"] == CHILDREN


def test_a_revision_that_git_does_not_know_is_told(kept: Path) -> None:
    with pytest.raises(SettingError, match="revision"):
        files_at("finns-inte", kept)


@pytest.fixture
def settled(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KOMMUNBOT_DATA_DIR", str(kept))
    monkeypatch.setenv("KOMMUNBOT_MODELS_DIR", str(tmp_path / "models"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_an_edit_that_breaks_an_answer_is_told_and_ends_with_status_1(
    settled: None, kept: Path
) -> None:
    (kept / "policy.yml").write_bytes(Path("data/policy.yml").read_bytes())
    runner = CliRunner()
    assert runner.invoke(app, ["index"]).exit_code == 0
    unchanged = runner.invoke(app, ["faq", "preview", "--json"])
    assert unchanged.exit_code == 0 and not json.loads(unchanged.stdout)["risks"]
    found = runner.invoke(app, ["faq", "preview", "--git", "HEAD"])
    assert found.exit_code == 1
    assert "✗ «Vad kostar förskolan?»" in found.stdout
    assert "! forskola-avgift: 1547 kr blev 1800 kr" in found.stdout


def test_the_figures_of_planted_edits_go_into_the_page(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text("Före\n<!-- edits -->\n<!-- /edits -->\nEfter\n", encoding="utf-8")
    edit = Edit(id="x", half="held-out", harmful=True, kind="not_added", entry="a")
    write([Outcome(edit, Preview(blocked=True)), Outcome(edit, Preview())], page)
    text = page.read_text(encoding="utf-8")
    assert "| held-out | harmful | not added | 2 | 50.0 (" in text
    assert text.startswith("Före") and text.endswith("Efter\n")
