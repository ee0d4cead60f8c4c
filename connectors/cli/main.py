"""`kommunbot`: ask, faq, index, crawl, train, eval, bench, calibrate, outbox, retention, serve …

Each command imports what it needs when it runs: language libraries take seconds to load.
"""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import MofNCompleteColumn, Progress

from bot.settings import get_settings
from connectors.accounts.model import Role
from connectors.cli import audit, bench, faq, language, models, outbox, retention, safety, tokens
from connectors.cli.telling import AsJson, Url, notes, output, report, table, told

PAGES = {Role.AGENT: "desk", Role.EDITOR: "redaktor", Role.REGISTRAR: "handlingar"}

app = typer.Typer(
    help="Kommunbot: an assistant for Swedish municipalities.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals hold citizens' text
)
app.add_typer(tokens.app, name="agents")
app.add_typer(audit.app, name="audit")
app.add_typer(bench.app, name="bench")
app.add_typer(faq.app, name="faq")
app.add_typer(language.app, name="language")
app.add_typer(models.app, name="models")
app.add_typer(outbox.app, name="outbox")
app.add_typer(retention.app, name="retention")
app.add_typer(safety.app, name="safety")


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
def crawl(
    url: Annotated[
        str | None, typer.Argument(help="the site's address; default: from the settings")
    ] = None,
    hosts: Annotated[
        str | None,
        typer.Option(help="others that belong to the site, comma-separated", show_default="none"),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="the site may lie on a private network")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the municipality's web pages and report; goes on where it was cut."""
    from connectors.cli import crawling

    settings = get_settings()
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=notes) as progress:
        task = progress.add_task("Crawling", total=None)
        found = crawling.crawl(
            settings,
            url,
            hosts=tuple(host.strip() for host in (hosts or "").split(",") if host.strip()),
            allow_private=allow_private,
            told=lambda done, total, _: progress.update(task, completed=done, total=total),
        )
    if as_json:
        typer.echo(json.dumps(crawling.as_json(found), ensure_ascii=False, indent=2))
    else:
        for table in crawling.tables(found):
            output.print(table)
    for sentence in crawling.sentences(found, settings):
        notes.print(sentence, markup=False, highlight=False, soft_wrap=True)


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
    table("Summary", evaluate.summary(results))


@app.command("quality")
@told
def measure_quality(
    collections: Annotated[
        Path | None,
        typer.Option(help="a folder of collections in BEIR's layout", show_default="none"),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="the final questions as well")] = False,
    size: Annotated[
        bool, typer.Option("--size", help="a million vectors and 100,000 passages as well")
    ] = False,
    seeds: Annotated[int, typer.Option(min=1, help="random removals to average over")] = 5,
    out: Annotated[Path, typer.Option(help="the page to fill in")] = Path(
        "docs/reference/quality.md"
    ),
) -> None:
    """Measure everything, beside what one would use instead, and write the page of figures."""
    from connectors.cli import quality

    settings, plan = get_settings(), quality.Plan(collections, final, size, seeds)
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

    table("Cross-validated by entry", measuring.calibrate(questions, get_settings()))


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
    found, written = recalibrating.recalibrate(labels, settings)
    report("Before, and after without the question in hand", found, as_json)
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


@app.command("survey")
@told
def tell_survey(
    days: Annotated[int, typer.Option(min=1, help="how far back to look")] = 30,
    comments: Annotated[
        bool, typer.Option("--comments", help="print what citizens wrote, too")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell how easy citizens say that it was to get help and to reach the municipality."""
    from connectors.cli import surveying

    found = surveying.look(get_settings(), days)
    report(f"What citizens say, {days} days", found.report(), as_json)
    for comment in found.comments if comments else ():
        output.print(f"- {comment}", markup=False, highlight=False, soft_wrap=True)


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
    role: Annotated[
        list[Role], typer.Option(help="what the account opens; may be given several times")
    ] = [Role.AGENT],  # noqa: B006  # only read
    department: Annotated[
        list[str] | None,
        typer.Option(
            help="an id of data/desk.yml; may be given several times",
            show_default="none: a generalist",
        ),
    ] = None,
) -> None:
    """Make an account for an agent at the desk, an editor or a registrar."""
    from connectors.accounts.service import NewAccount
    from connectors.cli import agents

    settings = get_settings()
    agents.add(settings, NewAccount(username, name, password, role, department or []))
    for page in sorted({PAGES[one] for one in role}):
        notes.print(f"{username} can log in at {settings.public_url}/{page}.")


@app.command("set-password")
@told
def set_password(
    username: str,
    password: Annotated[
        str,
        typer.Option(help="at least 12 characters", prompt=True, hide_input=True),
    ],
) -> None:
    """Give an account another password; whoever is logged in with it is logged out."""
    from connectors.cli import agents

    agents.change_password(get_settings(), username, password)
    notes.print(f"{username} logs in with the new password from now on.", markup=False)


@app.command("close-agent")
@told
def close_agent(
    username: Annotated[str, typer.Argument(help="an agent's, an editor's or a registrar's")],
) -> None:
    """Close an account for good: its logins and tokens are worth nothing, its deeds stay."""
    from connectors.cli import agents

    agents.close(get_settings(), username)
    notes.print(
        f"{username} is logged out and cannot log in again. Conversations that {username} has go"
        " back to the queue.",
        markup=False,
        soft_wrap=True,
    )


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


if __name__ == "__main__":
    app()
