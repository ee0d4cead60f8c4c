import re
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.prepared_replies.repository import live_replies, load_replies
from tests.docs.reading import ROOT, blocks, page

MUNICIPALITY = """\
kommun:
  namn: Testby kommun
  telefon: 031-390 06 00
  epost: info@testby.example
  oppettider: vardagar 8–16
"""
FILE = """\
svarsmallar:
  - id: halsa
    titel: Hälsa
    text: Hej! Jag heter {agent}. Ring {kommun.telefon} om samtalet bryts.
    amne: kontakt
    sokord: [hej, börja]
  - id: hello
    titel: Greeting
    text: Hello!
    sprak: en
"""


def written(folder: Path, text: str = FILE) -> Path:
    (folder / "kommun.yml").write_text(MUNICIPALITY, encoding="utf-8")
    (folder / "svarsmallar.yml").write_text(text, encoding="utf-8")
    return folder


def test_variables_are_filled_in_for_the_agent_who_asks(tmp_path: Path) -> None:
    replies = load_replies(written(tmp_path))
    for name in ("Anna", "Omar {kommun.namn}"):
        first, second = replies.filled(name)
        assert first.text == f"Hej! Jag heter {name}. Ring 031-390 06 00 om samtalet bryts."
        assert second.text == "Hello!"


def test_a_reply_is_swedish_and_without_topic_unless_it_says_so(tmp_path: Path) -> None:
    first, second = load_replies(written(tmp_path)).all
    assert (first.topic, first.language, first.keywords) == ("kontakt", "sv", ("hej", "börja"))
    assert (second.topic, second.language, second.keywords) == (None, "en", ())


FAULTS = {
    "a misspelled key": ("sokord:", "sokrod:", 6, "«sokrod» i halsa känns inte igen"),
    "no title": ("titel: Hälsa", "titel: ''", 3, "är tom"),
    "an id with capitals": ("id: halsa", "id: Halsa", 2, "har fel form"),
    "a language in words": ("sprak: en", "sprak: engelska", 10, "har fel form"),
    "an unknown fact": ("kommun.telefon", "kommun.fax", 2, "{kommun.fax}, som inte finns"),
    "an unknown variable": ("{agent}", "{namn}", 2, "{namn}, som inte finns. Skriv {agent}"),
    "a variable that begins a text": ("text: Hello!", "text: {agent}", 9, "ska vara text"),
    "a text that no message may be": ("Hello!", "x" * 2001, 9, "Skriv högst 2000 tecken"),
    "an id that the count has no room for": ("id: halsa", "id: " + "x" * 101, 2, "högst 100"),
    "a list that is no list": ("[hej, börja]", "hej", 6, "ska vara en lista"),
    "an id twice": ("id: hello", "id: halsa", 7, "Id halsa finns redan"),
    "another key on top": ("svarsmallar:", "mallar: []\nsvarsmallar:", 1, "«mallar» överst"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    right, wrong, line, told = FAULTS[name]
    with pytest.raises(ContentError, match=re.escape(told)) as error:
        load_replies(written(tmp_path, FILE.replace(right, wrong)))
    assert f"svarsmallar.yml:{line}: " in str(error.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = FILE.replace("{agent}", "{namn}").replace("titel: Greeting", "titel: ''")
    with pytest.raises(ContentError) as error:
        load_replies(written(tmp_path, text))
    assert len(str(error.value).splitlines()) == 2


def test_without_a_file_there_is_no_reply(tmp_path: Path) -> None:
    assert load_replies(tmp_path).all == ()


def test_an_edit_counts_at_once_and_a_fault_changes_nothing(tmp_path: Path) -> None:
    live = live_replies(written(tmp_path))
    assert len(live.get().all) == 2
    written(tmp_path, FILE.replace("titel: Greeting", "titel: ''"))
    assert live.get().all[1].title == "Greeting"
    assert "titel" in (live.problem or "")
    written(tmp_path, FILE.replace("titel: Greeting", "titel: Say hello"))
    assert live.get().all[1].title == "Say hello"
    assert live.problem is None


def test_the_example_of_the_editors_page_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(page("redaktor/svarsmallar.md"), "yaml")
    written(tmp_path, example)
    (tmp_path / "kommun.yml").write_bytes((ROOT / "data" / "kommun.yml").read_bytes())
    assert len(load_replies(tmp_path).all) == 3


def test_a_new_phone_number_counts_at_once(tmp_path: Path) -> None:
    live = live_replies(written(tmp_path))
    assert "031-390 06 00" in live.get().filled("Anna")[0].text
    (tmp_path / "kommun.yml").write_text(MUNICIPALITY.replace("06 00", "07 000"), "utf-8")
    assert "031-390 07 000" in live.get().filled("Anna")[0].text
