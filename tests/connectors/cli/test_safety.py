"""`kommunbot safety` takes two people's approval, and says who has given it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.safety.approval import PARTS
from bot.settings import get_settings
from connectors.cli.main import app


def test_status_is_1_until_two_people_have_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("safety", "texts"):
        shutil.copytree(Path("data") / name, tmp_path / name)
    (tmp_path / "safety/godkannanden.yml").unlink()
    monkeypatch.setenv("KOMMUNBOT_DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    try:
        run = CliRunner()
        assert run.invoke(app, ["safety", "status"]).exit_code == 1
        assert run.invoke(app, ["safety", "approve", "--name", "Anna Ek"]).exit_code == 0
        parts = [word for part in PARTS[:-1] for word in ("--part", part)]
        run.invoke(app, ["safety", "approve", "--name", "Bo Sten", *parts])
        assert run.invoke(app, ["safety", "status"]).exit_code == 1
        run.invoke(app, ["safety", "approve", "--name", "Caawa Nuur", "--part", PARTS[-1]])
        told = run.invoke(app, ["safety", "status"])
        assert told.exit_code == 0
        assert told.output.count("Anna Ek") == len(PARTS)
        assert told.output.count("Caawa Nuur") == 1
    finally:
        get_settings.cache_clear()
