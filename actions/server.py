"""The action server: `python -m actions.server`. Listens on loopback only."""

import contextlib
import logging
import socket
import sys
import warnings

from rasa_sdk.endpoint import create_app

from actions.executor import create_executor
from bot.answering.assistant import Assistant
from bot.errors import KommunbotError, SettingError
from bot.settings import get_settings

HOST = "127.0.0.1"  # it trusts whoever calls: only Rasa on this machine may


def main() -> int:
    """Serve until stopped. Return 1, with what to do on stderr, when it cannot start."""
    _quieten()
    try:
        settings = get_settings()
        listener = open_listener(settings.actions_port)
        assistant = Assistant.open(settings)
    except KommunbotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with contextlib.closing(listener):
        app = create_app(create_executor(assistant), cors_origins=[])
        app.run(sock=listener, single_process=True, access_log=False, motd=False)
    return 0


def open_listener(port: int) -> socket.socket:
    """Bind `port` on loopback before anything slow is loaded.

    Raises:
        SettingError: another process has the port.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"Port {port} on {HOST} cannot be used ({error.strerror}). "
            "Stop what uses it, or set KOMMUNBOT_ACTIONS_PORT to a free port."
        ) from error
    return listener


def _quieten() -> None:
    """Keep citizens' words out of the log: below WARNING the libraries print what they get."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    for name in ("rasa_sdk", "sanic.root", "sanic.server", "sanic.error", "sanic.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # rasa-sdk 3.21 serves Rasa 3.6: the protocol is the same.
    warnings.filterwarnings("ignore", message="Your versions of rasa")


if __name__ == "__main__":
    sys.exit(main())
