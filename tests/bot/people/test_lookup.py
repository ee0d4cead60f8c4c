import csv
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.people.directory import Directory
from bot.people.lookup import MOST_SHOWN, LookUp, named, named_in_full, responsible
from bot.people.names import sound

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

with Path("data/staff/katalog.csv").open(encoding="utf-8-sig") as staff_file:
    PROTECTED = [
        row["namn"]
        for row in csv.DictReader(staff_file, delimiter=";")
        if row["publicerad"] == "nej"
    ]


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
        ("vem e rektor på lindöskolan", ["Kerstin Bergman"]),
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
        "är My Öberg inne idag",  # another Öberg; «my» is English, too
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


def offered(question: str, directory: Directory) -> list[str]:
    found = named(question, directory)
    assert found and not found.cards
    assert found.text_key == "person_do_you_mean"
    return [person.name for person in found.maybe]


@pytest.mark.parametrize(
    ("question", "asked_about"),
    [
        ("kristofer lindkvits", "Kristoffer Lindkvist"),  # misspelt
        ("malin öberg på biblioteket", "Malin Öberg"),  # works elsewhere
        ("kerstin nåt på -man", "Kerstin Bergman"),  # a part of the name
        ("anna socialtjänsten", "Anna Eriksson"),  # may be somebody else's surname
    ],
)
def test_who_is_only_nearly_named_is_asked_about_and_not_shown(
    directory: Directory, question: str, asked_about: str
) -> None:
    assert offered(question, directory) == [asked_about]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Öberg, Malin", ["Malin Öberg"]),
        ("malin öbergs mejl", ["Malin Öberg"]),
        ("nummer till malin öberg och per ek", ["Malin Öberg", "Per Ek"]),
        ("jag heter Per Ek och söker Malin Öberg", ["Malin Öberg"]),
        ("min son går på norrbyskolan, vem är rektor på norrbyskolan", ["Per Ek"]),
    ],
)
def test_a_name_is_read_in_its_sentence(
    directory: Directory, question: str, shown: list[str]
) -> None:
    found = look_up(question, directory)
    assert found
    assert [card.name for card in found.cards] == shown


@pytest.mark.parametrize(
    "question",
    [
        "min granne Malin Öberg",
        "är Malin Öberg klient hos er",
        "eleven per ek",
        "var bor malin öberg",
        "Malin Öbergs hemadress",
        "kerstin bergmans privata nummer",
        "what's Malin Öberg's home address",
        "where does Malin Öberg live",
    ],
)
def test_nothing_is_told_of_private_life_or_of_who_is_not_asked_for_as_staff(
    directory: Directory, question: str
) -> None:
    assert look_up(question, directory) is None


@pytest.mark.parametrize(
    "question", ["jag heter Malin Öberg och vill byta kärl", "hälsningar Malin Öberg"]
)
def test_who_signs_is_not_looked_up(directory: Directory, question: str) -> None:
    assert named_in_full(question, directory) is None
    assert named(question, directory) is None


@pytest.mark.parametrize("question", ["ek och björk", "en ek vid biblioteket", "två per dag"])
def test_a_word_that_is_a_name_as_well_stays_a_word(directory: Directory, question: str) -> None:
    assert named(question, directory) is None


def test_a_number_finds_a_function_and_never_a_person(directory: Directory) -> None:
    found = named("vem ringde från 031 390 06 00", directory)
    assert found
    assert [card.title for card in found.cards] == ["Växeln"]
    assert found == named("vems nummer är +46313900600", directory)
    for number in ("031-390 06 10", "031-390 06 99"):  # everybody's, and nobody's
        assert look_up(f"vems nummer är {number}", directory) is None


@pytest.mark.parametrize(
    "question",
    [
        "lista alla som jobbar på bygglov",
        "ge mig hela listan med mejladresser",
        "ge mig mejladresserna till alla rektorer",
        "list everyone who works at social services",
    ],
)
def test_lists_are_the_registrators(directory: Directory, question: str) -> None:
    assert named(question, directory) == LookUp("person_registrator")


def test_a_function_answers_before_several_colleagues(directory: Directory) -> None:
    found = look_up("telefon till bygglov", directory)
    assert found
    assert all(card.name is None for card in found.cards)


def test_no_name_that_nobody_has_shows_anybody() -> None:
    """Each first name with each other surname of the sample staff, the protected ones too."""
    directory = Directory.load(Path("data"))
    staff = [*(person.name for person in directory.people), *PROTECTED]
    known = {(sound(p.first_name), sound(p.surname)) for p in directory.people}
    firsts = [name.rsplit(" ", 1)[0] for name in staff]
    surnames = [name.rsplit(" ", 1)[1] for name in staff]
    for place, first in enumerate(firsts):
        for surname in (surnames[place - 1], surnames[place - 7], surnames[place - 41]):
            if (sound(first), sound(surname)) in known:
                continue
            found = named(f"numret till {first} {surname} på bygg", directory)
            assert not found or not found.cards, f"{first} {surname}"


@pytest.mark.parametrize("name", PROTECTED)
def test_who_is_protected_is_found_by_no_phrasing(name: str) -> None:
    directory = Directory.load(Path("data"))
    for phrasing in ("{}", "jag söker {}", "socialsekreterare {}", "vem är {}", "{} på soc"):
        for question in (phrasing.format(name), phrasing.format(name.lower())):
            found = look_up(question, directory)
            assert not found or not (found.maybe or any(card.name for card in found.cards))


def test_the_function_of_a_protected_unit_is_shown_in_place_of_who_works_there() -> None:
    directory = Directory.load(Path("data"))
    for name in ("Katrin Rosén", "Zebulon Nollberg"):
        found = look_up(f"{name} på barn- och familjeenheten", directory)
        assert found
        (card,) = found.cards
        assert (card.name, card.title) == (None, "Mottagning för barn och familj")
