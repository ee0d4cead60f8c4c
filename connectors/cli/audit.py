"""`kommunbot audit`: which answer a citizen got, and who of the staff did what."""

import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from bot.settings import get_settings
from connectors.audit.model import Action
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(help="What was answered, and who of the staff did what.", no_args_is_help=True)


@app.command("answer")
@told
def show_answer(
    answer_id: Annotated[UUID, typer.Argument(help="the id of the answer's message")],
    as_json: AsJson = False,
) -> None:
    """Show exactly what text a citizen got, from which version of which entry, and why."""
    from connectors.cli import answers

    found = answers.find(answer_id, get_settings())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in answers.lines(found):
        output.print(line, markup=False, highlight=False, soft_wrap=True)


@app.command("log")
@told
def show_log(
    username: Annotated[str | None, typer.Option(help="only theirs", show_default="all")] = None,
    action: Annotated[
        Action | None, typer.Option(help="only such deeds", show_default="all")
    ] = None,
    conversation: Annotated[
        UUID | None, typer.Option(help="only what was done with it", show_default="all")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="from this day on", show_default="the beginning"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what the staff have done and read, oldest first."""
    from connectors.cli import deeds

    found = deeds.find(get_settings(), deeds.Wanted(username, action, conversation, since))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in found:
        output.print(deeds.line(row), markup=False, highlight=False, soft_wrap=True)


@app.command("verify")
@told
def verify_log(
    kept: Annotated[
        str | None,
        typer.Option("--head", help="HASH:SEQ, as it was printed before", show_default="none"),
    ] = None,
) -> None:
    """Say if the log is as it was written, and print its head; status 1 if it is not."""
    from connectors.cli import deeds

    verdict = deeds.verify(get_settings(), deeds.read_head(kept) if kept else None)
    for sentence in deeds.sentences(verdict):
        notes.print(sentence, markup=False, highlight=False, soft_wrap=True)
    if verdict.fine and verdict.head:
        typer.echo(f"{verdict.head.hash}:{verdict.head.seq}")
    raise typer.Exit(0 if verdict.fine else 1)
