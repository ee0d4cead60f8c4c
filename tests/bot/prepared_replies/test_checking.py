"""The tone of prepared replies, by the municipality's own rules of writing."""

import shutil
from pathlib import Path

import pytest

from bot.faq.checking.model import Finding, Level
from bot.prepared_replies.checking import check_replies
from bot.prepared_replies.repository import load_replies

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "language", tmp_path / "language")
    shutil.copy(DATA / "kommun.yml", tmp_path)
    return tmp_path


def checked(data_dir: Path, text: str, language: str = "sv") -> list[Finding]:
    content = (
        "# Våra mallar\nsvarsmallar:\n  - id: mall\n    titel: Mall\n"
        f"    text: {text}\n    sprak: {language}\n"
    )
    (data_dir / "svarsmallar.yml").write_text(content, encoding="utf-8")
    return list(check_replies(data_dir))


LONG = "Du gör så här när du har något som du vill att vi ska ta med oss i bilen till tippen i byn."
HARD = "Renhållningsabonnemanget omfattar hushållsavfall. Grovavfall överlämnas separat. " * 6
FOUND = {
    "ni": ("Vad kan vi hjälpa er med? Skriv vad ni vill.", ["tilltal", "tilltal"]),
    "man": ("Då kan man ringa till oss.", ["tilltal"]),
    "an officials' word": ("Vi hjälper dig avseende din fråga.", ["ord"]),
    "a long sentence": (LONG, ["mening"]),
    "long words": (HARD, ["lix"]),
    "a long text": ("Du kan ringa oss nu. " * 13, ["langd"]),
    "our own number": ("Ring 031-390 06 00.", ["uppgift"]),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_not_klarsprak_is_a_warning_with_its_line(data_dir: Path, name: str) -> None:
    text, rules = FOUND[name]
    found = checked(data_dir, text)
    assert [one.rule for one in found] == rules
    for one in found:
        assert (one.level, one.entry, one.key, one.line) == (Level.WARNING, "mall", "text", 3)
        assert one.file.endswith("svarsmallar.yml")


def test_a_man_is_no_way_to_speak_to_somebody(data_dir: Path) -> None:
    assert checked(data_dir, "Vill du prata med en kvinna eller en man?") == []


def test_another_language_has_no_swedish_rules_but_the_same_facts(data_dir: Path) -> None:
    found = checked(data_dir, f"{LONG} Man can ring ni. Call 031-390 06 00.", "en")
    assert [one.rule for one in found] == ["uppgift"]


def test_latt_svenska_has_shorter_sentences(data_dir: Path) -> None:
    text = "Du kan ringa till oss eller skriva här i chatten när du vill det."
    assert checked(data_dir, text) == []
    assert [one.rule for one in checked(data_dir, text, "sv-latt")] == ["mening"]


def test_a_file_that_cannot_be_read_is_an_error_with_its_line(data_dir: Path) -> None:
    (found,) = checked(data_dir, "Hej {nmn}!")
    assert (found.level, found.rule, found.line) == (Level.ERROR, "format", 3)
    (broken,) = checked(data_dir, "[hej")
    assert (broken.level, broken.rule) == (Level.ERROR, "format")


def test_the_sample_replies_are_klarsprak() -> None:
    assert check_replies(DATA) == ()


def test_the_sample_replies_are_many_and_the_commonest_are_in_english_too() -> None:
    replies = load_replies(DATA).all
    languages = [reply.language for reply in replies]
    assert 40 <= len(replies) <= 60
    assert languages.count("en") >= 8
    topics = {path.stem for path in (DATA / "faq").glob("*.yml")}
    assert {reply.topic for reply in replies} - {None} <= topics
