import pytest

from bot.answering.model import Choice, Decision, Link, Outcome, Source
from bot.preview.bank import Asked
from bot.preview.model import Change
from bot.preview.replay import changed_ids, compare
from tests.support.content import DOCUMENTS

ASKED = Asked("?", "bank", frozenset({"a"}))


def answer(entry: str, text: str = "Ja.", confidence: float = 0.9) -> Decision:
    source = Source(title=entry, url=f"/{entry}/", kind="entry")
    return Decision(
        outcome=Outcome.ANSWER, entry=entry, text=text, sources=(source,), confidence=confidence
    )


def asking(*entries: str, confidence: float = 0.4) -> Decision:
    choices = tuple(Choice(label=entry, entry=entry) for entry in entries)
    return Decision(outcome=Outcome.CLARIFY, choices=choices, confidence=confidence)


REFERRAL = Decision(outcome=Outcome.OOS, links=(Link(title="csn.se", url="https://csn.se"),))
DECLINED = Decision(outcome=Outcome.OOS)


@pytest.mark.parametrize(
    ("before", "after", "kind", "confirm"),
    [
        (answer("a"), answer("a"), None, False),
        (answer("a"), answer("a", confidence=0.81), None, False),
        (answer("a"), answer("a", "Nej."), "new_text", False),
        (answer("a"), answer("b"), "stolen", True),
        (answer("b"), answer("a"), "stolen", False),
        (answer("b"), answer("c"), "stolen", False),
        (answer("a"), asking("b"), "lost", True),
        (answer("a"), asking("b", "a"), "lost", False),
        (answer("a", confidence=0.81), asking("b", confidence=0.79), "lost", False),
        (answer("b"), asking("c"), "lost", False),
        (answer("a"), DECLINED, "lost", True),
        (asking("a"), answer("a"), "gained", False),
        (DECLINED, REFERRAL, "gained", False),
        (asking("a"), asking("a", "b"), "other_choices", False),
        (asking("a"), DECLINED, "other_choices", False),
        (DECLINED, DECLINED, None, False),
    ],
)
def test_a_change_is_named_and_only_a_right_answer_that_is_gone_needs_confirmation(
    before: Decision, after: Decision, kind: str | None, confirm: bool
) -> None:
    found = compare(ASKED, before, after)
    assert (found and found.kind) == kind
    assert bool(found and found.confirm) is confirm


def test_where_nobody_knows_what_is_right_another_answer_needs_confirmation() -> None:
    found = compare(Asked("?", "bank"), answer("b"), answer("c"))
    assert found and found.confirm


def test_the_new_text_of_an_edited_entry_is_not_told_for_each_of_its_variants() -> None:
    mine = Asked("?", "variant", frozenset({"a"}))
    old, new = answer("a"), answer("a", "Nej.")
    assert compare(mine, old, new, {"a"}) is None
    told = compare(mine, old, new, {"b"})
    assert isinstance(told, Change) and told.kind == "new_text"


def test_what_is_new_gone_or_different_has_changed() -> None:
    edited = DOCUMENTS[1].model_copy(update={"text": "Ny text."})
    changed = changed_ids(DOCUMENTS[:3], (edited, *DOCUMENTS[2:4]))
    assert changed == {DOCUMENTS[0].id, DOCUMENTS[1].id, DOCUMENTS[3].id}
