"""What the municipality says of its assistant: a fault is told with its line."""

from pathlib import Path

import pytest

from bot.about.model import Own
from bot.about.repository import FILE, LiveOwn, load_own
from bot.errors import ContentError
from bot.language.readability import readability
from tests.docs.reading import blocks, column, page, table
from tests.support.gateway import ROOT

RIGHT = """\
syfte: Du ska få svar.
rattslig_grund: Artikel 6.1 e.
personuppgiftsansvarig: Kommunstyrelsen i {kommun.namn}
dataskyddsombud: "{kommun.dataskydd_epost}"
kontakt: Kontaktcenter
ansvarig: Chefen för kontaktcenter
drift: Egna servrar
i_bruk_sedan: 2026-11-02
uppdaterad: 2026-11-29
"""
FAULTS = {
    "nothing said": ("Kontaktcenter\n", "''\n", 5, "«kontakt»", "är tom"),
    "an unknown line": ("drift:", "hosting:", 7, "«hosting»", "känns inte igen"),
    "a line too few": ("drift: Egna servrar\n", "", 1, "«drift»", "saknas"),
    "an unknown fact": ("kommun.namn", "kommun.nmn", 3, "«personuppgiftsansvarig»", "kommun.nmn"),
    "changed before it was in use": ("2026-11-29", "2026-10-01", 9, "«uppdaterad»", "är före"),
    "no such day": ("2026-11-02", "2026-11-31", 8, "Datumet", "finns inte i kalendern"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kommun.yml").write_bytes((ROOT / "data" / "kommun.yml").read_bytes())
    return written(tmp_path, RIGHT)


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_municipalitys_own_facts_are_filled_in(folder: Path) -> None:
    own = load_own(folder)
    assert own.controller == "Kommunstyrelsen i Skärvinge kommun"
    assert own.officer == "dataskydd@skarvinge.example"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(folder: Path, name: str) -> None:
    right, wrong, line, key, told = FAULTS[name]
    with pytest.raises(ContentError) as found:
        load_own(written(folder, RIGHT.replace(right, wrong)))
    lines = [one for one in str(found.value).splitlines() if f":{line}: {key}" in one]
    assert lines and told in lines[0]


def test_a_wrong_file_leaves_what_was_said_before(folder: Path) -> None:
    live = LiveOwn(folder)
    before = live.get()
    written(folder, "syfte: Något annat\n")
    assert live.get() == before is not None
    assert live.problem is not None and "«drift»" in live.problem


def test_what_is_shipped_can_be_read_and_is_easy() -> None:
    assert readability(load_own(ROOT / "data").purpose).lix <= 40


def test_the_guide_tells_every_line_and_its_example_can_be_read(folder: Path) -> None:
    guide = page("redaktor/om-assistenten.md")
    lines = {str(field.validation_alias) for field in Own.model_fields.values()}
    assert set(column(table(guide))) == lines
    (example,) = blocks(guide, "yaml")
    assert load_own(written(folder, example))
