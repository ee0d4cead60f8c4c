"""`kommunbot outbox`: what other systems have not heard yet, and telling it to them anew."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from bot.settings import get_settings
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(help="What other systems have been told.", no_args_is_help=True)
Target = Annotated[
    str | None, typer.Option(help="only this connection's", show_default="every connection")
]


@app.command("list")
@told
def show(
    target: Target = None,
    every: Annotated[bool, typer.Option("--all", help="those that were delivered, too")] = False,
    as_json: AsJson = False,
) -> None:
    """List the deliveries that are not done: waiting, and given up."""
    from connectors.cli import replaying

    found = asyncio.run(replaying.find(get_settings(), target, delivered=every))
    if as_json:
        rows = [{**asdict(one), "failed": one.failed} for one in found]
        typer.echo(json.dumps(rows, default=str, indent=2))
        return
    for one in found:
        output.print(replaying.line(one), markup=False, highlight=False, soft_wrap=True)


@app.command("replay")
@told
def send_anew(
    delivery: Annotated[
        UUID | None, typer.Argument(help="one delivery's id", show_default="all given up")
    ] = None,
    target: Target = None,
) -> None:
    """Try deliveries anew under their own ids: one of any kind, or all that were given up."""
    from connectors.cli import replaying

    count = asyncio.run(replaying.replay(get_settings(), delivery, target))
    notes.print(f"{count} will be tried anew by the running gateway.")
