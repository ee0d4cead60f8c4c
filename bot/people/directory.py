"""Everybody who may be shown, and the words that they are found by."""

from bisect import bisect_left
from functools import cached_property
from pathlib import Path

from bot.live_file import LiveFile
from bot.people.model import SHORTEST, WHOLE, Function, Person
from bot.people.source import CsvStaff, Staff, StaffSource


class Directory:
    """Everybody who may be shown."""

    def __init__(self, people: tuple[Person, ...], functions: tuple[Function, ...]) -> None:
        self.people = people
        self.functions = functions

    @classmethod
    def load(cls, data_dir: Path) -> "Directory":
        """Read who may be shown from `data/staff`.

        Raises:
            ContentError: a file is missing or has no heading row.
        """
        return cls.of(CsvStaff(data_dir).load())

    @classmethod
    def of(cls, staff: Staff) -> "Directory":
        return cls(staff.people, staff.functions)

    @classmethod
    def live(cls, source: "StaffSource | Path") -> "LiveFile[Directory]":
        """Return who may be shown as a source says now; a wrong one leaves those before in use.

        Args:
            source: or the folder of content, for the files in its `staff`.
        """
        found = CsvStaff(source) if isinstance(source, Path) else source
        return LiveFile(found.paths, lambda: cls.of(found.load()), cls((), ()), "staff_unusable")

    @cached_property
    def role_terms(self) -> frozenset[str]:
        """Return every word of titles, units, duties and functions' keywords."""
        people = (person.role_terms for person in self.people)
        functions = (one.unit_terms.union(*one.keyword_terms) for one in self.functions)
        return frozenset[str]().union(*people, *functions)

    def knows(self, word: str) -> bool:
        """Tell whether `word` begins a word of roles, as "soc", or a word of roles begins it.

        The same as `begins` with each of them, found by halving: staff may be thousands.
        """
        if any(word[:end] in self.role_terms for end in range(WHOLE, len(word) + 1)):
            return True
        place = bisect_left(self._sorted, word)
        return len(word) >= SHORTEST and any(
            term.startswith(word) for term in self._sorted[place : place + 1]
        )

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.role_terms)

    @cached_property
    def first_names(self) -> frozenset[str]:
        return frozenset(person.first_name for person in self.people)

    def person(self, choice: str) -> Person | None:
        """Return whom a choice means; None where the row has gone since it was offered."""
        return next((person for person in self.people if person.id == choice), None)

    def names(self) -> frozenset[str]:
        """Return every part of everybody's name."""
        return frozenset(part for person in self.people for part in person.name.split())
