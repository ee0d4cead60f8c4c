from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.figures import figures, without_figures

CASES = [
    ("Du betalar högst 1 547 kronor i månaden.", [("1547", "krona")]),
    ("Avgiften är 3\u00a0420 kr per år.", [("3420", "krona")]),
    ("Det kostar 1.200 kronor.", [("1200", "krona")]),
    ("Byggnaden får vara 30,0 kvadratmeter och 4,5 meter hög.", [("30.0", "m2"), ("4.5", "meter")]),
    ("Svar inom tre veckor eller tio arbetsdagar.", [("3", "vecka"), ("10", "arbetsdag")]),
    ("Du får 2–3 veckor.", [("3", "vecka")]),
    ("En 14-dagars period.", [("14", "dag")]),
    ("Ring 031-390 06 00.", []),
    ("Öppet klockan 8.00–16.30 den 1 januari 2027.", []),
    ("15 % av 25 m² är 3,75 m2", [("15", "procent"), ("25", "m2"), ("3.75", "m2")]),
    ("en meterhög mur", []),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_amounts_are_found_with_their_units(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.value, one.unit) for one in figures(text)] == [(Decimal(v), u) for v, u in found]


@given(st.integers(min_value=0, max_value=999_999))
def test_a_number_is_the_same_however_its_thousands_are_parted(number: int) -> None:
    plain = f"{number} kronor"
    parted = f"{number:,} kronor".replace(",", " ")
    assert [f.value for f in figures(plain)] == [f.value for f in figures(parted)] == [number]


@given(st.text(max_size=80))
def test_a_figure_stands_where_it_says_and_none_is_left_without_it(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
    assert len(list(figures(without_figures(text)))) <= len(list(figures(text)))
