import re
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

from bot.errors import ContentError
from bot.texts import EASY, LANGUAGES, SWEDISH, WARNED, Texts

DATA = Path("data")
OTHERS = LANGUAGES[1:]
WRITTEN = {
    language: YAML(typ="safe").load((DATA / "texts" / f"{language}.yml").read_text("utf-8"))
    for language in (*LANGUAGES, *WARNED)
}
SAFETY = {key for key in WRITTEN[SWEDISH] if key.startswith(("emergency_", "phone_"))}
# Lätt svenska says moments and weekdays in the Swedish words.
CALENDAR = {key for key in WRITTEN[SWEDISH] if key.startswith(("days", "months", "moment_"))}
FOR_CITIZENS = WRITTEN["en"].keys()
NUMBER = re.compile(r"\d[\d -]*\d")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_another_language_says_the_same_as_the_swedish_one(language: str) -> None:
    for key, text in WRITTEN[language].items():
        swedish = WRITTEN[SWEDISH][key]  # KeyError: nobody would ever say it
        assert placeholders(text) == placeholders(swedish), key
        assert text.strip(), key


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_text_that_another_one_has(language: str) -> None:
    kept = CALENDAR if language == EASY else set()
    assert WRITTEN[language].keys() == FOR_CITIZENS - kept
    assert WRITTEN[language].keys() >= SAFETY


def test_who_is_only_warned_in_a_language_has_every_text_of_danger_and_no_other() -> None:
    for language in WARNED:
        assert WRITTEN[language].keys() == SAFETY


@pytest.mark.parametrize("language", [*OTHERS, *WARNED])
def test_the_numbers_to_call_are_the_same_in_every_language(language: str) -> None:
    for key in SAFETY:
        said, swedish = WRITTEN[language][key], WRITTEN[SWEDISH][key]
        assert NUMBER.findall(said) == NUMBER.findall(swedish), key
        if key.startswith("emergency_"):
            assert re.search(r"\A\D{0,30}112", said), key


def test_arabic_keeps_the_parts_of_a_number_in_their_order() -> None:
    """In a line from right to left «020-50 50 50» is shown as «50 50 50-020» unless isolated."""
    several_parts = re.compile(r"\d+[ -]\d[\d -]*|\{(?:telefon|epost|reference)\}")
    spoken = {
        f"{language} {key}": text
        for language in ("ar", "fa")
        for key, text in WRITTEN[language].items()
        if not key.startswith(("error_body", "phone_"))
    }
    for key, text in spoken.items():
        assert several_parts.findall(text) == re.findall(
            rf"\u2066({several_parts.pattern})\u2069", text
        ), key


def test_weekdays_and_months_are_complete_in_every_language() -> None:
    for language in LANGUAGES:
        texts = Texts.load(DATA).spoken(language)
        assert (len(texts["days"].split()), len(texts["months"].split())) == (7, 12), language


def test_a_language_falls_back_to_swedish() -> None:
    texts = Texts.load(DATA)
    english = texts.spoken("en")
    assert english["greeting"] != texts["greeting"]
    assert english["reason_complaint"] == texts["reason_complaint"]
    assert english.get("contact_hours") == "weekdays 8:00–16:30"
    assert texts.spoken("pl") is texts.spoken(None) is english.spoken("sv") is texts
    assert english.spoken("fi").language == "fi"


def test_a_language_without_a_file_is_swedish_and_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for kept in ("kommun.yml", "texts/sv.yml"):
        (tmp_path / kept).write_text((DATA / kept).read_text("utf-8"), encoding="utf-8")
    texts = Texts.load(tmp_path)
    assert texts.spoken("en") is texts
    (tmp_path / "texts/en.yml").write_text("greeting: [Hello]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"en\.yml"):
        Texts.load(tmp_path)
