from pathlib import Path

from bot.answering import telling
from bot.answering.model import Choice, Decision, Link, Outcome
from bot.texts import Texts
from tests.bot.answering.test_authorities import TAX
from tests.support.content import DOCUMENTS, entry

TEXTS = Texts.load(Path("data"))
BUILD, COST, *_ = (telling.answer(document, 0.9) for document in DOCUMENTS)
UNSURE = Decision(
    outcome=Outcome.CLARIFY,
    text="Gäller det något av det här?",
    choices=(Choice(label="Vad?", entry="a-b"),),
)


def test_an_answer_says_which_question_it_answers() -> None:
    assert BUILD.question == DOCUMENTS[0].title


ABROAD = entry(
    "a-b",
    "När töms soporna?",
    "Varannan vecka.",
    translations={"en": {"title": "When?", "text": "Every other week.", "steps": ("Wait.",)}},
)


def test_an_answer_is_given_in_the_citizens_language_where_it_was_written_in_it() -> None:
    told = telling.answer(ABROAD, 0.9, "en")
    assert (told.question, told.text, told.steps) == ("When?", "Every other week.", ("Wait.",))
    assert told.text_language == "en"
    swedish = telling.answer(ABROAD, 0.9, "fi")
    assert (swedish.text, swedish.text_language) == ("Varannan vecka.", "sv")


def test_the_version_of_the_content_changes_with_anything_that_it_says() -> None:
    version = telling.answer(ABROAD, 0.9).versions.content
    reworded = ABROAD.model_copy(update={"text": "Varje vecka."})
    assert telling.answer(reworded, 0.9).versions.content != version
    assert telling.answer(ABROAD, 0.5, "en").versions.content == version


def test_beside_an_answer_stand_the_other_pages_that_were_found_each_once() -> None:
    near = [entry(f"a-{n}", f"Fråga {n}?", "Svar.", url=f"https://x.example/{n}") for n in "cdefg"]
    again = entry("a-h", "Samma sida?", "Svar.", url=near[0].url)
    more = telling.more(ABROAD, [ABROAD, near[0], again, *near[1:]])
    assert [(link.title, link.url) for link in more] == [(n.title, n.url) for n in near[:4]]


def test_two_answers_stand_under_their_questions_with_both_sources() -> None:
    both = telling.joined([BUILD, COST], TEXTS)
    assert both.outcome is Outcome.ANSWER
    places = [
        both.text.index(text)
        for document in DOCUMENTS[:2]
        for text in (f"**{document.title}**", document.text)
    ]
    assert places == sorted(places)
    assert both.sources == BUILD.sources + COST.sources
    assert (both.entry, both.question) == (BUILD.entry, None)


def test_the_steps_of_each_answer_stay_with_it() -> None:
    steps = entry("a-b", "Hur gör jag?", "Så här.", steps=("Ring.", "Vänta."))
    both = telling.joined([telling.answer(steps, 0.9), COST], TEXTS)
    assert both.text.index("1. Ring.\n2. Vänta.") < both.text.index(DOCUMENTS[1].title)
    assert both.steps == ()


def test_what_was_not_answered_is_named_by_its_place_and_its_choices_are_offered() -> None:
    told = telling.joined([UNSURE, BUILD], TEXTS)
    assert told.text.endswith(f"**Din första fråga**\n\n{UNSURE.text}")
    assert told.choices == UNSURE.choices


def test_only_one_list_of_choices_is_offered_at_a_time() -> None:
    other = UNSURE.model_copy(update={"choices": (Choice(label="Hur?", entry="c-d"),)})
    told = telling.joined([BUILD, UNSURE, other], TEXTS)
    assert told.choices == UNSURE.choices
    assert told.text.endswith(TEXTS["clarify_more"])


def test_the_least_sure_answer_sets_the_confidence_of_all() -> None:
    assert telling.joined([BUILD, telling.answer(DOCUMENTS[1], 0.81)], TEXTS).confidence == 0.81


def test_left_out_questions_are_asked_for_again() -> None:
    assert telling.joined([BUILD, COST], TEXTS, more=True).text.endswith(TEXTS["question_rest"])


def test_a_referral_gives_the_address_and_offers_our_own_entry_beside_it() -> None:
    decision = telling.referral(TAX, DOCUMENTS[:1], TEXTS)
    assert decision.refers
    assert decision.links == (
        Link(title="skatten.example", url="https://skatten.example", kind="extern"),
    )
    assert [choice.entry for choice in decision.choices] == [DOCUMENTS[0].id]
    assert TAX.does in decision.text


def test_a_phone_number_is_shown_only_where_one_is_known() -> None:
    called = TAX.model_copy(update={"phone": "0771-00 00 00"})
    assert [card.phone for card in telling.referral(called, (), TEXTS).people] == ["0771-00 00 00"]
    assert telling.referral(TAX, (), TEXTS).people == ()
