"""The protocol says what is gone, and only when all of it is: whatever dies or is in the way."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import func, select

from connectors.conversation import holding, repository
from connectors.conversation.holding import HoldReason
from connectors.desk.model import Agent
from connectors.retention import disposing
from connectors.retention.due import REQUESTS
from connectors.retention.model import Category, Disposed
from connectors.retention.permission import NothingMayBeDeleted
from connectors.retention.tracker import Tracker, TrackerFile, TrackerUnavailable
from connectors.storage.database import Database
from connectors.storage.record_tables import AuditRow, RecordRequestRow
from connectors.storage.tables import Base
from tests.support.clients import DEADLINE_SECONDS, eventually
from tests.support.retention import DAYS, DECISION, Archive, archive_on

KEPT_TABLES = {"agent", "audit", "disposal"}  # and nothing else, when everything has gone


class Killed(Exception):
    """The process ends here."""


class Deadly:
    """Rasa's dialogues, for a process that dies once it has deleted something there."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    async def forget(self, senders: Collection[str]) -> None:
        await self._tracker.forget(senders)
        raise Killed

    async def senders(self) -> frozenset[str]:
        return await self._tracker.senders()

    async def tidy(self) -> None:
        await self._tracker.tidy()


async def test_a_line_of_the_protocol_says_when_what_why_how_much_and_by_which_decision(
    archive: Archive, anna: Agent
) -> None:
    for _ in range(2):
        await archive.chat()
    errand = await archive.errand(await archive.chat())
    await archive.finish(errand, anna)
    archive.services.now.go(days=30)
    begun = archive.services.now()
    await archive.run()
    archive.services.now.go(days=365)
    await archive.run()
    first, second = await archive.protocol()
    assert (first.category, first.cause, first.conversations, first.events, first.errands) == (
        *("chatt_med_bot", "due"),
        *(2, 4, 0),
    )
    assert begun <= first.at <= archive.services.now()
    assert first.decision == {
        "number": "KS 2026/0412",
        "date": "2026-09-14",
        "board": "Kommunstyrelsen",
    }
    assert (second.category, second.conversations, second.errands) == ("chatt_med_arende", 1, 1)


async def test_a_run_stands_in_the_audit_log(archive: Archive) -> None:
    await archive.chat()
    archive.services.now.go(days=30)
    await archive.run()
    await archive.run()
    async with archive.database.read() as session:
        (row,) = (await session.scalars(select(AuditRow))).all()
    assert (row.username, row.action, row.subject) == ("system", "retention.run", "KS 2026/0412")
    assert row.detail == {
        "category": "chatt_med_bot",
        "conversations": 1,
        "events": 2,
        "errands": 0,
    }


async def test_no_table_holds_anything_of_what_is_gone(archive: Archive, anna: Agent) -> None:
    guest = await archive.chat()
    errand = await archive.errand(guest)
    await archive.tell(errand)
    await archive.finish(errand, anna)
    now = archive.services.now()
    async with archive.database.write() as session:
        hold = await holding.place(session, guest.id, HoldReason.OTHER, "registrator", now)
        await holding.lift(session, hold.id, "registrator", now)
    await archive.answer_request(await archive.ask_for(now, guest))
    archive.services.now.go(days=365)
    await archive.run()
    async with archive.database.read() as session:
        rows = {
            mapper.local_table.name: await session.scalar(  # type: ignore[attr-defined]
                select(func.count()).select_from(mapper.local_table)
            )
            for mapper in Base.registry.mappers
        }
    assert {name for name, count in rows.items() if count} <= {
        *KEPT_TABLES,
        *("presence", "record_request"),
    }


async def test_whoever_dies_between_rasa_and_the_rows_leaves_the_duty(archive: Archive) -> None:
    guest = await archive.chat()
    archive.services.now.go(days=30)
    with pytest.raises(Killed):
        await archive.with_tracker(Deadly(archive.dialogues.tracker)).dispose()
    assert await archive.dialogues.tracker.senders() == frozenset()
    assert await archive.is_there(guest)
    assert await archive.protocol() == []
    assert await archive.run() == {Category.BOT: (1, 2, 0)}
    assert len(await archive.protocol()) == 1


async def test_a_hold_placed_between_rasa_and_the_rows_keeps_the_conversation(
    archive: Archive,
) -> None:
    class Slow(Deadly):
        async def forget(self, senders: Collection[str]) -> None:
            await self._tracker.forget(senders)
            async with archive.database.write() as session:
                now = archive.services.now()
                await holding.place(session, held.id, HoldReason.OTHER, "registrator", now)

    held, free = await archive.chat(), await archive.chat()
    archive.services.now.go(days=30)
    done = await archive.with_tracker(Slow(archive.dialogues.tracker)).dispose()
    assert done is not None and done[0].conversations == 1
    assert [await archive.is_there(guest) for guest in (held, free)] == [True, False]


async def test_what_rasa_keeps_of_conversations_that_are_gone_goes_too(archive: Archive) -> None:
    guest = await archive.chat()
    await archive.dialogues.hear("00000000-0000-4000-8000-000000000000", "Ett svar kom sent.")
    await archive.run()
    assert await archive.dialogues.tracker.senders() == {str(guest.id)}


def stop_after_first(archive: Archive, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the decision be taken away once a batch has gone."""
    dispose = getattr(disposing, name)

    async def last(*of: object) -> Disposed:
        done: Disposed = await dispose(*of)
        archive.write(DAYS)
        return done

    monkeypatch.setattr("connectors.retention.service.AT_ONCE", 2)
    monkeypatch.setattr(disposing, name, last)


async def test_a_run_stops_when_the_decision_is_taken_away(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    guests = [await archive.chat() for _ in range(5)]
    archive.services.now.go(days=30)
    stop_after_first(archive, monkeypatch, "dispose")
    with pytest.raises(NothingMayBeDeleted, match="names no decision"):
        await archive.run()
    left = [str(guest.id) for guest in guests if await archive.is_there(guest)]
    assert len(left) == 3
    assert await archive.dialogues.tracker.senders() == set(left)
    assert [line.conversations for line in await archive.protocol()] == [2]


async def test_a_run_stops_among_what_belongs_to_no_conversation(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        await archive.tell(uuid4())
    archive.services.now.go(days=14)
    stop_after_first(archive, monkeypatch, "dispose_deliveries")
    with pytest.raises(NothingMayBeDeleted):
        await archive.run()
    assert await archive.told() == 3
    assert [line.events for line in await archive.protocol()] == [2]


async def test_a_decision_that_is_taken_away_between_rasa_and_the_rows_keeps_the_rows(
    archive: Archive,
) -> None:
    class Stopped(Deadly):
        async def forget(self, senders: Collection[str]) -> None:
            archive.write(DAYS)

    guest = await archive.chat()
    archive.services.now.go(days=30)
    with pytest.raises(NothingMayBeDeleted):
        await archive.with_tracker(Stopped(archive.dialogues.tracker)).dispose()
    assert await archive.is_there(guest)


async def test_an_error_is_logged_by_its_kind_and_the_loop_goes_on(archive: Archive) -> None:
    class Broken(Deadly):
        tries = 0

        async def forget(self, senders: Collection[str]) -> None:
            self.tries += 1
            raise TrackerUnavailable("hemligt ord")

    await archive.chat()
    archive.services.now.go(days=30)
    broken = Broken(archive.dialogues.tracker)
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(archive.with_tracker(broken).run())
        await eventually(lambda: bool(logs))
        assert not running.done()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert logs == [
        {"event": "retention_failed", "error": "TrackerUnavailable", "log_level": "error"}
    ]
    assert await archive.protocol() == []


async def test_without_a_decision_the_reason_is_logged(archive: Archive) -> None:
    archive.write(DECISION.replace("Skärvinge", "Annorstädes"))
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(archive.retention.run())
        await eventually(lambda: bool(logs))
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert [(line["event"], line["reason"]) for line in logs] == [
        ("nothing_is_deleted", "other_municipality")
    ]


# --- several gateways, on PostgreSQL


async def test_one_gateway_at_a_time_deletes(prepared_postgres_url: str, tmp_path: Path) -> None:
    mine, theirs = Database(prepared_postgres_url), Database(prepared_postgres_url)
    try:
        archive = await archive_on(mine, tmp_path)
        await archive.chat()
        archive.services.now.go(days=30)
        async with theirs.held("retention", wait=False) as first:
            assert first
            assert await archive.retention.dispose() is None
        assert (await archive.run()).keys() == {Category.BOT}
    finally:
        await mine.close()
        await theirs.close()


async def test_a_hold_that_is_being_stored_is_waited_for(
    prepared_postgres_url: str, tmp_path: Path
) -> None:
    database = Database(prepared_postgres_url)
    try:
        archive = await archive_on(database, tmp_path)
        guest = await archive.chat()
        archive.services.now.go(days=30)
        async with database.write() as session:
            await repository.lock(session, guest.id)
            deleting = asyncio.create_task(archive.retention.dispose())
            async with asyncio.timeout(DEADLINE_SECONDS):
                while str(guest.id) in await archive.dialogues.tracker.senders():  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            now = archive.services.now()
            await holding.place(session, guest.id, HoldReason.THREAT, "system", now)
        await deleting
        assert await archive.is_there(guest)
    finally:
        await database.close()


# --- files, on SQLite


async def test_rasa_that_is_writing_delays_and_loses_nothing(on_file: Archive) -> None:
    guest = await on_file.chat()
    on_file.services.now.go(days=30)
    impatient = TrackerFile(on_file.dialogues.path, patience_s=0.05)
    with on_file.dialogues.locked(), pytest.raises(TrackerUnavailable, match=r"rasa\.db"):
        await on_file.with_tracker(impatient).dispose()
    assert await on_file.is_there(guest)
    assert await on_file.protocol() == []
    assert (await on_file.run()).keys() == {Category.BOT}


async def test_the_bytes_of_what_is_gone_are_in_no_file(on_file: Archive) -> None:
    planted = [f"planterad-{number:04}-i-samtalet" for number in range(60)]
    for number, word in enumerate(planted):
        await on_file.chat(f"{word} " * (1 + number % 40))
    on_file.services.now.go(days=29)
    kept = await on_file.chat("detta blir kvar")
    on_file.services.now.go(days=1)
    await on_file.run()
    files = [*on_file.dialogues.path.parent.glob("*.db*")]
    assert len(files) >= 2
    stored = b"".join(file.read_bytes() for file in files)
    assert [word for word in planted if word.encode() in stored] == []
    assert stored.count(b"detta blir kvar") == 2
    assert await on_file.is_there(kept)


async def test_the_bytes_of_what_went_before_a_stop_are_in_no_file(
    on_file: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    guests = {
        word: await on_file.chat(f"{word} " * 40) for word in ("granit", "basalt", "kalksten")
    }
    on_file.services.now.go(days=30)
    stop_after_first(on_file, monkeypatch, "dispose")
    with pytest.raises(NothingMayBeDeleted):
        await on_file.run()
    stored = b"".join(file.read_bytes() for file in on_file.dialogues.path.parent.glob("*.db*"))
    for word, guest in guests.items():
        assert (word.encode() in stored) is await on_file.is_there(guest)


async def test_where_rasa_has_never_run_there_is_nothing_to_forget(tmp_path: Path) -> None:
    tracker = TrackerFile(tmp_path / "rasa.db")
    await tracker.forget(["a"])
    await tracker.tidy()
    assert await tracker.senders() == frozenset()
    assert not (tmp_path / "rasa.db").exists()


async def test_a_damaged_file_of_rasas_is_told(tmp_path: Path) -> None:
    (tmp_path / "rasa.db").write_bytes(b"ingen databas alls" * 100)
    with pytest.raises(TrackerUnavailable, match="DatabaseError"):
        await TrackerFile(tmp_path / "rasa.db").senders()


async def test_a_request_that_is_being_registered_is_waited_for(archive: Archive) -> None:
    guest = await archive.chat()
    archive.services.now.go(days=31)
    async with archive.database.write() as session:
        await archive.database.lock(session, REQUESTS)
        running = asyncio.create_task(archive.run())
        await asyncio.wait({running}, timeout=1)
        assert not running.done()
        row = RecordRequestRow(id=uuid4(), reference="KS 2026/0501", kind="public")
        row.received_at, row.registered_by = archive.services.now(), "rut"
        session.add(row)
    await running
    assert await archive.services.row(guest.id)


async def test_what_belongs_to_no_conversation_waits_for_a_request_too(
    archive: Archive, anna: Agent
) -> None:
    guest = await archive.chat()
    errand = await archive.errand(guest)
    await archive.finish(errand, anna)
    await archive.tell(uuid4())
    async with archive.database.write() as session:
        await session.delete(await archive.services.row(guest.id))
    archive.services.now.go(days=366)
    async with archive.database.write() as session:
        await archive.database.lock(session, REQUESTS)
        running = asyncio.create_task(archive.run())
        await asyncio.wait({running}, timeout=1)
        assert not running.done()
        row = RecordRequestRow(id=uuid4(), reference="KS 2026/0502", kind="public")
        row.received_at, row.registered_by = archive.services.now(), "rut"
        session.add(row)
    assert await running == {}
    assert await archive.has_errand(errand)
    assert await archive.told() == 1
