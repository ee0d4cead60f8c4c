import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.narrowing import as_written, divide, lone_word
from tests.bot.answering.hits import found, hit
from tests.support.content import entry

FEE = [
    hit(entry("avfall-taxa", "Vad kostar sophämtningen?", "", "avgift sopor"), 1.0),
    hit(entry("avfall-extra", "Vad kostar extra hämtning?", "", "avgift extra"), 0.95),
    hit(entry("forskola-avgift", "Vad kostar förskolan?", "", "avgift dagis"), 0.9),
    hit(entry("bygglov-kostnad", "Vad kostar bygglov?", "", "bygglovsavgift"), 0.8),
    hit(entry("slam-nar", "När töms brunnen?", "", "slambil"), 0.7),
    hit(entry("vatten-taxa", "Vad kostar vatten?", "", "avgift va"), 0.3),
]
PERMIT = [
    hit(entry("bygglov-behovs", "När behöver jag bygglov?", ""), 1.0),
    hit(entry("bygglov-ansok", "Hur ansöker jag om bygglov?", ""), 0.9),
    hit(entry("bygglov-tid", "Hur lång tid tar det?", ""), 0.8),
    hit(entry("kontakt-vem", "Vem ansvarar för bygglov?", ""), 0.95),
]


def ids(word: str, hits: list) -> list[str]:  # type: ignore[type-arg]
    return [document.id for document in divide(word, found(*hits))]


def test_a_word_of_many_topics_gives_one_of_each_before_a_second_of_any() -> None:
    assert ids("avgift", FEE) == [
        "avfall-taxa",
        "forskola-avgift",
        "bygglov-kostnad",
        "avfall-extra",
    ]


def test_a_word_that_names_a_topic_gives_entries_of_that_topic() -> None:
    assert ids("bygglov", PERMIT) == ["bygglov-behovs", "bygglov-ansok", "bygglov-tid"]


def test_a_word_that_an_entry_is_asked_for_in_gives_that_alone() -> None:
    berth = hit(entry("fritid-bat", "Hur får jag båtplats?", "", "båtplats"), 1.0)
    queue = hit(entry("fritid-ko", "Hur lång är kön till båtplats?", ""), 0.9)
    assert ids("batplats", [berth, queue]) == ["fritid-bat"]


def test_a_short_word_does_not_stand_within_another() -> None:
    kitchen = hit(entry("bygglov-kok", "Får jag flytta köket?", ""))
    assert ids("ko", [kitchen]) == []


@given(st.permutations(FEE))
def test_the_choices_do_not_depend_on_the_order_of_equal_hits(hits: list) -> None:  # type: ignore[type-arg]
    equal = [one.model_copy(update={"score": 1.0}) for one in hits]
    assert len({document.topic for document in divide("avgift", found(*equal))[:4]}) == 4


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Avgift", "avgift"),
        ("säga upp!", "saga upp"),
        ("öppettider 😀", "oppettider"),
        ("vad kostar det", None),
        ("pris?", None),
        ("🙂", None),
    ],
)
def test_hardly_more_than_a_word_is_told_from_a_question(message: str, word: str | None) -> None:
    assert lone_word(message) == word


@pytest.mark.parametrize(
    ("message", "shown"), [("Säga upp!", "Säga upp"), ("**avgift**", "avgift"), ("p-bot", "p-bot")]
)
def test_a_word_is_repeated_as_it_was_written_without_marks(message: str, shown: str) -> None:
    assert as_written(message) == shown
