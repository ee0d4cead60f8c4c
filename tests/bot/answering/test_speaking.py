"""The bot says its own sentences in the citizen's language; editors' texts stay as they are."""

from pathlib import Path

import pytest

from bot.answering import telling
from bot.answering.assistant import Assistant
from bot.answering.model import Context, Decision, Outcome, Reason
from bot.texts import LANGUAGES, Texts
from tests.bot.answering.test_telling import ABROAD
from tests.support.assistant import DATA, assistant_over
from tests.support.content import DOCUMENTS

TEXTS = Texts.load(DATA)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("index"))


def spoken(decision: Decision) -> tuple[str | None, str | None]:
    return decision.language, decision.text_language


@pytest.mark.parametrize(
    ("message", "language", "key"),
    [
        ("Hej!", "sv", "greeting"),
        ("tack så mycket", "sv", "thanks"),
        ("Good morning", "en", "greeting"),
        ("thank you very much", "en", "thanks"),
        ("moi", "fi", "greeting"),
        ("Kiitos paljon!", "fi", "thanks"),
        ("السلام عليكم", "ar", "greeting"),
        ("شكرا جزيلا", "ar", "thanks"),
        ("Iska warran", "so", "greeting"),
        ("mahadsanid", "so", "thanks"),
        ("Добрий день!", "uk", "greeting"),
        ("до побачення", "uk", "goodbye"),
    ],
)
def test_small_talk_is_returned_in_its_language(
    assistant: Assistant, message: str, language: str, key: str
) -> None:
    decision = assistant.reply(message)
    assert decision.outcome is Outcome.SMALLTALK
    assert decision.text == TEXTS.spoken(language)[key]
    assert spoken(decision) == (language, language)


def test_what_is_not_understood_is_asked_back_in_the_language_of_the_question(
    assistant: Assistant,
) -> None:
    first = assistant.reply("Could you please tell me what the weather will be like tomorrow?")
    english = TEXTS.spoken("en")
    assert first.text in {english["clarify_more"], english["clarify"], english["oos"]}
    context = assistant.next_context(first, Context())
    second = assistant.reply("umbrella?", context)
    assert (second.outcome, second.text) == (Outcome.HANDOFF, english["handoff_second_miss"])
    assert spoken(second) == ("en", "en")


def test_the_language_of_the_conversation_counts_where_a_message_tells_none(
    assistant: Assistant,
) -> None:
    assert spoken(assistant.reply("😀", Context(language="so"))) == ("so", "so")
    assert spoken(assistant.reply("Behöver jag bygglov för en altan?", Context(language="so"))) == (
        "sv",
        "sv",
    )


def test_a_language_that_the_bot_does_not_speak_is_answered_in_swedish(
    assistant: Assistant,
) -> None:
    decision = assistant.reply("Guten Tag")
    assert spoken(decision) == ("de", "sv")
    assert decision.text == TEXTS["oos"]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "sv"])
def test_an_answer_that_is_only_in_swedish_is_said_to_be_so(
    assistant: Assistant, language: str
) -> None:
    answer = assistant.choose("bygglov-altan", Context(language=language))
    assert spoken(answer) == (language, "sv")
    assert answer.text == DOCUMENTS[0].text
    assert answer.remark == TEXTS.spoken(language)["only_in_swedish"]


def test_swedish_and_translated_answers_need_no_remark(assistant: Assistant) -> None:
    assert assistant.reply("Behöver jag bygglov för en altan?").remark is None
    translated = telling.answer(ABROAD, 0.9, "en")
    assert telling.remarked(translated, TEXTS.spoken("en")).remark is None
    assert telling.remarked(translated, TEXTS).remark is None


def test_several_answers_of_which_one_is_only_in_swedish_are_remarked() -> None:
    both = [telling.answer(one, 0.9, "en") for one in (ABROAD, DOCUMENTS[0])]
    joined = telling.joined(both, TEXTS.spoken("en"))
    assert joined.text_language is None
    assert telling.remarked(joined, TEXTS.spoken("en")).remark


def test_choices_are_named_in_the_citizens_language_where_editors_have_done_so() -> None:
    labels = [one.label for one in telling.choices((ABROAD, DOCUMENTS[0]), "en")]
    assert labels == [ABROAD.translations["en"].title, DOCUMENTS[0].title]


def test_who_reads_easy_swedish_is_asked_and_told_in_it(assistant: Assistant) -> None:
    easy, context = TEXTS.spoken("sv-latt"), Context(language="sv-latt")
    told = assistant.reply("tack så mycket", context)
    assert (told.text, told.language) == (easy["thanks"], "sv-latt")
    answer = assistant.reply("Behöver jag bygglov för en altan?", context)
    assert spoken(answer) == ("sv-latt", "sv")
    assert answer.entry == "bygglov-altan"
    assert assistant.next_context(answer, context).language == "sv-latt"


def test_a_name_alone_is_in_no_language(assistant: Assistant) -> None:
    alone = assistant.find_person("Matti Virtanen")
    assert (alone.outcome, alone.language) == (Outcome.PERSON_LOOKUP, "sv")
    assert spoken(assistant.find_person("Matti Virtanen", Context(language="fi"))) == ("fi", "fi")


def test_without_an_index_the_phone_is_told_in_the_language_of_the_question(
    tmp_path: Path,
) -> None:
    decision = assistant_over(tmp_path, built=False).reply(
        "Missä kirjasto on ja milloin se aukeaa?"
    )
    assert decision.reason is Reason.SERVICE_DOWN
    assert decision.text == TEXTS.spoken("fi")["handoff_service_down"]
