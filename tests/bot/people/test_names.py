import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.names import Likeness, likeness


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("lindqvist", "lindqvists", Likeness.SAME),
        ("Öberg", "oberg", Likeness.SAME),
        ("petrović", "petrovic", Likeness.SAME),
        ("anna-karin", "annakarin", Likeness.SAME),
        ("lindqvist", "lindkvist", Likeness.SOUND),
        ("lindqvist", "lindquist", Likeness.SOUND),
        ("ericsson", "erikson", Likeness.SOUND),
        ("wikström", "vikström", Likeness.SOUND),
        ("sofie", "sophie", Likeness.SOUND),
        ("lövgren", "löfgren", Likeness.SOUND),
        ("zetterberg", "setterberg", Likeness.SOUND),
        ("ståhl", "stål", Likeness.SOUND),
        ("brandt", "brant", Likeness.SOUND),
        ("margareta", "margreta", Likeness.NEAR),
        ("lars", "mars", Likeness.OTHER),
        ("eva", "ewe", Likeness.OTHER),
        ("bergman", "bergström", Likeness.OTHER),
        ("lind", "lindgren", Likeness.OTHER),
        ("lars", "lasse", Likeness.OTHER),
    ],
)
def test_names_are_alike_by_letters_sound_or_a_slip(
    name: str, written: str, expected: Likeness
) -> None:
    assert likeness(name, written) is expected


NAMES = st.text(alphabet="abcdehijklmnoqrstuvwzåäö", min_size=1, max_size=12)


@given(NAMES)
def test_every_name_is_itself_however_it_is_written(name: str) -> None:
    assert likeness(name, name.upper()) is Likeness.SAME


@given(NAMES, NAMES)
def test_who_sounds_like_another_is_sounded_like_as_well(one: str, other: str) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert (there is Likeness.NEAR) is (back is Likeness.NEAR) or "s" in {one[-1], other[-1]}
