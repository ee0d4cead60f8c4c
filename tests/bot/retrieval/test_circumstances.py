"""Season, audience and age decide between answers that fit equally well, and only there."""

from datetime import date

import pytest

from bot.retrieval.circumstances import drawback, speaks_for_business
from bot.retrieval.model import Document
from tests.support.content import search_over
from tests.support.encoder import LetterEncoder

NOVEMBER, JULY = date(2026, 11, 10), date(2026, 7, 10)


def document(name: str, **how: object) -> Document:
    return Document(
        id=name,
        kind="entry",
        title="Hur blir vägen farbar?",
        text="Vi kommer.",
        **how,
    )


SNOW = document("sno", months=(11, 12, 1, 2, 3))
DUST = document("damm", months=(4, 5, 6, 7, 8))
SHOPS = document("butik", audience=("foretag",))
HOMES = document("bostad", audience=("privat",))
FRESH = document("ny", reviewed=date(2026, 10, 1))
STALE = document("gammal", reviewed=date(2023, 10, 1))


@pytest.mark.parametrize(
    ("question", "today", "one", "other"),
    [
        ("hur blir vägen farbar", NOVEMBER, SNOW, DUST),
        ("hur blir vägen farbar", JULY, DUST, SNOW),
        ("hur blir vägen farbar till min restaurang", NOVEMBER, SHOPS, HOMES),
        ("hur blir vägen farbar", NOVEMBER, FRESH, STALE),
    ],
)
def test_of_two_that_fit_alike_the_fitting_one_comes_first(
    question: str, today: date, one: Document, other: Document
) -> None:
    found = search_over((one, other), LetterEncoder()).find(question, today=today)
    assert [hit.document.id for hit in found.hits] == [one.id, other.id]


def test_words_count_for_more_than_the_season() -> None:
    summer = document("bad", months=(6, 7, 8)).model_copy(update={"title": "Var finns badplatser?"})
    found = search_over((SNOW, summer), LetterEncoder()).find(
        "var finns badplatser", today=NOVEMBER
    )
    assert found.hits[0].document.id == "bad"


def test_residents_are_shown_what_businesses_are() -> None:
    assert drawback(SHOPS, asked_by_business=False, today=NOVEMBER) == 0


@pytest.mark.parametrize(
    ("terms", "expected"),
    [(["restaurang"], True), (["foretag", "avgift"], True), (["hund"], False)],
)
def test_a_business_is_known_by_its_words(terms: list[str], expected: bool) -> None:
    assert speaks_for_business(terms) is expected
