"""The two halves of dangerous confusions, and how what is done with them is counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answering.assistant import Assistant
from bot.answering.model import CandidateView, Choice, Decision, Outcome
from bot.errors import ContentError
from bot.faq.repository import load_faq
from bot.language.tokens import words
from bot.quality.calibration import read_labelled
from bot.quality.confusions import (
    Fared,
    Question,
    Tried,
    answered,
    ask,
    by_kind,
    faults,
    judge,
    read_questions,
)
from tests.support.assistant import assistant_over

DATA = Path("data")
BUILT = read_questions(DATA / "quality/confusions-development.jsonl")
APART = read_questions(Path("tests/quality/confusions-final.jsonl"))
HARD = {"typo", "telegram", "negation", "second_language", "english"}


def question(text: str = "t", kind: str = "fire", **more: object) -> Question:
    told = {"wanted": "rule", "also": ("near",), "harmful": ("opposite",), "why": "w"}
    named = {"id": "a", "scenario": "s", "register": "plain"}
    return Question.model_validate({**told, **named, "text": text, "kind": kind, **more})


def answer(entry: str | None) -> Decision:
    return Decision(outcome=Outcome.ANSWER, entry=entry)


def asking(*entries: str) -> Decision:
    choices = tuple(Choice(label="Vad?", entry=entry) for entry in entries)
    return Decision(outcome=Outcome.CLARIFY, choices=choices)


@pytest.mark.parametrize(
    ("decision", "fared"),
    [
        (answer("rule"), Fared.RIGHT),
        (answer("near"), Fared.RIGHT),
        (answer("opposite"), Fared.HARMFUL),
        (answer("another"), Fared.OTHER),
        (answer(None), Fared.OTHER),
        (asking("opposite", "rule"), Fared.ASKED),
        (asking("opposite"), Fared.ASKED_WITHOUT),
        (asking(), Fared.ASKED_WITHOUT),
        (Decision(outcome=Outcome.HANDOFF), Fared.LEFT),
        (Decision(outcome=Outcome.OOS), Fared.LEFT),
        (Decision(outcome=Outcome.EMERGENCY), Fared.LEFT),
    ],
)
def test_what_became_of_a_question_is_told_by_what_it_wants(
    decision: Decision, fared: Fared
) -> None:
    assert judge(question(), decision) is fared


def test_where_nothing_answers_no_answer_is_right() -> None:
    nothing = question(wanted=None, also=())
    assert judge(nothing, answer("rule")) is Fared.OTHER
    assert judge(nothing, answer("opposite")) is Fared.HARMFUL
    assert judge(nothing, asking("opposite")) is Fared.ASKED_WITHOUT


def test_a_harmful_part_of_a_joined_answer_harms() -> None:
    parts = ("rule", "opposite")
    views = tuple(CandidateView(id=n, title=f"{n}?", url="", confidence=1) for n in parts)
    text = "**rule?**\n\nNej.\n\n**opposite?**\n\nJa."
    joined = Decision(outcome=Outcome.ANSWER, entry="rule", text=text, candidates=views)
    assert answered(joined) == parts
    assert judge(question(), joined) is Fared.HARMFUL


def test_kinds_are_counted_and_all_together_at_the_end() -> None:
    tried = [
        Tried(question(), Fared.HARMFUL, ("opposite",)),
        Tried(question(kind="water"), Fared.ASKED),
        Tried(question(kind="water"), Fared.OTHER),
    ]
    fire, water, every = by_kind(tried)
    assert (fire.kind, fire.questions, fire.harmful) == ("fire", 1, 1)
    assert (water.asked, water.other, water.harmful) == (1, 1, 0)
    assert (every.kind, every.questions, every.harmful) == ("all", 3, 1)
    assert list(faults(tried)) == [
        "a harmful: opposite instead of rule: t",
        "a other: a page instead of rule: t",
    ]


def test_each_question_is_asked_by_itself(tmp_path: Path) -> None:
    assistant: Assistant = assistant_over(tmp_path)
    altan: dict[str, Any] = {"wanted": "bygglov-altan", "also": (), "harmful": ("bygglov-kostnad",)}
    asked = [
        question("Behöver jag bygglov för en altan?", **altan),
        question("Vad kostar ett bygglov?", **altan),
    ]
    done: list[int] = []
    tried = ask(assistant, asked, lambda: done.append(1))
    assert [one.fared for one in tried] == [Fared.RIGHT, Fared.HARMFUL]
    assert tried[1].entries == ("bygglov-kostnad",)
    assert len(done) == 2


def test_the_halves_share_no_scenario_and_no_question() -> None:
    assert not {one.scenario for one in BUILT} & {one.scenario for one in APART}
    both = (*BUILT, *APART)
    assert len({" ".join(words(one.text)) for one in both}) == len(both)
    assert len({one.id for one in both}) == len(both)


def test_nobody_has_seen_the_questions_before() -> None:
    entries = load_faq(DATA)
    known = {text for entry in entries for text in (entry.question, *entry.variants)}
    known |= {one.text for one in read_labelled(DATA / "quality/calibration.jsonl")}
    folded = {" ".join(words(text)) for text in known}
    assert not {one.text for one in (*BUILT, *APART) if " ".join(words(one.text)) in folded}


@pytest.mark.parametrize("half", [BUILT, APART], ids=["built", "apart"])
def test_each_half_is_large_hard_and_of_every_kind(half: tuple[Question, ...]) -> None:
    assert len(half) >= 120
    assert 2 * sum(one.manner in HARD for one in half) >= len(half)
    assert {one.kind for one in half} == {one.kind for one in BUILT}
    assert sum(one.wanted is None for one in half) >= 10


def test_the_entries_that_are_named_exist_and_are_not_right_and_harmful_at_once() -> None:
    known = {entry.id for entry in load_faq(DATA)}
    for one in (*BUILT, *APART):
        assert one.right | set(one.harmful) <= known
        assert not one.right & set(one.harmful)
        assert one.why


def test_a_wrong_line_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"id": "a"}) + "\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"questions\.jsonl:1"):
        read_questions(path)
    with pytest.raises(ContentError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
