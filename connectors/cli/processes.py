"""Starting the three processes under supervisord, which restarts one that dies."""

import os
import socket
import sys
from configparser import RawConfigParser
from pathlib import Path

from bot.settings import Settings
from connectors.cli.environment import rasa_environment
from connectors.cli.rasa_stores import CannotStart, endpoints_file, prepare, require_fit


def serve(settings: Settings) -> None:
    """Check what is needed, then become supervisord.

    Raises:
        CannotStart: a port is taken, something has not been built, or several Rasa
            workers have no stores to share.
    """
    require_fit(settings)
    _require_built(settings)
    _require_free_ports(settings)
    prepare(settings)
    os.umask(0o077)  # databases and logs are nobody else's
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    (settings.var_dir / "log").mkdir(exist_ok=True)
    config = settings.var_dir / "supervisord.conf"
    with config.open("w", encoding="utf-8") as file:
        _supervisor(settings).write(file)
    command = str(Path(sys.executable).with_name("supervisord"))
    os.execv(command, [command, "--nodaemon", "--silent", "--configuration", str(config)])  # noqa: S606  # no shell is wanted


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
        "KOMMUNBOT_ACTIONS_PORT": ("127.0.0.1", settings.actions_port),
    }
    rasa = [("KOMMUNBOT_RASA_PORT", ("127.0.0.1", port)) for port in settings.rasa_ports]
    for name, address in [*ports.items(), *rasa]:
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
    for number, port in enumerate(settings.rasa_ports, start=1):
        name = "rasa" if number == 1 else f"rasa{number}"
        rasa = _rasa_command(settings, port)
        config[f"program:{name}"] = _program(rasa, log / f"{name}.log", rasa_environment(settings))
    python = sys.executable
    own = {"OMP_NUM_THREADS": "1", "SANIC_HOST": "127.0.0.1"}
    config["program:actions"] = _program(f"{python} -m actions.server", log / "actions.log", own)
    config["program:gateway"] = _program(f"{python} -m connectors.app", log / "gateway.log", own)
    config["program:announce"] = {
        "command": f"{python} -m connectors.cli.announce",
        "autorestart": "false",
        "startsecs": "0",
        "stdout_logfile": "/dev/fd/1",
        "stdout_logfile_maxbytes": "0",
        "redirect_stderr": "true",
    }
    return config


def _rasa_command(settings: Settings, port: int) -> str:
    return (
        f"{settings.rasa_venv}/bin/rasa run --interface 127.0.0.1 --port {port}"
        f" --model {settings.rasa_model} --endpoints {endpoints_file(settings)}"
        " --credentials credentials.yml --logging-config-file bot/rasa_components/logging.yml"
    )


def _program(command: str, log: Path, environment: dict[str, str]) -> dict[str, str]:
    # A percent sign stands before a name that supervisord fills in; passwords may have one.
    own = {k: v.replace("%", "%%") for k, v in environment.items() if os.environ.get(k) != v}
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
