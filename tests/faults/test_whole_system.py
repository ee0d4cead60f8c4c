"""The whole system under `kill -9`, and its command line given what people get wrong."""

import asyncio
import json
import random
import shutil
import socket
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.support.clients import Citizen, Json, assert_whole
from tests.support.gateway import ROOT
from tests.support.postgres import free_port
from tests.support.system import PROGRAMS, System

QUESTIONS = (
    "Behöver jag bygglov för en altan?",
    "vad kostar förskolan",
    "hur får jag en båtplats",
    "vad kostar forskolan",
)
HUMAN = "jag vill prata med en människa"
CITIZENS, WAITING = 20, 5  # so many of them ask for a person first, and then write on
RECOVERY_SECONDS = 90.0
FAQ_FILE = "faq/bygglov.yml"


@pytest.fixture(autouse=True)
def whole(system: System) -> None:
    system.wait_until_whole()


class Persistent:
    """A citizen whose browser tries again until the server has what it sends."""

    def __init__(self, http: httpx.AsyncClient, texts: tuple[str, ...]) -> None:
        self.citizen, self.texts = Citizen(http), texts
        self._ids = [str(uuid4()) for _ in texts]

    async def talk(self) -> None:
        begun = await _until_accepted(self.citizen.create)
        self.citizen.id = begun["conversation_id"]
        for number in range(len(self.texts)):
            await asyncio.sleep(random.uniform(0, 2.5))  # people think between messages
            await self._say(number)

    async def say_all_again(self) -> None:
        """Send everything once more, as a browser that never got a receipt."""
        for number in range(len(self.texts)):
            await self._say(number)

    async def settled(self) -> list[Json]:
        """Return all events once the bot owes nothing more."""
        async with asyncio.timeout(RECOVERY_SECONDS):
            while True:
                news = await self.citizen.news()
                if not news["status"]["pending"]:
                    events: list[Json] = news["events"]
                    return events
                await asyncio.sleep(0.1)

    async def _say(self, number: int) -> None:
        text, message_id = self.texts[number], self._ids[number]
        await _until_accepted(lambda: self.citizen.post(text, message_id=message_id))


async def _until_accepted(send: Callable[[], Awaitable[httpx.Response]]) -> Json:
    async with asyncio.timeout(RECOVERY_SECONDS):
        while True:
            try:
                found: Json = (await send()).raise_for_status().json()
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
            else:
                return found


async def _kill(system: System, name: str) -> None:
    await asyncio.sleep(random.uniform(0.5, 5))  # the moment of death
    killed = await asyncio.to_thread(system.kill, name)
    await asyncio.to_thread(system.wait_until_back, name, killed)


def _said(events: list[Json], actor: str) -> list[str]:
    messages = (event for event in events if event["type"] == "message")
    return [event["text"] for event in messages if event["actor"] == actor]


def _bot_held_messages(events: list[Json]) -> int:
    """Return how many messages the citizen wrote before the conversation went to the queue."""
    moved = [event["seq"] for event in events if event["type"] == "state"]
    last = moved[0] if moved else len(events)
    return len(_said(events[:last], "citizen"))


def _is_handed_over(events: list[Json]) -> bool:
    return any(event["type"] == "state" for event in events)


async def test_twenty_citizens_lose_nothing_while_every_process_is_killed(system: System) -> None:
    async with httpx.AsyncClient(base_url=system.url, timeout=15) as http:
        bot_only = [Persistent(http, QUESTIONS) for _ in range(CITIZENS - WAITING)]
        waiting = [Persistent(http, (HUMAN, *QUESTIONS)) for _ in range(WAITING)]
        citizens = [*bot_only, *waiting]
        await asyncio.gather(
            *(citizen.talk() for citizen in citizens), *(_kill(system, name) for name in PROGRAMS)
        )
        for citizen in citizens:
            await citizen.say_all_again()
            events = await citizen.settled()
            assert_whole(events)
            assert _said(events, "citizen") == list(citizen.texts)
            replies = _said(events, "bot")[1:]
            held, handed_over = _bot_held_messages(events), _is_handed_over(events)
            # What came while the bot was handing over is for the person who takes it.
            assert len(replies) == held or (handed_over and 1 <= len(replies) < held)
        for citizen in bot_only:
            assert len(_said(await citizen.settled(), "bot")) == 1 + len(QUESTIONS)
    await asyncio.to_thread(system.empty_desk)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_killed_process_is_started_again_by_itself(system: System, name: str) -> None:
    killed = system.kill(name)
    system.wait_until_back(name, killed)
    assert system.pid(name) != killed


def test_memory_of_the_whole_running_system_is_below_its_limit(system: System) -> None:
    assert system.memory_mb() < 2_500


# --- the command line -----------------------------------------------------------------------------


def test_ask_puts_a_question_to_the_running_system(system: System) -> None:
    done = system.run("ask", "vad kostar förskolan", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "answer"
    assert answer["topic"]
    assert answer["confidence"] > 0.5
    assert answer["sources"][0]["url"].endswith("/demo/barn-utbildning/forskola/avgift/")
    assert {"text", "versions", "timings"} <= answer.keys()
    plain = system.run("ask", "vad kostar förskolan")
    assert "maxtaxan" in plain.stdout
    assert answer["sources"][0]["url"] in plain.stdout


def test_ask_offline_searches_without_servers(system: System) -> None:
    nobody = {"KOMMUNBOT_PORT": str(free_port())}
    done = system.run("ask", "vad kostar förskolan", "--offline", "--json", settings=nobody)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "answer"
    assert answer["sources"]
    assert answer["versions"]["index"]


def test_ask_says_what_to_start_when_nobody_listens(system: System) -> None:
    done = system.run("ask", "hej", settings={"KOMMUNBOT_PORT": str(free_port())})
    assert_told(done, "does not answer", "make run")


CASES: list[Json] = [
    {"id": "altan", "text": "Behöver jag bygglov för en altan?", "expected": "ignored"},
    {
        "id": "följdfråga",
        "text": "och vad kostar det?",
        "context": [
            {"role": "user", "text": "Behöver jag bygglov för en altan?"},
            {"role": "bot", "text": "Svaret görs på nytt."},
        ],
    },
    {"id": 3, "text": "jag vill nå Anna på socialtjänsten"},
    {"id": "människa", "text": HUMAN},
    {"id": "nöd", "text": "hjälp det brinner"},
    {"id": "hej", "text": "hej"},
]
OUTCOMES = ["answer", "answer", "person_lookup", "handoff", "emergency", "smalltalk"]


def test_eval_answers_a_file_of_questions_in_order(system: System, tmp_path: Path) -> None:
    cases, out = _write_lines(tmp_path, [json.dumps(case) for case in CASES]), tmp_path / "out"
    done = system.run("eval", str(cases), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "p95" in done.stdout
    results = [json.loads(line) for line in out.read_text().splitlines()]
    assert [result["id"] for result in results] == [str(case["id"]) for case in CASES]
    assert [result["outcome"] for result in results] == OUTCOMES
    assert results[1]["sources"][0]["url"].endswith("/bygglov/handlaggningstid-och-avgift/")
    for result in results:
        assert {"id", "outcome", "text", "sources", "confidence", "ms"} <= result.keys()
        assert 0 < result["ms"] < 30_000
    system.empty_desk()


@pytest.mark.parametrize(
    ("line", "told"),
    [('{"id": "x"}', "text"), ("inte json", "JSON"), ('{"id": "x", "text": ["y"]}', "text")],
)
def test_eval_names_the_line_that_cannot_be_read(
    system: System, tmp_path: Path, line: str, told: str
) -> None:
    cases = _write_lines(tmp_path, [json.dumps(CASES[0]), "", line])
    done = system.run("eval", str(cases), "--out", str(tmp_path / "out"))
    assert_told(done, f"{cases}:3:", told)
    assert not (tmp_path / "out").exists()


def test_bench_chat_measures_the_running_system(system: System) -> None:
    done = system.run("bench", "chat", "--questions", "5", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["messages"] == 5
    assert 0 < report["p50_ms"] <= report["p95_ms"]


def test_a_broken_faq_file_is_named_and_the_index_in_use_stays(
    system: System, tmp_path: Path
) -> None:
    data, models = tmp_path / "data", tmp_path / "models"
    shutil.copytree(ROOT / "data", data)
    shutil.copytree(ROOT / "models/index", models / "index")
    settings = {"KOMMUNBOT_DATA_DIR": str(data), "KOMMUNBOT_MODELS_DIR": str(models)}
    before = _files(models)
    broken = data / FAQ_FILE
    lines = broken.read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([*lines, "- id: [trasig"]), encoding="utf-8")
    done = system.run("index", settings=settings)
    assert_told(done, f"{broken}:{len(lines) + 1}")
    assert _files(models) == before
    assert system.health()["index"] == "ok"


@pytest.mark.parametrize("name", ["PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_a_port_in_use_is_named_before_anything_starts(
    system: System, tmp_path: Path, name: str
) -> None:
    ports = {f"KOMMUNBOT_{key}": str(free_port()) for key in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        settings = {
            **ports,
            f"KOMMUNBOT_{name}": port,
            "KOMMUNBOT_VAR_DIR": str(tmp_path / "var"),
        }
        done = system.run("serve", settings=settings)
    assert_told(done, f"Port {port} is in use", f"KOMMUNBOT_{name}")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"KOMMUNBOT_PORT": "banan"}, ["KOMMUNBOT_PORT", "banan", ".env"]),
        ({"KOMMUNBOT_RASA_TIMEOUT_S": "-1"}, ["KOMMUNBOT_RASA_TIMEOUT_S", "-1"]),
        ({"KOMMUNBOT_MODELS_DIR": "/finns/inte"}, ["/finns/inte", "make train"]),
        ({"KOMMUNBOT_WEB_DIR": "/finns/inte"}, ["/finns/inte", "make web"]),
        ({"KOMMUNBOT_RASA_VENV": "/finns/inte"}, ["/finns/inte", "make setup"]),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(
    system: System, tmp_path: Path, settings: dict[str, str], told: list[str]
) -> None:
    own = {f"KOMMUNBOT_{key}": str(free_port()) for key in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    var = {"KOMMUNBOT_VAR_DIR": str(tmp_path)}
    assert_told(system.run("serve", settings={**own, **var, **settings}), *told)


@pytest.mark.parametrize("encoder", ["/finns/inte", "okänd-modell"])
def test_a_missing_language_model_is_named(system: System, encoder: str) -> None:
    settings = {"KOMMUNBOT_ENCODER": encoder, "HF_HUB_OFFLINE": "1"}
    done = system.run("ask", "hej", "--offline", settings=settings)
    assert_told(done, encoder)


def assert_told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command failed, said why in its own words, and showed nobody a traceback."""
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def _write_lines(folder: Path, lines: list[str]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
