import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.settings import get_settings
from connectors.cli.main import app


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("faq", "language"):
        shutil.copytree(f"data/{name}", tmp_path / name)
    shutil.copytree("data/site", tmp_path / "site")
    shutil.copy("data/kommun.yml", tmp_path)
    monkeypatch.setenv("KOMMUNBOT_DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield tmp_path
    get_settings.cache_clear()


def test_an_error_ends_the_check_with_status_1_and_says_where(data_dir: Path) -> None:
    path = data_dir / "faq" / "avfall.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("url: /avfall-vatten/avfall/", "url: /borta/", 1), "utf-8")
    done = CliRunner().invoke(app, ["faq", "check", "--json"])
    found = [one for one in json.loads(done.stdout) if one["level"] == "fel"]
    assert done.exit_code == 1
    assert found[0]["rule"] == "lank"
    assert found[0]["file"].endswith("avfall.yml")
    assert "Sidan /borta/" in found[0]["text"]


def test_the_prepared_replies_are_checked_too(data_dir: Path) -> None:
    mall = "svarsmallar:\n  - id: mall\n    titel: Mall\n    text: Vad vill ni?\n"
    (data_dir / "svarsmallar.yml").write_text(mall, encoding="utf-8")
    assert CliRunner().invoke(app, ["faq", "check"]).exit_code == 0
    done = CliRunner().invoke(app, ["faq", "check", "--strict"])
    assert done.exit_code == 1
    assert "«ni» i mall talar inte till den som läser" in done.stdout
    (data_dir / "svarsmallar.yml").write_text(mall.replace("titel", "tittel"), encoding="utf-8")
    done = CliRunner().invoke(app, ["faq", "check"])
    assert done.exit_code == 1
    assert "svarsmallar.yml:3: «tittel» i mall känns inte igen" in done.stdout


def test_warnings_end_it_only_when_that_is_asked_for(data_dir: Path) -> None:
    path = data_dir / "faq" / "avfall.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Anmäl utebliven", "Vänligen anmäl utebliven", 1), "utf-8")
    assert CliRunner().invoke(app, ["faq", "check"]).exit_code == 0
    done = CliRunner().invoke(app, ["faq", "check", "--strict"])
    assert done.exit_code == 1
    assert "«Vänligen» i avfall-utebliven" in done.stdout
