"""What people write, tokens and passwords never reach a log, not even when something breaks."""

import json
from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.support.clients import AgentClient, Citizen
from tests.support.gateway import Process, settings_for, write_passwords

PLANTED = "planterad-hemlighet"


async def test_a_planted_word_is_nowhere_in_the_log(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> None:
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_url, tmp_path), tmp_path / "log")
    await process.start()
    try:
        secret = await talk_and_break_things(process, logins)
    finally:
        process.kill()
    log = process.log.read_text()
    assert "thinking_failed" in log
    for line in log.splitlines():
        json.loads(line)
    for hidden in (PLANTED, secret, logins["anna"]):
        assert hidden not in log


async def talk_and_break_things(process: Process, logins: dict[str, str]) -> str:
    async with httpx.AsyncClient(base_url=process.url, timeout=30) as http:
        citizen = await Citizen.start(http)
        await citizen.say(f"altan {PLANTED}")
        await citizen.say(f"trasig {PLANTED}")
        await citizen.until_answered()
        async with AgentClient.logged_in(process.url, "anna", logins["anna"]) as anna:
            await anna.take(citizen.id)
            await anna.post(citizen.id, PLANTED)
        wrong = {"username": "anna", "password": PLANTED}
        await http.post("/api/desk/login", json=wrong)
        await http.post("/api/conversations", content=PLANTED.encode() + b"\xff")
        await http.get(f"/{PLANTED}?q={PLANTED}")
        await http.get(f"/api/conversations/{citizen.id}/events?after={PLANTED}")
        await send_frames(process, citizen)
        return citizen.secret


async def send_frames(process: Process, citizen: Citizen) -> None:
    address = f"ws://127.0.0.1:{process.settings.port}/api/conversations/{citizen.id}/socket"
    async with connect(f"{address}?token={PLANTED}") as socket:
        await socket.send(PLANTED)
        try:
            await socket.recv()
        except ConnectionClosed:
            return
