"""The whole system as `kommunbot serve` starts it: three processes that a test may kill."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from uuid import uuid4

import httpx
import psutil
import pytest

from connectors.accounts.model import Role
from connectors.accounts.service import DEMO_ACCOUNTS
from tests.support.clients import ENDING, Json
from tests.support.gateway import ROOT, read_passwords
from tests.support.postgres import free_port

KOMMUNBOT = Path(sys.executable).with_name("kommunbot")
START_SECONDS = 300
BACK_SECONDS = 180  # a busy machine takes long to load what answers
STOP_SECONDS = 30
POLL_SECONDS = 0.05
PICTURES = "KOMMUNBOT_SCREENSHOTS"  # names the folder for pictures, where they are wanted
PICTURE_PORT = 8000  # the address that pictures in the documentation show
PROGRAMS = {"gateway": "connectors.app", "actions": "actions.server", "rasa": "rasa run"}
AGENTS = [name for name, who in DEMO_ACCOUNTS.items() if who.role is Role.AGENT]
BUILT = ("models/rasa/rasa.tar.gz", "models/index/current", "web/dist/kommunbot.js")


def wait_for(true: Callable[[], object], what: str, seconds: float = BACK_SECONDS) -> None:
    """Ask again and again until something is true; fail with `what` when it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(POLL_SECONDS)


@dataclass
class System:
    """Settings of one running system, and what a test does to it from outside."""

    var_dir: Path
    port: int
    rasa_port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    data_dir: Path | None = None  # content of its own; else the project's
    models_dir: Path | None = None
    always_open: bool = True  # the desk; else as the content's opening hours say
    settings: dict[str, str] = field(default_factory=dict)  # before those of every system
    _serve: subprocess.Popen[bytes] | None = None
    _agents: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this system and no other; what stands in `.env` is overruled."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("KOMMUNBOT_")}
        return {
            **inherited,
            "OMP_NUM_THREADS": "1",
            "KOMMUNBOT_HOST": "127.0.0.1",
            "KOMMUNBOT_PORT": str(self.port),
            "KOMMUNBOT_RASA_PORT": str(self.rasa_port),
            "KOMMUNBOT_ACTIONS_PORT": str(self.actions_port),
            "KOMMUNBOT_VAR_DIR": str(self.var_dir),
            "KOMMUNBOT_DESK_ALWAYS_OPEN": str(self.always_open).lower(),
            # never into the project's own repository
            "KOMMUNBOT_COMMIT_EDITS": "false" if self.data_dir is None else "true",
            "KOMMUNBOT_DATABASE_URL": f"sqlite+aiosqlite:///{self.var_dir}/kommunbot.db",
            "KOMMUNBOT_ALLOWED_ORIGINS": f"{self.url},http://127.0.0.1:{self.port}",
            **self._folders,
            **self.settings,
        }

    @property
    def _folders(self) -> dict[str, str]:
        own = {"KOMMUNBOT_DATA_DIR": self.data_dir, "KOMMUNBOT_MODELS_DIR": self.models_dir}
        return {name: str(folder) for name, folder in own.items() if folder is not None}

    def start(self) -> None:
        """Start, and wait until every part is well."""
        with self._log().open("ab") as log:
            self._serve = self._spawn(log)
        wait_for(self._is_whole_or_dead, f"health: ok\n{self.logs()}", START_SECONDS)
        assert self._serve.poll() is None, self.logs()

    def stop(self) -> None:
        """Press Ctrl-C; every process that the system started must be gone then."""
        if self._serve is None:
            return
        for http in self._agents.values():
            http.close()
        self._serve.send_signal(signal.SIGINT)
        try:
            self._serve.wait(STOP_SECONDS)
            left = self._left_running()
        except subprocess.TimeoutExpired:
            left = self._left_running()
        for process in left:
            process.kill()
        assert not left, f"Ctrl-C left running: {[' '.join(p.cmdline()) for p in left]}"

    def passwords(self) -> dict[str, str]:
        return read_passwords(self.var_dir)

    def pid(self, name: str) -> int | None:
        """Return the process number of `gateway`, `rasa` or `actions`; None while it is down.

        Any other name is looked for in the processes' command lines.
        """
        assert self._serve is not None
        for child in psutil.Process(self._serve.pid).children():
            try:
                if PROGRAMS.get(name, name) in " ".join(child.cmdline()):
                    return int(child.pid)
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                continue
        return None

    def kill(self, name: str) -> int:
        """Kill -9 one of them; returns the process number it had."""
        wait_for(lambda: self.pid(name), f"{name} runs")
        pid = self.pid(name)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until_back(self, name: str, killed: int) -> None:
        """Wait until another process than the killed one does its work."""

        def back() -> bool:
            pid = self.pid(name)
            part = "database" if name == "gateway" else name
            return pid not in {None, killed} and self.health().get(part) == "ok"

        wait_for(back, f"{name} is back\n{self.logs()}")

    def wait_until_whole(self) -> None:
        wait_for(self.is_whole, f"every part is well: {self.health()}\n{self.logs()}")

    def is_whole(self) -> bool:
        return set(self.health().values()) == {"ok"}

    def health(self) -> dict[str, str]:
        """Return how the parts are; nothing when the gateway does not answer."""
        try:
            parts: dict[str, str] = httpx.get(f"{self.url}/api/health", timeout=5).json()["parts"]
        except (httpx.HTTPError, ValueError, KeyError):
            return {}
        return parts

    def memory_mb(self) -> float:
        """Return what all processes of the system hold for themselves, MB."""
        assert self._serve is not None
        tree = psutil.Process(self._serve.pid)
        processes = [tree, *tree.children(recursive=True)]
        return float(sum(process.memory_full_info().uss for process in processes)) / 1e6

    def logs(self) -> str:
        """Return the end of every log, for a test that failed."""
        files = [self._log(), *sorted((self.var_dir / "log").glob("*.log"))]
        return "\n".join(f"--- {file.name}\n{_tail(file)}" for file in files if file.exists())

    def run(
        self, *arguments: str, settings: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `kommunbot` with these arguments against this system."""
        return subprocess.run(
            [KOMMUNBOT, *arguments],
            cwd=ROOT,
            env={**self.environment, **(settings or {})},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def empty_desk(self) -> None:
        """Close whatever stands in the queue or with an agent, so that tests do not meet."""
        for username in AGENTS:
            _close_all(self.agent(username))

    def agent(self, username: str) -> httpx.Client:
        """Return a client logged in as this agent; one for all tests."""
        if username not in self._agents:
            http = httpx.Client(base_url=self.url, timeout=20)
            login = {"username": username, "password": self.passwords()[username]}
            http.post("/api/desk/login", json=login).raise_for_status()
            self._agents[username] = http
        return self._agents[username]

    def _spawn(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [KOMMUNBOT, "serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            process_group=0,
        )

    def _is_whole_or_dead(self) -> bool:
        return self._serve is None or self._serve.poll() is not None or self.is_whole()

    def _left_running(self) -> list[psutil.Process]:
        """Return the processes with this system's environment, orphans among them."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return bool(process.environ().get("KOMMUNBOT_VAR_DIR") == str(self.var_dir))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False

    def _log(self) -> Path:
        return self.var_dir / "serve.log"


class GatewayOnly(System):
    """The gateway by itself, with a scripted assistant: enough for what happens around the bot."""

    module = "tests.support.gateway"

    def is_whole(self) -> bool:
        return bool(self.health())

    def _spawn(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", self.module],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            process_group=0,
        )


def _close_all(http: httpx.Client) -> None:
    """End everything that waits or is held, one at a time: there is room for few at once."""
    lists: Json = http.get("/api/desk/conversations").json()
    for line in [*lists["mine"], *lists["waiting"]]:
        path = f"/api/desk/conversations/{line['conversation_id']}"
        http.post(f"{path}/take")
        http.post(f"{path}/close", json={"move_id": str(uuid4()), **ENDING})


def _tail(file: Path, lines: int = 15) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:])


@contextmanager
def running(system: System) -> Iterator[System]:
    """Start a system, and leave nothing of it running."""
    try:
        system.start()
        yield system
    finally:
        system.stop()


def require_built() -> None:
    """Fail with what to do where something that every system needs is not built."""
    missing = [path for path in BUILT if not (ROOT / path).exists()]
    assert not missing, f"{', '.join(missing)} is missing. Run `make test`, which builds it."


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """One whole system for all tests that need one; it takes a while to start."""
    require_built()
    with tempfile.TemporaryDirectory(prefix="kommunbot-system-") as folder:
        port = PICTURE_PORT if os.environ.get(PICTURES) else free_port()
        with running(System(Path(folder), port)) as started:
            assert started.passwords().keys() == DEMO_ACCOUNTS.keys()
            yield started


@contextmanager
def system_with_own_content() -> Iterator[System]:
    """Run a system whose editors change a copy of the content, kept in git, and its index."""
    from tests.support.editor import under_git  # noqa: PLC0415  # loads the search, for seconds

    require_built()
    with tempfile.TemporaryDirectory(prefix="kommunbot-editor-") as name:
        folder = Path(name)
        data_dir, models_dir = folder / "data", folder / "models"
        shutil.copytree(ROOT / "data", data_dir)
        under_git(data_dir)
        models_dir.mkdir()
        (models_dir / "rasa").symlink_to((ROOT / "models/rasa").resolve())
        shutil.copytree(ROOT / "models/index", models_dir / "index", symlinks=True)
        own = System(folder / "var", free_port(), data_dir=data_dir, models_dir=models_dir)
        own.var_dir.mkdir()
        with running(own) as started:
            yield started
