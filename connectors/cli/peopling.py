"""What the person lookup finds and must never show, and whether its time tells of anybody."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.answering.assistant import Assistant
from bot.errors import KommunbotError
from bot.people.source import PEOPLE
from bot.quality import page
from bot.quality.people import Judge, Verdict, compare_times, read_phrasings, summary
from bot.settings import Settings
from bot.texts import Texts
from connectors.cli.quality import read_page

HALVES = {
    "development": Path("data/quality/people-development.jsonl"),
    "final": Path("tests/quality/people-final.jsonl"),
}


def measure(
    settings: Settings, half: str | None, calls: int, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Look up every phrasing of a half, or of both, then compare times.

    Args:
        calls: for each of protected and unknown names; 0 for no comparison of times.

    Raises:
        ContentError: a line of the phrasings is wrong.
        KommunbotError: there is no such half.
    """
    halves = {name: path for name, path in HALVES.items() if half in {None, name}}
    if not halves:
        raise KommunbotError(f"There is no half «{half}»: development or final.")
    assistant = Assistant.open(settings)
    judge, found = Judge(assistant, Texts.load(settings.data_dir)), dict[str, Any]()
    for name, path in halves.items():
        phrasings = read_phrasings(path)
        judged = list(zip(phrasings, judge.judge_all(phrasings, progress), strict=True))
        missed = [(one.text, verdict.value) for one, verdict in judged if not verdict.is_right]
        found[name] = {**summary(judged), "not right": missed}
    if calls:
        found["times"] = compare_times(assistant.find_person, _protected(settings), calls)
    return found


def _protected(settings: Settings) -> list[str]:
    """Return who is in the file of staff and not shown. Read here and nowhere in the product."""
    path = settings.data_dir / "staff" / PEOPLE
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    return [row["namn"] for row in rows if row["publicerad"] == "nej"]


def write(found: Mapping[str, Any], out: Path) -> None:
    """Fill in the tables of the lookup on the page of figures; halves not measured stay.

    Raises:
        PageError: the page lacks the marks of a table.
        SettingError: there is no page.
    """
    parts = {f"people-{name}": table(found[name]) for name in HALVES if name in found}
    if "times" in found:
        parts["people-times"] = times(found["times"])
    told = {name: page.dated(text) for name, text in parts.items()}
    out.write_text(page.fill(read_page(out), told), encoding="utf-8")


def table(half: Mapping[str, Any]) -> str:
    """Return the table of a half: a row for each kind of phrasing, all first."""
    lines = [
        (kind.replace("_", " "), *(str(row[name]) for name in ("phrasings", *Verdict)))
        for kind, row in half.items()
        if isinstance(row, dict)
    ]
    return page.table(("Phrasings", "Number", *(verdict.value for verdict in Verdict)), lines)


def times(row: Mapping[str, Any]) -> str:
    """Return the comparison of times in a table."""
    cells = (
        str(row["calls"]),
        f"{row['protected_ms']:.2f}",
        f"{row['nobody_ms']:.2f}",
        f"{row['p']:.2f}",
        f"{row['effect']:.3f}",
    )
    heads = ("Calls of each", "Protected, median ms", "Nobody, median ms", "p", "Effect size")
    return page.table(heads, [cells])
