"""`kommunbot safety`: two people's approval of the rules that recognise danger."""

from typing import Annotated

import typer

from bot.safety import approval
from bot.settings import get_settings
from connectors.cli.telling import notes, output, told
from connectors.now import utc_now

app = typer.Typer(help="Approval of the rules that recognise danger.", no_args_is_help=True)


@app.command()
@told
def approve(
    name: Annotated[str, typer.Option(help="who has read the rules and the texts")],
    part: Annotated[
        list[str] | None,
        typer.Option(help="what they have read: a language, or regler", show_default="all"),
    ] = None,
) -> None:
    """Approve `data/safety` and the warning texts as they stand now."""
    given = approval.approve(
        get_settings().data_dir, name, utc_now(), tuple(part or approval.PARTS)
    )
    lacking = approval.lacking(given)
    rest = f"These need one more: {', '.join(lacking)}." if lacking else "Nothing is lacking."
    notes.print(f"Approved by {name}. {rest}", markup=False)


@app.command()
@told
def status() -> None:
    """Tell who has approved each part as it stands; status 1 where two people have not."""
    data_dir = get_settings().data_dir
    for part, given in approval.approvals(data_dir).items():
        for one in given:
            said = f"{part:6}  {one.at:%Y-%m-%d %H:%M}  {one.name}"
            output.print(said, markup=False, highlight=False)
    approval.require_approved(data_dir)
