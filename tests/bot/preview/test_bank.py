from pathlib import Path

import pytest

from bot.answering.model import Decision, Outcome, Phone
from bot.errors import ContentError
from bot.faq.repository import load_faq
from bot.preview.bank import Bank, Unmoved, read_unmoved
from tests.support.content import DOCUMENTS

DATA = Path("data")


def test_the_bank_has_enough_questions_of_every_topic() -> None:
    bank = Bank.load(DATA)
    assert sum(one.by == "bank" for one in bank.questions) >= 500
    assert sum(one.by == "orubblig" for one in bank.questions) >= 40
    topics = {entry.topic for entry in load_faq(DATA) if entry.id in _right(bank)}
    assert len(topics) >= 20


def _right(bank: Bank) -> set[str]:
    return {entry for one in bank.questions for entry in one.right}


def test_what_may_not_change_names_entries_that_exist() -> None:
    known = {entry.id for entry in load_faq(DATA)}
    named = {one.entry for one in read_unmoved(DATA / "quality/orubbliga.yml") if one.entry}
    assert named <= known


def test_a_question_is_in_the_bank_once_and_what_may_not_change_goes_first() -> None:
    texts = [one.text for one in Bank.load(DATA).questions]
    assert len(texts) == len(set(texts))
    assert Bank.load(DATA).questions[0].by == "orubblig"


def test_variants_of_both_contents_are_asked_with_their_owners() -> None:
    asked = Bank(()).with_variants(DOCUMENTS[:1], DOCUMENTS[1:2])
    owners = {one.text: one.right for one in asked}
    assert owners["altan bygglov"] == {"bygglov-altan"}
    assert owners["pris bygglov"] == {"bygglov-kostnad"}
    assert {one.by for one in asked} == {"variant"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("  - fraga: x\n    svar_fran: a\n", "«varfor» saknas"),
        ("  - fraga: x\n    varfor: y\n", "antingen"),
        ("  - fraga: x\n    varfor: y\n    svar_fran: a\n    utfall: kris\n", "antingen"),
        ("  - fraga: x\n    varfor: y\n    utfall: brand\n", "bara vara kris"),
        ("  - fraga: x\n    varfor: y\n    svarfran: a\n", "känns inte igen"),
        ("  - bara text\n", "börja med"),
        ("  - fraga: 112\n    varfor: y\n    utfall: kris\n", "citattecken"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(row: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "orubbliga.yml"
    path.write_text(f"orubbliga:\n  - fraga: a\n    varfor: b\n    svar_fran: c\n{row}", "utf-8")
    with pytest.raises(ContentError, match=rf"orubbliga\.yml:5: .*{told}"):
        read_unmoved(path)


def test_a_file_without_the_list_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "orubbliga.yml"
    path.write_text("fragor: []\n", encoding="utf-8")
    with pytest.raises(ContentError, match="orubbliga:"):
        read_unmoved(path)


def test_an_answer_holds_when_it_comes_from_the_entry_and_says_what_it_must() -> None:
    must = Unmoved(question="?", entry="a", contains=("112",), why="y")
    right = Decision(outcome=Outcome.ANSWER, entry="a", text="Ring 112.")
    assert must.holds(right)
    assert must.holds(right.model_copy(update={"text": "", "steps": ("Ring 112",)}))
    assert not must.holds(right.model_copy(update={"text": "Ring."}))
    assert not must.holds(right.model_copy(update={"entry": "b"}))
    assert not must.holds(right.model_copy(update={"outcome": Outcome.CLARIFY}))


def test_a_crisis_holds_when_the_fixed_text_and_its_numbers_are_given() -> None:
    must = Unmoved(question="?", outcome="kris", contains=("112",), why="y")
    phone = Phone(label="SOS", number="112")
    assert must.holds(Decision(outcome=Outcome.EMERGENCY, phones=(phone,)))
    assert not must.holds(Decision(outcome=Outcome.EMERGENCY))
    assert not must.holds(Decision(outcome=Outcome.ANSWER, text="112"))
