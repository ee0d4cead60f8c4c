import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.figures import EMERGENCY, emergency_numbers, figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Det kostar 3 420 kronor.", {"3420 kr"}),
        ("Det kostar 3420 kr", {"3420 kr"}),
        ("inom två veckor", {"2 vecka"}),
        ("2 veckors uppsägning", {"2 vecka"}),
        ("tio arbetsdagar", {"10 arbetsdag"}),
        ("högst 4,5 meter och 30 m²", {"4.5 m", "30 m²"}),
        ("12–18 år", {"12", "18 år"}),
        ("före den 1 mars", {"1 mars"}),
        ("lördagar klockan 9.00–15.00", {"lördag", "9.00", "15.00"}),
        ("Ring 031-390 06 00.", {"tel 0313900600"}),
        ("25 procent eller 25 %", {"25 %"}),
        ("Ring {kommun.telefon} en vardag", {"1 arbetsdag"}),
        ("Du behöver inget lov.", set()),
    ],
)
def test_figures_are_read_however_they_are_written(text: str, found: set[str]) -> None:
    assert set(figures(text)) == found


@given(st.integers(1000, 999_999), st.sampled_from(" \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"))
def test_spaces_in_a_number_make_no_other_figure(number: int, space: str) -> None:
    spaced = f"{number:,}".replace(",", space)
    assert figures(f"{spaced} kronor") == figures(f"{number} kr")


@pytest.mark.parametrize("number", EMERGENCY)
def test_every_number_for_somebody_in_danger_is_found_in_its_own_text(number: str) -> None:
    assert number in emergency_numbers(f"Ring {EMERGENCY[number]}.")


@pytest.mark.parametrize("text", ["1 120 kronor", "031-112 00 00", "år 1177-03"])
def test_other_numbers_are_no_emergency_numbers(text: str) -> None:
    assert not emergency_numbers(text)
