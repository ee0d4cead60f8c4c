"""The head of the log stands in the gateway's own log, and says when it cannot be read."""

import json
from pathlib import Path

import structlog

from connectors.audit.anchor import Anchor
from connectors.audit.log import Deed, Head, holds, note
from connectors.audit.model import Action
from connectors.storage.database import Database
from tests.support.audit import change
from tests.support.clients import AgentClient
from tests.support.gateway import Process, settings_for, write_passwords


async def test_the_head_is_told_when_it_has_changed(prepared_url: str) -> None:
    database = Database(prepared_url)
    anchor = Anchor(database)
    with structlog.testing.capture_logs() as lines:
        await anchor.tell()
        for count in (1, 0, 2):
            for _ in range(count):
                await note(database, Deed("anna", "agent", Action.GAP_LIST))
            await anchor.tell()
        await change(database, "ALTER TABLE audit RENAME TO audit_away")
        await anchor.tell()
    assert [(line["event"], line.get("seq")) for line in lines] == [
        ("audit_head", 1),
        ("audit_head", 3),
        ("audit_head_unread", None),
    ]
    await database.close()


async def test_a_gateway_that_stops_leaves_the_head_in_its_log(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> None:
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_url, tmp_path), tmp_path / "log")
    await process.start()
    async with AgentClient.logged_in(process.url, "anna", logins["anna"]):
        pass
    process.stop()
    lines = [json.loads(line) for line in process.log.read_text().splitlines()]
    [told] = [line for line in lines if line["event"] == "audit_head"]
    database = Database(prepared_url)
    async with database.read() as session:
        assert await holds(session, Head(told["seq"], told["hash"]))
    await database.close()
