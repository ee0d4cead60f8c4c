"""What the waiting times that citizens are told are worth, on real waits and on made-up ones."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from rich.table import Table

from bot.settings import Settings
from connectors.cli.looking import NothingStored, looking
from connectors.queue.simulation import ORDINARY, SUMMER, simulate
from connectors.queue.waits import Backtest, Trial, alike, audiences, judge, trials

DAYS = 40  # working days, eight weeks
_DESKS = {"ordinary": ORDINARY, "summer": SUMMER}
DESKS = len(_DESKS)
_HEADINGS = tuple(field.name for field in fields(Backtest))
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def real(settings: Settings) -> dict[str, Any]:
    """Judge the waits that are stored, for each audience by itself.

    Raises:
        NothingStored: nobody has waited yet, or there is no database.
    """
    return asyncio.run(_real(settings.database_url))


def simulated(
    seed: int, runs: int, done: Callable[[], None] = lambda: None, days: int = DAYS
) -> dict[str, Any]:
    """Judge the waits of made-up desks: an ordinary one, and one with twice as many citizens.

    Args:
        seed: of the first run; the others have the numbers after it.
        runs: how many times each desk is simulated.
        done: called after each run.
        days: working days a run.
    """
    found = {}
    for name, desk in _DESKS.items():
        tried: list[Trial] = []
        for number in range(seed, seed + runs):
            tried.extend(trials(simulate(desk, days, number)))
            done()
        found[name] = _rows(tried)
    return found


def table(title: str, found: dict[str, Any]) -> Table:
    """Draw a row for each desk or audience, and for what stood before those who waited."""
    drawn = Table(title=title)
    for heading in ("", "", *_HEADINGS):
        drawn.add_column(heading, justify="right" if heading else "left")
    for desk, groups in found.items():
        for group, figures in groups.items():
            drawn.add_row(desk, group, *(_cell(figures[key]) for key in _HEADINGS))
        drawn.add_section()
    return drawn


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


async def _real(url: str) -> dict[str, Any]:
    async with looking(url) as session:
        waits = {who: await alike(session, who, _BEGINNING) for who in await audiences(session)}
    if not any(waits.values()):
        raise NothingStored("Nobody has waited in the queue yet. Try --simulated.")
    return {who: _rows(trials(own)) for who, own in waits.items()}


def _rows(tried: Iterable[Trial]) -> dict[str, Any]:
    """Whoever has nobody before them mostly waits no minute: that is judged by itself."""
    every = list(tried)
    return {
        "nobody before": asdict(judge([one for one in every if not one.wait.ahead])),
        "somebody before": asdict(judge([one for one in every if one.wait.ahead])),
        "all": asdict(judge(every)),
    }
