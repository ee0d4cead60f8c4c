"""The action server's process."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from actions.server import HOST, open_listener
from bot.answering.model import Decision
from bot.errors import SettingError
from tests.actions.conftest import action_call

ROOT = Path(__file__).parents[2]


def test_the_server_listens_on_loopback_only() -> None:
    with open_listener(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_named_with_the_setting_to_change() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingError, match=f"{port}.*KOMMUNBOT_ACTIONS_PORT"):
            open_listener(port)


def test_a_wrong_setting_ends_the_process_with_what_to_change() -> None:
    with _server("hundra") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "KOMMUNBOT_ACTIONS_PORT='hundra'" in errors
    assert "Traceback" not in errors


def test_the_server_decides_and_keeps_the_citizens_words_out_of_its_log() -> None:
    port = _free_port()
    with (
        _server(str(port)) as process,
        httpx.Client(base_url=f"http://{HOST}:{port}", timeout=60) as client,
    ):
        _wait_until_healthy(client, process)
        answer = client.post("/webhook", json=action_call("action_answer", "qwertyhemligt"))
        unknown = client.post("/webhook", json=action_call("action_unknown", "qwertyhemligt"))
        process.send_signal(signal.SIGTERM)
        output = "".join(process.communicate(timeout=30))
    (response,) = answer.json()["responses"]
    assert Decision.model_validate_json(json.dumps(response["custom"]["decision"]))
    assert unknown.status_code == 404
    assert "qwertyhemligt" not in output + unknown.text
    assert process.returncode == 0


@contextlib.contextmanager
def _server(port: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "actions.server"],
        cwd=ROOT,
        env={**os.environ, "KOMMUNBOT_ACTIONS_PORT": port, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_until_healthy(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/health").status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the action server did not start")


def _free_port() -> int:
    with open_listener(0) as listener:
        return int(listener.getsockname()[1])
