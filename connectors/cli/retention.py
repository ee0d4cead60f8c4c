"""`kommunbot retention`: what is due to be deleted, deleting it, and what has been deleted."""

import asyncio
import json
from collections.abc import Iterable

import typer

from bot.settings import get_settings
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(
    help="Deleting by the board's decision in data/gallring.yml.", no_args_is_help=True
)


@app.command("plan")
@told
def show_plan(as_json: AsJson = False) -> None:
    """Tell what would be deleted now, by class. Nothing is changed."""
    from connectors.cli import retaining

    found = asyncio.run(retaining.plan(get_settings()))
    if as_json:
        typer.echo(json.dumps([one.report() for one in found], indent=2))
    else:
        _print(retaining.planned(one) for one in found)


@app.command("run")
@told
def delete_now() -> None:
    """Delete what is due now; the running gateway does the same once a day."""
    from connectors.cli import retaining

    done = asyncio.run(retaining.run(get_settings()))
    if done is None:
        notes.print("Another gateway is deleting just now. Nothing was done here.")
    else:
        _print(map(retaining.counted, done))


@app.command("protocol")
@told
def show_protocol(as_json: AsJson = False) -> None:
    """List what has been deleted: when, which class, why, how much, and by which decision."""
    from connectors.cli import retaining

    lines = asyncio.run(retaining.protocol(get_settings()))
    if as_json:
        typer.echo(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        _print(map(retaining.written, lines))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        output.print(line, markup=False, highlight=False, soft_wrap=True)
