"""What the rules reached when they were last changed is not lost again."""

from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from bot.errors import ContentError
from bot.quality.emergencies import (
    Heard,
    Message,
    alarms,
    by_language,
    faults,
    hear,
    ordinary,
    read_messages,
)
from bot.quality.noise import noisy
from bot.safety.emergency import EmergencyRules

DATA = Path("data")
RULES = EmergencyRules.load(DATA)
BUILT = read_messages(DATA / "quality/emergencies-development.jsonl")
FINAL = Path("tests/quality/emergencies-final.jsonl")
VIOLENCE = {"vald", "barn-i-fara"}


def test_every_danger_of_the_half_that_was_built_upon_is_heard_and_nothing_else() -> None:
    heard = hear(RULES, BUILT)
    assert not list(faults(one for one in heard if not one.is_wrong_rule))
    wrong = sum(one.is_wrong_rule for one in heard)
    assert (
        wrong <= sum(one.message.rule is not None for one in heard) / 14
    )  # 112 comes first anyway


@pytest.mark.parametrize(
    "text",
    [
        "barn mig min är " * 125,
        "abcdefg " * 250,
        "чоловік дитина сьогодні не може знайти " * 50,
        "".join(f"x{number}ovqrt " for number in range(285)),
    ],
)
def test_a_message_made_to_be_slow_takes_no_time_to_speak_of(text: str) -> None:
    RULES.check(text[:2000])
    began = process_time()
    RULES.check(text[:2000])
    assert process_time() - began < 0.5  # on a machine that does much else


def test_a_slip_in_a_long_word_costs_less_than_half_of_the_alarms() -> None:
    dangers = [message for message in BUILT if message.rule]
    found = [bool(RULES.check(noisy(message.text, "typos"))) for message in dangers]
    assert sum(found) / len(found) >= 0.6


def test_no_question_that_the_content_knows_raises_an_alarm_but_those_that_tell_of_danger() -> None:
    found = Counter(rule for _, rule in alarms(RULES, ordinary(DATA)))
    assert sum(found[rule] for rule in VIOLENCE) <= 12
    assert found.total() <= 20  # a despair, sparks from a chimney, a cable on the ground


def test_the_halves_share_no_scenario_and_no_message() -> None:
    apart = read_messages(FINAL)
    assert not {one.scenario for one in BUILT} & {one.scenario for one in apart}
    both = (*BUILT, *apart)
    assert len({one.text for one in both}) == len(both)
    assert len({one.id for one in both}) == len(both)


def test_the_messages_are_many_in_every_language_and_of_every_rule() -> None:
    rules = {rule.id for rule in RULES.rules}
    assert sum(one.rule is None for one in BUILT) >= 180
    assert len(BUILT) >= 430
    languages = {one.lang for one in BUILT}
    assert languages == {"sv", "en", "fi", "ar", "so", "uk", "fa"}
    told = Counter((one.lang, one.rule) for one in BUILT)
    assert all(told[language, rule] >= 2 for language in languages for rule in rules)
    assert {rule for one in BUILT for rule in one.right} <= rules


def test_what_is_missed_wrong_and_alarmed_for_nothing_is_counted() -> None:
    def said(rule: str | None, got: str | None, *also: str) -> Heard:
        message = Message(
            id="a", text="t", rule=rule, also=also, scenario="s", register="plain", lang="sv"
        )
        return Heard(message, got)

    heard = [
        said("brand", None),
        said("brand", "hot"),
        said("vald", "hot", "hot"),
        said(None, "hot"),
        said(None, None),
    ]
    swedish, every = by_language(heard)
    assert (swedish.dangers, swedish.found, swedish.missed) == (3, 2, 1)
    assert (swedish.wrong_rule, swedish.false_alarms, every.messages) == (1, 1, 5)
    assert [line.split(":")[0] for line in faults(heard)] == [
        "a brand, but no alarm",
        "a brand, but hot",
        "a harmless, but hot",
    ]


def test_a_wrong_line_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"messages\.jsonl:1"):
        read_messages(path)
