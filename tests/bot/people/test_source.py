"""The lists of staff: bad rows are told and left out, a new list is used at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.people.directory import Directory
from bot.people.model import Person
from bot.people.source import CsvStaff, Staff, StaffSource

HEAD = "namn;titel;enhet;telefon;publicerad\n"
GOOD = "Malin Öberg;Jurist;Kansliet;031-390 06 10;ja\n"
FUNCTIONS = "funktion;enhet;telefon\nVäxeln;Kontaktcenter;031-390 06 00\n"


def staff_of(folder: Path, people: str, functions: str = FUNCTIONS) -> CsvStaff:
    (folder / "staff").mkdir(exist_ok=True)
    (folder / "staff" / "katalog.csv").write_text(people, encoding="utf-8")
    (folder / "staff" / "funktioner.csv").write_text(functions, encoding="utf-8")
    return CsvStaff(folder)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Per Ek;;Kansliet;1;ja\n", "«titel» är tomt"),
        ("Per Ek;Jurist;Kansliet;1\n", "färre kolumner"),
        ("Per Ek;Jurist;Kansliet;1;ja;mer\n", "fler kolumner"),
        ("Per Ek;Jurist;Kansliet;1;kanske\n", "ska vara ja eller nej"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_kept(
    tmp_path: Path, row: str, told: str
) -> None:
    staff = staff_of(tmp_path, HEAD + GOOD + row + GOOD.replace("Malin", "Sara")).load()
    assert [person.name for person in staff.people] == ["Malin Öberg", "Sara Öberg"]
    (problem,) = staff.problems
    assert "katalog.csv:3: " in problem
    assert told in problem
    assert "Per" not in problem


def test_somebody_hidden_in_a_file_of_another_encoding_is_hidden_at_once(tmp_path: Path) -> None:
    live = Directory.live(staff_of(tmp_path, HEAD + GOOD + GOOD.replace("Malin", "Åsa")))
    assert [person.name for person in live.get().people] == ["Malin Öberg", "Åsa Öberg"]
    saved = HEAD + GOOD.replace(";ja", ";nej") + GOOD.replace("Malin", "Åsa")
    (tmp_path / "staff" / "katalog.csv").write_bytes(saved.encode("cp1252"))
    assert [person.name for person in live.get().people] == ["Åsa Öberg"]
    assert live.problem is None


def test_a_bad_row_of_functions_is_told_as_well(tmp_path: Path) -> None:
    staff = staff_of(tmp_path, HEAD + GOOD, FUNCTIONS + ";Enhet;1\n").load()
    assert [one.title for one in staff.functions] == ["Växeln"]
    assert "funktioner.csv:3: «funktion» är tomt" in staff.problems[0]


def test_the_shipped_lists_have_no_bad_row() -> None:
    assert CsvStaff(Path("data")).load().problems == ()


@dataclass
class Register:
    """A connector: another system's list, kept in a file of its own kind."""

    file: Path

    @property
    def paths(self) -> Sequence[Path]:
        return (self.file,)

    def load(self) -> Staff:
        names = self.file.read_text(encoding="utf-8").split(",")
        return Staff(
            tuple(Person(name, "Jurist", "Kansliet", "", "", None, None, None) for name in names),
            (),
        )


def test_another_source_takes_the_place_of_the_files(tmp_path: Path) -> None:
    register: StaffSource = Register(tmp_path / "register.txt")
    live = Directory.live(register)
    assert live.get().people == ()
    (tmp_path / "register.txt").write_text("Malin Öberg", encoding="utf-8")
    assert [person.name for person in live.get().people] == ["Malin Öberg"]
    (tmp_path / "register.txt").write_text("Malin Öberg,Sara Ek", encoding="utf-8")
    assert [person.name for person in live.get().people] == ["Malin Öberg", "Sara Ek"]
