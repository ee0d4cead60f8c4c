import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errands.reference import SIGNS, _check, new_reference, read_reference

drawn = st.text(SIGNS, min_size=5, max_size=5)
places = st.integers(0, 5)


def reference(signs: str) -> str:
    return f"SK-{signs}{_check(signs)}"


def test_a_new_number_has_the_prefix_and_six_signs_that_are_not_mixed_up() -> None:
    numbers = {new_reference() for _ in range(300)}
    assert all(re.fullmatch(r"SK-[2-9C-HJKMNPRTVWX]{6}", number) for number in numbers)
    assert len(numbers) > 290  # 300 among millions
    assert new_reference("LINDÖ").startswith("LINDÖ-")


@pytest.mark.parametrize("prefix", ["", "sk", "S-K", "SKÄRVINGES1"])
def test_a_prefix_that_is_none_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        new_reference(prefix)


def test_every_new_number_can_be_read() -> None:
    for _ in range(300):
        number = new_reference("VXJ")
        assert read_reference(number, "VXJ") == number


@given(drawn, st.sampled_from(["", " ", "-", "–", " - "]), st.booleans())
def test_a_number_is_read_however_it_is_written(signs: str, between: str, small: bool) -> None:
    number = reference(signs)
    written = f"  {number[:2]}{between}{number[3:6]} {number[6:]}\n"
    assert read_reference(written.lower() if small else written) == number
    assert read_reference(number[3:]) == number


@given(drawn)
def test_signs_that_look_alike_are_read_as_the_one_that_is_used(signs: str) -> None:
    number = reference(signs)
    alike = number[3:].translate(str.maketrans("85V2", "BSUZ"))
    assert read_reference(f"SK-{alike}") == number


@given(drawn, places, st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(signs: str, place: int, wrong: str) -> None:
    number = reference(signs)
    changed = number[: 3 + place] + wrong + number[4 + place :]
    assert read_reference(changed) == (number if changed == number else None)


@given(drawn, places, places)
def test_two_signs_that_have_changed_places_are_always_noticed(
    signs: str, one: int, other: int
) -> None:
    number = reference(signs)
    swapped = list(number)
    swapped[3 + one], swapped[3 + other] = swapped[3 + other], swapped[3 + one]
    changed = "".join(swapped)
    assert read_reference(changed) == (number if changed == number else None)


@pytest.mark.parametrize(
    "text", ["", "SK-", "SK-7F3K", "AB-234567", "SK-0O1ILA", "sopor", "SK-22222222", "112"]
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_reference(text) is None


@given(st.text(max_size=20))
def test_whatever_is_written_can_be_looked_at(text: str) -> None:
    found = read_reference(text)
    assert found is None or read_reference(found) == found
