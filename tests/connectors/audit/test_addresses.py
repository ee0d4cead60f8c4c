"""No network address of anybody is stored or logged: login limits keep theirs in memory only."""

import json
from pathlib import Path

import httpx
from sqlalchemy import text

from connectors.storage.database import Database
from connectors.storage.tables import Base
from tests.support.clients import AgentClient, Citizen
from tests.support.gateway import Process, settings_for, write_passwords

NEAR = "127.0.0.77"  # this machine's, and no other test's
FAR = "203.0.113.77"  # as a proxy tells of it
FAILURES = 5


async def test_an_address_is_in_no_table_no_file_and_no_log(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> None:
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_url, tmp_path), tmp_path / "log")
    await process.start()
    try:
        await come_from_far_and_near(process.url, logins["anna"])
    finally:
        process.stop()
    stored = "\n".join(await everything(prepared_url))
    assert "account.login_failed" in stored
    assert "Ring mig" in stored
    assert "127.0.0.1" not in stored
    for address in (NEAR, FAR):
        assert address not in stored
        assert files_with(address, tmp_path) == []


def files_with(address: str, folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if address.encode() in path.read_bytes()]


async def come_from_far_and_near(url: str, password: str) -> None:
    transport = httpx.AsyncHTTPTransport(local_address=NEAR)
    headers = {"X-Forwarded-For": FAR}
    async with (
        httpx.AsyncClient(base_url=url, transport=transport, timeout=30) as near,
        httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as far,
    ):
        for http in (near, far):
            await talk(http)
            login = {"username": "anna", "password": password}
            assert (await http.post("/api/desk/login", json=login)).status_code == 200
            await AgentClient(http).lists()
        for _ in range(FAILURES):
            assert await failed(near) == 401
        assert await failed(near) == 429  # it is known who comes from where
        for _ in range(FAILURES):
            assert await failed(far) == 401
        assert await failed(far) == 429
        for http in (near, far):
            await http.post("/api/conversations", content=b"\xff")
            await http.get("/nowhere")


async def failed(http: httpx.AsyncClient) -> int:
    wrong = {"username": "omar", "password": "fel"}
    return (await http.post("/api/desk/login", json=wrong)).status_code


async def talk(http: httpx.AsyncClient) -> None:
    citizen = await Citizen.start(http)
    await citizen.say("Ring mig")
    await citizen.until_answered()
    await citizen.move("hand_off")


async def everything(url: str) -> list[str]:
    """Return every row of every table as JSON."""
    database = Database(url)
    found = []
    async with database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(text(f'SELECT * FROM "{table.name}"')):
                found.append(json.dumps(list(row), default=str, ensure_ascii=False))
    await database.close()
    return found
