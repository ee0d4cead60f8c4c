from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.faq.model import Entry, EntryLink, Translation
from bot.preview.risks import Nearest, Setting, risks
from bot.preview.rules import RULES

TODAY = date(2026, 11, 28)
ENTRY = Entry(
    id="avfall-hamtning",
    question="När töms soporna?",
    variants=("sopor", "hämtdag soptunna", "nar kommer sopbilen"),
    answer=(
        "Vi hämtar avfall varannan vecka. Det kostar 3 420 kronor om året.\n\n"
        "Ring 112 om det brinner. Du får inte ställa kärlet på gatan. Skriv till sopor@a.example."
    ),
    steps=("Ring {kommun.telefon} om vi missar dig.",),
    links=(
        EntryLink(title="Avfall", url="/avfall/"),
        EntryLink(title="Anmäl", url="https://e.a.example/avfall", kind="e-tjanst"),
    ),
    owner="Renhållningsenheten",
    reviewed=date(2026, 10, 1),
    law="15 kap. miljöbalken",
    risk="hog",
    translations={"en": Translation(question="When?", answer="It costs 3 420 kronor a year.")},
    topic="avfall",
    topic_title="Avfall",
)
OTHER = ENTRY.model_copy(
    update={
        "id": "avfall-kostnad",
        "question": "Vad kostar sopor?",
        "variants": ("pris sopor", "taxa"),
        "answer": "Du betalar 3 420 kronor.",
        "translations": {},
    }
)


def with_answer(old: str, new: str) -> dict[str, Any]:
    assert old in ENTRY.answer
    return {"answer": ENTRY.answer.replace(old, new)}


EDITS: dict[str, dict[str, Any]] = {
    "emergency_number_gone": with_answer("Ring 112 om det brinner.", "Ring om det brinner."),
    "personal_number": with_answer("sopor@a.example", "850101-1234"),
    "unfinished": with_answer("varannan vecka", "TODO"),
    "figure_unreviewed": with_answer("3 420", "4 320"),
    "figure_gone": with_answer(" Det kostar 3 420 kronor om året.", ""),
    "figure_against_page": {**with_answer("3 420", "4 320"), "reviewed": TODAY},
    "figure_against_entry": {**with_answer("3 420", "4 320"), "reviewed": TODAY},
    "turned": with_answer("får inte ställa", "får ställa"),
    "sentence_gone": with_answer(" Du får inte ställa kärlet på gatan.", ""),
    "contact_gone": with_answer(" Skriv till sopor@a.example.", ""),
    "variable_gone": {"steps": ("Ring oss om vi missar dig.",)},
    "source_replaced": {"links": (EntryLink(title="Avfall", url="/annat/"), *ENTRY.links[1:])},
    "link_gone": {"links": ENTRY.links[:1]},
    "answer_cut": {"answer": "Vi hämtar avfall."},
    "step_gone": {"steps": ()},
    "variants_gone": {"variants": ("sopor",)},
    "variant_taken": {"variants": (*ENTRY.variants, "pris på sopor")},
    "variant_elsewhere": {"variants": (*ENTRY.variants, "hur mycket kostar det")},
    "ended": {"valid_to": date(2026, 6, 30)},
    "not_begun": {"valid_from": date(2027, 3, 1)},
    "hidden": {"hidden": True},
    "risk_lowered": {"risk": "lag"},
    "audience": {"audience": ("foretag",)},
    "law_gone": {"law": None},
    "other_subject": {"answer": "Biblioteket lånar ut böcker i fyra veckor åt alla som bor här."},
    "other_language": {
        "answer": "We collect your household waste every second week, in all areas."
    },
    "question_moved": {"question": "Vad betalar man?"},
    "translation_gone": {"translations": {}},
    "translation_behind": {**with_answer("3 420", "4 320"), "reviewed": TODAY},
    "reviewed_wrong": {"reviewed": date(2026, 12, 24)},
}


def nearer(_id: str, text: str) -> Nearest | None:
    """Stand in for meanings: what speaks of money or books belongs elsewhere."""
    told = any(word in text for word in ("kostar det", "betalar", "Biblioteket"))
    return Nearest("avfall-kostnad", "Vad kostar sopor?") if told else None


def found(after: Entry | None, before: Entry | None = ENTRY, **more: Any) -> dict[str, bool]:
    setting = Setting(
        before={one.id: one for one in (before, OTHER) if one},
        after={one.id: one for one in (after, OTHER) if one},
        pages={"/avfall/": "Avgiften är 3 420 kronor."},
        taken={ENTRY.id: {"pris på sopor": "Vad kostar sopor?"}},
        answer_near=nearer,
        question_near=nearer,
        today=TODAY,
        **more,
    )
    return {risk.kind: risk.blocks for risk in risks(setting)}


@pytest.mark.parametrize("kind", EDITS)
def test_each_mistake_is_seen(kind: str) -> None:
    edited = ENTRY.model_copy(update=EDITS[kind])
    assert found(edited)[kind] is RULES[kind].blocks


def test_one_common_word_as_a_variant_is_too_general() -> None:
    crowd = {
        f"amne-{n}": OTHER.model_copy(update={"id": f"amne-{n}", "variants": (f"taxa {n}",)})
        for n in range(4)
    }
    edited = ENTRY.model_copy(update={"variants": (*ENTRY.variants, "taxa")})
    setting = Setting(
        before={ENTRY.id: ENTRY, **crowd}, after={ENTRY.id: edited, **crowd}, today=TODAY
    )
    assert [risk.kind for risk in risks(setting)] == ["variant_general"]


def test_a_removed_entry_is_asked_about_unless_it_was_hidden() -> None:
    assert found(None) == {"removed": False}
    assert found(None, ENTRY.model_copy(update={"hidden": True})) == {}


def test_every_rule_has_a_case_here() -> None:
    assert {*EDITS, "variant_general", "removed"} == set(RULES)


HARMLESS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a new date of review": {"reviewed": TODAY},
    "another owner": {"owner": "Servicecenter"},
    "the same amount written otherwise": with_answer("3 420 kronor", "3420 kr"),
    "other words": with_answer("Vi hämtar avfall varannan vecka.", "Varannan vecka hämtar vi."),
    "a sentence more": with_answer("Ring 112", "Hör gärna av dig. Ring 112"),
    "a step more": {"steps": (*ENTRY.steps, "Spara din bekräftelse.")},
    "a link more": {"links": (*ENTRY.links, EntryLink(title="Karta", url="/karta/"))},
    "a variant more": {"variants": (*ENTRY.variants, "när hämtas tunnan")},
    "other order of variants": {"variants": tuple(reversed(ENTRY.variants))},
    "valid for a year more": {"valid_to": date(2027, 12, 31)},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_editors_do_every_day_is_no_risk(name: str) -> None:
    assert found(ENTRY.model_copy(update=HARMLESS[name])) == {}


def test_a_checked_figure_that_page_and_entries_agree_with_is_no_risk() -> None:
    edited = ENTRY.model_copy(
        update={**with_answer("3 420", "4 320"), "reviewed": TODAY, "translations": {}}
    )
    before = ENTRY.model_copy(update={"translations": {}})
    setting = Setting(
        before={ENTRY.id: before}, after={ENTRY.id: edited}, pages={"/avfall/": "4 320 kr"}
    )
    assert risks(setting) == ()


@given(st.sampled_from(sorted({**EDITS, **HARMLESS})))
def test_an_entry_that_stays_is_never_at_risk(name: str) -> None:
    edited = ENTRY.model_copy(update={**EDITS, **HARMLESS}[name])
    assert found(edited, edited) == {}


def test_what_blocks_comes_first() -> None:
    edited = ENTRY.model_copy(
        update={**EDITS["risk_lowered"], **EDITS["emergency_number_gone"], "hidden": True}
    )
    blocks = list(found(edited).values())
    assert blocks == sorted(blocks, reverse=True) and blocks[0]
