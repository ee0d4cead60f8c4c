"""A throwaway Redis from the machine's own program."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from tests.support.system import wait_for

PROGRAM = "redis-server"


@dataclass
class RedisServer:
    """Keeps nothing on disk: after a kill it starts empty, as Rasa's locks may."""

    folder: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        self._process = subprocess.Popen(
            [PROGRAM, *options, "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        wait_for(self._answers, "Redis answers")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection,
        ):
            connection.sendall(b"PING\r\n")
            return connection.recv(16) == b"+PONG\r\n"
        return False


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """Run a Redis. Skips where it is not installed."""
    if shutil.which(PROGRAM) is None:
        pytest.skip("redis-server is not installed (apt install redis-server)")
    with tempfile.TemporaryDirectory(prefix="kommunbot-redis-") as folder:
        server = RedisServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.kill()
