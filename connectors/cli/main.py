"""`kommunbot`: ask, index, train, eval, bench, calibrate, doctor, serve.

Each command imports what it needs when it runs: language libraries take seconds to load.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.errors import KommunbotError
from bot.settings import get_settings
from connectors import logs

P = ParamSpec("P")
AsJson = Annotated[bool, typer.Option("--json", help="print JSON on standard output")]
Url = Annotated[str | None, typer.Option(help="the running gateway; default: from the settings")]

app = typer.Typer(
    help="Kommunbot: an assistant for Swedish municipalities.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals hold citizens' text
)
bench = typer.Typer(help="Measure search and chat.", no_args_is_help=True)
app.add_typer(bench, name="bench")
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


@app.command()
@told
def ask(
    question: str,
    as_json: AsJson = False,
    offline: Annotated[bool, typer.Option(help="search in this process, without servers")] = False,
    url: Url = None,
) -> None:
    """Ask one question, of the running system or straight of the search."""
    from connectors.cli import asking

    settings = get_settings()
    if offline:
        decision = asking.offline(question, settings)
    else:
        decision = asyncio.run(asking.online(question, url or settings.public_url))
    if as_json:
        typer.echo(json.dumps(decision, ensure_ascii=False, indent=2))
    else:
        _show(decision)


@app.command()
@told
def index(
    if_stale: Annotated[bool, typer.Option(help="do nothing if the content is unchanged")] = False,
) -> None:
    """Build the search index from the FAQ and the web pages; the old one serves until then."""
    from connectors.cli import building

    settings = get_settings()
    if if_stale and building.index_is_fresh(settings):
        notes.print("The index is up to date.")
        return
    with Progress(console=notes) as progress:
        task = progress.add_task("Encoding", total=None)
        folder, count = building.build_index(
            settings,
            lambda total: progress.update(task, total=total),
            lambda done: progress.advance(task, done),
        )
    notes.print(f"{count} documents in {folder}.")


@app.command()
@told
def train() -> None:
    """Train Rasa on data/nlu and data/rules."""
    from connectors.cli import building

    building.train_rasa(get_settings())


@app.command("eval")
@told
def evaluate_cases(
    cases: Path,
    out: Annotated[Path, typer.Option(help="results, one a line")],
    url: Url = None,
) -> None:
    """Put a file of questions to the running system, each in a fresh conversation."""
    from connectors.cli import evaluate

    wanted = evaluate.read_cases(cases)
    with Progress(console=notes) as progress:
        task = progress.add_task("Asking", total=len(wanted))
        results = asyncio.run(
            evaluate.evaluate(
                url or get_settings().public_url, wanted, lambda: progress.advance(task)
            )
        )
    evaluate.write_results(results, out)
    _table("Summary", evaluate.summary(results))


@bench.command("search")
@told
def bench_search(
    folder: Annotated[Path, typer.Argument(help="corpus.jsonl, queries.jsonl, qrels.tsv")],
    as_json: AsJson = False,
) -> None:
    """Measure the product's own search on a collection in BEIR's layout."""
    from connectors.cli import measuring

    with Progress(console=notes) as progress:
        task = progress.add_task("Encoding and asking", total=None)
        report = measuring.search(folder, get_settings(), lambda n: progress.advance(task, n))
    _report(f"Search in {folder.name}", report, as_json)


@bench.command("chat")
@told
def bench_chat(
    questions: Annotated[int, typer.Option(help="messages to send")] = 200,
    users: Annotated[int, typer.Option(help="conversations at a time")] = 1,
    as_json: AsJson = False,
    url: Url = None,
) -> None:
    """Measure the time from a citizen's message to the answer in the running system."""
    from connectors.cli import measuring

    settings = get_settings()
    report = asyncio.run(
        measuring.chat(url or settings.public_url, settings.data_dir, questions, users)
    )
    _report(f"Chat, {users} at a time", report, as_json)


@bench.command("answers")
@told
def bench_answers(
    questions: Annotated[Path, typer.Argument(help="labelled questions, one a line")],
    as_json: AsJson = False,
    url: Url = None,
) -> None:
    """Put labelled questions to the running system and say how many were answered rightly."""
    from connectors.cli import measuring

    with Progress(console=notes) as progress:
        task = progress.add_task("Asking", total=None)
        report = asyncio.run(
            measuring.answers(
                questions, url or get_settings().public_url, lambda: progress.advance(task)
            )
        )
    _report(f"Answers to {questions.name}", report, as_json)


@app.command()
@told
def calibrate(
    questions: Annotated[Path, typer.Argument()] = Path("data/quality/calibration.jsonl"),
) -> None:
    """Fit the confidence to labelled questions and say how good it is on questions held out."""
    from connectors.cli import measuring

    _table("Cross-validated by entry", measuring.calibrate(questions, get_settings()))


@app.command("doctor")
@told
def check_machine() -> None:
    """Say in plain words what this machine lacks and what to do about it."""
    from connectors.cli import doctor

    findings = doctor.examine(get_settings())
    for finding in findings:
        mark, style = ("✓", "green") if finding.fine else ("✗", "red")
        notes.print(f"{mark} {finding.what}", style=style, markup=False, soft_wrap=True)
        if not finding.fine:
            notes.print(f"  {finding.mend}", markup=False, soft_wrap=True)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


@app.command("add-agent")
@told
def add_agent(
    username: str,
    name: Annotated[str, typer.Option(help="as citizens see it", prompt=True)],
    password: Annotated[
        str,
        typer.Option(help="at least 12 characters", prompt=True, hide_input=True),
    ],
) -> None:
    """Make an account for an agent at the desk."""
    from connectors.cli import agents

    agents.add(get_settings(), username, name, password)
    notes.print(f"{username} can log in at {get_settings().public_url}/desk.")


@app.command()
@told
def serve() -> None:
    """Start Rasa, the action server and the gateway; Ctrl-C stops them all."""
    from connectors.cli import processes

    processes.serve(get_settings())


def _show(decision: dict[str, Any]) -> None:
    output.print(decision.get("text", ""), markup=False)
    for step in decision.get("steps", []):
        output.print(f"  • {step}", markup=False)
    for choice in decision.get("choices", []):
        output.print(f"  → {choice['label']}", markup=False)
    for card in decision.get("people", []):
        shown = [card[key] for key in ("name", "title", "unit", "phone", "email") if card.get(key)]
        output.print(f"  {', '.join(shown)}", markup=False)
    for source in decision.get("sources", []):
        output.print(f"Source: {source['title']} {source['url']}", style="dim", markup=False)
        output.print(f"Reviewed: {source['reviewed']}", style="dim", markup=False)
    confidence = decision.get("confidence")
    sure = "" if confidence is None else f", {confidence:.0%}"
    output.print(f"[{decision['outcome']}{sure}]", style="dim", markup=False)


def _report(title: str, report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        _table(title, report)


def _table(title: str, rows: dict[str, Any]) -> None:
    table = Table("", "", title=title, show_header=False)
    for name, value in rows.items():
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    output.print(table)


if __name__ == "__main__":
    app()
