"""`data/desk.yml`: what is wrong is told with its line, and what is changed holds at once."""

import os
from pathlib import Path

import pytest

from bot.errors import ContentError
from connectors.conversation.rules import LiveRules, load_rules
from tests.support.services import DATA

SHIPPED = (DATA / "desk.yml").read_text(encoding="utf-8")

# What is written, instead of what, and what is said.
FAULTS = {
    "not a number": (
        "ko_hogst: 20",
        "ko_hogst: många",
        "«ko_hogst» i filen ska vara ett helt tal, minst 1",
    ),
    "none at all": (
        "ko_hogst: 20",
        "ko_hogst: 0",
        "«ko_hogst» i filen ska vara ett helt tal, minst 1",
    ),
    "too short a warning": (
        "varning_sekunder: 120",
        "varning_sekunder: 10",
        "«varning_sekunder» i filen ska vara ett helt tal, minst 20",
    ),
    "too short a lease": (
        "narvaro_sekunder: 45",
        "narvaro_sekunder: 5",
        "«narvaro_sekunder» i filen ska vara ett helt tal, minst 15",
    ),
    "an unknown way": ("tilldelning: manuell", "tilldelning: slump", "tilldelning"),
    "a wrong spelling": ("ko_hogst: 20", "ko_högst: 20", "känns inte igen"),
    "a status without room": ("    samtal: 4\n", "", "«samtal» i filen saknas. Lägg till raden"),
    "no hours for somebody": (
        "  foretag: chatt-foretag\n",
        "",
        "saknar raden «foretag:» under oppettider",
    ),
    "neither yes nor no": ("    person: ja", "    person: kanske", "ska vara ja eller nej"),
}


def write(folder: Path, content: str) -> None:
    """Write a file that is newer than the one before, however soon after it."""
    path = folder / "desk.yml"
    newer = path.stat().st_mtime_ns + 1_000_000 if path.exists() else 0
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(newer, newer))


def test_the_shipped_rules_can_be_used() -> None:
    rules = load_rules(DATA)
    assert [status.id for status in rules.statuses] == ["chatt", "telefon", "reception", "rast"]
    assert rules.first_status.limit == 4
    assert rules.warning_s >= 20


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_with_its_line_and_what_to_do(tmp_path: Path, case: str) -> None:
    before, after, said = FAULTS[case]
    assert before in SHIPPED
    write(tmp_path, SHIPPED.replace(before, after, 1))
    with pytest.raises(ContentError) as told:
        load_rules(tmp_path)
    (line,) = str(told.value).splitlines()
    assert said in line
    path, number, _ = line.split(":", 2)
    assert path == str(tmp_path / "desk.yml")
    if after:
        changed = SHIPPED.replace(before, after, 1).splitlines()[int(number) - 1]
        assert after.strip().splitlines()[0] in changed


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"desk.yml: Filen saknas"):
        load_rules(tmp_path)


def test_what_is_changed_holds_at_once(tmp_path: Path) -> None:
    write(tmp_path, SHIPPED)
    rules = LiveRules(tmp_path)
    assert rules.get().most_waiting == 20
    write(tmp_path, SHIPPED.replace("ko_hogst: 20", "ko_hogst: 7"))
    assert rules.get().most_waiting == 7


@pytest.mark.parametrize("content", ["ko_hogst: många\n", "", "[", "- a\n"])
def test_a_file_that_is_wrong_leaves_the_rules_before_in_use(tmp_path: Path, content: str) -> None:
    write(tmp_path, SHIPPED)
    rules = LiveRules(tmp_path)
    write(tmp_path, content)
    assert rules.get().most_waiting == 20
    assert "desk.yml" in (rules.problem or "")
    write(tmp_path, SHIPPED.replace("ko_hogst: 20", "ko_hogst: 7"))
    assert rules.get().most_waiting == 7
    assert rules.problem is None


def test_a_file_that_is_taken_away_leaves_the_rules_before_in_use(tmp_path: Path) -> None:
    write(tmp_path, SHIPPED)
    rules = LiveRules(tmp_path)
    (tmp_path / "desk.yml").unlink()
    assert rules.get().most_waiting == 20
    assert rules.problem
