"""`kommunbot faq`: check what editors write, and what it will change."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.faq.checking.model import Finding, Level
from bot.preview.model import Change, Preview, Risk
from bot.settings import get_settings
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(help="Check the editors' questions and answers.", no_args_is_help=True)

_STYLES = {Level.ERROR: "red", Level.WARNING: "yellow"}


@app.command("check")
@told
def check_content(
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="status 1 for warnings, too")] = False,
    links: Annotated[
        bool, typer.Option("--links", help="ask other sites for the addresses, too")
    ] = False,
) -> None:
    """Say what is wrong in data/faq and the prepared replies; status 1 if anything must change."""
    from bot.faq.checking.check import check, read_content
    from bot.faq.checking.links import check_addresses
    from bot.faq.files import FaqFiles
    from bot.prepared_replies.checking import check_replies

    data_dir = get_settings().data_dir
    content = read_content(FaqFiles.read(data_dir), data_dir, date.today())
    findings = check(content) + check_replies(data_dir)
    if links:
        from connectors.cli.reaching import reaching

        ask = reaching(get_settings())
        findings += tuple(check_addresses(content.faq.shown, content, ask))
    if as_json:
        found = [finding.model_dump(mode="json") for finding in findings]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(findings, len(content.faq.entries))
    stopping = findings if strict else [f for f in findings if f.level is Level.ERROR]
    raise typer.Exit(1 if stopping else 0)


@app.command("schema")
@told
def write_json_schema() -> None:
    """Write data/faq/faq.schema.json, which editors' programs complete and check with."""
    from bot.faq.schema import write_schema

    notes.print(f"{write_schema(get_settings().data_dir)} is new.")


@app.command("preview")
@told
def preview_files(
    git: Annotated[
        str | None, typer.Option(help="compare with this revision of git", show_default="none")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(help="compare with the folder that holds this faq", show_default="none"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what the files on disk will change in the answers; status 1 if they may not go live."""
    from connectors.cli import previewing

    found = previewing.preview(get_settings(), git, against)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found)
    raise typer.Exit(1 if found.blocked else 0)


def _tell(findings: Sequence[Finding], entries: int) -> None:
    for finding in findings:
        output.print(str(finding), style=_STYLES[finding.level], markup=False, soft_wrap=True)
    counts = Counter(finding.level for finding in findings)
    output.print(
        f"{entries} poster, {counts[Level.ERROR]} fel, {counts[Level.WARNING]} varningar.",
        markup=False,
        highlight=False,
    )


def _show(found: Preview) -> None:
    """Print risks and changes, and what they come to."""
    for risk in found.risks:
        _line(risk, f"{risk.entry}: {risk.text}")
    for change in found.changes:
        _line(change, f"«{change.question}» {change.text}")
    output.print(
        f"{len(found.risks)} risks and {len(found.changes)} changes;"
        f" {found.asked} questions were asked again in {found.seconds:.1f} s.",
        style="dim",
    )


def _line(found: Risk | Change, text: str) -> None:
    mark, style = ("✗", "red") if found.blocks else ("!", "yellow") if found.confirm else ("·", "")
    output.print(f"{mark} {text}", style=style, markup=False, soft_wrap=True)
