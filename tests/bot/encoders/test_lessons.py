import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoders.lessons import Lesson, held_out, read_lessons
from bot.encoders.scoring import score_lessons
from bot.errors import EncoderError
from tests.support.encoder import LetterEncoder

LESSON = {"subject": "avfall", "question": "När töms soporna?", "answer": "På tisdagar."}

subjects = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=40)


def test_lessons_are_read_from_every_file(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        row = {**LESSON, "subject": name, "asked": ["sophämtning dag"], "more": 1}
        (tmp_path / name).write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    assert [lesson.subject for lesson in read_lessons(tmp_path)] == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", r"x\.jsonl:2: line: Invalid JSON"),
        (json.dumps(LESSON), r"x\.jsonl:2: asked: Field required"),
        (json.dumps({**LESSON, "asked": []}), r"x\.jsonl:2: asked: Tuple should have at least 1"),
    ],
)
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, line: str, told: str) -> None:
    good = json.dumps({**LESSON, "asked": ["a"]})
    (tmp_path / "x.jsonl").write_text(f"{good}\n{line}", encoding="utf-8")
    with pytest.raises(EncoderError, match=told):
        read_lessons(tmp_path)


def test_a_folder_without_lessons_is_told(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no \*\.jsonl"):
        read_lessons(tmp_path)


@given(subjects)
def test_a_subject_is_wholly_learnt_from_or_wholly_held_out(names: list[str]) -> None:
    lessons = [
        Lesson(subject=name, question=str(number), answer="", asked=("x",))
        for number, name in enumerate(names)
    ]
    taught, judged = held_out(lessons)
    assert {one.subject for one in taught}.isdisjoint(one.subject for one in judged)
    assert sorted(taught + judged, key=str) == sorted(lessons, key=str)
    assert held_out(lessons) == (taught, judged)


def test_the_projects_own_lessons_can_be_read_and_every_fifth_subject_is_held_out() -> None:
    lessons = read_lessons(Path("data/training"))
    taught, judged = held_out(lessons)
    assert 0.1 < len(judged) / len(lessons) < 0.3
    assert taught


def test_a_message_is_right_when_its_own_entry_comes_first() -> None:
    asked = {"När töms soporna?": "När töms soporna", "Var ligger badhuset?": "Var ligger badhuset"}
    lessons = [
        Lesson(subject=question, question=question, answer="", asked=(message,))
        for question, message in asked.items()
    ]
    swapped = [
        lesson.model_copy(update={"asked": other.asked})
        for lesson, other in zip(lessons, reversed(lessons), strict=True)
    ]
    right = score_lessons(lessons, lessons, LetterEncoder())["as they are"]
    wrong = score_lessons(swapped, swapped, LetterEncoder())["as they are"]
    assert right == {"accuracy@1": 1.0, "recall@5": 1.0, "mrr@10": 1.0}
    assert wrong == {"accuracy@1": 0.0, "recall@5": 1.0, "mrr@10": 0.5}
