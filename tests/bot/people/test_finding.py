from pathlib import Path

import pytest

from bot.people.directory import Directory
from bot.people.finding import find
from tests.bot.people.test_lookup import FUNCTIONS, PEOPLE

MOST = 5


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "katalog.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "staff" / "funktioner.csv").write_text(FUNCTIONS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def directory(data_dir: Path) -> Directory:
    return Directory.load(data_dir)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("malin", ["Malin Öberg"]),
        ("obe", ["Malin Öberg"]),
        ("anna er", ["Anna Eriksson"]),
        ("rektor norrby", ["Per Ek"]),
        ("avlopp", ["Sara Lind"]),
        ("bygglov", ["Malin Öberg", None]),
        ("kundtjänst", [None]),
        ("lindqvist", ["Kristoffer Lindkvist"]),
        ("", []),
        ("?!", []),
        ("finns inte", []),
    ],
)
def test_people_are_found_by_the_beginnings_of_their_words(
    directory: Directory, question: str, found: list[str | None]
) -> None:
    assert [card.name for card in find(question, directory, MOST)] == found


def test_who_may_not_be_shown_is_not_found_by_any_word(directory: Directory) -> None:
    for question in ("Anna Falk", "falk", "barn och familj"):
        assert all(card.name != "Anna Falk" for card in find(question, directory, 100))


def test_no_more_are_shown_than_asked_for(directory: Directory) -> None:
    assert len(find("undersköterska", directory, 100)) == 7
    assert len(find("undersköterska", directory, MOST)) == MOST


def test_somebody_new_is_found_at_once_and_a_broken_file_changes_nothing(data_dir: Path) -> None:
    live = Directory.live(data_dir)
    assert find("Berit", live.get(), MOST) == []
    path = data_dir / "staff" / "katalog.csv"
    row = "Berit Ny;Jurist;Kansliet;F;;;;;ja\n"
    path.write_text(PEOPLE + row, encoding="utf-8")
    assert [card.name for card in find("Berit", live.get(), MOST)] == ["Berit Ny"]
    path.write_text("bara skräp\n", encoding="utf-8")
    assert [card.name for card in find("Berit", live.get(), MOST)] == ["Berit Ny"]
    assert "namn" in (live.problem or "")
