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
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from connectors.storage.tables import Base

MIGRATIONS = Path(__file__).parent / "migrations"
PING_AFTER_SECONDS = 1.0  # a connection that was used so lately is taken to be there
EMPTYING_SECONDS = 2  # how long the write-ahead log's emptying waits for readers; writers wait, too
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
        self._reading = self._engine if self.is_sqlite else _without_begin(self._engine)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only looks; on PostgreSQL each question is one of its own."""
        async with AsyncSession(self._reading, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """One transaction that is never committed, for what must hold until it ends."""
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def held(self, name: str, *, wait: bool = True) -> AsyncIterator[bool]:
        """Let one gateway at a time do what `name` stands for; yields whether it is this one.

        Without `wait` the answer comes at once. Whoever dies lets go. On SQLite one process is
        all there is.
        """
        if self.is_sqlite:
            yield True
            return
        async with self.snapshot() as session:
            if wait:
                await self.lock(session, name)
            yield wait or await _try_lock(session, name)

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
                text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": _lock_name(name)}
            )

    @asynccontextmanager
    async def driver(self, timeout_s: float) -> AsyncIterator[Any]:
        """PostgreSQL's own connection, for what SQLAlchemy does not know; closed afterwards.

        Raises:
            TimeoutError: there is no connection within `timeout_s` seconds.
        """
        async with asyncio.timeout(timeout_s):
            connection = await self._engine.connect()
        try:
            yield (await connection.get_raw_connection()).driver_connection
        finally:
            await connection.invalidate()
            await connection.close()

    async def ping(self) -> None:
        """Ask for nothing; raises what the database raises when it is away."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def forget_deleted(self) -> bool:
        """Leave nothing of what was deleted beside the tables; False if others were reading.

        On SQLite that is the write-ahead log; freed pages are overwritten at once. PostgreSQL
        sees to it by itself, when it vacuums.
        """
        return not self.is_sqlite or await asyncio.to_thread(_empty_wal, self._engine.url.database)

    async def close(self) -> None:
        await self._engine.dispose()

    def _one_writer(self) -> AbstractAsyncContextManager[Any]:
        return self._turn if self.is_sqlite else nullcontext()


def insert_into(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT of the session's database, which knows `on_conflict_…`."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)


async def _try_lock(session: AsyncSession, name: str) -> bool:
    query = text("SELECT pg_try_advisory_xact_lock(hashtext(:name))")
    return bool(await session.scalar(query, {"name": _lock_name(name)}))


def _lock_name(name: str) -> str:
    return f"kommunbot {name}"


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing, in the connection's own transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _postgresql(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,  # an error's message must not carry what a citizen wrote
        pool_size=10,
        max_overflow=10,
    )
    event.listen(engine.sync_engine, "checkin", _begin_idling)
    event.listen(engine.sync_engine, "checkout", _ping_after_idling)
    return engine


def _without_begin(engine: AsyncEngine) -> AsyncEngine:
    """Return `engine` for looking: BEGIN and ROLLBACK would be two more trips to the server.

    At READ COMMITTED they change nothing: each question sees what is committed by then anyway.
    """
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _begin_idling(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["idle_since"] = monotonic()


def _ping_after_idling(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Find out that the server has restarted, but not before every single question.

    SQLAlchemy's own `pool_pre_ping` costs three trips to the server each time.
    """
    if monotonic() - record.info.get("idle_since", monotonic()) < PING_AFTER_SECONDS:
        return
    try:
        connection.ping()
    except Exception as error:
        raise InvalidatePoolError from error


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


def _empty_wal(path: str | None) -> bool:
    with closing(sqlite3.connect(path or ":memory:", timeout=EMPTYING_SECONDS)) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to lock
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")  # what was confirmed survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what was deleted is overwritten with zeros
    cursor.close()


def _lower(text: str | None) -> str | None:
    """Write small letters, as PostgreSQL does; SQLite itself knows those of a–z only."""
    return None if text is None else text.lower()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kommunbot_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
