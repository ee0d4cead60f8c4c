"""An agent's reply becomes the beginning of an entry."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.gaps.assistant_asking import AssistantAsking
from bot.masking.masker import Masker
from connectors.editor.beginning import NewEntry, begin_from_reply
from connectors.editor.model import FileLine
from tests.support.assistant import assistant_over

MASKER = Masker.load(Path("data"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FACTS = {
    "namn": "Testby kommun",
    "telefon": "031-390 06 00",
    "epost": "info@testby.example",
    "svarstid_epost": "två arbetsdagar",
    "webbplats": "https://testby.example",
}
FILES = [
    FileLine(path="avfall.yml", topic="avfall", title="Avfall", owner="R", national=False),
    FileLine(path="bygglov.yml", topic="bygglov", title="Bygglov", owner="B", national=False),
    FileLine(path="nationell/x.yml", topic="bygglov", title="X", owner="X", national=True),
]


def begun(folder: Path, question: str, reply: str) -> NewEntry:
    asking = AssistantAsking(assistant_over(folder))
    return begin_from_reply(question, reply, FACTS, asking, MASKER, FILES, NOW)


def test_the_reply_is_the_answer_and_the_question_is_asked_in_the_nearest_file(
    tmp_path: Path,
) -> None:
    question, reply = "vad kostar bygglov för en veranda?", "Avgiften står i taxan.\n\nRing oss."
    new = begun(tmp_path, question, reply)
    entry = YAML(typ="safe").load(new.yaml)
    assert new.file == "bygglov.yml"
    assert entry["fraga"] == "Vad kostar bygglov för en veranda?"
    assert entry["varianter"] == []
    assert entry["svar"].strip() == reply
    assert entry["id"].startswith("bygglov-vad-kostar")
    assert "svar: |" in new.yaml


def test_the_municipalitys_own_facts_are_variables_again_and_others_are_hidden(
    tmp_path: Path,
) -> None:
    reply = (
        "Ring 031-390 06 00 eller info@testby.example inom två arbetsdagar. Läs på"
        " https://testby.example/lov/. Jag ringer Kerstin Lund på 0701-23 45 67."
    )
    entry = YAML(typ="safe").load(begun(tmp_path, "min fru Kerstin Lund undrar", reply).yaml)
    assert entry["svar"].strip() == (
        "Ring {kommun.telefon} eller {kommun.epost} inom två arbetsdagar. Läs på"
        " {kommun.webbplats}/lov/. Jag ringer [namn] på [telefonnummer]."
    )
    assert "Kerstin" not in entry["fraga"]


@pytest.mark.parametrize("question", ["???", "Hur\ngör  jag?"])
def test_an_odd_question_still_begins_an_entry(tmp_path: Path, question: str) -> None:
    entry = YAML(typ="safe").load(begun(tmp_path, question, "Så här.").yaml)
    assert entry["id"]
    assert "\n" not in entry["fraga"]
