import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.masking import masked

CASES = [
    ("mitt nummer är 070-123 45 67, ring mig", "mitt nummer är [nummer], ring mig"),
    ("19121212-1212 vill ha plats", "[nummer] vill ha plats"),
    ("mejla kim.berg@mejl.example om det går", "mejla [e-post] om det går"),
    ("se https://x.example/a?namn=kim", "se [webbadress]"),
    ("jag heter Anna Lindqvist och vill bygga altan", "jag heter [namn] och vill bygga altan"),
    ("taxan är 3 420 kronor för 2026", "taxan är 3 420 kronor för 2026"),
    ("öppet 8.00–16.30?", "öppet 8.00–16.30?"),
    ("Får jag bygga i Norrby?", "Får jag bygga i Norrby?"),
]


@pytest.mark.parametrize(("text", "hidden"), CASES)
def test_who_somebody_is_is_hidden_and_the_question_stays(text: str, hidden: str) -> None:
    assert masked(text) == hidden


@given(st.integers(10**5, 10**12), st.sampled_from(["", " ", "-"]))
def test_no_long_number_is_left(number: int, between: str) -> None:
    written = between.join(str(number))
    assert masked(f"nummer {written} slut") == "nummer [nummer] slut"
