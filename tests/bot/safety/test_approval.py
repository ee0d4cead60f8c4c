"""The rules of danger hold once two people have approved them as they stand."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.safety.approval import (
    PARTS,
    NotApproved,
    approvals,
    approve,
    lacking,
    require_approved,
)

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    for name in ("safety", "texts"):
        shutil.copytree(Path("data") / name, tmp_path / name)
    (tmp_path / "safety/godkannanden.yml").write_text("godkannanden: []\n", encoding="utf-8")
    return tmp_path


def names(data_dir: Path, part: str) -> list[str]:
    return [one.name for one in approvals(data_dir)[part]]


def test_the_rules_and_texts_that_are_shipped_are_approved_by_two_people() -> None:
    assert not lacking(approvals(Path("data"))), "run `kommunbot safety approve` twice"


def test_two_different_people_are_needed_for_each_part(data_dir: Path) -> None:
    with pytest.raises(NotApproved, match=r"regler \(0 av 2\), sv \(0 av 2\)"):
        require_approved(data_dir)
    approve(data_dir, "Anna Ek", NOW)
    approve(data_dir, " anna  EK ", NOW)
    with pytest.raises(NotApproved, match=r"regler \(1 av 2\)"):
        require_approved(data_dir)
    given = approve(data_dir, "Bo Sten", NOW, ("regler", "sv"))
    assert [(one.name, one.at) for one in given["sv"]] == [("Anna Ek", NOW), ("Bo Sten", NOW)]
    assert lacking(given) == PARTS[2:]
    with pytest.raises(NotApproved, match="--part en"):
        require_approved(data_dir)
    approve(data_dir, "Caawa Nuur", NOW, PARTS[2:])
    require_approved(data_dir)


def test_one_person_written_twice_by_hand_is_still_one(data_dir: Path) -> None:
    one = approve(data_dir, "Anna Ek", NOW)["so"][0]
    line = f'  - {{del: so, namn: anna ek, nar: "{NOW.isoformat()}", innehall: {one.digest}}}\n'
    kept = data_dir / "safety/godkannanden.yml"
    kept.write_text("godkannanden:\n" + line + line, encoding="utf-8")
    assert names(data_dir, "so") == ["anna ek"]


@pytest.mark.parametrize(
    ("part", "file", "before", "after"),
    [
        ("regler", "safety/akut.yml", "- id: sjalvmord", "- id: suicid"),
        ("sv", "safety/fraser/sv.yml", "- vill dö\n", "- vill leva\n"),
        ("fa", "safety/fraser/fa.yml", "ordgrupper:", "# läst\nordgrupper:"),
        ("sv", "texts/sv.yml", "phone_112: Nödnumret", "phone_112: Numret"),
        ("sv", "texts/sv-latt.yml", "emergency_life: >-", "emergency_life: >-\n  x"),
        ("fa", "texts/fa.yml", "emergency_life: >-", "emergency_life: >-\n  x"),
    ],
)
def test_a_change_of_rule_or_warning_takes_the_approval_of_its_part(
    data_dir: Path, part: str, file: str, before: str, after: str
) -> None:
    approve(data_dir, "Anna Ek", NOW)
    approve(data_dir, "Bo Sten", NOW)
    path = data_dir / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert lacking(approvals(data_dir)) == (part,)
    assert names(data_dir, part) == []


def test_what_no_longer_stands_leaves_the_file_at_the_next_approval(data_dir: Path) -> None:
    approve(data_dir, "Anna Ek", NOW)
    with (data_dir / "safety/fraser/uk.yml").open("a", encoding="utf-8") as file:
        file.write("# läst\n")
    approve(data_dir, "Bo Sten", NOW, ("uk",))
    kept = (data_dir / "safety/godkannanden.yml").read_text(encoding="utf-8")
    assert kept.count("del: uk") == 1
    assert names(data_dir, "uk") == ["Bo Sten"]
    assert names(data_dir, "en") == ["Anna Ek"]


def test_other_texts_may_change(data_dir: Path) -> None:
    approve(data_dir, "Anna Ek", NOW)
    with (data_dir / "texts/sv.yml").open("a", encoding="utf-8") as file:
        file.write("another_text: Hej\n")
    assert names(data_dir, "sv") == ["Anna Ek"]


def test_a_name_and_a_known_part_must_be_given_and_a_broken_file_is_told(data_dir: Path) -> None:
    with pytest.raises(ContentError, match="för- och efternamn"):
        approve(data_dir, "  ", NOW)
    with pytest.raises(ContentError, match="«xx» finns inte"):
        approve(data_dir, "Anna Ek", NOW, ("sv", "xx"))
    (data_dir / "safety/godkannanden.yml").write_text("godkannanden: [{namn: Bo}]\n")
    with pytest.raises(ContentError, match=r"godkannanden\.yml"):
        approvals(data_dir)
