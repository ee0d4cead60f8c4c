"""What the templates say of the program is what the program does."""

import re

import pytest

from bot.language.readability import readability
from bot.masking.model import Kind
from bot.texts import LANGUAGES, WARNED, Texts
from bot.yaml_files import read_mapping
from tests.docs.reading import DOCS, ROOT, column, page, section, table

TEMPLATES = sorted(path.name for path in (DOCS / "mallar").glob("*.md") if path.stem != "index")
TEXTS = Texts.load(ROOT / "data")
LAWS = {  # the title begins so; the number is the one of Svensk författningssamling
    "1949:105": "tryckfrihetsförordningen",
    "1990:782": "arkivlagen",
    "2009:400": "offentlighets- och sekretesslagen",
    "2017:900": "förvaltningslagen",
    "2018:218": "lagen",
    "2020:914": "lagen",
    "2022:482": "lagen",
    "2025:1506": "cybersäkerhetslagen",
}


def kept() -> dict[str, int]:
    """Return the days of every class, as the municipality of the sample has decided."""
    return dict(read_mapping(ROOT / "data" / "gallring.yml", "«beslut:»")["dagar"])


@pytest.mark.parametrize(
    ("name", "heading", "days"),
    [
        ("gallringsbeslut", "## Förslag till beslut", 2),
        ("registerforteckning", "## Lagringstider", 1),
    ],
)
def test_every_class_is_kept_for_as_long_as_the_data_say(
    name: str, heading: str, days: int
) -> None:
    rows = table(section(page(f"mallar/{name}.md"), heading))
    assert {row[0]: int(row[days]) for row in rows} == kept()


def test_citizens_are_told_the_days_that_their_talks_are_kept() -> None:
    said = section(page("mallar/informationstext.md"), "## När du skriver i chatten")
    told = re.findall(r"(\d+) dagar", said)
    names = ("chatt_med_bot", "chatt_med_kommunvagledare", "chatt_med_arende")
    assert told == [str(kept()[name]) for name in names]


@pytest.mark.parametrize("name", ["konsekvensbedomning", "informationstext"])
def test_everything_that_is_masked_is_told_and_nothing_else(name: str) -> None:
    lists = re.findall(r"((?:^\* .+\n)+)", page(f"mallar/{name}.md"), re.MULTILINE)
    told = lists[0].replace("* ", "").splitlines()
    assert told == [TEXTS[f"about_masked_{kind}"] for kind in Kind]


def test_every_language_is_told() -> None:
    (spoken,) = re.findall(r"^\*\*Språk\.\*\* .+$", page("mallar/konsekvensbedomning.md"), re.M)
    for language in (*LANGUAGES, *WARNED):
        assert TEXTS[f"language_{language}"] in spoken
    assert f"{_in_words(len(LANGUAGES))} språk" in page("mallar/konsekvensbedomning.md")


def _in_words(number: int) -> str:
    return ("Noll", "Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio")[number]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_law_is_called_by_its_own_name_and_number(name: str) -> None:
    text = page(f"mallar/{name}")
    for number in re.findall(r"\b(?:19|20)\d\d:\d{2,4}\b", text):
        before = text[: text.index(number)].rstrip(" (,")
        assert before.endswith(LAWS[number]), number


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_only_the_municipality_knows_is_left_to_it(name: str) -> None:
    text = page(f"mallar/{name}")
    assert "[fyll i" in text
    assert text.count("[fyll i") == len(re.findall(r"\[fyll i(?:: [^\]]+|, [^\]]+)?\]", text))
    assert "Skärvinge" not in text  # a template is nobody's


def test_every_template_is_on_the_list() -> None:
    told = column(table(page("mallar/index.md")))
    assert sorted(re.findall(r"\(([\w-]+\.md)\)", " ".join(told))) == TEMPLATES


def test_the_text_for_citizens_is_easy_to_read() -> None:
    text = section(page("mallar/informationstext.md"), "## När du skriver i chatten")
    assert readability(re.sub(r"\[fyll i[^\]]*\]", "", text)).lix <= 40
