"""`kommunbot audit log` and `verify`: who did what, and whether the record of it is whole."""

import asyncio
import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from bot.settings import get_settings
from connectors.audit.log import Deed, note
from connectors.audit.model import Action
from connectors.cli.main import app
from connectors.storage.database import Database
from tests.support.audit import change, drop_guard, rewrite

TALK = uuid4()


@pytest.fixture
def url(prepared_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A log of three rows, which the commands read."""
    monkeypatch.setenv("KOMMUNBOT_DATABASE_URL", prepared_url)
    get_settings.cache_clear()
    on(prepared_url, write)
    yield prepared_url
    get_settings.cache_clear()


def on(url: str, work: object, *arguments: object) -> None:
    async def run() -> None:
        database = Database(url)
        await work(database, *arguments)  # type: ignore[operator]
        await database.close()

    asyncio.run(run())


async def write(database: Database) -> None:
    to = {"colleague": "omar"}
    await note(database, Deed("anna", "agent", Action.ACCOUNT_LOGIN))
    await note(database, Deed("anna", "agent", Action.CONVERSATION_TRANSFER, TALK, detail=to))
    await note(database, Deed("ellen", "editor", Action.ENTRY_PUBLISH, subject="avfall-kostnad"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["audit", *arguments])


def listed(*arguments: str) -> list[int]:
    return [row["seq"] for row in json.loads(run("log", "--json", *arguments).stdout)]


def test_deeds_are_listed_by_who_what_where_and_when(url: str) -> None:
    assert listed() == [1, 2, 3]
    assert listed("--username", "anna") == [1, 2]
    assert listed("--action", "entry.publish") == [3]
    assert listed("--conversation", str(TALK)) == [2]
    assert listed("--conversation", str(UUID(int=0))) == []
    assert listed("--since", "2020-01-01") == [1, 2, 3]
    assert listed("--since", "2999-01-01") == []
    assert run("log", "--action", "entry.eat").exit_code == 2
    lines = run("log").stdout.splitlines()
    assert lines[1].endswith(f"anna (agent)  conversation.transfer  {TALK}  colleague=omar")
    assert lines[2].endswith("ellen (editor)  entry.publish  avfall-kostnad")


def head() -> str:
    whole = run("verify")
    assert whole.exit_code == 0
    assert "3 rows are as they were written." in whole.stderr
    return whole.stdout.strip()


def test_a_whole_log_gives_its_head_and_knows_it_again(url: str) -> None:
    kept = head()
    assert kept.endswith(":3")
    on(url, write)
    again = run("verify", "--head", kept)
    assert again.exit_code == 0
    assert "still holds the head that was kept, row 3" in again.stderr
    assert again.stdout.strip().endswith(":6")


def test_what_was_altered_is_said_with_its_row(url: str) -> None:
    on(url, drop_guard)
    on(url, change, "UPDATE audit SET username = 'omar' WHERE seq = 2")
    altered = run("verify")
    assert altered.exit_code == 1
    assert "Row 2 is not as it was written" in altered.stderr
    assert "the 1 before it are whole" in altered.stderr
    assert altered.stdout == ""


@pytest.mark.parametrize("rewritten", [True, False])
def test_a_log_that_was_cut_or_rewritten_is_known_by_the_head(url: str, rewritten: bool) -> None:
    kept = head()
    on(url, drop_guard)
    if rewritten:
        on(url, rewrite_as_omar)
    else:
        on(url, change, "DELETE FROM audit WHERE seq = 3")
    assert run("verify").exit_code == 0
    other = run("verify", "--head", kept)
    assert (other.exit_code, other.stdout) == (1, "")
    assert "does not hold the head that was kept, row 3" in other.stderr


async def rewrite_as_omar(database: Database) -> None:
    await rewrite(database, username="omar")


def test_an_empty_log_is_whole_and_has_no_head(
    prepared_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMMUNBOT_DATABASE_URL", prepared_url)
    get_settings.cache_clear()
    empty = run("verify")
    get_settings.cache_clear()
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "0 rows" in empty.stderr


@pytest.mark.parametrize("written", ["3", "abc:3", f"{'0' * 64}:0", f"3:{'0' * 64}"])
def test_what_is_no_head_is_refused(url: str, written: str) -> None:
    refused = run("verify", "--head", written)
    assert refused.exit_code == 1
    assert "is no head" in refused.stderr
