"""Fixtures on real databases. `database_url` runs a test on SQLite and on PostgreSQL."""

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from connectors.accounts.service import DEMO_ACCOUNTS, NewAccount, new_account
from connectors.storage.database import Database
from tests.support.clients import AgentClient, Citizen
from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords
from tests.support.postgres import cluster, create_database, drop_database, programs


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the tests."""
    if programs() is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed (apt install postgresql)")
    with cluster() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    name = f"test_{uuid4().hex}"
    yield await create_database(postgres_server, name)
    await drop_database(postgres_server, name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/kommunbot.db"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def logins() -> dict[str, str]:
    return {username: secrets.token_urlsafe(12) for username in DEMO_ACCOUNTS}


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, logins: dict[str, str]) -> Path:
    """A database with all tables and the demo agents: hashing passwords takes a while."""
    path = tmp_path_factory.mktemp("template") / "kommunbot.db"
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{path}", logins))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, logins: dict[str, str]) -> str:
    """The same on PostgreSQL."""
    name = "prepared"
    asyncio.run(create_database(postgres_server, name))
    asyncio.run(_prepare(f"postgresql+asyncpg://{postgres_server}/{name}", logins))
    return name


async def _prepare(url: str, logins: dict[str, str]) -> None:
    database = Database(url)
    await database.migrate()
    async with database.write() as session:
        for username, who in DEMO_ACCOUNTS.items():
            wish = NewAccount(username, who.name, logins[username], [who.role], who.departments)
            session.add(new_account(wish))
    await database.close()


@pytest.fixture
def prepared_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "prepared.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def prepared_postgres_url(postgres_server: str, postgres_template: str) -> AsyncIterator[str]:
    name = f"test_{uuid4().hex}"
    yield await create_database(postgres_server, name, postgres_template)
    await drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgres"])
def prepared_url(request: pytest.FixtureRequest) -> str:
    """A database with tables and the demo agents, on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"prepared_{request.param}_url")
    return url


@pytest.fixture
async def gateway(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    """A gateway whose Rasa and action server are stopped."""
    write_passwords(tmp_path, logins)
    async with running_gateway(settings_for(prepared_url, tmp_path)) as running:
        yield running


@pytest.fixture
async def citizen(gateway: Gateway) -> Citizen:
    return await Citizen.start(gateway.http)


@pytest.fixture
async def anna(gateway: Gateway) -> AsyncIterator[AgentClient]:
    password = gateway.passwords()["anna"]
    async with AgentClient.logged_in(gateway.url, "anna", password) as agent:
        yield agent


@pytest.fixture
async def maja(gateway: Gateway) -> AsyncIterator[AgentClient]:
    """An agent of the department bygglov; the others are generalists."""
    password = gateway.passwords()["maja"]
    async with AgentClient.logged_in(gateway.url, "maja", password) as agent:
        yield agent


@pytest.fixture
async def omar(gateway: Gateway) -> AsyncIterator[AgentClient]:
    password = gateway.passwords()["omar"]
    async with AgentClient.logged_in(gateway.url, "omar", password) as agent:
        yield agent
