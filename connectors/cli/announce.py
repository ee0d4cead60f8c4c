"""Waits until everything answers, then prints addresses and logins.

It runs beside the starting processes and is kept light, so as not to delay them.
"""

import sys
import time

import httpx
from rich.console import Console
from rich.panel import Panel

from bot.settings import Settings, get_settings

_READY_WITHIN_S = 120
_OPEN = "People can be waited for at any hour (KOMMUNBOT_DESK_ALWAYS_OPEN)."
_OFFICE_HOURS = (
    "People answer in the desk's hours. To try the queue now: KOMMUNBOT_DESK_ALWAYS_OPEN=true"
)
_console = Console()


def announce(settings: Settings) -> bool:
    """Print where to go once everything answers; False if something does not in time."""
    _console.print("Starting Rasa, the action server and the gateway …")
    parts = _wait_for_health(settings)
    silent = [name for name, state in parts.items() if state != "ok"]
    if silent:
        _console.print(
            f"{', '.join(silent)} did not start within {_READY_WITHIN_S} s."
            f" Look in {settings.var_dir / 'log'}."
        )
    else:
        _console.print(Panel(_addresses(settings), title="Kommunbot", expand=False))
    return not silent


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
            f"The municipality's site, with the chat   {settings.public_url}/demo/",
            f"The agents' desk                         {settings.public_url}/desk",
            f"The editors' page, in Swedish            {settings.public_url}/redaktor",
            f"The registrar's page, in Swedish         {settings.public_url}/handlingar",
            "",
            *(f"  {line}" for line in shown.splitlines()),
            "",
            _OPEN if settings.desk_always_open else _OFFICE_HOURS,
            f"Logs: {settings.var_dir / 'log'}. Ctrl-C stops everything.",
        ]
    )


if __name__ == "__main__":
    sys.exit(0 if announce(get_settings()) else 1)
