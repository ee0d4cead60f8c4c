"""Accounts for agents and editors, and tokens for programs, made at the command line."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.accounts.model import Role
from connectors.accounts.service import add_account
from connectors.accounts.service_tokens import (
    ServiceToken,
    list_tokens,
    make_token,
    revoke_token,
)
from connectors.storage.database import Database

_SHORTEST_PASSWORD = 12
Result = TypeVar("Result")


class AccountRefused(KommunbotError):
    """The account cannot be made."""


def add(
    settings: Settings,
    username: str,
    name: str,
    password: str,
    roles: Collection[Role] = (Role.AGENT,),
) -> None:
    """Make an account.

    Raises:
        AccountRefused: the password is too short, or the username is taken.
    """
    if len(password) < _SHORTEST_PASSWORD:
        raise AccountRefused(f"The password needs at least {_SHORTEST_PASSWORD} characters.")
    if not _with_database(
        settings, lambda database: add_account(database, username, name, password, roles)
    ):
        raise AccountRefused(f"There is already an account {username!r}. Choose another username.")


def new_token(settings: Settings, username: str, days: int) -> str:
    """Return a new token.

    Raises:
        AccountRefused: there is no such agent.
    """
    now, lasts = datetime.now(UTC), timedelta(days=days)
    token = _with_database(settings, lambda database: make_token(database, username, now, lasts))
    if token is None:
        raise AccountRefused(
            f"There is no agent {username!r}. Make one: `kommunbot add-agent {username}`."
        )
    return token


def tokens(settings: Settings) -> Sequence[ServiceToken]:
    return _with_database(settings, list_tokens)


def revoke_one(settings: Settings, token_id: str) -> None:
    """Raises AccountRefused if there is no such token."""
    if not _with_database(settings, lambda database: revoke_token(database, token_id)):
        raise AccountRefused(
            f"There is no token {token_id!r}. `kommunbot agents tokens` lists them."
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
