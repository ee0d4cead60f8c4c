"""The schema and the two kinds of transaction."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from connectors.storage.database import Database, upgrade
from connectors.storage.tables import AgentRow, Base, ConversationRow, DeskSessionRow


def an_agent(username: str = "anna") -> AgentRow:
    now = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    return AgentRow(
        id=uuid4(),
        username=username,
        name="Anna",
        password_hash="x",
        roles=["agent"],
        created_at=now,
    )


async def add(database: Database, *rows: Base) -> None:
    async with database.write() as session:
        for row in rows:
            session.add(row)
            await session.flush()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_the_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    async with database.read() as session:
        assert await (await session.connection()).run_sync(differences) == []
    await database.close()


async def test_accounts_and_logins_from_before_there_were_roles_are_agents(
    database_url: str,
) -> None:
    engine = create_async_engine(database_url)
    now, agent = datetime.now(UTC), uuid4()
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "0001")
        old = MetaData()
        await connection.run_sync(old.reflect)
        made: dict[str, object] = {
            "id": agent.hex if connection.dialect.name == "sqlite" else agent
        }
        made |= {"username": "anna", "name": "Anna", "password_hash": "x", "created_at": now}
        await connection.execute(old.tables["agent"].insert(), made)
        login = {"token_hash": "t", "agent_id": made["id"], "created_at": now, "expires_at": now}
        await connection.execute(old.tables["desk_session"].insert(), login)
    await engine.dispose()
    database = Database(database_url)
    await database.migrate()
    async with database.read() as session:
        account = await session.scalar(select(AgentRow))
        opened = await session.scalar(select(DeskSessionRow))
    assert account is not None
    assert opened is not None
    assert (account.id, account.roles, opened.role) == (agent, ["agent"], "agent")
    await database.close()


async def test_gateways_that_start_at_once_migrate_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    await asyncio.gather(*(database.migrate() for database in databases))
    async with databases[0].read() as session:
        assert await session.scalar(select(func.count()).select_from(AgentRow)) == 0
    for database in databases:
        await database.close()


async def test_an_error_leaves_nothing_of_a_write_behind(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    with pytest.raises(IntegrityError):
        await add(database, an_agent("anna"), an_agent("omar"), an_agent("anna"))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AgentRow)) == 0
    await database.close()


async def test_moments_come_back_in_utc(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    async with database.write() as session:
        session.add(an_agent())
    async with database.read() as session:
        row = await session.scalar(select(AgentRow))
    assert row is not None
    assert row.created_at.isoformat() == "2026-11-23T12:30:00+00:00"
    await database.close()


async def test_the_database_itself_refuses_an_active_conversation_without_agent(
    database_url: str,
) -> None:
    database = Database(database_url)
    await database.migrate()
    now = datetime.now(UTC)
    row = ConversationRow(
        id=uuid4(),
        client_id=uuid4(),
        secret_hash="x",
        state="active",
        language="sv",
        created_at=now,
        last_at=now,
    )
    with pytest.raises(IntegrityError):
        await add(database, row)
    await database.close()


async def test_what_the_database_says_never_quotes_what_was_to_be_stored(
    database_url: str,
) -> None:
    database = Database(database_url)
    await database.migrate()
    with pytest.raises(IntegrityError) as refused:
        await add(database, an_agent("hemlig-planta"), an_agent("hemlig-planta"))
    assert "hemlig-planta" not in str(refused.value).split("DETAIL")[0]
    await database.close()


async def test_what_one_holds_nobody_else_does_until_it_is_let_go(postgres_url: str) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    async with one.held("something") as mine:
        async with one.read() as session:  # looking lets go of nothing
            await session.execute(select(1))
        async with other.held("something", wait=False) as theirs:
            assert (mine, theirs) == (True, False)
    async with other.held("something", wait=False) as theirs:
        assert theirs
    await one.close()
    await other.close()
