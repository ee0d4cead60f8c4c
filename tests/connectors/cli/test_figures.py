"""The figures that citizens are told are written by a command, whole or not at all."""

from datetime import date
from pathlib import Path

from bot.about.measured import Alarms, Answering, Measured, load_measured
from connectors.cli.figures import told, write

FOUND = Measured(
    date=date(2026, 11, 29),
    encoder="e",
    confidence="c",
    answering=Answering(
        questions=10, found=8, answered=5, right=4, without_answer=4, answered_anyway=3
    ),
    alarms=Alarms(dangers=9, found=8, missed=1, harmless=7, false_alarms=2),
)


def test_what_is_written_is_what_the_page_reads(tmp_path: Path) -> None:
    (tmp_path / "quality").mkdir()
    write(FOUND, tmp_path / "quality" / "matt.json")
    assert load_measured(tmp_path) == FOUND
    assert [path.name for path in (tmp_path / "quality").iterdir()] == ["matt.json"]


def test_the_share_right_is_of_every_answer_given() -> None:
    shown = told(FOUND)
    assert (shown["share found"], shown["share answered"]) == (0.8, 0.5)
    assert shown["share right of the answers"] == 4 / 8
    silent = FOUND.answering.model_copy(update={"answered": 0, "right": 0, "answered_anyway": 0})
    assert FOUND.model_copy(update={"answering": silent}).share_right is None


def test_a_share_in_the_file_is_never_taken_on_trust(tmp_path: Path) -> None:
    (tmp_path / "quality").mkdir()
    file = tmp_path / "quality" / "matt.json"
    write(FOUND, file)
    polished = file.read_text(encoding="utf-8").replace('"share_found": 0.8', '"share_found": 1.0')
    file.write_text(polished, encoding="utf-8")
    assert load_measured(tmp_path).share_found == 0.8
