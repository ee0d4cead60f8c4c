"""`kommunbot retention` and `kommunbot doctor`: what goes, what has gone, and why nothing does."""

import asyncio
import json
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from bot.settings import Settings
from connectors.cli import doctor, retention
from connectors.cli.main import app
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow
from tests.support.gateway import ROOT, settings_for

FILES = ("kommun.yml", "gallring.yml", "kopplingar.yml")


@pytest.fixture
def settings(prepared_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    for name in FILES:
        shutil.copy(ROOT / "data" / name, data_dir / name)
    found = settings_for(prepared_url, tmp_path, data_dir=data_dir)
    monkeypatch.setattr(retention, "get_settings", lambda: found)
    return found


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["retention", *words])
    return done.exit_code, done.stdout, done.stderr


def add_old_talk(settings: Settings) -> None:
    asyncio.run(_add_old_talk(settings.database_url))


async def _add_old_talk(url: str) -> None:
    at = utc_now() - timedelta(days=31)
    row = ConversationRow(
        id=uuid4(), client_id=uuid4(), secret_hash="x", state="bot", language="sv"
    )
    row.created_at = row.last_at = at
    database = Database(url)
    async with database.write() as session:
        session.add(row)
    await database.close()


def test_plan_changes_nothing_run_deletes_and_the_protocol_says_so(settings: Settings) -> None:
    add_old_talk(settings)
    for _ in range(2):
        status, out, _ = run("plan", "--json")
        assert status == 0
        planned = {one["category"]: one["conversations"] for one in json.loads(out)}
        assert planned == {
            "chatt_med_bot": 1,
            **dict.fromkeys(("chatt_med_kommunvagledare", "chatt_med_arende"), 0),
            **dict.fromkeys(("ovning", "leveranser"), 0),
        }
    assert json.loads(run("protocol", "--json")[1]) == []
    status, out, _ = run("run")
    assert status == 0 and "chatt_med_bot" in out
    (line,) = json.loads(run("protocol", "--json")[1])
    assert (line["class"], line["cause"], line["conversations"]) == ("chatt_med_bot", "due", 1)
    assert line["decision"] == {
        "number": "KS 2026/0412",
        "date": "2026-09-14",
        "board": "Kommunstyrelsen",
    }
    told = run("protocol")[1]
    assert "due  1 conversations, 0 events, 0 errands" in told
    assert "by KS 2026/0412, 2026-09-14, Kommunstyrelsen" in told
    assert json.loads(run("plan", "--json")[1])[0]["conversations"] == 0
    assert "chatt_med_bot" in run("plan")[1]


@pytest.mark.parametrize("command", ["plan", "run"])
def test_whoever_takes_over_the_sample_data_is_told_to_bring_a_decision(
    settings: Settings, command: str
) -> None:
    add_old_talk(settings)
    file = settings.data_dir / "kommun.yml"
    own = file.read_text(encoding="utf-8").replace("Skärvinge kommun", "Orust kommun")
    file.write_text(own, encoding="utf-8")
    status, _, told = run(command)
    assert status == 1
    for word in ("Nothing is deleted", "Skärvinge kommun", "Orust kommun", "Write your own"):
        assert word in told
    assert json.loads(run("protocol", "--json")[1]) == []


def test_the_doctor_names_the_decision_or_says_what_to_do(settings: Settings) -> None:
    fine = found_by_doctor(settings)
    assert fine.fine and "KS 2026/0412" in fine.what
    (settings.data_dir / "gallring.yml").unlink()
    lacking = found_by_doctor(settings)
    assert not lacking.fine
    assert "Nothing is deleted" in lacking.mend and "`beslut`" in lacking.mend


def found_by_doctor(settings: Settings) -> doctor.Finding:
    (found,) = [one for one in doctor.examine(settings) if "delet" in one.what]
    return found
