"""Starting the three processes under supervisord, which restarts one that dies."""

import os
import socket
import sys
import time
from configparser import RawConfigParser
from pathlib import Path

import httpx
from rich.console import Console
from rich.panel import Panel

from bot.errors import KommunbotError
from bot.settings import Settings
from connectors.cli.building import rasa_environment

_READY_WITHIN_S = 120
_console = Console()


class CannotStart(KommunbotError):
    """Something that the processes need is missing or taken."""


def serve(settings: Settings) -> None:
    """Check what is needed, then become supervisord.

    Raises:
        CannotStart: a port is taken, or something has not been built.
    """
    _require_built(settings)
    _require_free_ports(settings)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    (settings.var_dir / "log").mkdir(exist_ok=True)
    config = settings.var_dir / "supervisord.conf"
    with config.open("w", encoding="utf-8") as file:
        _supervisor(settings).write(file)
    command = str(Path(sys.executable).with_name("supervisord"))
    os.execv(command, [command, "--nodaemon", "--silent", "--configuration", str(config)])  # noqa: S606  # no shell is wanted


def announce(settings: Settings) -> None:
    """Wait until everything answers, then print addresses and logins.

    Raises:
        CannotStart: not everything answers in time; names what does not.
    """
    _console.print("Startar Rasa, åtgärdsserver och webbserver …")
    parts = _wait_for_health(settings)
    silent = [name for name, state in parts.items() if state != "ok"]
    if silent:
        raise CannotStart(
            f"{', '.join(silent)} did not start within {_READY_WITHIN_S} s."
            f" Look in {settings.var_dir / 'log'}."
        )
    _console.print(Panel(_addresses(settings), title="Kommunbot", expand=False))


def _require_built(settings: Settings) -> None:
    wanted = {
        settings.rasa_venv / "bin" / "rasa": "make setup",
        settings.rasa_model: "make train",
        settings.web_dir / "kommunbot.js": "make web",
        settings.index_dir / "current": "make index",
    }
    for path, command in wanted.items():
        if not path.exists():
            raise CannotStart(f"{path} is missing. Run `{command}`, or `make run` for everything.")


def _require_free_ports(settings: Settings) -> None:
    ports = {
        "KOMMUNBOT_PORT": (settings.host, settings.port),
        "KOMMUNBOT_RASA_PORT": ("127.0.0.1", settings.rasa_port),
        "KOMMUNBOT_ACTIONS_PORT": ("127.0.0.1", settings.actions_port),
    }
    for name, address in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise CannotStart(
                    f"Port {address[1]} is in use ({error.strerror})."
                    f" Stop what uses it, or give another port in {name}."
                ) from error


def _supervisor(settings: Settings) -> RawConfigParser:
    config = RawConfigParser()
    log = settings.var_dir / "log"
    config["supervisord"] = {
        "logfile": str(log / "supervisord.log"),
        "pidfile": str(settings.var_dir / "supervisord.pid"),
        "childlogdir": str(log),
    }
    rasa = f"{settings.rasa_venv}/bin/rasa run --interface 127.0.0.1 --port {settings.rasa_port}"
    rasa += f" --model {settings.rasa_model} --endpoints endpoints.yml"
    rasa += " --credentials credentials.yml"
    rasa += " --logging-config-file bot/rasa_components/logging.yml"
    config["program:rasa"] = _program(rasa, log / "rasa.log", rasa_environment(settings))
    python = sys.executable
    own = {"OMP_NUM_THREADS": "1", "SANIC_HOST": "127.0.0.1"}
    config["program:actions"] = _program(f"{python} -m actions.server", log / "actions.log", own)
    config["program:gateway"] = _program(f"{python} -m connectors.app", log / "gateway.log", own)
    config["program:announce"] = {
        "command": f"{python} -m connectors.cli.main announce",
        "autorestart": "false",
        "startsecs": "0",
        "stdout_logfile": "/dev/fd/1",
        "stdout_logfile_maxbytes": "0",
        "redirect_stderr": "true",
    }
    return config


def _program(command: str, log: Path, environment: dict[str, str]) -> dict[str, str]:
    own = {k: v for k, v in environment.items() if os.environ.get(k) != v}
    return {
        "command": command,
        "environment": ",".join(f'{key}="{value}"' for key, value in own.items()),
        "autorestart": "true",
        "startretries": "1000000",  # a citizen may come at any hour
        "startsecs": "1",
        "stopasgroup": "true",
        "killasgroup": "true",
        "stopwaitsecs": "10",
        "redirect_stderr": "true",
        "stdout_logfile": str(log),
        "stdout_logfile_maxbytes": "5MB",
        "stdout_logfile_backups": "3",
    }


def _wait_for_health(settings: Settings) -> dict[str, str]:
    parts = {"gateway": "down"}
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            health = httpx.get(f"{settings.public_url}/api/health", timeout=5).json()
            parts = health["parts"]
        except (httpx.HTTPError, ValueError, KeyError):
            pass
        if all(state == "ok" for state in parts.values()):
            break
        time.sleep(0.5)
    return parts


def _addresses(settings: Settings) -> str:
    logins = settings.var_dir / "demo-logins.txt"
    shown = logins.read_text(encoding="utf-8").strip() if logins.exists() else ""
    return "\n".join(
        [
            f"Kommunens sida med chatten   {settings.public_url}/demo/",
            f"Kommunvägledarnas plats      {settings.public_url}/desk",
            "",
            *(f"  {line}" for line in shown.splitlines()),
            "",
            f"Loggar: {settings.var_dir / 'log'}. Ctrl-C stoppar allt.",
        ]
    )
