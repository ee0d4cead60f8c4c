"""Where staff and functions come from: `data/staff`, or another list that a connector reads."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from bot.errors import ContentError
from bot.people.model import Function, Person

PEOPLE, FUNCTIONS = "katalog.csv", "funktioner.csv"
_PUBLISHED, _HIDDEN = "ja", "nej"
_log = structlog.get_logger()


@dataclass(frozen=True)
class Staff:
    """Those who may be shown, and what is wrong with rows that were left out, in Swedish."""

    people: tuple[Person, ...]
    functions: tuple[Function, ...]
    problems: tuple[str, ...] = ()


class StaffSource(Protocol):
    """A list of staff: files, or a connector that keeps a file of what another system has."""

    @property
    def paths(self) -> Sequence[Path]:
        """What is looked at before each question: when one changes everything is loaded anew."""

    def load(self) -> Staff:
        """Return whom the bot may show.

        People who are not published must not be returned at all: nothing later hides them.

        Raises:
            ContentError: the list cannot be used; the one before stays in use.
        """


class CsvStaff:
    """`katalog.csv` and `funktioner.csv` in `data/staff`: UTF-8 or Windows-1252, semicolons."""

    def __init__(self, data_dir: Path) -> None:
        self._people, self._functions = (data_dir / "staff" / n for n in (PEOPLE, FUNCTIONS))

    @property
    def paths(self) -> Sequence[Path]:
        return (self._people, self._functions)

    def load(self) -> Staff:
        """Read both files. Only rows that say `publicerad: ja` become people.

        Raises:
            ContentError: a file is missing or has no heading row.
        """
        people = _Rows(self._people, ("namn", "titel", "enhet", "publicerad"))
        functions = _Rows(self._functions, ("funktion", "enhet"))
        shown = tuple(_person(row) for row in people if _is_published(row))
        staff = Staff(
            shown, tuple(map(_function, functions)), (*people.problems, *functions.problems)
        )
        for problem in staff.problems:
            _log.warning("staff_row_skipped", reason=problem)
        return staff


class _Rows:
    """The usable rows of a file; `problems` tells of the others once they have been read."""

    def __init__(self, path: Path, needed: tuple[str, ...]) -> None:
        self.problems: list[str] = []
        self._path, self._needed = path, needed
        try:
            content = _decoded(path.read_bytes())
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(f"{path}: Filen går inte att läsa. Spara den som UTF-8.") from error
        self._reader = csv.DictReader(content.splitlines(), delimiter=";")
        missing = [name for name in needed if name not in (self._reader.fieldnames or ())]
        if missing:
            raise ContentError(f"{path}:1: Kolumnen «{missing[0]}» saknas i första raden.")

    def __iter__(self) -> Iterator[dict[str, str]]:
        for row in self._reader:
            if problem := self._problem(row):
                where = f"{self._path}:{self._reader.line_num}"
                self.problems.append(f"{where}: {problem} Raden används inte förrän den är rättad.")
            else:
                yield {key: (value or "").strip() for key, value in row.items()}

    def _problem(self, row: dict[str, str]) -> str | None:
        """Say what is wrong with a row, with nothing of what stands in it: that can be a name."""
        named = {key: value for key, value in row.items() if isinstance(key, str)}
        if len(named) < len(row):
            return "Raden har fler kolumner än den första raden. Ett semikolon är för mycket."
        if any(value is None for value in named.values()):
            return "Raden har färre kolumner än den första raden. Ett semikolon saknas."
        empty = [name for name in self._needed if not named[name].strip()]
        if empty:
            return f"«{empty[0]}» är tomt. Fyll i det."
        if named.get("publicerad", _PUBLISHED).strip().lower() not in {_PUBLISHED, _HIDDEN}:
            return "«publicerad» ska vara ja eller nej."
        return None


def _decoded(content: bytes) -> str:
    """Read UTF-8, or what spreadsheets save as ANSI: a row that now says nej must not wait."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _is_published(row: dict[str, str]) -> bool:
    return row["publicerad"].lower() == _PUBLISHED


def _person(row: dict[str, str]) -> Person:
    return Person(
        name=row["namn"],
        title=row["titel"],
        unit=row["enhet"],
        department=row.get("forvaltning", ""),
        duties=row.get("ansvar", ""),
        phone=row.get("telefon") or None,
        email=row.get("epost") or None,
        hours=row.get("besokstid") or None,
    )


def _function(row: dict[str, str]) -> Function:
    keywords = row.get("sokord", "").split(",")
    return Function(
        title=row["funktion"],
        unit=row["enhet"],
        duties=row.get("ansvar", ""),
        keywords=tuple(word.strip() for word in keywords if word.strip()),
        phone=row.get("telefon") or None,
        email=row.get("epost") or None,
        hours=row.get("besokstid") or None,
    )
