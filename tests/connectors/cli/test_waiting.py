import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.settings import Settings, get_settings
from connectors.cli import waiting
from connectors.cli.looking import NothingStored
from connectors.cli.main import app
from connectors.storage.database import Database
from tests.support.waits import MINUTE, MONDAY, store, waits


async def test_the_stored_waits_are_judged_for_each_audience(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    for number, wait in enumerate(waits([5] * 25, ahead=1)):
        began = MONDAY + number * 10 * MINUTE
        await store(database, replace(wait, began_at=began), began=began)
    await store(database, waits([3], ahead=0)[0], audience="foretag")
    await database.close()
    found = await asyncio.to_thread(waiting.real, Settings(database_url=database_url))
    assert found["privat"]["somebody before"] == {
        "waits": 25,
        "served": 25,
        "told": 0.2,
        "inside": 1.0,
        "longer": 0.0,
        "width_min": 0.0,
    }
    assert found["privat"]["nobody before"]["waits"] == 0
    assert found["foretag"]["all"]["inside"] is None


async def test_where_nobody_has_waited_that_is_said(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    await database.close()
    with pytest.raises(NothingStored, match="Nobody has waited"):
        await asyncio.to_thread(waiting.real, Settings(database_url=database_url))


def test_made_up_waits_are_the_same_whenever_they_are_judged() -> None:
    found = waiting.simulated(3, 1, days=3)
    assert found == waiting.simulated(3, 1, days=3)
    assert [*found] == ["ordinary", "summer"]
    assert found["summer"]["all"]["waits"] > found["ordinary"]["all"]["waits"]


@pytest.fixture
def nothing_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KOMMUNBOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/none.db")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_the_command_says_when_there_is_no_database(nothing_stored: None) -> None:
    found = CliRunner().invoke(app, ["bench", "waits"])
    assert found.exit_code == 1
    assert "none.db does not exist" in found.stderr.replace("\n", "")


def test_figures_that_do_not_exist_are_drawn_as_a_dash() -> None:
    nothing = dict.fromkeys(("told", "inside", "longer", "width_min")) | {"waits": 0, "served": 0}
    drawn = waiting.table("Waits", {"privat": {"all": nothing}})
    assert [*drawn.columns[-1].cells] == ["–"]
