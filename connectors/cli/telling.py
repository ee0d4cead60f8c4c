"""What every command prints with, and how it ends when something is wrong."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Annotated, ParamSpec

import typer
from rich.console import Console

from bot.errors import KommunbotError
from connectors import logs

P = ParamSpec("P")
AsJson = Annotated[bool, typer.Option("--json", help="print JSON on standard output")]

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
