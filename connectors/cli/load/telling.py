"""The figures of a run as tables: on the screen, and on the page of figures."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.quality import page
from connectors.cli.quality import read_page

Figures = Mapping[str, Any]
Column = tuple[str, str, int]  # heading, key, decimals

CROWD: Sequence[Column] = (
    ("Open sockets", "sockets", 0),
    ("Chats", "chats", 0),
    ("Messages", "messages", 0),
    ("a second", "rate", 1),
    ("p50 ms", "p50_ms", 0),
    ("p95 ms", "p95_ms", 0),
    ("p99 ms", "p99_ms", 0),
    ("Refused", "refused", 0),
    ("Lost", "lost", 0),
    ("Doubled", "doubled", 0),
    ("Out of order", "out_of_order", 0),
    ("KiB a socket", "kib_a_socket", 1),
    ("Cores", "cores", 2),
)
STORM: Sequence[Column] = (
    ("Open sockets", "sockets", 0),
    ("All opened in s", "opened_s", 1),
    ("Cut at once", "cut", 0),
    ("Half whole after s", "half_s", 1),
    ("All whole after s", "whole_s", 1),
    ("Not back", "missing", 0),
)
RACES: Sequence[Column] = (
    ("Raced conversations", "raced", 0),
    ("Claims", "claims", 0),
    ("a second", "claims_a_second", 0),
    ("Claimed twice", "double", 0),
    ("Claimed by nobody", "unclaimed", 0),
)


def tables(found: Figures) -> Iterator[Table]:
    """Draw the figures for a terminal."""
    for title, columns, rows in _parts(found):
        drawn = Table(*(heading for heading, _, _ in columns), title=title)
        for row in rows:
            drawn.add_row(*_cells(row, columns))
        yield drawn


def write(found: Figures, out: Path) -> None:
    """Fill in the page of figures.

    Raises:
        PageError: the page lacks its marks.
        SettingError: there is no page.
    """
    made = found["made"]
    stamp = (
        f"*{made['date']}; {made['machine']}, load {made['load']:.1f} at the start;"
        f" Python {made['python']}; {made['database']}; {made['gateways']} gateway(s),"
        f" {made['agents']} agents, {made['rate']:g} messages a second wanted.*"
    )
    drawn = [f"### {title}\n\n{_table(columns, rows)}" for title, columns, rows in _parts(found)]
    filled = page.fill(read_page(out), {"queue": "\n\n".join([stamp, *drawn])})
    out.write_text(filled, encoding="utf-8")


def _parts(found: Figures) -> Iterator[tuple[str, Sequence[Column], Sequence[Figures]]]:
    crowds = found["crowds"]
    if crowds:
        yield "Talking", CROWD, crowds
        yield "Coming back", STORM, [{**one, **(one["storm"] or {})} for one in crowds]
    if found["races"]:
        yield "Claiming", RACES, [found["races"]]


def _table(columns: Sequence[Column], rows: Sequence[Figures]) -> str:
    headings = [heading for heading, _, _ in columns]
    return page.table(headings, [_cells(row, columns) for row in rows])


def _cells(row: Figures, columns: Sequence[Column]) -> list[str]:
    return [_cell(row.get(key), decimals) for _, key, decimals in columns]


def _cell(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:,.{decimals}f}"
