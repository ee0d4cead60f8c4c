import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.settings import Settings, get_settings
from connectors.accounts.model import Role
from connectors.accounts.service import Accounts, NewAccount
from connectors.accounts.service_tokens import list_tokens, make_token
from connectors.cli.agents import AccountRefused, add, change_password, close, move
from connectors.cli.main import app
from connectors.errors import LoginFailed, NotLoggedIn
from connectors.now import utc_now
from connectors.storage.database import Database

PASSWORD, OTHER = "ett långt lösenord", "ett annat lösenord"
YEAR = timedelta(days=365)


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


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with Eva's account."""
    await asyncio.to_thread(add, Settings(database_url=database_url), eva())
    database = Database(database_url)
    yield database
    await database.close()


async def enter(database: Database) -> tuple[str, str]:
    """Return the token of a login of Eva's, and that of a program."""
    token, _ = await Accounts(database).login("eva", PASSWORD, "::1", Role.AGENT)
    program = await make_token(database, "eva", utc_now(), YEAR)
    assert program
    return token, program


async def test_a_new_password_ends_the_logins_and_no_programs_token(
    database: Database, database_url: str
) -> None:
    token, program = await enter(database)
    settings = Settings(database_url=database_url)
    await asyncio.to_thread(change_password, settings, "eva", OTHER)
    accounts = Accounts(database)
    with pytest.raises(NotLoggedIn):
        await accounts.whose(token, Role.AGENT)
    assert (await accounts.whose(program, Role.AGENT)).username == "eva"
    with pytest.raises(LoginFailed):
        await accounts.login("eva", PASSWORD, "::1", Role.AGENT)
    assert await logged_in(database_url, OTHER) == "Eva Lund"


async def test_a_closed_account_opens_nothing_and_answers_as_a_wrong_password_does(
    database: Database, database_url: str
) -> None:
    tokens = await enter(database)
    await asyncio.to_thread(close, Settings(database_url=database_url), "eva")
    accounts = Accounts(database)
    for token in tokens:
        with pytest.raises(NotLoggedIn):
            await accounts.whose(token, Role.AGENT)
    for password in (PASSWORD, "fel"):
        with pytest.raises(LoginFailed):
            await accounts.login("eva", password, "::1", Role.AGENT)
    assert await list_tokens(database) == []
    assert await make_token(database, "eva", utc_now(), YEAR) is None


def test_what_is_closed_stays_closed_and_keeps_its_name(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    add(settings, eva())
    close(settings, "eva")
    for username in ("eva", "eva-2"):
        with pytest.raises(AccountRefused, match="closed already"):
            close(settings, username)
        with pytest.raises(AccountRefused, match="closed already"):
            change_password(settings, username, OTHER)
    with pytest.raises(AccountRefused, match="already an account"):
        add(settings, eva())


def test_a_new_password_is_asked_for_and_is_long_enough(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(Settings(database_url=sqlite_url), eva())
    monkeypatch.setenv("KOMMUNBOT_DATABASE_URL", sqlite_url)
    get_settings.cache_clear()
    run = CliRunner().invoke
    try:
        assert run(app, ["set-password", "eva"], input="kort\n").exit_code == 1
        assert run(app, ["set-password", "eva"], input=f"{OTHER}\n").exit_code == 0
        assert asyncio.run(logged_in(sqlite_url, OTHER)) == "Eva Lund"
        assert run(app, ["close-agent", "eva"]).exit_code == 0
        assert run(app, ["close-agent", "eva"]).exit_code == 1
    finally:
        get_settings.cache_clear()
