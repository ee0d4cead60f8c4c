"""Where Rasa keeps its dialogues and takes turns: by itself, or shared by several workers."""

import asyncio
import math

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.rasa.stores import MEMORY, SCHEMA, dialogue_file, is_shared
from connectors.storage.database import Database

_POOL = 2  # a worker asks the database for one thing at a time; Rasa would keep 50 open


class CannotStart(KommunbotError):
    """Something that the processes need is missing, taken or does not fit together."""


def require_fit(settings: Settings) -> None:
    """Refuse workers that would each know half of a conversation.

    Raises:
        CannotStart: more than one worker without Redis, or Redis without PostgreSQL.
    """
    if settings.rasa_workers > 1 and not is_shared(settings):
        raise CannotStart(
            f"KOMMUNBOT_RASA_WORKERS={settings.rasa_workers}, but KOMMUNBOT_RASA_LOCKS={MEMORY}:"
            " workers take turns in a Redis. Set KOMMUNBOT_RASA_LOCKS=redis://127.0.0.1:6379/0,"
            " or KOMMUNBOT_RASA_WORKERS=1."
        )
    if is_shared(settings) and _database(settings).get_backend_name() != "postgresql":
        raise CannotStart(
            "KOMMUNBOT_RASA_LOCKS names a Redis, but KOMMUNBOT_DATABASE_URL an SQLite file:"
            " what Rasa workers share is kept in PostgreSQL. Set KOMMUNBOT_DATABASE_URL="
            f"postgresql+asyncpg://…, or KOMMUNBOT_RASA_LOCKS={MEMORY} and one worker."
        )


def prepare(settings: Settings) -> None:
    """Make the schema where Rasa workers that share keep dialogues; they cannot do it themselves.

    Raises:
        CannotStart: the database cannot be reached, or its user may not make a schema.
    """
    if not is_shared(settings):
        return
    try:
        asyncio.run(_make_schema(settings.database_url))
    except (SQLAlchemyError, asyncpg.PostgresError, OSError, TimeoutError) as error:
        raise CannotStart(
            f"The schema `{SCHEMA}` cannot be made in the PostgreSQL at {_database(settings).host}"
            f" ({type(error).__name__}: {error}). Start it, mend KOMMUNBOT_DATABASE_URL,"
            " or let the database's user own the database."
        ) from error


def endpoints_file(settings: Settings) -> str:
    """Return the file that tells Rasa of its stores."""
    return "endpoints.scaled.yml" if is_shared(settings) else "endpoints.yml"


def stores_environment(settings: Settings) -> dict[str, str]:
    """Return what that file and Rasa itself read from the environment."""
    if not is_shared(settings):
        return {"KOMMUNBOT_RASA_DB": str(dialogue_file(settings))}
    return {
        "KOMMUNBOT_RASA_DB": _for_rasa(_database(settings)),
        "KOMMUNBOT_RASA_LOCKS": settings.rasa_locks,
        "POSTGRESQL_SCHEMA": SCHEMA,
        "SQL_POOL_SIZE": str(_POOL),
        "SQL_MAX_OVERFLOW": str(_POOL),
        # A killed worker leaves its turn behind. Who waits for it is to get an answer in time.
        "TICKET_LOCK_LIFETIME": str(max(1, math.floor(settings.rasa_timeout_s / 2))),
    }


def _database(settings: Settings) -> URL:
    return make_url(settings.database_url)


def _for_rasa(url: URL) -> str:
    """Return the address for Rasa's driver, psycopg2, which calls asyncpg's `ssl` `sslmode`."""
    names = {"ssl": "sslmode", "host": "host", "port": "port"}
    query = {names[key]: value for key, value in url.query.items() if key in names}
    return url.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


async def _make_schema(database_url: str) -> None:
    database = Database(database_url)
    try:
        async with database.write() as session:
            await database.lock(session, f"schema {SCHEMA}")  # several machines may start at once
            if await session.scalar(text(f"SELECT to_regnamespace('{SCHEMA}') IS NULL")):
                await session.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    finally:
        await database.close()
