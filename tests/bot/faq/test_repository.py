from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.faq.files import FaqFiles
from bot.faq.repository import load_faq, read_faq
from bot.municipality import Municipality

MUNICIPALITY = """\
kommun:
  namn: Testby kommun
  telefon: 031-390 06 00
  epost: info@testby.example
  oppettider: vardagar 8–16
"""
HEAD = "amne: avfall\nrubrik: Avfall\nagare: Renhållningen\nfragor:\n"
ENTRY = """\
  - id: avfall-hamtning
    fraga: När töms soporna?
    varianter: [sopor, nar kommer sopbilen]
    svar: Varannan vecka. Ring {kommun.telefon} om bilen inte kom.
    lankar:
      - titel: Avfall
        url: /avfall/
    granskad: 2026-11-10
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "faq").mkdir()
    (tmp_path / "kommun.yml").write_text(MUNICIPALITY, encoding="utf-8")
    return tmp_path


def write(data_dir: Path, text: str, name: str = "avfall.yml") -> None:
    (data_dir / "faq" / name).write_text(text, encoding="utf-8")


def test_an_entry_is_read_with_the_municipalitys_facts_filled_in(data_dir: Path) -> None:
    write(data_dir, HEAD + ENTRY)
    (entry,) = load_faq(data_dir)
    assert entry.id == "avfall-hamtning"
    assert entry.owner == "Renhållningen"
    assert entry.topic_title == "Avfall"
    assert "031-390 06 00" in entry.answer


FAULTS = {
    "a missing line": (
        ENTRY.replace("    granskad: 2026-11-10\n", ""),
        5,
        "«granskad» i avfall-hamtning saknas. Lägg till raden",
    ),
    "a misspelled key": (
        ENTRY.replace("varianter:", "variant:"),
        7,
        "«variant» i avfall-hamtning känns inte igen",
    ),
    "a wrong date": (
        ENTRY.replace("2026-11-10", "i går"),
        12,
        "«granskad» i avfall-hamtning ska vara ett datum, till exempel 2026-11-10",
    ),
    "an empty answer": (
        ENTRY.replace("Varannan vecka. Ring {kommun.telefon} om bilen inte kom.", '""'),
        8,
        "«svar» i avfall-hamtning är tom",
    ),
    "an unknown fact": (
        ENTRY.replace("{kommun.telefon}", "{kommun.fax}"),
        5,
        "{kommun.fax} nämner en uppgift som inte finns i data/kommun.yml",
    ),
    "a value that does not exist": (
        ENTRY + "    risk: stor\n",
        13,
        "«risk» i avfall-hamtning har ett värde som inte finns (välj 'lag' eller 'hog')",
    ),
    "a link without its title": (
        ENTRY.replace("      - titel: Avfall\n        url: /avfall/\n", "      - url: /avfall/\n"),
        10,
        "«titel» i avfall-hamtning saknas",
    ),
    "a link to nowhere": (
        ENTRY.replace("/avfall/", "avfall"),
        11,
        "«url» i avfall-hamtning har fel form",
    ),
    "a validity that ends before it begins": (
        ENTRY + "    giltig_fran: 2026-12-01\n    giltig_till: 2026-11-01\n",
        14,
        "«giltig_till» i avfall-hamtning är före giltig_fran",
    ),
    "variants that are no list": (
        ENTRY.replace("[sopor, nar kommer sopbilen]", "sopor"),
        7,
        "«varianter» i avfall-hamtning ska vara en lista",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_line_and_what_to_do(data_dir: Path, fault: str) -> None:
    text, line, told = FAULTS[fault]
    write(data_dir, HEAD + text)
    with pytest.raises(ContentError) as error:
        load_faq(data_dir)
    assert f"avfall.yml:{line}: " in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("amne: [avfall\n", "Raden går inte att läsa som YAML"),
        ("- bara\n- en lista\n", "Filen ska börja med «amne:»"),
        ("amne: avfall\n", "Listan «fragor:» saknas"),
        (HEAD + "  - bara text\n", "Varje fråga ska börja med «- id:»"),
        (HEAD + ENTRY.replace("2026-11-10", "2026-13-10"), "avfall.yml:12: Datumet finns inte"),
        ("agar: Någon\n" + HEAD + ENTRY, "avfall.yml:1: «agar» överst i filen känns inte igen"),
    ],
)
def test_a_file_of_the_wrong_shape_is_told(data_dir: Path, text: str, told: str) -> None:
    write(data_dir, text)
    with pytest.raises(ContentError, match=r"avfall\.yml:\d+: ") as error:
        load_faq(data_dir)
    assert told in str(error.value)


def test_a_file_in_another_encoding_is_told(data_dir: Path) -> None:
    (data_dir / "faq" / "avfall.yml").write_bytes((HEAD + ENTRY).encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load_faq(data_dir)


def test_a_wrong_link_is_told_once(data_dir: Path) -> None:
    write(data_dir, HEAD + ENTRY.replace("/avfall/", "avfall"))
    with pytest.raises(ContentError) as error:
        load_faq(data_dir)
    assert len(str(error.value).splitlines()) == 1


def test_every_fault_in_every_file_is_told_at_once(data_dir: Path) -> None:
    write(data_dir, HEAD + ENTRY.replace("2026-11-10", "i går"))
    write(data_dir, "amne: x\n", "annat.yml")
    with pytest.raises(ContentError) as error:
        load_faq(data_dir)
    assert len(str(error.value).splitlines()) == 2


def test_the_same_question_in_two_entries_is_told_whatever_its_spelling(data_dir: Path) -> None:
    other = ENTRY.replace("avfall-hamtning", "avfall-annan").replace(
        "[sopor, nar kommer sopbilen]", "[NÄR TÖMS SOPORNA?]"
    )
    write(
        data_dir, HEAD + ENTRY + other.replace("fraga: När töms soporna?", "fraga: Vad kostar det?")
    )
    with pytest.raises(ContentError, match="finns redan i avfall-hamtning"):
        load_faq(data_dir)


def test_the_same_id_twice_is_told(data_dir: Path) -> None:
    again = ENTRY.replace("När töms soporna?", "Något annat?").replace("sopor, nar", "helt, andra")
    write(data_dir, HEAD + ENTRY + again)
    with pytest.raises(ContentError, match="Id avfall-hamtning finns redan"):
        load_faq(data_dir)


NATIONAL = (
    ENTRY.replace("    granskad: 2026-11-10\n", "    granskad: 2026-10-01\n")
    + "    omfattning: nationell\n"
)


@pytest.fixture
def national(data_dir: Path) -> Path:
    (data_dir / "faq" / "nationell").mkdir()
    write(data_dir, HEAD + NATIONAL, "nationell/avfall.yml")
    return data_dir


def test_a_national_answer_holds_until_the_municipality_says_otherwise(national: Path) -> None:
    (entry,) = load_faq(national)
    assert (entry.scope, entry.reviewed.isoformat()) == ("nationell", "2026-10-01")


def test_an_override_replaces_what_it_names_and_adds_its_variants(national: Path) -> None:
    own = "  - id: avfall-hamtning\n    svar: Varje vecka.\n    varianter: [sophämtning]\n"
    write(national, HEAD.replace("Renhållningen", "Kretslopp") + own)
    (entry,) = load_faq(national)
    assert entry.answer == "Varje vecka."
    assert entry.owner == "Kretslopp"
    assert entry.question == "När töms soporna?"
    assert entry.variants == ("sopor", "nar kommer sopbilen", "sophämtning")


def test_an_override_that_is_wrong_is_told_where_it_stands(national: Path) -> None:
    write(national, HEAD + "  - id: avfall-hamtning\n    risk: stor\n", "egna.yml")
    with pytest.raises(ContentError, match=r"egna\.yml:6: «risk» i avfall-hamtning"):
        load_faq(national)


def test_the_same_id_twice_in_the_pack_is_told(national: Path) -> None:
    write(national, HEAD + NATIONAL, "nationell/mer.yml")
    with pytest.raises(ContentError, match="Id avfall-hamtning finns redan"):
        load_faq(national)


@pytest.mark.parametrize("folder", ["", "nationell/"])
def test_a_hidden_entry_is_no_answer(national: Path, folder: str) -> None:
    hidden = HEAD + "  - id: avfall-hamtning\n    dold: true\n"
    text = HEAD + NATIONAL + "    dold: true\n" if folder else hidden
    write(national, text, f"{folder}avfall.yml")
    assert load_faq(national) == ()
    read = read_faq(FaqFiles.read(national), Municipality.load(national))
    assert [entry.id for entry in read.entries] == ["avfall-hamtning"]


def test_an_entry_can_be_said_in_other_languages(data_dir: Path) -> None:
    english = "        fraga: When?\n        svar: Ring {kommun.telefon}\n"
    write(data_dir, HEAD + ENTRY + "    oversattningar:\n      en:\n" + english)
    (entry,) = load_faq(data_dir)
    assert entry.translations["en"].question == "When?"
    assert entry.translations["en"].answer == "Ring 031-390 06 00"


@pytest.mark.parametrize(
    ("more", "line", "told"),
    [
        ("      en:\n        fraga: When?\n", 14, "«svar» i avfall-hamtning saknas"),
        ("      engelska:\n        fraga: W?\n        svar: S\n", 14, "har fel form"),
        ("      - en\n", 13, "ska ha rader under sig"),
    ],
)
def test_a_faulty_translation_is_told(data_dir: Path, more: str, line: int, told: str) -> None:
    write(data_dir, HEAD + ENTRY + "    oversattningar:\n" + more)
    with pytest.raises(ContentError, match=told) as error:
        load_faq(data_dir)
    assert f"avfall.yml:{line}: " in str(error.value)


def test_files_can_be_read_as_they_would_be_after_an_edit(data_dir: Path) -> None:
    write(data_dir, HEAD + ENTRY)
    files, municipality = FaqFiles.read(data_dir), Municipality.load(data_dir)
    path = data_dir / "faq" / "avfall.yml"
    edited = files.replacing(path, HEAD + ENTRY.replace("Varannan", "Varje"))
    assert read_faq(edited, municipality).entries[0].answer.startswith("Varje")
    assert read_faq(files, municipality).entries[0].answer.startswith("Varannan")
    assert read_faq(files.replacing(path, None), municipality).entries == ()
    assert read_faq(files, municipality).places["avfall-hamtning"].line == 5


def test_the_sample_content_is_whole() -> None:
    entries = load_faq(Path("data"))
    assert len(entries) >= 60
    assert all(len(entry.variants) >= 8 for entry in entries)
    assert all(entry.reviewed and entry.owner and entry.links for entry in entries)
