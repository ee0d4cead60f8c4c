"""Accounts for agents, made at the command line."""

import asyncio

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.desk.accounts import add_agent
from connectors.storage.database import Database

_SHORTEST_PASSWORD = 12


class AccountRefused(KommunbotError):
    """The account cannot be made."""


def add(settings: Settings, username: str, name: str, password: str) -> None:
    """Make an account.

    Raises:
        AccountRefused: the password is too short, or the username is taken.
    """
    if len(password) < _SHORTEST_PASSWORD:
        raise AccountRefused(f"The password needs at least {_SHORTEST_PASSWORD} characters.")
    if not asyncio.run(_add(settings.database_url, username, name, password)):
        raise AccountRefused(f"There is already an agent {username!r}. Choose another username.")


async def _add(url: str, username: str, name: str, password: str) -> bool:
    database = Database(url)
    try:
        await database.migrate()
        return await add_agent(database, username, name, password)
    finally:
        await database.close()
