"""Rasa's own commands, run in Rasa's environment on the trained model."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest

from actions.server import HOST, open_listener
from bot.answering.policy import AnswerPolicy

ROOT = Path(__file__).parents[2]
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
MODEL = ROOT / "models" / "rasa" / "rasa.tar.gz"

_QUIET = ("--logging-config-file", "bot/rasa_components/logging.yml")

RunRasa = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def rasa_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Rasa's environment, with no action server. Skips where Rasa is not set up."""
    if not RASA.exists() or not MODEL.exists():
        pytest.skip("Rasa is not set up here: run `make train` first")
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "KOMMUNBOT_CALL_AT": f"{AnswerPolicy.load(ROOT / 'data').low.call_at:.3f}",
        "KOMMUNBOT_ACTIONS_PORT": str(_free_port()),
        "KOMMUNBOT_RASA_DB": str(tmp_path_factory.mktemp("rasa") / "rasa.db"),
    }


@pytest.fixture(scope="session")
def rasa(rasa_environment: dict[str, str]) -> RunRasa:
    """Run `rasa` with the given arguments from the repository's root."""
    return partial(_run, RASA, rasa_environment)


@pytest.fixture(scope="session")
def rasa_python(rasa_environment: dict[str, str]) -> RunRasa:
    """Run the Python of Rasa's environment."""
    return partial(_run, RASA.with_name("python"), rasa_environment)


def _run(
    program: Path, environment: dict[str, str], *arguments: str | Path
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@dataclass(frozen=True)
class RunningRasa:
    client: httpx.Client
    log: Path
    actions_port: int  # nothing listens there unless a test does


@pytest.fixture(scope="session")
def running_rasa(
    rasa_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningRasa]:
    """Rasa's server on a free port of loopback."""
    log = tmp_path_factory.mktemp("log") / "rasa.log"
    port = _free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [RASA, "run", "-i", HOST, "-p", str(port), "--model", MODEL, *_QUIET],
            cwd=ROOT,
            env=rasa_environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        with httpx.Client(base_url=f"http://{HOST}:{port}", timeout=30) as client:
            _wait_until_up(client, process)
            yield RunningRasa(client, log, int(rasa_environment["KOMMUNBOT_ACTIONS_PORT"]))
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with open_listener(0) as listener:
        return int(listener.getsockname()[1])


def _wait_until_up(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/").status_code == 200:
                return
        time.sleep(0.2)
    raise AssertionError("Rasa did not start")
