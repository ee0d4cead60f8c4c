import asyncio

import pytest

from bot.settings import Settings
from connectors.accounts.model import Role
from connectors.accounts.service import Accounts
from connectors.cli.agents import AccountRefused, add
from connectors.errors import LoginFailed
from connectors.storage.database import Database


async def test_a_new_agent_can_log_in(database_url: str) -> None:
    settings = Settings(database_url=database_url)
    await asyncio.to_thread(add, settings, "eva", "Eva Lund", "ett långt lösenord")
    assert await logged_in(database_url, "ett långt lösenord") == "Eva Lund"


async def logged_in(url: str, password: str, role: Role = Role.AGENT) -> str:
    database = Database(url)
    try:
        _, account = await Accounts(database).login("eva", password, "127.0.0.1", role)
        return account.name
    finally:
        await database.close()


async def test_an_editor_can_log_in_to_the_editor_only(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    await asyncio.to_thread(add, settings, "eva", "Eva Lund", "ett långt lösenord", [Role.EDITOR])
    assert await logged_in(sqlite_url, "ett långt lösenord", Role.EDITOR) == "Eva Lund"
    with pytest.raises(LoginFailed):
        await logged_in(sqlite_url, "ett långt lösenord", Role.AGENT)


async def test_one_account_can_open_both_places(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    await asyncio.to_thread(add, settings, "eva", "Eva Lund", "ett långt lösenord", list(Role))
    for role in Role:
        assert await logged_in(sqlite_url, "ett långt lösenord", role) == "Eva Lund"


@pytest.mark.parametrize(("username", "password"), [("eva", "kort"), ("eva", "")])
def test_a_short_password_is_refused(sqlite_url: str, username: str, password: str) -> None:
    with pytest.raises(AccountRefused, match="12 characters"):
        add(Settings(database_url=sqlite_url), username, "Eva Lund", password)


def test_a_username_is_given_once(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    add(settings, "eva", "Eva Lund", "ett långt lösenord")
    with pytest.raises(AccountRefused, match="already"):
        add(settings, "eva", "Eva Ek", "ett annat lösenord")
