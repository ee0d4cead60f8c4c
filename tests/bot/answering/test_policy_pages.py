"""The pages about the policy say what the code does."""

import re

from bot.answering.policy import AnswerPolicy, Costs
from tests.docs.reading import column, page, section, table

POLICY = AnswerPolicy()
CLASSES = POLICY.low, POLICY.high


def test_every_key_of_the_policy_and_its_default_is_in_the_reference() -> None:
    text = page("reference/policy.md")
    rows = table(section(text, "## The file"))
    assert column(rows) == [field.alias for field in AnswerPolicy.model_fields.values()]
    assert rows[-1][1] == str(POLICY.misses)
    told = {
        key: (float(low), float(high))
        for key, low, high, _ in table(section(text, "## A risk class"))
    }
    assert told == {
        str(field.alias): tuple(getattr(costs, name) for costs in CLASSES)
        for name, field in Costs.model_fields.items()
    }


def test_the_thresholds_of_the_reference_follow_from_the_costs() -> None:
    rows = table(section(page("reference/policy.md"), "## What follows"))
    names = ("answer_at", "choose_at", "about_us_at")
    told = [(low, high) for _, _, low, high in rows[:3]]
    assert told == [tuple(f"{getattr(costs, name):.3f}" for costs in CLASSES) for name in names]


def test_the_pages_tell_how_likely_a_wish_for_a_person_must_be() -> None:
    told = section(page("reference/policy.md"), "## What follows")
    assert f"class `lag`: {POLICY.low.call_at:.3f}" in told
    editors = section(page("redaktor/sa-fungerar-sakerheten.md"), "## En människa tar över när")
    assert f"minst {100 * POLICY.low.call_at:.0f} procent" in editors


def test_editors_are_told_the_policys_thresholds() -> None:
    text = page("redaktor/sa-fungerar-sakerheten.md")
    rows = table(section(text, "## Hur säker är den?"))
    low, high = CLASSES
    shown = [re.findall(r"minst (\d+) procent", row[0]) for row in rows[:3]]
    assert shown == [[f"{100 * at:.0f}"] for at in (low.answer_at, low.choose_at, low.about_us_at)]
    assert f"`risk: hog` krävs minst {100 * high.answer_at:.0f} procent" in text
    assert POLICY.misses == 2 and "två gånger i rad" in text


def test_editors_are_told_what_each_fault_costs() -> None:
    text = page("redaktor/sa-fungerar-sakerheten.md")
    told = column(table(section(text, "## Varför just de gränserna?")), 1)
    low, high = CLASSES
    assert told == [
        f"{low.needless_question:g}",
        f"{low.needless_handover:g}",
        f"{low.wrong_answer:g}, eller {high.wrong_answer:g} när risken är hög",
        f"{low.rejected:g}",
    ]


def test_the_essay_counts_with_the_shipped_costs() -> None:
    text = section(page("explanation/confidence.md"), "## Deciding by expected cost")
    low, high = CLASSES
    assert f"1 − {low.needless_question:g}/{low.wrong_answer:g} = {low.answer_at:.2f}" in text
    assert f"1 − {high.needless_question:g}/{high.wrong_answer:g} = {high.answer_at:.3f}" in text
    assert f"{low.needless_question:g}/{low.needless_handover:g} = {low.choose_at:.2f}" in text
    assert f"{low.needless_question:g}/{low.rejected:g} ≈ {low.about_us_at:.2f}" in text
