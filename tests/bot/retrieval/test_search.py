from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.model import Document
from bot.retrieval.search import Search
from tests.support.content import DOCUMENTS, entry, search_over
from tests.support.encoder import LetterEncoder


@pytest.fixture(scope="module")
def search() -> Search:
    return search_over(DOCUMENTS, LetterEncoder())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Behöver jag bygglov för en altan?", "bygglov-altan"),
        ("behover jag bygglov for en altan", "bygglov-altan"),
        ("VAD KOSTAR FÖRSKOLAN", "forskola-avgift"),
        ("när kommer sopbilen", "avfall-hamtning"),
        ("maxtaxa", "forskola-avgift"),
        ("bygglovsavgifft", "bygglov-kostnad"),
    ],
)
def test_the_entry_is_found_through_its_question_and_variants(
    search: Search, question: str, expected: str
) -> None:
    assert search.find(question).hits[0].document.id == expected


@settings(max_examples=20, deadline=None)
@given(st.permutations(DOCUMENTS), st.sampled_from([d.variants[0] for d in DOCUMENTS]))
def test_ranking_does_not_depend_on_the_order_of_documents(
    order: list[Document], question: str
) -> None:
    def ranked(documents: tuple[Document, ...]) -> list[tuple[str, float]]:
        hits = search_over(tuple(documents), LetterEncoder()).find(question).hits
        return [(hit.document.id, round(hit.score, 4)) for hit in hits]

    assert ranked(tuple(order)) == ranked(DOCUMENTS)


def test_a_removed_entry_is_never_shown(search: Search) -> None:
    found = search.find("altan bygglov", without={"bygglov-altan"})
    assert "bygglov-altan" not in {hit.document.id for hit in found.hits}


def test_an_entry_is_shown_only_while_it_is_valid() -> None:
    old = entry(
        "forskola-ny", "Vad kostar förskolan 2026?", "Gammal avgift.", "maxtaxa 2026"
    ).model_copy(update={"valid_from": date(2026, 7, 1), "valid_to": date(2026, 12, 31)})
    search = search_over((*DOCUMENTS, old), LetterEncoder())
    shown = {
        day: any(hit.document.id == old.id for hit in search.find("maxtaxa 2026", today=day).hits)
        for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(shown.values()) == [False, True, True, False]


def test_a_question_that_leans_on_a_subject_is_searched_for_with_it(search: Search) -> None:
    alone = search.find("och vad kostar det?")
    leaning = search.find("och vad kostar det?", subject="Bygglov")
    assert leaning.hits[0].document.id == "bygglov-kostnad"
    assert alone.hits[0].score >= alone.hits[-1].score


def test_words_that_stand_nowhere_silence_the_letters(search: Search) -> None:
    assert search.find("quick brown fox").unknown == 1
    assert search.find("bygglov altan").unknown == 0


@pytest.mark.parametrize("question", ["?", "🙂", "a", "<script>alert(1)</script>", "x" * 2000])
def test_any_question_gets_a_ranking(search: Search, question: str) -> None:
    assert search.find(question).hits
