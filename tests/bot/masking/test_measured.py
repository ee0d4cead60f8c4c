"""What the masking reached when it was last changed is not lost again."""

from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.masking.masker import Masker
from bot.masking.model import Kind
from bot.quality.emergencies import ordinary
from bot.quality.masking import (
    Message,
    Private,
    by_kind,
    by_register,
    faults,
    put,
    read_messages,
    right,
)

DATA = Path("data")
BUILT = read_messages(DATA / "quality/masking-development.jsonl")
MASKS = {"[namn]": Kind.NAME, "[telefonnummer]": Kind.PHONE}


def message(text: str, *private: tuple[Kind, str], kept: tuple[str, ...] = ()) -> Message:
    parts = tuple(Private(kind=kind, text=part) for kind, part in private)
    return Message(id="a", text=text, private=parts, kept=kept, register="plain")


def test_the_half_that_was_built_upon_is_masked_as_it_should_be(masker: Masker) -> None:
    masks = {mask: kind for kind, mask in masker.masks.items()}
    outcomes = put(lambda text: masker.mask(text).text, BUILT, masks)
    good, every = right(outcomes)
    assert every >= 200 and good / every >= 0.97
    *_, together = by_kind(outcomes)
    assert together.recall is not None and together.recall >= 0.97
    assert together.precision is not None and together.precision >= 0.99


def test_hardly_a_question_that_the_content_knows_loses_anything(masker: Masker) -> None:
    questions = ordinary(DATA)[::4]
    changed = [text for text in questions if masker.mask(text).kinds]
    assert len(changed) <= len(questions) * 0.01  # nearly all of them signatures


def test_what_is_found_missed_and_hidden_for_nothing_is_counted() -> None:
    anna, number = (Kind.NAME, "Anna Berg"), (Kind.PHONE, "070-123 45 67")
    messages = [
        message("jag heter Anna Berg", anna),
        message("jag heter Anna Berg, 070-123 45 67", anna, number),
        message("Lindö är 12 år", kept=("12 år",)),
    ]
    masked = {
        messages[0].text: "jag heter [namn] Berg",
        messages[1].text: "jag heter [namn], [telefonnummer] 67",
        messages[2].text: "[namn] är [telefonnummer]",
    }
    outcomes = put(masked.__getitem__, messages, MASKS)
    assert [one.found for one in outcomes] == [(False,), (True, True), ()]
    assert [one.is_right for one in outcomes] == [False, True, False]
    kinds = {one.name: one for one in by_kind(outcomes)}
    assert (kinds["name"].private, kinds["name"].found) == (2, 1)
    assert (kinds["name"].hidden, kinds["name"].rightly) == (3, 2)
    assert (kinds["all"].recall, kinds["all"].precision) == (2 / 3, 3 / 5)
    assert kinds["card"].recall is None and kinds["card"].precision is None
    assert [one.name for one in by_register(outcomes)] == ["plain"]
    assert [line.split(",")[0] for line in faults(outcomes)] == [
        "a missed ['Anna Berg']",
        "a missed []",
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a"}',
        '{"id": "a", "text": "hej", "private": [{"kind": "name", "text": "Anna"}], "kept": [],'
        ' "register": "plain"}',
    ],
)
def test_a_wrong_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"messages\.jsonl:1"):
        read_messages(path)
