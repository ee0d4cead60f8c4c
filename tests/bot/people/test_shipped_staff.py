"""The sample staff list fits the sample content, and has people to protect."""

import csv
from pathlib import Path

from bot.faq.repository import load_faq
from bot.people.directory import Directory

DATA = Path(__file__).parents[3] / "data"


def rows() -> list[dict[str, str]]:
    text = (DATA / "staff" / "katalog.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_several_people_are_protected_and_none_of_them_is_loaded() -> None:
    protected = {row["epost"] for row in rows() if row["publicerad"] != "ja"}
    assert len(protected) >= 5
    assert not protected & {person.email for person in Directory.load(DATA).people}


def test_every_owner_of_an_answer_is_a_unit_of_the_staff_list() -> None:
    units = {row["enhet"] for row in rows()}
    assert {entry.owner for entry in load_faq(DATA)} - units == set()
