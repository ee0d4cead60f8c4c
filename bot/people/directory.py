"""Reading `data/staff`: people and functions. A bad row is told and skipped, the rest are kept."""

import csv
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import structlog

from bot.errors import ContentError
from bot.live_file import LiveFile
from bot.people.model import Function, Person

_FOLDER, _PEOPLE, _FUNCTIONS = "staff", "katalog.csv", "funktioner.csv"
_PUBLISHED = "ja"
_log = structlog.get_logger()


class Directory:
    """Everybody who may be shown."""

    def __init__(self, people: tuple[Person, ...], functions: tuple[Function, ...]) -> None:
        self.people = people
        self.functions = functions

    @classmethod
    def load(cls, data_dir: Path) -> "Directory":
        """Read `katalog.csv` and `funktioner.csv` in `data/staff`.

        Only rows that say `publicerad: ja` are loaded: a protected person is not
        hidden by a filter later on, but is not there at all.

        Raises:
            ContentError: a file is missing or has no heading row.
        """
        folder = data_dir / _FOLDER
        people = tuple(
            _person(row)
            for row in _rows(folder / _PEOPLE, needed=("namn", "titel", "enhet"))
            if row.get("publicerad", "").lower() == _PUBLISHED
        )
        functions = tuple(
            _function(row) for row in _rows(folder / _FUNCTIONS, needed=("funktion", "enhet"))
        )
        return cls(people, functions)

    @classmethod
    def live(cls, data_dir: Path) -> "LiveFile[Directory]":
        """Return who may be shown as the files say now; wrong ones leave those before in use."""
        paths = [data_dir / _FOLDER / name for name in (_PEOPLE, _FUNCTIONS)]
        return LiveFile(paths, lambda: cls.load(data_dir), cls((), ()), "staff_unusable")

    @cached_property
    def role_terms(self) -> frozenset[str]:
        """Return every word of titles, units, duties and functions' keywords."""
        people = (person.role_terms for person in self.people)
        functions = (one.unit_terms.union(*one.keyword_terms) for one in self.functions)
        return frozenset[str]().union(*people, *functions)

    def person(self, choice: str) -> Person | None:
        """Return whom a choice means; None where the row has gone since it was offered."""
        return next((person for person in self.people if person.id == choice), None)

    def names(self) -> frozenset[str]:
        """Return every part of everybody's name."""
        return frozenset(part for person in self.people for part in person.name.split())


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: Filen går inte att läsa. Spara den som UTF-8.") from error
    reader = csv.DictReader(content.splitlines(), delimiter=";")
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise ContentError(f"{path}:1: Kolumnen «{missing[0]}» saknas i första raden.")
    for row in reader:
        values = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        if all(values[name] for name in needed):
            yield values
        else:
            _log.warning("staff_row_skipped", file=path.name, line=reader.line_num)


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
