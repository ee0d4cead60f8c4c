"""`kommunbot bench`: what search, chat, queue, lookups, alarms, previews and waits cost or give.

Each command imports what it needs when it runs: language libraries take seconds to load.
"""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bot.settings import get_settings
from connectors.cli.telling import AsJson, Url, notes, output, report, told

FIGURES = Path("docs/reference/quality.md")
Final = Annotated[bool, typer.Option("--final", help="the half that was kept apart as well")]
Write = Annotated[bool, typer.Option("--write", help="fill in the page of figures")]
Out = Annotated[Path, typer.Option(help="the page to fill in")]

app = typer.Typer(
    help="Measure search, chat, the queue, previews, lookups, alarms and waits.",
    no_args_is_help=True,
)


@app.command("search")
@told
def search(
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
        found = measuring.search(folder, mix, get_settings(), lambda n: progress.advance(task, n))
    if outside := found["judged_outside"]:
        notes.print(f"{outside} documents of the judgements are not in the corpus: never found.")
    report(f"Search in {folder.name}", found, as_json)


@app.command("index")
@told
def index(
    rows: Annotated[int, typer.Option(min=1000, help="made-up vectors")] = 1_000_000,
    passages: Annotated[int, typer.Option(min=0, help="made-up passages, with text")] = 0,
    as_json: AsJson = False,
) -> None:
    """Measure how the cost of a search grows, encoding left out; memory as Linux counts it."""
    from connectors.cli import measuring

    found = measuring.scale(get_settings(), rows, passages, notes.print)
    report(f"{passages or rows:,} {'passages' if passages else 'vectors'}", found, as_json)


@app.command("chat")
@told
def chat(
    questions: Annotated[int, typer.Option(help="messages to send")] = 200,
    users: Annotated[int, typer.Option(help="conversations at a time")] = 1,
    as_json: AsJson = False,
    url: Url = None,
) -> None:
    """Measure the time from a citizen's message to the answer in the running system."""
    from connectors.cli import measuring

    settings = get_settings()
    found = asyncio.run(
        measuring.chat(url or settings.public_url, settings.data_dir, questions, users)
    )
    report(f"Chat, {users} at a time", found, as_json)


@app.command("answers")
@told
def answers(
    questions: Annotated[Path, typer.Argument(help="labelled questions, one a line")],
    as_json: AsJson = False,
    url: Url = None,
) -> None:
    """Put labelled questions to the running system and say how many were answered rightly."""
    from connectors.cli import measuring

    with Progress(console=notes) as progress:
        task = progress.add_task("Asking", total=None)
        found = asyncio.run(
            measuring.answers(
                questions, url or get_settings().public_url, lambda: progress.advance(task)
            )
        )
    report(f"Answers to {questions.name}", found, as_json)


@app.command("preview")
@told
def preview(
    edits: Annotated[int, typer.Option(min=1, help="edits of one entry to preview")] = 10,
    everything: Annotated[
        bool, typer.Option("--everything", help="also say what the look at reach misses; slow")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how long the preview of an edit takes in a process that has warmed up."""
    from connectors.cli import previewing

    found = previewing.speed(get_settings(), edits, everything)
    report(f"Preview of {edits} edits", found, as_json)


@app.command("edits")
@told
def edits(
    half: Annotated[
        str | None, typer.Option(help="development or held-out", show_default="both")
    ] = None,
    write: Write = False,
    out: Out = FIGURES,
    as_json: AsJson = False,
) -> None:
    """Preview planted edits: how many harmful ones are stopped, and how many harmless ones."""
    from bot.quality import planted
    from connectors.cli import previewing

    with Progress(console=notes) as progress:
        task = progress.add_task("Previewing", total=None)
        found = previewing.edits(get_settings(), half, lambda done: progress.advance(task, done))
    if write:
        previewing.write(found, out)
    report("Planted edits", planted.summary(found), as_json)


@app.command("people")
@told
def people(
    half: Annotated[str | None, typer.Option(help="development or final", show_default="both")] = (
        None
    ),
    calls: Annotated[
        int, typer.Option(min=0, help="of protected and of unknown names, to compare times")
    ] = 300,
    write: Write = False,
    out: Out = FIGURES,
    as_json: AsJson = False,
) -> None:
    """Look people up: who is found, who must not be, and whether time tells who is protected."""
    from connectors.cli import peopling

    with Progress(console=notes) as progress:
        task = progress.add_task("Looking up", total=None)
        found = peopling.measure(
            get_settings(), half, calls, lambda done: progress.advance(task, done)
        )
    if write:
        peopling.write(found, out)
    report("Person lookup", found, as_json)


@app.command("emergencies")
@told
def emergencies(
    final: Final = False,
    write: Write = False,
    out: Out = FIGURES,
    as_json: AsJson = False,
) -> None:
    """Put messages of danger and harmless ones to the emergency rules, and count by language."""
    from connectors.cli import alarming

    found = alarming.measure(get_settings(), final)
    if write:
        alarming.write(found, out)
    for line in (*found.faults, *(f"{rule}: {text}" for text, rule in found.alarms)):
        notes.print(line, markup=False, soft_wrap=True)
    report("Emergencies", found.told(), as_json)


@app.command("masking")
@told
def masking(
    final: Final = False,
    write: Write = False,
    out: Out = FIGURES,
    as_json: AsJson = False,
) -> None:
    """Mask messages with personal data and without, and count by kind and by register."""
    from connectors.cli import masking as masks

    found = masks.measure(get_settings(), final)
    if write:
        masks.write(found, out)
    for line in found.faults:
        notes.print(line, markup=False, soft_wrap=True)
    report("Masking", found.told(), as_json)


@app.command("about")
@told
def about(
    questions: Annotated[Path, typer.Argument(help="labelled questions, one a line")] = Path(
        "data/quality/calibration.jsonl"
    ),
    write: Annotated[bool, typer.Option("--write", help="let the page tell these figures")] = False,
    out: Annotated[Path, typer.Option(help="the file that the page reads")] = Path(
        "data/quality/matt.json"
    ),
    as_json: AsJson = False,
) -> None:
    """Measure what /om-assistenten tells citizens: answers given, answers right, dangers found."""
    from connectors.cli import figures

    with Progress(console=notes) as progress:
        task = progress.add_task("Asking", total=None)
        found = figures.measure(get_settings(), questions, lambda n: progress.advance(task, n))
    if write:
        figures.write(found, out)
    report("About the assistant", figures.told(found), as_json)


@app.command("confusions")
@told
def confusions(
    final: Final = False,
    write: Write = False,
    out: Out = FIGURES,
    as_json: AsJson = False,
) -> None:
    """Ask what a wrong answer would harm with, and count by kind what is done."""
    from connectors.cli import confusing

    with Progress(console=notes) as progress:
        task = progress.add_task("Asking", total=None)
        found = confusing.measure(get_settings(), final, lambda: progress.advance(task))
    if write:
        confusing.write(found, out)
    for line in found.faults:
        notes.print(line, markup=False, soft_wrap=True)
    report("Confusions", found.told(), as_json)


@app.command("waits")
@told
def waits(
    simulated: Annotated[
        bool, typer.Option("--simulated", help="on made-up desks instead of the real waits")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="of the first made-up run")] = 100,
    runs: Annotated[int, typer.Option(min=1, help="made-up runs of eight weeks, a desk")] = 5,
    as_json: AsJson = False,
) -> None:
    """Say how often the waiting times that citizens are told come true."""
    from connectors.cli import waiting

    if simulated:
        with Progress(console=notes) as progress:
            task = progress.add_task("Simulating", total=runs * waiting.DESKS)
            found = waiting.simulated(seed, runs, lambda: progress.advance(task))
    else:
        found = waiting.real(get_settings())
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        output.print(waiting.table("Waiting times that were told", found))


@app.command("queue")
@told
def queue(  # noqa: PLR0913, PLR0917  # one option each
    sockets: Annotated[
        str, typer.Option(help="citizens' open sockets, one run for each number")
    ] = "200,2000,10000",
    agents: Annotated[int, typer.Option(min=1, help="agents at their desks")] = 100,
    rate: Annotated[float, typer.Option(min=0.1, help="messages a second")] = 50.0,
    seconds: Annotated[float, typer.Option(min=1, help="how long they are sent")] = 30.0,
    races: Annotated[
        int, typer.Option(min=0, help="conversations that several agents claim at once")
    ] = 10_000,
    storm: Annotated[int, typer.Option(min=0, help="sockets to cut at once")] = 2000,
    gateways: Annotated[int, typer.Option(min=1, help="gateways to start")] = 1,
    url: Annotated[
        str | None, typer.Option(help="a running gateway to measure", show_default="none")
    ] = None,
    database_url: Annotated[
        str | None, typer.Option(help="where conversations are kept", show_default="a new SQLite")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="fill in the page of figures")] = False,
    out: Annotated[Path, typer.Option(help="the page to fill in")] = Path(
        "docs/reference/performance.md"
    ),
    as_json: AsJson = False,
) -> None:
    """Let simulated citizens and agents talk over real sockets; count what is late or lost.

    Writes conversations and accounts into the database: never use one with real ones.
    """
    from connectors.cli.load import queue as load
    from connectors.cli.load import telling

    plan = load.Plan(load.numbers(sockets), agents, rate, seconds, races, storm, gateways, url)
    found = load.run_on(plan, get_settings(), database_url, notes.print)
    if write:
        telling.write(found, out)
    if as_json:
        report("Queue", found, as_json)
    else:
        for part in telling.tables(found):
            output.print(part)
