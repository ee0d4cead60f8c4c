"""Nothing is deleted without the municipality's own decision, and it is said what to do."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import ContentError
from connectors.retention.model import Category, load_rules
from connectors.retention.permission import NothingMayBeDeleted, permitted
from tests.support.gateway import ROOT
from tests.support.retention import DAYS, DECISION, Archive

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def without(line: str) -> str:
    return DAYS if line == "beslut" else re.sub(rf"  {line}: .*\n", "", DECISION) + DAYS


REFUSED = {
    "no decision": (DAYS, "no_decision", ["names no decision", "under `beslut`"]),
    "an empty file but for days": (DAYS, "no_decision", ["gallringsbeslut"]),
    "in the future": (
        DECISION.replace("2026-09-14", "2026-12-02") + DAYS,
        "decision_in_future",
        ["KS 2026/0412", "2026-12-02", "has not come"],
    ),
    "of others": (
        DECISION.replace("Skärvinge", "Annorstädes") + DAYS,
        "other_municipality",
        ["Annorstädes kommun", "Skärvinge kommun", "your own board's decision"],
    ),
    "unreadable": ("beslut: [", "unreadable", ["gallring.yml:", "YAML"]),
    "without a number": (without("nummer"), "unreadable", [":1:", "«nummer»", "saknas"]),
    "a class that is none": (
        DECISION + DAYS + "  chatt: 3\n",
        "unreadable",
        [":12:", "«chatt»", "känns inte igen"],
    ),
    "no days": (
        DECISION + DAYS.replace("30", "0"),
        "unreadable",
        [":7:", "«chatt_med_bot»", "helt"],
    ),
    "no date": (
        DECISION.replace("2026-09-14", "2026-09-31") + DAYS,
        "unreadable",
        [":3:", "kalendern"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_nothing_is_deleted_without_a_decision_that_can_be_used(
    archive: Archive, name: str
) -> None:
    rules, code, words = REFUSED[name]
    guest = await archive.chat()
    await archive.tell(guest.id)
    archive.write(rules)
    archive.services.now.go(minutes=1)
    with pytest.raises(NothingMayBeDeleted) as refused:
        await archive.run()
    assert refused.value.code == code
    assert str(refused.value).startswith("Nothing is deleted: ")
    assert all(word in str(refused.value) for word in words), str(refused.value)
    assert await archive.is_there(guest)
    assert str(guest.id) in await archive.dialogues.tracker.senders()
    assert await archive.told() == 1
    assert await archive.protocol() == []


async def test_a_file_that_is_broken_later_stops_what_was_allowed_before(archive: Archive) -> None:
    await archive.chat()
    archive.services.now.go(days=29)
    assert await archive.run() == {}
    archive.write("dagar: {}\n")
    archive.services.now.go(days=2)
    with pytest.raises(NothingMayBeDeleted):
        await archive.run()
    archive.write(DECISION + DAYS)
    assert (await archive.run()).keys() == {Category.BOT}


@pytest.mark.parametrize(("seconds", "allowed"), [(-1, False), (0, True)])
def test_a_decision_holds_from_its_day_in_sweden(
    tmp_path: Path, seconds: int, allowed: bool
) -> None:
    (tmp_path / "kommun.yml").write_bytes((ROOT / "data/kommun.yml").read_bytes())
    (tmp_path / "gallring.yml").write_text(DECISION, encoding="utf-8")
    midnight = datetime(2026, 9, 13, 22, tzinfo=UTC)  # in Stockholm, where it is summer time
    moment = midnight + timedelta(seconds=seconds)
    if allowed:
        assert permitted(tmp_path, moment).decision.number == "KS 2026/0412"
    else:
        with pytest.raises(NothingMayBeDeleted, match="has not come"):
            permitted(tmp_path, moment)


def test_without_a_file_there_is_no_decision(tmp_path: Path) -> None:
    (tmp_path / "kommun.yml").write_bytes((ROOT / "data/kommun.yml").read_bytes())
    with pytest.raises(NothingMayBeDeleted, match="names no decision"):
        permitted(tmp_path, NEVER)


def test_the_shipped_decision_is_the_sample_municipalitys_and_says_that_it_is_invented() -> None:
    found = permitted(ROOT / "data", NEVER)
    assert found.decision.municipality == "Skärvinge kommun"
    assert set(found.days.latest(NEVER)) == set(Category)
    text = (ROOT / "data" / "gallring.yml").read_text(encoding="utf-8")
    assert "påhittat" in text.partition("beslut:")[0]


def test_a_class_that_is_left_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "gallring.yml").write_text("dagar:\n  ovning: 3\n", encoding="utf-8")
    days = load_rules(tmp_path).days
    assert (days.practice, days.bot) == (3, 30)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "gallring.yml").write_bytes("namnd: Nämnden".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load_rules(tmp_path)
