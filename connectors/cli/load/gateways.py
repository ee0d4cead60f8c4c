"""Gateways in processes of their own: starting them, and what they cost."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.errors import KommunbotError
from bot.settings import Settings

START_SECONDS = 180.0  # a busy machine takes long to load the libraries
SPARE_FILES = 500  # the database, the API's connections, logs
MODULE = "connectors.cli.load.process"


class CannotMeasure(KommunbotError):
    """The machine, the gateway or the database does not allow the run."""


@dataclass
class Gateway:
    """A gateway, and its process if it is ours."""

    url: str
    pid: int | None = None

    def memory_kib(self) -> int | None:
        """Return how much memory the process has in use, as Linux counts it."""
        if self.pid is None:
            return None
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:")))

    def processor_s(self) -> float | None:
        """Return how many seconds of a processor it has used."""
        if self.pid is None:
            return None
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def allow_files(sockets: int) -> None:
    """Let this process and those it starts open a file for every socket.

    Raises:
        CannotMeasure: the system's limit is lower.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = sockets + SPARE_FILES
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise CannotMeasure(
            f"{sockets} sockets need {wanted} open files, but the limit is {hard}."
            f" Raise it (`ulimit -Hn {wanted}` as root), or measure fewer with --sockets."
        )
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def started(settings: Settings, number: int, folder: Path) -> Iterator[list[Gateway]]:
    """Start gateways on the settings' database, and stop them afterwards.

    Raises:
        CannotMeasure: one does not start; says where its log is.
    """
    running: list[subprocess.Popen[bytes]] = []
    try:
        found = []
        for one in range(number):
            log = folder / f"gateway-{one}.log"
            port = _free_port()
            running.append(_start(settings, port, folder, log))
            found.append(Gateway(f"http://127.0.0.1:{port}", running[-1].pid))
            _wait_for(found[-1], running[-1], log)  # the first one migrates the database
        yield found
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            _end(process)


def _start(settings: Settings, port: int, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    own = {
        "KOMMUNBOT_HOST": "127.0.0.1",
        "KOMMUNBOT_PORT": str(port),
        "KOMMUNBOT_DATABASE_URL": settings.database_url,
        "KOMMUNBOT_DATA_DIR": str(settings.data_dir.absolute()),
        "KOMMUNBOT_VAR_DIR": str(folder),
        "OMP_NUM_THREADS": "1",
    }
    with log.open("wb") as file:
        return subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", MODULE], env=os.environ | own, stdout=file, stderr=file
        )


def _wait_for(gateway: Gateway, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{gateway.url}/api/widget", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise CannotMeasure(f"A gateway did not start. Its log ends with:\n{last}")


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
