from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.people.directory import Directory
from bot.people.lookup import MOST_SHOWN, LookUp, named, responsible

HEAD = "namn;titel;enhet;forvaltning;ansvar;telefon;epost;besokstid;publicerad\n"


def row(name: str, title: str, unit: str, published: str = "ja", duties: str = "") -> str:
    contact = "031-390 06 10;x@testby.example;"
    return f"{name};{title};{unit};Förvaltningen;{duties};{contact};{published}\n"


PEOPLE = (
    HEAD
    + row("Anna Eriksson", "Socialsekreterare", "Socialtjänsten")
    + row("Anna Holm", "Bibliotekarie", "Biblioteket")
    + row("Anna Falk", "Socialsekreterare", "Barn och familj", published="nej")
    + row("Malin Öberg", "Bygglovshandläggare", "Bygglovsenheten")
    + row("Kristoffer Lindkvist", "Jurist", "Kansliet")
    + row("Kerstin Bergman", "Rektor", "Lindöskolan")
    + row("Per Ek", "Rektor", "Norrbyskolan")
    + row("Sara Lind", "Miljöinspektör", "Miljöenheten", duties="enskilda avlopp och vattenskydd")
    + "".join(row(f"Kim Dahl{n}", "Undersköterska", "Hemtjänsten") for n in "abcdefg")
    + ";;;trasig rad;;;;;\n"
)
FUNCTIONS = (
    "funktion;enhet;telefon;epost;besokstid;ansvar;sokord\n"
    "Växeln;Kontaktcenter;031-390 06 00;x@testby.example;;svarar;växeln,kundtjänst\n"
    "Bygglov;Bygglovsenheten;031-390 06 01;;;lov;bygglov,bygga\n"
    "Försörjningsstöd;Socialtjänsten;031-390 06 02;;;stöd;soc,socialtjänsten\n"
)


def look_up(question: str, directory: Directory) -> LookUp | None:
    """By name, else by what they do: as the assistant asks where the search has no answer."""
    return named(question, directory) or responsible(question, directory)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    folder = tmp_path_factory.mktemp("data") / "staff"
    folder.mkdir()
    (folder / "katalog.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "funktioner.csv").write_text(FUNCTIONS, encoding="utf-8")
    return Directory.load(folder.parent)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("jag vill nå Anna på socialtjänsten", ["Anna Eriksson"]),
        ("jag vill na anna pa socialtjansten", ["Anna Eriksson"]),
        ("anna på soc", ["Anna Eriksson"]),
        ("anna", ["Anna Eriksson", "Anna Holm"]),
        ("telefon till malin oberg", ["Malin Öberg"]),
        ("öberg på bygglov", ["Malin Öberg"]),
        ("kristoffer lindqvist", ["Kristoffer Lindkvist"]),
        ("vem är rektor på Lindöskolan", ["Kerstin Bergman"]),
        ("vem ansvarar för enskilda avlopp", ["Sara Lind"]),
    ],
)
def test_the_right_person_is_found(directory: Directory, question: str, shown: list[str]) -> None:
    found = look_up(question, directory)
    assert found
    assert [card.name for card in found.cards] == shown


@pytest.mark.parametrize(
    ("question", "title"), [("numret till växeln", "Växeln"), ("telefon till bygglov", "Bygglov")]
)
def test_a_function_is_found_by_its_keywords(
    directory: Directory, question: str, title: str
) -> None:
    found = look_up(question, directory)
    assert found
    assert [(card.name, card.title) for card in found.cards] == [(None, title)]


@pytest.mark.parametrize(
    "question",
    [
        "jag söker Anna Falk",  # protected
        "jag söker Zebulon Nollberg",  # nobody
        "kan jag få numret till Anna-Karin Öberg",  # another Öberg
        "sök lars lindqvist",  # another Lindkvist
        "Anna Nollberg",  # another Anna
    ],
)
def test_a_wrong_person_is_never_shown(directory: Directory, question: str) -> None:
    assert look_up(question, directory) is None


def test_many_hits_are_not_listed(directory: Directory) -> None:
    found = look_up("jag söker kim", directory)
    assert found
    assert found.text_key == "person_which_unit"
    assert not found.cards
    assert sum(person.first_name == "kim" for person in directory.people) > MOST_SHOWN


def test_protected_people_and_broken_rows_are_not_loaded(directory: Directory) -> None:
    names = {person.name for person in directory.people}
    assert "Anna Falk" not in names
    assert "" not in names
    assert "Anna Holm" in names


def test_a_file_without_its_heading_is_told(tmp_path: Path) -> None:
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "katalog.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(ContentError, match="Kolumnen «namn» saknas"):
        Directory.load(tmp_path)
