"""Gateways for tests: one in the test's own event loop, or one in a process that can be killed.

`python -m tests.support.gateway` starts the second kind.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from bot.settings import Settings, get_settings
from connectors import logs
from connectors.accounts.service import DEMO_FILE
from connectors.app import create_app, serve
from connectors.mind import Mind
from tests.support.postgres import free_port
from tests.support.thinker import ScriptedThinker

ROOT = Path(__file__).parents[2]
# a page of a stranger, and one that may show the chat but is not where staff work
OTHER_SITES = ("https://evil.example", "http://localhost:8000")
START_SECONDS = 120  # a busy machine takes long to load the search's libraries


def settings_for(database_url: str, var_dir: Path, **changes: object) -> Settings:
    """Return settings that touch nothing outside the test."""
    values: dict[str, object] = {
        "database_url": database_url,
        "var_dir": var_dir,
        "data_dir": ROOT / "data",
        "web_dir": var_dir / "web",
        "port": free_port(),
        "rasa_port": free_port(),
        "actions_port": free_port(),
        "desk_always_open": True,
        **changes,
    }
    return Settings.model_validate(values)


@asynccontextmanager
async def serving(app: ASGIApp, port: int) -> AsyncIterator[None]:
    """Serve `app` from the test's own event loop."""
    config = uvicorn.Config(
        app,
        port=port,
        log_config=None,
        access_log=False,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        assert not running.done(), "the server did not start"
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await running


@dataclass
class Gateway:
    """A running gateway."""

    settings: Settings
    app: FastAPI
    thinker: ScriptedThinker
    http: httpx.AsyncClient

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.settings.port}"

    def passwords(self) -> dict[str, str]:
        return read_passwords(self.settings.var_dir)


def write_passwords(var_dir: Path, passwords: dict[str, str]) -> None:
    lines = [f"{username} {password}\n" for username, password in passwords.items()]
    (var_dir / DEMO_FILE).write_text("".join(lines))


def read_passwords(var_dir: Path) -> dict[str, str]:
    lines = (var_dir / DEMO_FILE).read_text().splitlines()
    return dict(line.split()[:2] for line in lines)


@asynccontextmanager
async def running_gateway(settings: Settings, mind: Mind | None = None) -> AsyncIterator[Gateway]:
    """Run a gateway in this event loop, with a scripted assistant unless `mind` is given."""
    thinker = ScriptedThinker()
    app = create_app(settings, mind=mind or Mind(thinker))
    async with (
        serving(app, settings.port),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}", timeout=30) as http,
    ):
        gateway = Gateway(settings, app, thinker, http)
        try:
            yield gateway
        finally:
            thinker.gate.set()
            app.state.hub.close()
        assert app.state.clock.reconciler.repairs == 0, "something impossible had to be repaired"


@dataclass
class Process:
    """A gateway in a process of its own. What it logs is kept in `log`."""

    settings: Settings
    log: Path
    module: str = "tests.support.gateway"
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    async def start(self) -> None:
        """Start, and wait until it answers."""
        ports = ("port", "rasa_port", "actions_port")
        kept = ("database_url", "var_dir", "data_dir", "models_dir", "desk_always_open")
        names = (*ports, *kept)
        set_here = {
            f"KOMMUNBOT_{name.upper()}": str(getattr(self.settings, name)) for name in names
        }
        environment = {**os.environ, **set_here}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220  # starting is quick
                [sys.executable, "-m", self.module],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        await self._until_it_answers(self._process)

    def kill(self) -> None:
        """Kill at once: nothing is flushed, closed or said."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=20)

    async def _until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        async with asyncio.timeout(START_SECONDS), httpx.AsyncClient() as http:
            while True:
                assert process.poll() is None, self.log.read_text()
                with suppress(httpx.TransportError):
                    await http.get(f"{self.url}/api/widget")
                    return
                await asyncio.sleep(0.05)


if __name__ == "__main__":
    logs.configure()
    serve(get_settings(), mind=Mind(ScriptedThinker()))
