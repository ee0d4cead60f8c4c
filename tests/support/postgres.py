"""A throwaway PostgreSQL from the machine's own programs."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it ships no types

OWNER = "postgres"


def programs() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`, the newest version first."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    candidates = [Path(found).parent] if found else folders
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server and yield its address without a database's name.

    PostgreSQL refuses to run as root; then the machine's own user for it is used.
    """
    bin_dir = programs()
    assert bin_dir is not None, "initdb and pg_ctl were not found"
    with tempfile.TemporaryDirectory(prefix="kommunbot-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        as_owner = _owner_of(folder)
        port = free_port()
        data = folder / "data"
        _run([*as_owner, str(bin_dir / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust"])
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=200"
        control = [*as_owner, str(bin_dir / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-o", options, "-l", str(folder / "log"), "start"])
        try:
            yield f"{OWNER}@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "immediate", "stop"])


async def create_database(server: str, name: str, template: str = "template1") -> str:
    """Make a database like `template` and return its SQLAlchemy address."""
    await _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"postgresql+asyncpg://{server}/{name}"


async def drop_database(server: str, name: str) -> None:
    await _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@asynccontextmanager
async def away(server: str, url: str) -> AsyncIterator[None]:
    """Break every connection to a database, and let none be made while the block lasts."""
    name = url.rpartition("/")[2]
    await _execute(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    try:
        await _execute(
            server,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        yield
    finally:
        await _execute(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(f"postgresql://{server}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _owner_of(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, OWNER, OWNER)
    return ["runuser", "-u", OWNER, "--"]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
