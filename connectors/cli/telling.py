"""What every command prints with, and how it ends when something is wrong."""

import json
import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Annotated, Any, ParamSpec

import typer
from rich.console import Console
from rich.table import Table

from bot.errors import KommunbotError
from connectors import logs

P = ParamSpec("P")
AsJson = Annotated[bool, typer.Option("--json", help="print JSON on standard output")]
Url = Annotated[str | None, typer.Option(help="the running gateway; default: from the settings")]

notes = Console(stderr=True)
output = Console()


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Let an error that a person is meant to read end the command with its text and status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        logs.configure(json_lines=False, level=logging.WARNING)
        try:
            command(*args, **kwargs)
        except KommunbotError as error:
            notes.print(str(error), style="red", markup=False, soft_wrap=True)
            raise typer.Exit(1) from error

    return run


def report(title: str, found: dict[str, Any], as_json: bool) -> None:
    """Print what was found as JSON or as a table."""
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        table(title, found)


def table(title: str, rows: dict[str, Any]) -> None:
    """Print a row for each figure."""
    drawn = Table("", "", title=title, show_header=False)
    for name, value in flat(rows):
        drawn.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    output.print(drawn)


def flat(rows: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Name what lies deeper by all its names."""
    for name, value in rows.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name} ")
        elif isinstance(value, tuple):
            yield before + name, " to ".join(f"{number:.3f}" for number in value)
        else:
            yield before + name, value
