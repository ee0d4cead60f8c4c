"""The files of danger are read language by language, and their faults told by file."""

import shutil
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.safety.lexicon import LANGUAGES, Dangers, Lexicon, phrases_path


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    shutil.copytree(Path("data/safety"), tmp_path / "safety")
    return tmp_path


def write(data_dir: Path, language: str, text: str) -> None:
    phrases_path(data_dir, language).write_text(text, encoding="utf-8")


def test_cries_and_words_of_courses_are_read_in_all_languages_at_once() -> None:
    groups = Lexicon.load(Path("data")).groups
    assert {"hjälp", "help", "caawi*"} <= {*groups["utrop"]}
    assert {"kurs*", "course*", "koorso*"} <= {*groups["inte_nu"]}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fi", "fraser: {brand: ['[palo] talo']}\n", r"fi\.yml: Ordgruppen 'palo' finns inte"),
        ("so", "fraser: {dab: [guri]}\n", r"so\.yml: Regeln «dab» finns inte"),
        ("en", "fraser: {}\nofarligt: {fire: [drill]}\n", "Regeln «fire» finns inte"),
        ("sv", "fraser: {brand: [brinner]}\n", r"sv\.yml: Fraser saknas för regeln «barn-i-fara»"),
        ("uk", "fraser: {brand: горить}\n", r"uk\.yml: fraser brand"),
        ("ar", "frasr: {}\n", r"ar\.yml: "),
        ("en", "fraser: {brand: ['fire … in + house']}\n", r"«fire … in \+ house»: .*inte båda"),
        ("en", "fraser: {brand: [fire//smoke]}\n", r"«fire//smoke»: Det fattas ett ord"),
        ("en", "fraser: {}\nofarligt: {brand: [fire + drill]}\n", r"Under «ofarligt»"),
    ],
)
def test_a_fault_is_told_with_its_file(data_dir: Path, language: str, text: str, told: str) -> None:
    write(data_dir, language, text)
    with pytest.raises(ContentError, match=told):
        Lexicon.load(data_dir)


def test_every_language_has_a_file_and_a_missing_one_is_told(data_dir: Path) -> None:
    for language in LANGUAGES:
        kept = phrases_path(data_dir, language).read_text(encoding="utf-8")
        phrases_path(data_dir, language).unlink()
        with pytest.raises(ContentError, match=rf"{language}\.yml"):
            Lexicon.load(data_dir)
        write(data_dir, language, kept)


def test_every_group_is_used_by_a_phrase() -> None:
    """A group that nothing names is a group that nobody reads the use of."""
    for language in LANGUAGES:
        said = Dangers.load(Path("data"), language)
        named = " ".join(
            part
            for phrases in (*said.alarms.values(), *said.harmless.values(), *said.groups.values())
            for part in phrases
        )
        unused = {name for name in said.groups if f"[{name}]" not in named}
        assert unused <= {"utrop", "inte_nu", "småord"}, language
