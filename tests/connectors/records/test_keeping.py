"""Holds, the protocol of disposal, the audit log, and the grounds for secrecy."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.errors import ContentError
from connectors.now import utc_now
from connectors.records.grounds import load_grounds
from connectors.storage.database import Database
from connectors.storage.record_tables import AuditRow, DisposalRow
from tests.support.clients import Citizen
from tests.support.gateway import ROOT, Gateway
from tests.support.records import RegistrarClient


async def test_a_hold_is_placed_and_lifted(rut: RegistrarClient, citizen: Citizen) -> None:
    body = {"id": str(uuid4()), "conversation_id": citizen.id, "reason": "threat"}
    for _ in range(2):
        await rut.post("/holds", **body)
    (hold,) = (await rut.get("/holds"))["holds"]
    assert (hold["reason"], hold["placed_by"], hold["lifted_at"]) == ("threat", "rut", None)
    other = await rut.http.post("/holds", json={**body, "reason": "appeal"})
    assert (other.status_code, other.json()["error"]) == (409, "id_reused")
    for _ in range(2):
        assert (await rut.post(f"/holds/{hold['id']}/lift"))["lifted_by"] == "rut"
    assert (await rut.get("/holds"))["holds"] == []
    actions = [one["action"] for one in await rut.deeds(conversation=citizen.id)]
    assert actions == ["records.lift", "records.hold"]


async def test_nothing_is_held_or_lifted_that_is_not_there(rut: RegistrarClient) -> None:
    body = {"id": str(uuid4()), "conversation_id": str(uuid4()), "reason": "other"}
    unknown = await rut.http.post("/holds", json=body)
    assert (unknown.status_code, unknown.json()["error"]) == (404, "conversation_not_found")
    missing = await rut.http.post(f"/holds/{uuid4()}/lift")
    assert (missing.status_code, missing.json()["error"]) == (404, "hold_not_found")


async def test_the_protocol_is_shown_newest_first(rut: RegistrarClient, gateway: Gateway) -> None:
    database, now = Database(gateway.settings.database_url), utc_now()
    decision = {"dnr": "KS 2026/1", "datum": "2026-01-02", "namnd": "Kommunstyrelsen"}
    async with database.write() as session:
        for days in (2, 1):
            session.add(
                DisposalRow(
                    id=uuid4(),
                    at=now - timedelta(days=days),
                    category="bot",
                    cause="due",
                    conversations=days,
                    events=9,
                    errands=0,
                    decision=decision,
                )
            )
    await database.close()
    shown = (await rut.get("/disposals"))["disposals"]
    assert [one["conversations"] for one in shown] == [1, 2]
    assert shown[0]["decision"] == decision


async def test_the_log_is_filtered_and_paged(rut: RegistrarClient, citizen: Citizen) -> None:
    first = await rut.register(reference="KS 1")
    await rut.add(first, citizen.id)
    await rut.review(first, citizen.id)
    read, shown, added, registered = [one["seq"] for one in await rut.deeds(limit=4)]
    assert read > shown > added > registered
    assert [one["seq"] for one in await rut.deeds(before=read, limit=1)] == [shown]
    assert [one["seq"] for one in await rut.deeds(action="records.re")] == [read, shown, registered]
    assert [one["seq"] for one in await rut.deeds(conversation=citizen.id)] == [read, added]
    assert [one["seq"] for one in await rut.deeds(username="rut", limit=1)] == [read]
    assert await rut.deeds(username="anna") == []
    assert await rut.deeds(action="records%") == []


async def test_a_log_that_was_altered_is_told(
    rut: RegistrarClient, gateway: Gateway, citizen: Citizen
) -> None:
    for number in range(3):
        await rut.register(reference=f"KS {number}")
    assert (await rut.post("/log/verify"))["broken_at"] is None
    (last,) = await rut.deeds(limit=1)
    database, forged = Database(gateway.settings.database_url), last["seq"] + 1
    async with database.write() as session:  # written past the log: its hash cannot be right
        row = AuditRow(
            seq=forged, at=utc_now(), username="x", role="registrar", action="records.read"
        )
        row.previous = row.hash = "0" * 64
        session.add(row)
    await database.close()
    assert (await rut.post("/log/verify"))["broken_at"] == forged


async def test_the_grounds_are_those_of_the_file(rut: RegistrarClient) -> None:
    grounds = (await rut.get("/grounds"))["grounds"]
    assert {"id": "OSL 26:1", "title": "Socialtjänst"} in grounds
    assert len(grounds) == len({one["id"] for one in grounds}) >= 10


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("grunder:\n  - lagrum: OSL 26:1\n", "namn"),
        ("grunder:\n  - lagrum: OSL 26:1\n    namn: A\n    slag: B\n", "slag"),
        ("annat: 1\n", "annat"),
    ],
)
def test_a_file_of_grounds_that_is_wrong_says_where(
    tmp_path: Path, written: str, told: str
) -> None:
    (tmp_path / "sekretess.yml").write_text(written, encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        load_grounds(tmp_path)
    assert load_grounds(ROOT / "data")
