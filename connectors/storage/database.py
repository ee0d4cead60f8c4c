"""The one door to the database: read and write transactions, on SQLite and PostgreSQL alike."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 15  # how long SQLite waits for another process's write


class Database:
    """An engine and its two kinds of transaction.

    SQLite has one writer at a time. Writers of this process queue fairly on a
    lock of our own, because SQLite's waiting is neither fair nor prompt.
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = _sqlite(url) if self.is_sqlite else _postgresql(url)
        self._writing = self._engine.execution_options(kommunbot_write=True)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks."""
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed as a whole, or not at all if an error leaves it."""
        async with (
            self._one_writer(),
            AsyncSession(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    async def migrate(self) -> None:
        """Bring the schema up to date. Safe when several gateways start at once."""
        if self.is_sqlite:
            await asyncio.to_thread(_use_wal, self._engine.url.database)
        async with self._one_writer(), self._writing.begin() as connection:
            await self.lock(connection, "migrations")
            await connection.run_sync(upgrade)

    async def lock(self, within: AsyncSession | AsyncConnection, name: str) -> None:
        """Let one gateway at a time do what `name` stands for, until its transaction ends.

        On SQLite every write transaction is alone anyway.
        """
        if not self.is_sqlite:
            await within.execute(
                text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"kommunbot {name}"}
            )

    async def ping(self) -> None:
        """Ask for nothing; raises what the database raises when it is away."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()

    def _one_writer(self) -> AbstractAsyncContextManager[Any]:
        return self._turn if self.is_sqlite else nullcontext()


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the connection's own transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _postgresql(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,  # an error's message must not carry what a citizen wrote
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
    )


def _sqlite(url: str) -> AsyncEngine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _use_wal(path: str | None) -> None:
    """Let readers and the writer work side by side; the file remembers it.

    SQLite does not wait for others at this change, so it is tried again.
    """
    if not path or path == ":memory:":
        return
    deadline = monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if monotonic() > deadline:
                    raise
                sleep(0.02)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to lock
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")  # what was confirmed survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kommunbot_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
