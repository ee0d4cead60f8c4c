"""Turns of workers that share a Redis."""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rasa.conftest import RunRasa
from tests.support.redis import RedisServer, running_redis

_STORE = """
import asyncio, json, sys
from bot.rasa_components.shared_lock_store import SharedLockStore
from rasa.utils.endpoints import EndpointConfig
store = SharedLockStore(EndpointConfig(sys.argv[1]))
"""

# The two begin together: otherwise one is done before the other has loaded Rasa.
_TAKE = f"""{_STORE}
store.red.incr("here")
while int(store.red.get("here")) < 2:
    pass
print(json.dumps([store.issue_ticket("samtal", 60) for _ in range(200)]))
"""

_DIE_WITH_A_TURN = f"""{_STORE}
import os, signal
store.issue_ticket("samtal", 1)
os.kill(os.getpid(), signal.SIGKILL)
"""

_TAKE_A_TURN = f"""{_STORE}
async def turn():
    async with store.lock("samtal"):
        print("served")
asyncio.run(turn())
print(store.red.keys("*"))
"""


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


def test_two_workers_are_never_given_the_same_ticket(
    rasa_python: RunRasa, redis: RedisServer
) -> None:
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(rasa_python, "-c", _TAKE, redis.url) for _ in range(2)]
        tickets = [ticket for run in runs for ticket in json.loads(_output(run.result()))]
    assert sorted(tickets) == list(range(400))


def test_the_turn_of_a_killed_worker_passes_and_leaves_nothing(
    rasa_python: RunRasa, redis: RedisServer
) -> None:
    assert rasa_python("-c", _DIE_WITH_A_TURN, redis.url).returncode < 0
    served = _output(rasa_python("-c", _TAKE_A_TURN, redis.url))
    assert served.split("\n") == ["served", "[]"]


def test_without_redis_a_turn_is_refused_soon_and_the_log_says_why(
    rasa_python: RunRasa, redis: RedisServer
) -> None:
    redis.kill()
    refused = rasa_python("-c", _TAKE_A_TURN, redis.url)
    assert "LockError" in refused.stderr
    assert "Redis: ConnectionError" in refused.stderr


def _output(ended: "subprocess.CompletedProcess[str]") -> str:
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()
