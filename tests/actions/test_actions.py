"""Each action through rasa-sdk's executor, as Rasa calls it."""

import logging

import pytest

from bot.answering.model import Context, Outcome, Reason
from tests.actions.conftest import OFFERED, Dialogue, SmallMind


async def test_a_question_is_answered_and_its_entry_remembered(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_answer", "bygglov")
    assert (decision.outcome, decision.entry) == (Outcome.ANSWER, "bygglov-altan")
    assert dialogue.slots["entry"] == "bygglov-altan"


async def test_what_follows_up_is_searched_with_the_entry_answered_before(
    dialogue: Dialogue, mind: SmallMind
) -> None:
    await dialogue.say("action_answer", "bygglov", "m1")
    await dialogue.say("action_answer", "och vad kostar det?", "m2")
    assert mind.asked[-1] == ("och vad kostar det?", Context(entry="bygglov-altan"))


async def test_a_miss_is_counted_and_what_was_offered_is_kept(dialogue: Dialogue) -> None:
    await dialogue.say("action_answer", "sopor", "m1")
    assert dialogue.slots["misses"] == 1
    assert dialogue.slots["offered"] == [choice.model_dump() for choice in OFFERED]


async def test_a_message_sent_again_counts_its_miss_once(
    dialogue: Dialogue, mind: SmallMind
) -> None:
    first = await dialogue.say("action_answer", "sopor", "m1")
    again = await dialogue.say("action_answer", "sopor", "m1")
    assert again == first
    assert dialogue.slots["misses"] == 1
    assert [context.misses for _, context in mind.asked] == [0, 0]


async def test_messages_without_a_name_are_each_counted(dialogue: Dialogue) -> None:
    await dialogue.say("action_answer", "sopor")
    await dialogue.say("action_answer", "sopor")
    assert dialogue.slots["misses"] == 2


async def test_a_button_answers_with_its_entry(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_choose", "/choose", entry="avfall-avgift")
    assert decision.entry == "avfall-avgift"


@pytest.mark.parametrize(
    ("place", "entry"),
    [
        ("1", "avfall-hamtning"),
        ("2", "avfall-avgift"),
        ("3", "avfall-grovt"),
        ("-1", "avfall-grovt"),
    ],
)
async def test_a_choice_can_be_named_by_its_place(
    dialogue: Dialogue, place: str, entry: str
) -> None:
    await dialogue.say("action_answer", "sopor", "m1")
    decision = await dialogue.say("action_choose", "den där", "m2", place=place)
    assert decision.entry == entry


@pytest.mark.parametrize("place", ["4", "0", "-4", "många"])
async def test_a_place_that_was_not_offered_is_searched_instead(
    dialogue: Dialogue, mind: SmallMind, place: str
) -> None:
    await dialogue.say("action_answer", "sopor", "m1")
    decision = await dialogue.say("action_choose", "den där", "m2", place=place)
    assert decision.outcome is Outcome.CLARIFY
    assert mind.asked[-1][0] == "den där"


async def test_yes_takes_the_first_offered_choice(dialogue: Dialogue) -> None:
    await dialogue.say("action_answer", "sopor", "m1")
    decision = await dialogue.say("action_confirm", "ja", "m2")
    assert decision.entry == OFFERED[0].entry
    assert dialogue.slots["offered"] == []


async def test_no_after_asking_back_hands_over_with_the_question(dialogue: Dialogue) -> None:
    await dialogue.say("action_answer", "sopor", "m1")
    decision = await dialogue.say("action_decline", "nej", "m2")
    assert (decision.outcome, decision.reason) == (Outcome.HANDOFF, Reason.SECOND_MISS)
    assert decision.text == "sopor"


@pytest.mark.parametrize(
    ("action", "key"),
    [("action_confirm", "affirm_nothing"), ("action_decline", "deny_nothing")],
)
async def test_yes_and_no_to_nothing_are_small_talk(
    dialogue: Dialogue, action: str, key: str
) -> None:
    decision = await dialogue.say(action, "jo")
    assert (decision.outcome, decision.text_key) == (Outcome.SMALLTALK, key)


async def test_a_person_is_looked_up(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_find_person", "Anna på soc")
    assert decision.outcome is Outcome.PERSON_LOOKUP


async def test_a_joke_is_declined(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_out_of_scope", "berätta ett skämt")
    assert (decision.outcome, decision.text_key) == (Outcome.OOS, "oos")


async def test_a_sure_answer_outweighs_what_looks_like_a_joke(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_out_of_scope", "bygglov")
    assert decision.outcome is Outcome.ANSWER


async def test_good_choices_outweigh_what_looks_like_a_joke(
    dialogue: Dialogue, mind: SmallMind
) -> None:
    mind.confidence = 0.7
    decision = await dialogue.say("action_out_of_scope", "krogen spelar för högt")
    assert decision.outcome is Outcome.CLARIFY


@pytest.mark.parametrize(
    "action",
    [
        "action_answer",
        "action_choose",
        "action_find_person",
        "action_confirm",
        "action_decline",
        "action_out_of_scope",
    ],
)
async def test_danger_comes_before_everything_else(dialogue: Dialogue, action: str) -> None:
    decision = await dialogue.say(action, "ja det brinner här")
    assert decision.outcome is Outcome.EMERGENCY


async def test_a_fault_hands_over_and_keeps_the_citizens_words_out_of_the_log(
    dialogue: Dialogue, mind: SmallMind, caplog: pytest.LogCaptureFixture
) -> None:
    mind.broken = True
    with caplog.at_level(logging.DEBUG):
        decision = await dialogue.say("action_answer", "min hemliga fråga")
    assert (decision.outcome, decision.reason) == (Outcome.HANDOFF, Reason.SERVICE_DOWN)
    assert "RuntimeError" in caplog.text
    assert "hemliga" not in caplog.text


async def test_a_complaint_that_an_entry_answers_is_answered(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_complaint", "bygglov")
    assert decision.outcome is Outcome.ANSWER


async def test_another_complaint_is_heard_by_a_person(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_complaint", "sopor")
    assert (decision.outcome, decision.reason) == (Outcome.HANDOFF, Reason.COMPLAINT)


async def test_another_authoritys_matter_is_told_whatever_the_message_is_taken_for(
    dialogue: Dialogue,
) -> None:
    for action in ("action_out_of_scope", "action_complaint"):
        decision = await dialogue.say(action, "pass")
        assert decision.refers


async def test_a_question_beside_a_greeting_is_answered_and_a_greeting_is_greeted(
    dialogue: Dialogue,
) -> None:
    asked = await dialogue.say("action_small_talk", "bygglov", intent="greeting")
    greeted = await dialogue.say("action_small_talk", "sopor", intent="thanks")
    assert asked.entry == "bygglov-altan"
    assert (greeted.outcome, greeted.text_key) == (Outcome.SMALLTALK, "thanks")


async def test_a_message_that_was_not_searched_is_asked_for_in_words(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_out_of_scope", "😡")
    assert decision.outcome is Outcome.CLARIFY


async def test_the_language_that_was_just_chosen_goes_before_that_of_the_talk(
    dialogue: Dialogue, mind: SmallMind
) -> None:
    for message_id, language in (("m1", "fi"), ("m2", None), ("m3", "sv")):
        await dialogue.say("action_answer", "sopor", message_id, language=language)
        dialogue.slots["language"] = mind.asked[-1][1].language
    assert [context.language for _, context in mind.asked] == ["fi", "fi", "sv"]


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        ("action_confirm", "kyllä", "affirm"),
        ("action_decline", "ei", "deny"),
        ("action_out_of_scope", "kerro vitsi", "out_of_scope"),
        ("action_small_talk", "no moi", "greeting"),
        ("action_complaint", "tämä on huonoa", "complaint"),
    ],
)
async def test_what_is_said_by_name_tells_which_language_to_say_it_in(
    dialogue: Dialogue, action: str, text: str, intent: str
) -> None:
    decision = await dialogue.say(action, text, "m1", intent, language="fi")
    assert decision.language == "fi"


async def test_a_second_no_hands_over_in_the_language_of_the_talk(dialogue: Dialogue) -> None:
    await dialogue.say("action_answer", "sopor", "m1", language="uk")
    dialogue.slots["language"] = "uk"
    decision = await dialogue.say("action_decline", "ні", "m2")
    assert (decision.reason, decision.language) == (Reason.SECOND_MISS, "uk")


async def test_what_a_button_sends_is_in_no_language(dialogue: Dialogue) -> None:
    decision = await dialogue.say("action_choose", "/choose", entry="avfall-avgift")
    assert decision.language is None
