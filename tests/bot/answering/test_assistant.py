from pathlib import Path
from shutil import copytree

import pytest

from bot.answering.assistant import Assistant
from bot.answering.authorities import Authorities
from bot.answering.model import Context, Outcome, Reason
from bot.people.directory import Directory
from bot.retrieval.live import LiveSearch
from bot.safety.emergency import EmergencyRules
from bot.texts import Texts
from tests.support.assistant import BY_COVERAGE, DATA, assistant_over
from tests.support.encoder import LetterEncoder


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def referring(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """One that knows what other authorities do as well."""
    folder = tmp_path_factory.mktemp("index")
    assistant_over(folder)
    return Assistant(
        LiveSearch(folder, LetterEncoder()),
        Texts.load(DATA),
        BY_COVERAGE,
        Directory.load(DATA),
        EmergencyRules.load(DATA),
        authorities=Authorities.load(DATA),
    )


def test_an_answer_shows_its_source_its_date_and_what_it_was_made_with(
    assistant: Assistant,
) -> None:
    decision = assistant.reply("Behöver jag bygglov för en altan?")
    assert decision.outcome is Outcome.ANSWER
    assert (decision.entry, decision.topic_title) == ("bygglov-altan", "Bygglov")
    (source,) = decision.sources
    assert source.url.startswith("https://")
    assert source.reviewed
    assert decision.versions.index == "test"
    assert decision.confidence and decision.confidence >= 0.8
    assert decision.more and source.url not in {link.url for link in decision.more}


def test_two_misses_in_a_row_hand_over_with_what_was_found(assistant: Assistant) -> None:
    first = assistant.reply("hur blir vädret i morgon")
    context = assistant.next_context(first, Context())
    second = assistant.reply("och på lördag då", context)
    assert first.outcome in {Outcome.CLARIFY, Outcome.OOS}
    assert second.outcome is Outcome.HANDOFF
    assert second.reason is Reason.SECOND_MISS
    assert second.candidates


def test_an_answer_in_between_forgets_the_miss(assistant: Assistant) -> None:
    context = Context(misses=1)
    answer = assistant.reply("Behöver jag bygglov för en altan?", context)
    assert assistant.next_context(answer, context).misses == 0


def test_choices_are_entries_and_can_be_chosen(assistant: Assistant) -> None:
    decision = assistant.reply("vad kostar")
    assert decision.outcome in {Outcome.CLARIFY, Outcome.ANSWER}
    for choice in decision.choices:
        chosen = assistant.choose(choice.entry)
        assert chosen.outcome is Outcome.ANSWER
        assert chosen.entry == choice.entry
    assert len(decision.choices) <= 3


def test_a_follow_up_is_searched_with_the_subject_of_the_last_answer(assistant: Assistant) -> None:
    first = assistant.reply("Behöver jag bygglov för en altan?")
    decision = assistant.reply("och vad kostar det?", assistant.next_context(first, Context()))
    assert decision.candidates[0].id == "bygglov-kostnad"


@pytest.mark.parametrize("question", ["hur lång tid tar det", "vad kostar det?", "pris"])
def test_a_question_without_a_subject_is_never_answered_by_a_guess(
    assistant: Assistant, question: str
) -> None:
    assert assistant.reply(question).outcome in {Outcome.CLARIFY, Outcome.OOS}


def test_an_entry_that_is_gone_when_it_is_chosen_hands_over(assistant: Assistant) -> None:
    assert assistant.choose("borttagen-fraga").outcome is Outcome.HANDOFF


def test_without_an_index_a_person_takes_over_and_the_phone_is_shown(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, built=False)
    decision = assistant.reply("Behöver jag bygglov för en altan?")
    assert decision.outcome is Outcome.HANDOFF
    assert decision.reason is Reason.SERVICE_DOWN
    assert "031-390 06 00" in decision.text
    assert assistant.problem
    assert "make index" in assistant.problem


def test_danger_comes_before_everything_even_without_an_index(tmp_path: Path) -> None:
    decision = assistant_over(tmp_path, built=False).reply("hjälp det brinner i köket")
    assert decision.outcome is Outcome.EMERGENCY
    assert decision.phones[0].number == "112"


@pytest.mark.parametrize(
    ("hidden", "unknown"),  # the one is in the list with `publicerad: nej`, the other is nowhere
    [
        ("jag söker Anna Falk", "jag söker Zebulon Nollberg"),
        ("telefon till marcus lilja", "telefon till marcus hagman"),
        ("Petra Sundqvist på bygglov", "Petra Hagman på bygglov"),
        ("vem är socialsekreterare nora hagman", "vem är socialsekreterare nora falk"),
    ],
)
def test_a_person_who_is_not_shown_is_answered_as_one_who_does_not_exist(
    assistant: Assistant, hidden: str, unknown: str
) -> None:
    one, other = assistant.find_person(hidden), assistant.find_person(unknown)
    measured = {"timings": True, "candidates": True, "confidence": True}
    assert one.model_dump(exclude=measured) == other.model_dump(exclude=measured)
    assert one.outcome is Outcome.PERSON_LOOKUP
    assert not any(card.name for card in one.people)


def test_who_is_nearly_named_is_shown_when_the_citizen_says_so(assistant: Assistant) -> None:
    asked = assistant.find_person("mallin öbreg")
    assert asked.outcome is Outcome.PERSON_LOOKUP
    assert not asked.people
    (choice,) = asked.choices
    assert choice.label == "Malin Öberg, Bygglovsassistent, Bygglovsenheten"
    context = assistant.next_context(asked, Context())
    assert context.offered == (choice,)
    assert context.misses == 0
    shown = assistant.choose(choice.entry, context)
    assert [card.name for card in shown.people] == ["Malin Öberg"]


def test_a_choice_of_somebody_who_has_gone_says_that_nobody_is_found(assistant: Assistant) -> None:
    gone = assistant.choose("person:0123456789abcdef")
    assert gone.outcome is Outcome.PERSON_LOOKUP
    assert not gone.people
    assert gone.text == assistant.find_person("jag söker Zebulon Nollberg").text


def test_somebody_new_in_the_list_is_found_without_a_restart(tmp_path: Path) -> None:
    staff = tmp_path / "staff"
    copytree(DATA / "staff", staff)
    assistant_over(tmp_path / "index")
    assistant = Assistant(
        LiveSearch(tmp_path / "index", LetterEncoder()),
        Texts.load(DATA),
        BY_COVERAGE,
        Directory.live(tmp_path),
        EmergencyRules.load(DATA),
    )
    question = "jag söker Zebulon Nollberg"
    assert not assistant.find_person(question).people
    with (staff / "katalog.csv").open("a", encoding="utf-8") as people:
        people.write("Zebulon Nollberg;Jurist;Kommunkansliet;F;;;;;ja\n")
    assert [card.name for card in assistant.find_person(question).people] == ["Zebulon Nollberg"]


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂", "<img src=x onerror=alert(1)>", "/restart", "a" * 2000]
)
def test_strange_messages_get_a_decision(assistant: Assistant, text: str) -> None:
    assert assistant.reply(text).outcome in set(Outcome)


def test_a_full_name_is_looked_up_where_the_search_has_no_answer(assistant: Assistant) -> None:
    decision = assistant.reply("hur når jag malin oberg")
    assert decision.outcome is Outcome.PERSON_LOOKUP
    assert [card.name for card in decision.people] == ["Malin Öberg"]


def test_each_of_several_questions_is_answered(assistant: Assistant) -> None:
    decision = assistant.reply("Behöver jag bygglov för en altan? Och när töms soporna?")
    assert decision.outcome is Outcome.ANSWER
    assert [source.title for source in decision.sources] == [
        "Behöver jag bygglov för en altan?",
        "När töms soporna?",
    ]
    assert "varannan vecka" in decision.text


def test_a_second_question_leans_on_the_answer_to_the_first(assistant: Assistant) -> None:
    decision = assistant.reply("behöver jag bygglov för en altan och vad kostar det")
    assert [one.id for one in decision.candidates] == ["bygglov-altan", "bygglov-kostnad"]


def test_a_question_cut_in_two_that_finds_one_answer_gets_it_once(assistant: Assistant) -> None:
    decision = assistant.reply("När töms soporna? När töms soporna?")
    assert (decision.entry, decision.question) == ("avfall-hamtning", "När töms soporna?")


def test_a_lone_word_of_several_topics_is_asked_back_about(assistant: Assistant) -> None:
    decision = assistant.reply("pris")
    assert decision.outcome is Outcome.CLARIFY
    topics = [choice.entry.split("-")[0] for choice in decision.choices]
    assert len(set(topics)) == len(topics) == 3
    assert "«pris»" in decision.text


def test_a_greeting_is_greeted_without_a_search(tmp_path: Path) -> None:
    decision = assistant_over(tmp_path, built=False).reply("Hej på er!")
    assert (decision.outcome, decision.candidates) == (Outcome.SMALLTALK, ())


def test_small_talk_neither_counts_nor_forgets_a_miss(assistant: Assistant) -> None:
    context = Context(entry="bygglov-altan", misses=1)
    assert assistant.next_context(assistant.reply("tack"), context) == context


def test_signs_are_asked_for_in_words_once_and_then_a_person_takes_over(
    assistant: Assistant,
) -> None:
    first = assistant.reply("😡")
    second = assistant.reply("😡", assistant.next_context(first, Context()))
    assert (first.outcome, second.outcome) == (Outcome.CLARIFY, Outcome.HANDOFF)


def test_another_authoritys_matter_gets_its_address_and_is_no_miss(referring: Assistant) -> None:
    decision = referring.reply("hur mycket föräldrapenning får jag?", Context(misses=1))
    assert decision.refers
    assert decision.links[0].url == "https://www.forsakringskassan.se"
    assert referring.next_context(decision, Context(misses=1)).misses == 0


def test_looking_for_an_authority_as_for_a_person_gives_its_address(referring: Assistant) -> None:
    assert referring.find_person("numret till försäkringskassan").refers


def test_a_talk_goes_on_in_its_language(assistant: Assistant) -> None:
    asked = assistant.reply("How do I apply for a building permit for my new terrace?")
    context = assistant.next_context(asked, Context())
    assert context.language == "en"
    short = assistant.reply("hur då", context)
    assert assistant.next_context(short, context).language == "en"
    assert assistant.reply("hur då").language == "sv"
    switched = assistant.reply("Behöver jag bygglov för en altan på min tomt?", context)
    assert assistant.next_context(switched, context).language == "sv"
