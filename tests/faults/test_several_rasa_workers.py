"""Two Rasa workers behind one gateway, with a real Redis and a real PostgreSQL under them."""

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import httpx
import psutil
import pytest

from tests.support.clients import Citizen, Json, assert_whole
from tests.support.postgres import create_database, free_port
from tests.support.redis import RedisServer, running_redis
from tests.support.system import START_SECONDS, System, require_built, running, wait_for

DATABASE = "several_rasa_workers"
ALTAN, FEE = "Behöver jag bygglov för en hemlig altan?", "och vad kostar det?"
FEE_PAGE = "/bygglov/handlaggningstid-och-avgift/"
ROBOT = "är du en robot"  # Rasa alone answers this with small talk
MANY = ("hej", ROBOT, "vad kostar förskolan", "tack", "hur får jag en båtplats", "hejdå")


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


@pytest.fixture(scope="module")
def workers(redis: RedisServer, postgres_server: str) -> Iterator[System]:
    """The whole system with two workers."""
    require_built()
    settings = {
        "KOMMUNBOT_DATABASE_URL": asyncio.run(create_database(postgres_server, DATABASE)),
        "KOMMUNBOT_RASA_WORKERS": "2",
        "KOMMUNBOT_RASA_LOCKS": redis.url,
        "KOMMUNBOT_RASA_TIMEOUT_S": "20",  # nobody is to be answered without Rasa for slowness
    }
    with tempfile.TemporaryDirectory(prefix="kommunbot-workers-") as folder:
        system = System(Path(folder), free_port(), _two_free_ports(), settings=settings)
        with running(system) as started:
            yield started


@pytest.fixture(scope="module")
def worker_ports(workers: System) -> tuple[int, int]:
    return workers.rasa_port, workers.rasa_port + 1


def _two_free_ports() -> int:
    """Return a port that is free together with the next one."""
    while True:
        port = free_port()
        try:
            with asyncio.Runner() as runner:
                runner.run(_listen_once(port + 1))
        except OSError:
            continue
        return port


async def _listen_once(port: int) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    server.close()
    await server.wait_closed()


async def ask(port: int, sender: str, text: str) -> Json:
    """Put a message to one worker, past the gateway."""
    body = {"sender": sender, "message": text, "metadata": {"message_id": str(uuid4())}}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
        (reply,) = (await http.post("/webhooks/rest/webhook", json=body)).json()
    decision: Json = reply["custom"]["decision"]
    return decision


async def heard(server: str, sender: str) -> list[str]:
    """Return who spoke in Rasa's own record of a conversation, with the citizen's words."""
    connection = await asyncpg.connect(f"postgresql://{server}/{DATABASE}")
    try:
        rows = await connection.fetch(
            "SELECT type_name, data FROM rasa.events WHERE sender_id = $1"
            " AND type_name IN ('user', 'bot') ORDER BY id",
            sender,
        )
    finally:
        await connection.close()
    return [json.loads(row["data"])["text"] if row[0] == "user" else "bot" for row in rows]


def messages(events: list[Json], actor: str) -> list[Json]:
    return [event for event in events if event["type"] == "message" and event["actor"] == actor]


async def talk(system: System, texts: tuple[str, ...]) -> tuple[Citizen, list[Json]]:
    """Say one thing after the other, each when the one before is answered."""
    async with httpx.AsyncClient(base_url=system.url, timeout=30) as http:
        citizen = await Citizen.start(http)
        events: list[Json] = []
        for text in texts:
            await citizen.say(text)
            events = await citizen.until_answered()
    assert_whole(events)
    return citizen, events


def own_worker(system: System, conversation_id: str) -> str:
    """Return what tells the process apart that the gateway asks first."""
    return f"--port {system.rasa_port + UUID(conversation_id).int % 2} "


async def test_a_dialogue_goes_on_at_another_worker(worker_ports: tuple[int, int]) -> None:
    one, other = worker_ports
    sender = str(uuid4())
    await ask(one, sender, ALTAN)
    assert FEE_PAGE in (await ask(other, sender, FEE))["sources"][0]["url"]
    strange = await ask(other, str(uuid4()), FEE)
    assert FEE_PAGE not in json.dumps(strange["sources"])


async def test_messages_to_both_workers_at_once_are_answered_one_by_one(
    worker_ports: tuple[int, int], postgres_server: str
) -> None:
    sender = str(uuid4())
    decisions = await asyncio.gather(*(ask(port, sender, ROBOT) for port in worker_ports * 4))
    assert {decision["outcome"] for decision in decisions} == {"smalltalk"}
    assert await heard(postgres_server, sender) == [ROBOT, "bot"] * 8


async def test_messages_sent_at_once_reach_rasa_in_their_order(
    workers: System, postgres_server: str
) -> None:
    async with httpx.AsyncClient(base_url=workers.url, timeout=30) as http:
        citizen = await Citizen.start(http)
        await asyncio.gather(*(citizen.say(text) for text in MANY))
        events = await citizen.until_answered()
    assert_whole(events)
    said = [event["text"] for event in messages(events, "citizen")]
    assert sorted(said) == sorted(MANY)
    assert len(messages(events, "bot")) == 1 + len(MANY)
    record = await heard(postgres_server, citizen.id)
    assert record == [part for text in said for part in (text, "bot")]


async def test_without_redis_the_gateway_answers_and_with_it_rasa_does_again(
    workers: System, redis: RedisServer, postgres_server: str
) -> None:
    redis.kill()
    try:
        citizen, events = await talk(workers, ("vad kostar förskolan",))
    finally:
        redis.start()
    assert messages(events, "bot")[-1]["decision"]["outcome"] == "answer"
    assert await heard(postgres_server, citizen.id) == []
    again, events = await talk(workers, (ROBOT,))
    assert messages(events, "bot")[-1]["decision"]["outcome"] == "smalltalk"
    assert await heard(postgres_server, again.id) == [ROBOT, "bot"]


async def test_nobody_waits_in_vain_for_a_worker_killed_at_work_and_it_comes_back(
    workers: System,
) -> None:
    talks = [asyncio.create_task(talk(workers, MANY[:3])) for _ in range(12)]
    await asyncio.wait(talks, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
    name = f"--port {workers.rasa_port + 1} "
    killed = workers.kill(name)
    for _, events in await asyncio.gather(*talks):
        assert len(messages(events, "bot")) == 1 + 3
    wait_for(workers.is_whole, f"both workers are well\n{workers.logs()}", START_SECONDS)
    assert workers.pid(name) not in {None, killed}


async def test_a_killed_workers_conversations_go_on_at_the_other(
    workers: System, postgres_server: str
) -> None:
    async with httpx.AsyncClient(base_url=workers.url, timeout=30) as http:
        citizen = await Citizen.start(http)
        await citizen.say(ALTAN)
        await citizen.until_answered()
        killed = workers.kill(own_worker(workers, citizen.id))
        wait_for(lambda: not psutil.pid_exists(killed), "the worker is gone")
        await citizen.say(FEE)
        events = await citizen.until_answered()
    answer = messages(events, "bot")[-1]["decision"]
    assert FEE_PAGE in answer["sources"][0]["url"]
    assert await heard(postgres_server, citizen.id) == [ALTAN, "bot", FEE, "bot"], workers.logs()


def test_no_log_tells_what_was_written(workers: System) -> None:
    """Run last: Rasa has failed in every way above by now."""
    logs = list((workers.var_dir / "log").glob("*.log"))
    assert {"rasa.log", "rasa2.log"} <= {log.name for log in logs}
    told = "\n".join(log.read_text(encoding="utf-8") for log in logs)
    assert "Redis: ConnectionError" in told
    for text in (ALTAN, FEE, *MANY[1:3], MANY[4]):
        assert text not in told
        assert json.dumps(text) not in told
