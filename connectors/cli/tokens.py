"""`kommunbot agents`: their departments, and tokens with which a program is an agent."""

from typing import Annotated

import typer

from bot.settings import get_settings
from connectors.cli.telling import notes, output, told

app = typer.Typer(help="Agents' departments, and tokens for programs.", no_args_is_help=True)


@app.command("departments")
@told
def set_departments(
    username: str,
    departments: Annotated[
        list[str] | None,
        typer.Argument(help="ids of data/desk.yml", show_default="none: a generalist"),
    ] = None,
) -> None:
    """Say which departments' conversations an agent takes, from the next request on."""
    from connectors.cli import agents

    agents.move(get_settings(), username, departments or [])
    whose = ", ".join(departments or []) or "no department: a generalist"
    notes.print(f"{username} is of {whose}.", markup=False)


@app.command("token")
@told
def make(
    username: Annotated[str, typer.Argument(help="an agent's account, of the program's own")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="how long it lasts")] = 365,
) -> None:
    """Make a token for a program; it is shown once, on standard output."""
    from connectors.cli import agents

    typer.echo(agents.new_token(get_settings(), username, days))
    notes.print(
        f"Whoever has it is {username} at /api/desk, for {days} days. It is not shown again.",
        soft_wrap=True,
    )


@app.command("tokens")
@told
def show() -> None:
    """List the tokens, by id; never the tokens themselves."""
    from connectors.cli import agents

    for token in agents.tokens(get_settings()):
        output.print(
            f"{token.id}  {token.username}  from {token.created_at:%Y-%m-%d}"
            f"  until {token.expires_at:%Y-%m-%d}",
            markup=False,
            highlight=False,
        )


@app.command("revoke")
@told
def revoke(
    token_id: Annotated[str, typer.Argument(help="as `kommunbot agents tokens` lists it")],
) -> None:
    """Make a token worth nothing, at once, also on sockets that are open."""
    from connectors.cli import agents

    agents.revoke_one(get_settings(), token_id)
    notes.print(f"{token_id} is worth nothing any longer.")
