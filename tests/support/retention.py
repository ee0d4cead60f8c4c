"""What is kept and deleted, on a clock that tests set, with Rasa's dialogues beside."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import text

from connectors.audit.log import broken_at
from connectors.desk.model import Agent
from connectors.errands.model import Kind, Resolution
from connectors.errands.service import Wish
from connectors.retention.citizen import OwnDeletion
from connectors.retention.permission import permitted
from connectors.retention.planning import Planned, plan, protocol
from connectors.retention.service import Retention
from connectors.retention.tracker import SharedTracker, Tracker, TrackerFile
from connectors.storage.database import Database
from connectors.storage.outbox_tables import OutboxRow
from connectors.storage.record_tables import (
    DisposalRow,
    RecordRequestRow,
    RequestedConversationRow,
)
from connectors.storage.tables import ConversationRow, ErrandRow
from tests.support.services import DATA, Guest, Now, Services, SetRules, services_on

# As Rasa 3.6 makes it: rasa/core/tracker_store.py, SQLTrackerStore.SQLEvent.
RASAS_TABLE = (
    "CREATE TABLE {name} (id {serial}, sender_id VARCHAR(255) NOT NULL,"
    " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
    " action_name VARCHAR(255), data TEXT)"
)
DECISION = """\
beslut:
  nummer: KS 2026/0412
  datum: 2026-09-14
  namnd: Kommunstyrelsen
  kommun: Skärvinge kommun
"""
DAYS = """\
dagar:
  chatt_med_bot: 30
  chatt_med_kommunvagledare: 90
  chatt_med_arende: 365
  ovning: 7
  leveranser: 14
"""


@dataclass
class Dialogues:
    """Rasa's dialogues, as a running Rasa writes them."""

    database: Database
    path: Path

    @property
    def tracker(self) -> Tracker:
        return TrackerFile(self.path) if self.database.is_sqlite else SharedTracker(self.database)

    async def prepare(self) -> None:
        if self.database.is_sqlite:
            self._run(RASAS_TABLE.format(name="events", serial="INTEGER PRIMARY KEY"))
            return
        async with self.database.write() as session:
            await session.execute(text("CREATE SCHEMA rasa"))
            table = RASAS_TABLE.format(name="rasa.events", serial="SERIAL PRIMARY KEY")
            await session.execute(text(table))

    async def hear(self, sender: str, said: str) -> None:
        """Keep what a citizen wrote, and a slot, as Rasa does."""
        told = {"sender": sender, "data": json.dumps({"event": "user", "text": said})}
        insert = "INSERT INTO {name} (sender_id, type_name, data) VALUES (:sender, 'user', :data)"
        if self.database.is_sqlite:
            self._run(insert.format(name="events"), told)
            return
        async with self.database.write() as session:
            await session.execute(text(insert.format(name="rasa.events")), told)

    def locked(self) -> "closing[sqlite3.Connection]":
        """Hold the file as a Rasa that is writing."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        return closing(connection)

    def _run(self, statement: str, values: dict[str, str] | None = None) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(statement, values or {})


@dataclass
class Archive:
    """Everything around deleting, on one clock."""

    services: Services
    dialogues: Dialogues
    data_dir: Path

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def retention(self) -> Retention:
        return self.with_tracker(self.dialogues.tracker)

    @property
    def own_deletion(self) -> OwnDeletion:
        return OwnDeletion(self.services.conversations, self.dialogues.tracker, self.data_dir)

    def with_tracker(self, tracker: Tracker) -> Retention:
        return Retention(self.database, tracker, self.data_dir, self.services.now)

    def write(self, rules: str) -> None:
        """Let `gallring.yml` say this."""
        (self.data_dir / "gallring.yml").write_text(rules, encoding="utf-8")

    async def chat(self, said: str = "Behöver jag bygglov?", **changes: object) -> Guest:
        """A citizen who has written to the bot, so that Rasa knows of it, too."""
        guest = await self.services.arrive(**changes)
        await guest.say(said)
        await self.dialogues.hear(str(guest.id), said)
        return guest

    async def errand(self, guest: Guest) -> UUID:
        wish = Wish(uuid4(), Kind.ERRAND, "Vem äger vägen?", "kim@example.se")
        await self.services.errands.ask(guest.key, wish)
        return wish.id

    async def finish(self, errand: UUID, by: Agent) -> None:
        await self.services.errands.finish(by, errand, Resolution.SOLVED, "Ringde upp.")

    async def ask_for(self, received: datetime, *named: Guest) -> UUID:
        """Register a request for documents, about these conversations or about none yet."""
        row = RecordRequestRow(id=uuid4(), reference="KS 2026/0500", kind="public")
        row.received_at, row.registered_by = received, "registrator"
        async with self.database.write() as session:
            session.add(row)
            await session.flush()
            for guest in named:
                asked = RequestedConversationRow(request_id=row.id, conversation_id=guest.id)
                asked.added_at, asked.added_by = received, "registrator"
                session.add(asked)
        return row.id

    async def answer_request(self, request: UUID) -> None:
        async with self.database.write() as session:
            row = await session.get_one(RecordRequestRow, request)
            row.closed_at, row.closed_by = self.services.now(), "registrator"

    async def run(self) -> dict[str, tuple[int, int, int]]:
        """Delete what is due; returns conversations, events and errands of each class with any."""
        done = await self.retention.dispose()
        assert done is not None
        return {
            str(one.category): (one.conversations, one.events, one.errands) for one in done if one
        }

    async def plan(self) -> list[Planned]:
        now = self.services.now()
        async with self.database.read() as session:
            return await plan(session, permitted(self.data_dir, now), now)

    async def protocol(self) -> list[DisposalRow]:
        async with self.database.snapshot() as session:
            assert await broken_at(session) is None
            return list(await protocol(session))

    async def is_there(self, guest: Guest) -> bool:
        async with self.database.read() as session:
            stored = await session.get(ConversationRow, guest.id) is not None
        assert stored or str(guest.id) not in await self.dialogues.tracker.senders()
        return stored

    async def has_errand(self, errand: UUID) -> bool:
        async with self.database.read() as session:
            return await session.get(ErrandRow, errand) is not None

    async def told(self) -> int:
        """Return how much other systems have been told, or shall be."""
        async with self.database.read() as session:
            return len((await session.scalars(text("SELECT id FROM outbox"))).all())

    async def tell(self, subject: UUID) -> None:
        """Let other systems hear of a conversation or an errand."""
        body = {"subject": str(subject), "place": 1, "event": {"text": "Hej"}}
        row = OutboxRow(id=uuid4(), at=self.services.now(), type="conversation.message", body=body)
        async with self.database.write() as session:
            session.add(row)

    def go_to_last_second(self, days: int, since: datetime) -> None:
        """Let it be one second before `days` have passed since a moment."""
        self.services.now.at = since + timedelta(days=days, seconds=-1)


async def open_archive(services: Services, folder: Path) -> Archive:
    data_dir = folder / "data"
    data_dir.mkdir()
    (data_dir / "kommun.yml").write_bytes((DATA / "kommun.yml").read_bytes())
    archive = Archive(services, Dialogues(services.database, folder / "rasa.db"), data_dir)
    archive.write(DECISION + DAYS)
    await archive.dialogues.prepare()
    return archive


async def archive_on(database: Database, folder: Path) -> Archive:
    """Open one with a clock of its own."""
    return await open_archive(services_on(database, Now(), SetRules()), folder)
