import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.settings import Settings
from connectors.accounts.model import Role
from connectors.accounts.service import Accounts, NewAccount
from connectors.cli.agents import AccountRefused, add, move
from connectors.errors import LoginFailed
from connectors.storage.database import Database

PASSWORD = "ett långt lösenord"


def eva(**changes: Any) -> NewAccount:
    return replace(NewAccount("eva", "Eva Lund", PASSWORD, [Role.AGENT]), **changes)


async def test_a_new_agent_can_log_in(database_url: str) -> None:
    settings = Settings(database_url=database_url)
    await asyncio.to_thread(add, settings, eva())
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
    await asyncio.to_thread(add, settings, eva(roles=[Role.EDITOR]))
    assert await logged_in(sqlite_url, "ett långt lösenord", Role.EDITOR) == "Eva Lund"
    with pytest.raises(LoginFailed):
        await logged_in(sqlite_url, "ett långt lösenord", Role.AGENT)


async def test_one_account_can_open_both_places(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    await asyncio.to_thread(add, settings, eva(roles=list(Role)))
    for role in Role:
        assert await logged_in(sqlite_url, "ett långt lösenord", role) == "Eva Lund"


@pytest.mark.parametrize("password", ["kort", ""])
def test_a_short_password_is_refused(sqlite_url: str, password: str) -> None:
    with pytest.raises(AccountRefused, match="12 characters"):
        add(Settings(database_url=sqlite_url), eva(password=password))


@pytest.mark.parametrize("username", ["operator", "system", "unknown"])
def test_a_name_that_means_somebody_else_in_the_audit_log_is_refused(
    sqlite_url: str, username: str
) -> None:
    with pytest.raises(AccountRefused, match="audit log"):
        add(Settings(database_url=sqlite_url), eva(username=username))


def test_a_username_is_given_once(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    add(settings, eva())
    with pytest.raises(AccountRefused, match="already"):
        add(settings, eva(name="Eva Ek", password="ett annat lösenord"))


def test_an_agent_is_of_departments_that_there_are(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    add(settings, eva(departments=["bygglov"]))
    assert departments_of(sqlite_url) == ("bygglov",)
    move(settings, "eva", ["barn-utbildning", "bygglov"])
    assert departments_of(sqlite_url) == ("barn-utbildning", "bygglov")
    move(settings, "eva", [])
    assert departments_of(sqlite_url) == ()
    with pytest.raises(AccountRefused, match=r"'byglov'.*has: bygglov, barn-utbildning"):
        move(settings, "eva", ["byglov"])
    with pytest.raises(AccountRefused, match="no agent 'eva-2'"):
        move(settings, "eva-2", ["bygglov"])


def departments_of(url: str) -> tuple[str, ...]:
    async def login() -> tuple[str, ...]:
        database = Database(url)
        try:
            _, account = await Accounts(database).login("eva", PASSWORD, "::1", Role.AGENT)
            return account.departments
        finally:
            await database.close()

    return asyncio.run(login())
