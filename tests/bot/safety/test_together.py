"""Parts in any order, near one another, in words of their own, and not beside words of courses."""

import pytest

from bot.safety.phrases import plain
from bot.safety.together import Together, Words

GROUPS = {"barn": ("barn", "son", "lilla bror", "*åring"), "inte_nu": ("kurs*", "förra")}


def _holds(phrase: str, text: str) -> bool:
    one = Together.of(phrase)
    return one.holds(Words([*one.choices, "[inte_nu]"], GROUPS).find(plain(text)))


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("[barn] + bil* + låst", "Bilen är låst och min son är kvar", True),
        ("[barn] + bil* + låst", "min femåring sitter i en låst bil", True),
        ("[barn] + låst", "lilla bror är låst inne", True),
        ("[barn] + låst", "lilla syster är låst inne", False),
        ("[barn] + låst", "en låst dörr " + "och " * 20 + "ett barn", False),
        ("[barn] + barn", "ett barn", False),
        ("[barn] + barn", "ett barn och ett barn", True),
        ("[barn] + låst", "kursen om låst dörr och barn", False),
        ("[barn] + inte kommit", "min son har inte kommit", True),
        ("[barn] + inte kommit", "min son har kommit, inte hon", False),
    ],
)
def test_all_parts_must_stand_near(phrase: str, text: str, holds: bool) -> None:
    assert _holds(phrase, text) is holds


def test_and_may_be_written_together_with_an_arabic_word() -> None:
    assert _holds("ابني + خرج", "ابني مريض وخرج")
