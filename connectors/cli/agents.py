"""Accounts for agents and editors, and tokens for programs, made at the command line."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.accounts.service import (
    NewAccount,
    add_account,
    close_account,
    set_departments,
    set_password,
)
from connectors.accounts.service_tokens import (
    ServiceToken,
    list_tokens,
    make_token,
    revoke_token,
)
from connectors.audit.model import NOT_FOR_ACCOUNTS
from connectors.conversation.rules import load_rules
from connectors.storage.database import Database

_SHORTEST_PASSWORD = 12
Result = TypeVar("Result")


class AccountRefused(KommunbotError):
    """The account cannot be made or changed."""


def add(settings: Settings, wish: NewAccount) -> None:
    """Make an account.

    Raises:
        AccountRefused: the password is too short, the username is taken or reserved, or there
            is no such department.
    """
    _check_password(wish.password)
    if wish.username in NOT_FOR_ACCOUNTS:
        raise AccountRefused(
            f"The audit log means somebody else by {wish.username!r}. Choose another username."
        )
    _check_departments(settings, wish.departments)
    if not _with_database(settings, lambda database: add_account(database, wish)):
        raise AccountRefused(
            f"There is already an account {wish.username!r}. Choose another username."
        )


def move(settings: Settings, username: str, departments: Collection[str]) -> None:
    """Say whose conversations an agent takes; of no department is a generalist.

    Raises:
        AccountRefused: there is no such account, or no such department.
    """
    _check_departments(settings, departments)
    if not _with_database(
        settings, lambda database: set_departments(database, username, departments)
    ):
        raise _no_agent(username)


def change_password(settings: Settings, username: str, password: str) -> None:
    """Give an account another password, and end its logins.

    Raises:
        AccountRefused: the password is too short, or no such account is open.
    """
    _check_password(password)
    if not _with_database(settings, lambda database: set_password(database, username, password)):
        raise _not_open(username)


def close(settings: Settings, username: str) -> None:
    """Let an account open nothing from now on.

    Raises:
        AccountRefused: no such account is open.
    """
    if not _with_database(settings, lambda database: close_account(database, username)):
        raise _not_open(username)


def new_token(settings: Settings, username: str, days: int) -> str:
    """Return a new token.

    Raises:
        AccountRefused: there is no such agent.
    """
    now, lasts = datetime.now(UTC), timedelta(days=days)
    token = _with_database(settings, lambda database: make_token(database, username, now, lasts))
    if token is None:
        raise _no_agent(username)
    return token


def tokens(settings: Settings) -> Sequence[ServiceToken]:
    return _with_database(settings, list_tokens)


def revoke_one(settings: Settings, token_id: str) -> None:
    """Raises AccountRefused if there is no such token."""
    if not _with_database(settings, lambda database: revoke_token(database, token_id)):
        raise AccountRefused(
            f"There is no token {token_id!r}. `kommunbot agents tokens` lists them."
        )


def _no_agent(username: str) -> AccountRefused:
    return AccountRefused(
        f"There is no agent {username!r}. Make one: `kommunbot add-agent {username}`."
    )


def _not_open(username: str) -> AccountRefused:
    return AccountRefused(f"There is no account {username!r}, or it is closed already.")


def _check_password(password: str) -> None:
    if len(password) < _SHORTEST_PASSWORD:
        raise AccountRefused(f"The password needs at least {_SHORTEST_PASSWORD} characters.")


def _check_departments(settings: Settings, departments: Collection[str]) -> None:
    known = [one.id for one in load_rules(settings.data_dir).departments]
    for unknown in set(departments) - set(known):
        raise AccountRefused(
            f"There is no department {unknown!r}. data/desk.yml has: {', '.join(known) or 'none'}."
        )


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        database = Database(settings.database_url)
        try:
            await database.migrate()
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())
