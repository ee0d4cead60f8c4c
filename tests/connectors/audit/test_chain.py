"""The log is one chain, whoever writes to it, and what was done to it is found."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.opening_hours.model import STOCKHOLM
from connectors.audit.log import (
    ORIGIN,
    READ_AGAIN,
    Deed,
    Head,
    broken_at,
    head,
    holds,
    note,
    note_once,
    record,
    walk,
)
from connectors.audit.model import Action
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow
from tests.support.audit import change, drop_guard, rewrite, rows

OPEN = Action.CONVERSATION_OPEN


@pytest.fixture
async def gateways(prepared_url: str) -> AsyncIterator[list[Database]]:
    """Two gateways' ways to one database."""
    databases = [Database(prepared_url) for _ in range(2)]
    yield databases
    for database in databases:
        await database.close()


@pytest.fixture
def database(gateways: list[Database]) -> Database:
    return gateways[0]


def read_by(username: str, conversation: UUID | None = None, role: str = "agent") -> Deed:
    return Deed(username, role, OPEN, conversation, detail={"plats": "Östra", "n": [1, None]})


async def written(database: Database, count: int = 5) -> Head:
    for number in range(count):
        await note(database, read_by(f"anna{number}"))
    async with database.read() as session:
        found = await head(session)
    assert found
    return found


async def looked(database: Database) -> tuple[Head | None, int | None]:
    async with database.snapshot() as session:
        return await walk(session)


async def held(database: Database, kept: Head) -> bool:
    async with database.read() as session:
        return await holds(session, kept)


# --- writing


async def test_many_writers_at_several_gateways_make_one_chain_without_gaps(
    gateways: list[Database],
) -> None:
    calls = [note(gateways[n % 2], read_by(f"anna{n}", uuid4())) for n in range(40)]
    await asyncio.gather(*calls)
    found = await rows(gateways[0])
    assert [row.seq for row in found] == list(range(1, 41))
    assert [row.previous for row in found] == [ORIGIN, *(row.hash for row in found[:-1])]
    assert len({row.username for row in found}) == 40
    assert await looked(gateways[1]) == (Head(40, found[-1].hash), None)


async def test_what_is_read_at_several_gateways_at_once_is_noted_once(
    gateways: list[Database],
) -> None:
    deed = read_by("anna", uuid4())
    await asyncio.gather(*(note_once(gateways[n % 2], deed) for n in range(20)))
    assert len(await rows(gateways[0])) == 1


async def test_reading_on_for_ten_minutes_is_one_reading(gateways: list[Database]) -> None:
    now, deed = utc_now(), read_by("anna", uuid4())
    for later in (timedelta(0), READ_AGAIN / 2, READ_AGAIN - timedelta(seconds=1)):
        await note_once(gateways[0], deed, now + later)
    assert len(await rows(gateways[1])) == 1
    await note_once(gateways[1], deed, now + READ_AGAIN)
    assert len(await rows(gateways[0])) == 2


async def test_another_reader_role_conversation_or_subject_is_another_reading(
    database: Database,
) -> None:
    one, other = uuid4(), uuid4()
    reading = [
        read_by("anna", one),
        read_by("omar", one),
        read_by("anna", one, role="agent.token"),
        read_by("anna", other),
        Deed("anna", "agent", Action.ERRAND_LIST, subject="open"),
        Deed("anna", "agent", Action.ERRAND_LIST, subject="done"),
        Deed("anna", "agent", Action.GAP_LIST),
    ]
    for deed in [*reading, *reading]:
        await note_once(database, deed)
    assert len(await rows(database)) == len(reading)


async def test_a_deed_that_came_to_nothing_leaves_neither_row_nor_gap(database: Database) -> None:
    await note(database, read_by("anna"))
    with pytest.raises(LookupError):
        await fail_after_recording(database)
    await note(database, read_by("maja"))
    assert [(row.seq, row.username) for row in await rows(database)] == [(1, "anna"), (2, "maja")]
    assert (await looked(database))[1] is None


async def fail_after_recording(database: Database) -> None:
    async with database.write() as session:
        await record(database, session, read_by("omar"))
        raise LookupError


async def test_an_action_that_nobody_knows_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match=r"conversation\.peek"):
        await note(database, Deed("anna", "agent", "conversation.peek"))
    assert await rows(database) == []


async def test_the_chain_holds_whatever_time_zone_a_moment_is_in(database: Database) -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=STOCKHOLM)
    await note(database, read_by("anna"), at)
    assert [row.at.isoformat() for row in await rows(database)] == ["2026-07-01T10:00:00+00:00"]
    assert (await looked(database))[1] is None


async def test_who_waits_for_the_log_keeps_nobody_from_writing_to_it(
    postgres_url: str,
) -> None:
    """One has changed a row of an account; another wants the same row, and the log, too."""
    database = Database(postgres_url)
    await database.migrate()
    agent = AgentRow(id=uuid4(), username="anna", name="Anna", password_hash="-", roles=["agent"])
    agent.created_at = utc_now()
    async with database.write() as session:
        session.add(agent)

    async def rename(name: str) -> None:
        async with database.write() as own:
            (await own.get_one(AgentRow, agent.id)).name = name
            await record(database, own, read_by(name))

    async with database.write() as first:
        (await first.get_one(AgentRow, agent.id)).name = "Anna A"
        await first.flush()
        second = asyncio.create_task(rename("Anna B"))
        await until_somebody_waits(database)
        await record(database, first, read_by("Anna A"))
    await second
    assert [row.username for row in await rows(database)] == ["Anna A", "Anna B"]
    await database.close()


async def until_somebody_waits(database: Database) -> None:
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(30):
        while True:
            async with database.read() as session:
                if await session.scalar(query):
                    return


# --- altering


@pytest.mark.parametrize("statement", ["UPDATE audit SET username = 'omar'", "DELETE FROM audit"])
async def test_the_database_refuses_to_change_what_was_written(
    database: Database, statement: str
) -> None:
    kept = await written(database)
    with pytest.raises(DBAPIError, match="audit is append-only"):
        await change(database, statement)
    assert await looked(database) == (kept, None)


async def test_sqlite_refuses_to_put_another_row_in_the_place_of_one(
    prepared_sqlite_url: str,
) -> None:
    database = Database(prepared_sqlite_url)
    kept = await written(database)
    with pytest.raises(DBAPIError, match="audit is append-only"):
        await change(database, "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 3")
    assert await looked(database) == (kept, None)
    await database.close()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET username = 'omar' WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2026-01-01 00:00:00+00:00' WHERE seq = 1", 1),
        ("UPDATE audit SET detail = NULL WHERE seq = 2", 2),
        ("UPDATE audit SET action = 'account.login' WHERE seq = 5", 5),
        ("UPDATE audit SET hash = previous WHERE seq = 5", 5),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq < 4", 1),
        ("UPDATE audit SET seq = 9 WHERE seq = 5", 5),
    ],
)
async def test_a_row_that_is_changed_or_taken_out_breaks_the_chain(
    database: Database, statement: str, broken: int
) -> None:
    await written(database)
    await drop_guard(database)
    await change(database, statement)
    whole, found = await looked(database)
    assert found == broken
    assert (whole.seq if whole else 0) == broken - 1
    async with database.snapshot() as session:
        assert await broken_at(session) == broken


async def test_the_end_that_is_cut_off_is_missed_by_who_kept_the_head(database: Database) -> None:
    kept = await written(database)
    assert await held(database, kept)
    await drop_guard(database)
    await change(database, "DELETE FROM audit WHERE seq = 5")
    assert (await looked(database))[1] is None
    assert not await held(database, kept)
    await note(database, read_by("omar"))  # another row in its place
    assert not await held(database, kept)


async def test_a_chain_that_is_written_anew_is_known_by_who_kept_the_head(
    database: Database,
) -> None:
    kept = await written(database)
    await drop_guard(database)
    await rewrite(database, username="omar")
    whole, broken = await looked(database)
    assert broken is None
    assert whole != kept
    assert not await held(database, kept)


async def test_a_head_that_was_kept_stands_while_the_log_grows(database: Database) -> None:
    kept = await written(database, 2)
    await written(database, 3)
    assert await held(database, kept)
