from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.language.colloquial import Colloquial

DATA = Path(__file__).parents[3] / "data"
RIGHT = """\
ord:
  - vardag: [dagis, fsk]
    kommun: [förskola]
  - vardag: [sossen]
    kommun: [socialtjänst]
    tvetydigt: ja
skrivsatt:
  nån: någon
"""


def load(tmp_path: Path, text: str) -> Colloquial:
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "vardagsord.yml").write_text(text, encoding="utf-8")
    return Colloquial.load(tmp_path)


def test_the_lexicon_is_read(tmp_path: Path) -> None:
    colloquial = load(tmp_path, RIGHT)
    assert [word.everyday for word in colloquial.words] == [("dagis", "fsk"), ("sossen",)]
    assert [word.ambiguous for word in colloquial.words] == [False, True]
    assert colloquial.spellings == {"nån": "någon"}


def test_a_municipality_without_the_file_has_no_everyday_words(tmp_path: Path) -> None:
    assert Colloquial.load(tmp_path).words == ()


def test_the_sample_municipalitys_lexicon_is_right() -> None:
    assert len(Colloquial.load(DATA).words) > 50


FAULTS = {
    "a missing line": ("    kommun: [förskola]\n", "", 2, "«kommun» saknas. Lägg till raden"),
    "a misspelled key": ("kommun: [förskola]", "komun: [förskola]", 2, "«komun» känns inte igen"),
    "an empty list": ("[förskola]", "[]", 2, "«kommun» är tom. Skriv minst ett ord"),
    "no list": ("[förskola]", "förskola", 2, "«kommun» ska vara en lista"),
    "a number": ("[förskola]", "[1177]", 2, "«kommun» har något som inte är text"),
    "neither yes nor no": ("tvetydigt: ja", "tvetydigt: kanske", 4, "«tvetydigt» ska vara «ja»"),
    "a word twice": ("[sossen]", "[sossen, dagis]", 4, "Vardagsordet «dagis» finns redan"),
    "a word twice in a line": ("[dagis, fsk]", "[fsk, fsk]", 2, "Vardagsordet «fsk» finns redan"),
    "an unknown list": ("skrivsatt:", "skrivsätt:", 7, "«skrivsätt» känns inte igen"),
    "a spelling of nothing": ("nån: någon", "nån:", 8, "«nån» ska ha ett ord efter kolonet"),
    "spellings as a list": ("  nån: någon", "  - nån", 7, "«skrivsatt» ska ha rader som"),
    "words as a text": (RIGHT, "ord: dagis\n", 1, "«ord» ska vara en lista"),
    "a row that is a text": (RIGHT, "ord:\n  - dagis\n", 2, "Raden ska börja med «- vardag:»"),
    "a broken list": ("[dagis, fsk]", "[dagis, fsk", 3, "Raden går inte att läsa som YAML"),
    "an empty file": (RIGHT, "", 1, "Filen ska börja med «ord:»"),
}


@pytest.mark.parametrize(("old", "new", "line", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    with pytest.raises(ContentError) as error:
        load(tmp_path, RIGHT.replace(old, new))
    assert f"vardagsord.yml:{line}: {told}" in str(error.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = RIGHT.replace("kommun: [förskola]", "komun: []").replace("ja\n", "kanske\n")
    with pytest.raises(ContentError) as error:
        load(tmp_path, text)
    assert len(str(error.value).splitlines()) == 3  # unknown key, missing key, neither yes nor no


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "vardagsord.yml").write_bytes(RIGHT.encode("latin-1"))
    with pytest.raises(ContentError, match="inte sparad som UTF-8"):
        Colloquial.load(tmp_path)
