import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.follow_up import leans_on_context, stays
from tests.bot.answering.hits import candidate

PRICE_HERE = candidate("slam-kostnad", 0.5, "Vad kostar slamtömning?", "pris slam")
PRICE_THERE = candidate("forskola-avgift", 0.9, "Vad kostar förskolan?", "dagis pris")
NEWS_HERE = candidate("forskola-ko", 0.6, "När får jag besked om plats?")
NEWS_THERE = candidate("bygglov-tid", 0.95, "När får jag besked om lov?")


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("och vad kostar det?", True),
        ("hur lång tid tar det då", True),
        ("men för företag?", True),
        ("kostnad?", True),
        ("hur lång tid", True),
        ("hur dyrt är det i månaden", True),
        ("vad kostar förskolan", False),
        ("hur lång tid tar bygglov", False),
        ("När öppnar återvinningscentralen på lördagar?", False),
        ("det är så att jag undrar hur man gör när man ska söka bygglov för ett hus", False),
    ],
)
def test_a_question_that_cannot_stand_alone_is_told(question: str, leans: bool) -> None:
    assert leans_on_context(question) is leans


def test_a_question_without_a_subject_stays_however_sure_another_topic_is() -> None:
    assert stays("och vad kostar det?", [PRICE_THERE], [PRICE_HERE])


def test_a_word_that_only_another_topic_is_asked_for_in_leaves() -> None:
    assert not stays("vad kostar dagis då?", [PRICE_THERE], [PRICE_HERE])


def test_words_that_both_topics_are_asked_for_in_stay() -> None:
    assert stays("när kommer beskedet", [NEWS_THERE], [NEWS_HERE])


def test_a_question_that_this_topic_hardly_answers_leaves() -> None:
    unlikely = candidate("forskola-ko", 0.1, "När får jag besked om plats?")
    assert not stays("när kommer beskedet", [NEWS_THERE], [unlikely])


@given(st.floats(0, 1), st.floats(0, 1))
def test_without_another_entry_of_the_topic_nothing_stays(one: float, other: float) -> None:
    assert not stays("och vad kostar det?", [candidate("a-b", one), candidate("c-d", other)], [])
