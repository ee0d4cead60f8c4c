"""`kommunbot language`: train the Swedish pipeline and measure it."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.settings import get_settings
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(help="Train and measure the Swedish pipeline.", no_args_is_help=True)
_OWN = Path("bot/language/swedish/model")
Texts = Annotated[Path, typer.Argument(help="folder with the annotated texts, .spacy")]


@app.command("train")
@told
def train_pipeline(
    data: Texts,
    out: Annotated[Path, typer.Option(help="folder that gets the pipeline")],
    names: Annotated[
        Path, typer.Option(help="folder with lists of names, .csv; seen from DATA")
    ] = Path("../svensktext"),
) -> None:
    """Train parts of speech, features and names; about fifteen minutes on one core."""
    from bot.language.swedish import training  # noqa: PLC0415  # takes seconds to load

    training.train(data, data / names, get_settings().data_dir / "language/spacy", out)
    notes.print(f"The pipeline is in {out}.")


@app.command("score")
@told
def score_pipeline(
    data: Texts,
    model: Annotated[Path, typer.Option(help="folder with the pipeline")] = _OWN,
    as_json: AsJson = False,
) -> None:
    """Print how many words and names the pipeline gets right, and its time."""
    from bot.language.swedish import load, scoring  # noqa: PLC0415

    messages = get_settings().data_dir / "language/spacy/messages.txt"
    report = scoring.score(load(model), data, messages)
    if as_json:
        typer.echo(json.dumps(report, indent=2))
    else:
        show(report)


def show(report: dict[str, Any]) -> None:
    """Print one table a part: a row a text, a column a figure."""
    for title, part in report.items():
        rows = part if all(isinstance(row, dict) for row in part.values()) else {"": part}
        table = Table("", *next(iter(rows.values())), title=title)
        for name, row in rows.items():
            table.add_row(name, *(f"{value:.3f}" for value in row.values()))
        output.print(table)
