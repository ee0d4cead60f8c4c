"""Looking at what the running system has stored, without being able to change it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import KommunbotError
from connectors.storage.database import Database

_READ_ONLY = {True: "PRAGMA query_only = ON", False: "SET TRANSACTION READ ONLY"}  # SQLite or not


class NothingStored(KommunbotError):
    """There is nothing to look at."""


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[AsyncSession]:
    """A transaction in which the database itself refuses to write.

    Raises:
        NothingStored: there is no database, or it holds no tables.
    """
    _require_file(url)
    database = Database(url)
    try:
        async with database.snapshot() as session:
            await session.execute(text(_READ_ONLY[database.is_sqlite]))
            yield session
    except DBAPIError as error:
        raise NothingStored(
            f"The conversations cannot be read: {type(error).__name__}. Is this the right"
            " database, and has the system been started once?"
        ) from error
    finally:
        await database.close()


def _require_file(url: str) -> None:
    """SQLite would make an empty file of a wrong name."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise NothingStored(f"{where.database} does not exist. Start the system once.")
