"""The statement says nothing that contradicts itself, and a fault is told with its line."""

from pathlib import Path

import pytest

from bot.accessibility.model import Shortcoming, Statement
from bot.accessibility.repository import FILE, LiveStatement, load_statement
from bot.errors import ContentError
from tests.docs.reading import blocks, column, page, section, table
from tests.support.gateway import ROOT

RIGHT = """\
tjanst: Chatten
uppfyller: delvis
bedomd: 2026-11-28
testad_med:
  - Tangentbord.
uppdaterad: 2026-11-29
brister:
  - titel: Dokument
    text: Saknar rubriker.
    varfor: De är gamla.
    wcag: 1.3.1
"""
FAULTS = {
    "wholly, with a shortcoming": ("delvis", "helt", 2, "«uppfyller»", "är «helt» trots att"),
    "another word": ("delvis", "nästan", 2, "«uppfyller»", "(välj 'helt', 'delvis' eller 'inte')"),
    "updated too early": ("2026-11-29", "2026-11-27", 6, "«uppdaterad»", "är före bedomd"),
    "no reason": ("varfor: De är gamla.", "varfor: ''", 10, "«varfor»", "är tom"),
    "a demand in words": ("1.3.1", "rubriker", 11, "«wcag»", "har fel form"),
    "an unknown line": ("bedomd:", "bedömd:", 3, "«bedömd»", "känns inte igen"),
    "no such day": ("2026-11-28", "2026-13-28", 3, "Datumet", "finns inte i kalendern"),
}


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_statement_can_be_read() -> None:
    assert load_statement(ROOT / "data").shortcomings


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    right, wrong, line, key, told = FAULTS[name]
    folder = written(tmp_path, RIGHT.replace(right, wrong))
    with pytest.raises(ContentError) as found:
        load_statement(folder)
    lines = [one for one in str(found.value).splitlines() if f":{line}: {key}" in one]
    assert lines and told in lines[0]


def test_something_that_falls_short_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="säger att något brister"):
        load_statement(written(tmp_path, RIGHT.partition("brister:")[0]))


def test_a_wrong_file_leaves_the_statement_before(tmp_path: Path) -> None:
    live = LiveStatement(tmp_path)
    assert live.get() is None
    written(tmp_path, RIGHT)
    before = live.get()
    written(tmp_path, "tjanst: Något annat\n")
    assert live.get() == before is not None
    assert live.problem is not None and ":1: «uppfyller»" in live.problem


def test_the_guide_tells_every_line_and_its_example_can_be_read(tmp_path: Path) -> None:
    guide = page("redaktor/tillganglighet.md")
    for text, model in ((guide, Statement), (section(guide, "## En brist"), Shortcoming)):
        aliases = {field.alias or name for name, field in model.model_fields.items()}
        assert set(column(table(text))) == aliases
    (example,) = blocks(guide, "yaml")
    assert load_statement(written(tmp_path, example))
