"""`kommunbot`: ask, index, train, eval, bench, calibrate, doctor, serve.

Each command imports what it needs when it runs: language libraries take seconds to load.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table

from bot.settings import get_settings
from connectors.cli import language, models
from connectors.cli.telling import AsJson, notes, output, told

Url = Annotated[str | None, typer.Option(help="the running gateway; default: from the settings")]

app = typer.Typer(
    help="Kommunbot: an assistant for Swedish municipalities.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals hold citizens' text
)
bench = typer.Typer(help="Measure search and chat.", no_args_is_help=True)
app.add_typer(bench, name="bench")
app.add_typer(language.app, name="language")
app.add_typer(models.app, name="models")


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
    remove: Annotated[
        float, typer.Option(min=0, max=0.9, help="share of the right documents to take out")
    ] = 0.0,
    oos: Annotated[
        Path | None,
        typer.Option(help="questions about something else, one a line", show_default="none"),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="random removals to average over")] = 5,
    as_json: AsJson = False,
) -> None:
    """Measure the product's own search on a collection in BEIR's layout.

    With --remove or --oos also what its confidence is worth when 30 % have no answer.
    """
    from bot.quality.beir import read_texts
    from bot.quality.unanswerable import Mix
    from connectors.cli import measuring

    mix = Mix(remove, read_texts(oos) if oos else (), seeds=seeds)
    with Progress(console=notes) as progress:
        task = progress.add_task("Encoding and asking", total=None)
        report = measuring.search(folder, mix, get_settings(), lambda n: progress.advance(task, n))
    if outside := report["judged_outside"]:
        notes.print(f"{outside} documents of the judgements are not in the corpus: never found.")
    _report(f"Search in {folder.name}", report, as_json)


@bench.command("index")
@told
def bench_index(
    rows: Annotated[int, typer.Option(min=1000, help="made-up vectors")] = 1_000_000,
    passages: Annotated[int, typer.Option(min=0, help="made-up passages, with text")] = 0,
    as_json: AsJson = False,
) -> None:
    """Measure how the cost of a search grows, encoding left out; memory as Linux counts it."""
    from connectors.cli import measuring

    report = measuring.scale(get_settings(), rows, passages, notes.print)
    _report(f"{passages or rows:,} {'passages' if passages else 'vectors'}", report, as_json)


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


@app.command("quality")
@told
def measure_quality(
    collections: Annotated[
        Path | None,
        typer.Option(help="a folder of collections in BEIR's layout", show_default="none"),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="the final questions as well")] = False,
    seeds: Annotated[int, typer.Option(min=1, help="random removals to average over")] = 5,
    out: Annotated[Path, typer.Option(help="the page to fill in")] = Path(
        "docs/reference/quality.md"
    ),
) -> None:
    """Measure everything, beside what one would use instead, and write the page of figures."""
    from connectors.cli import quality

    settings, plan = get_settings(), quality.Plan(collections, final, seeds)
    with Progress(console=notes) as progress:
        task = progress.add_task("Measuring", total=None)
        figures = quality.run(
            plan,
            settings,
            lambda done: progress.advance(task, done),
            lambda part: progress.update(task, description=part),
        )
    kept = settings.models_dir / "measured" / "quality.json"
    quality.write(figures, kept, out, Path("docs/images/quality"))
    notes.print(f"{out} is new. Every figure: {kept}.")


@app.command()
@told
def calibrate(
    questions: Annotated[Path, typer.Argument()] = Path("data/quality/calibration.jsonl"),
) -> None:
    """Fit the confidence to labelled questions and say how good it is on questions held out."""
    from connectors.cli import measuring

    _table("Cross-validated by entry", measuring.calibrate(questions, get_settings()))


@app.command()
@told
def recalibrate(
    labels: Annotated[
        Path, typer.Argument(help="at least 100 questions, labelled, one a line")
    ] = Path("data/quality/local.jsonl"),
    undo: Annotated[
        bool, typer.Option("--undo", help="go back to the confidence as shipped")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fit the confidence to the municipality's own questions, if that makes it better."""
    from connectors.cli import recalibrating

    settings = get_settings()
    if undo:
        notes.print(recalibrating.undone(settings))
        return
    report, written = recalibrating.recalibrate(labels, settings)
    _report("Before, and after without the question in hand", report, as_json)
    notes.print(recalibrating.what_now(written), soft_wrap=True)


@app.command("drift")
@told
def watch_drift(
    days: Annotated[int, typer.Option(min=1, help="how far back to look")] = 28,
    as_json: AsJson = False,
) -> None:
    """Say whether the confidence is borne out by what citizens do; status 1 if it is not."""
    from connectors.cli import drift

    found = drift.look(get_settings(), days)
    if as_json:
        typer.echo(json.dumps(found.report(), indent=2))
    else:
        for sentence in drift.sentences(found):
            output.print(sentence, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(0 if found.fine else 1)


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
    for name, value in flat(rows):
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    output.print(table)


def flat(rows: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Name what lies deeper by all its names."""
    for name, value in rows.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name} ")
        elif isinstance(value, tuple):
            yield before + name, " to ".join(f"{number:.3f}" for number in value)
        else:
            yield before + name, value


if __name__ == "__main__":
    app()
