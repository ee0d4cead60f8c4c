import json
import shutil
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.pipeline import TrainablePipe

from bot.language.swedish import MODEL, LanguageModelError, load, names, pipeline, tagged
from bot.language.swedish.chat import Chat, Names, read_templates
from bot.language.swedish.scoring import name_scores
from bot.language.swedish.texts import example, read_marked, respelt, unmark
from bot.language.swedish.training import round_weights

CONFIG = Path("data/language/spacy")
TEMPLATES = read_templates(CONFIG / "chat.yml")
FEW = Names(
    first=(["Anna", "Yusuf"], [1.0, 2.0]), surnames=(["Ek", "Berg"], [1.0, 2.0]), places=["Falun"]
)


@pytest.fixture
def blank() -> Language:
    return spacy.blank("sv")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jag vill prata med Karin Lund", [("Karin Lund", "PER")]),
        ("kan ahmed hassan ringa mig", [("ahmed hassan", "PER")]),
        ("JAG HETER ANNA LINDBERG", [("ANNA LINDBERG", "PER")]),
        ("lampan är trasig på Björkgatan", [("Björkgatan", "LOC")]),
        ("jag bor i Norrköping", [("Norrköping", "LOC")]),
        ("måste jag ringa Skatteverket", [("Skatteverket", "ORG")]),
        ("vad kostar det per månad", []),
        ("hans nycklar ligger under en sten", []),
        ("", []),
    ],
)
def test_names_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(name.text, name.label) for name in names(text)] == found


@given(st.text(max_size=80))
@settings(deadline=None)  # the pipeline is loaded in the first
def test_names_stand_in_the_text_one_after_the_other(text: str) -> None:
    found = names(text)
    assert all(text[name.start : name.end] == name.text for name in found)
    ends = [0, *(name.end for name in found)]
    assert all(end <= name.start for end, name in zip(ends, found, strict=False))


@pytest.mark.parametrize(
    ("text", "word", "lemma", "part"),
    [
        ("När plogas cykelbanorna?", "cykelbanorna", "cykelbana", "NOUN"),
        ("Hur överklagar jag beslutet?", "överklagar", "överklaga", "VERB"),
        ("Karin Lund bor i Stockholm", "Stockholm", "Stockholm", "PROPN"),
        ("LÄMNAS FÖRSKOLEPLATSEN", "FÖRSKOLEPLATSEN", "förskoleplats", "NOUN"),
    ],
)
def test_words_get_their_base_form_and_part_of_speech(
    text: str, word: str, lemma: str, part: str
) -> None:
    (found,) = [tag for tag in tagged(text) if tag.text == word]
    assert (found.lemma, found.part) == (lemma, part)


def test_many_threads_find_what_one_finds() -> None:
    texts = [f"kan Anna Ek ringa mig om ärende{n} i Falun" for n in range(40)]
    alone = [names(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(names, texts)) == alone


@pytest.mark.parametrize("read", [names, tagged])
def test_a_citizens_words_are_not_kept(read: type) -> None:
    read("jag heter Qvintilla Zzyzxsson")
    assert "Zzyzxsson" not in pipeline().vocab.strings


def test_nothing_is_loaded_before_it_is_needed() -> None:
    asked = "from bot.language.swedish import pipeline; print(pipeline.cache_info().currsize)"
    shown = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert shown.stdout == b"0\n"


@pytest.mark.parametrize("made_for", [">=3.7.0,<3.8.0", ">=3.9.0,<3.10.0", ">=2.8.2,<2.9.0"])
def test_another_spacy_is_refused_with_both_versions(made_for: str, tmp_path: Path) -> None:
    copy = shutil.copytree(MODEL, tmp_path / "model")
    meta = json.loads((copy / "meta.json").read_bytes())
    (copy / "meta.json").write_text(json.dumps(meta | {"spacy_version": made_for}))
    with pytest.raises(LanguageModelError, match=f"{made_for}.*{spacy_version}"):
        load(copy)


@pytest.mark.parametrize("missing", ["meta.json", "config.cfg"])
def test_a_pipeline_that_is_not_whole_is_refused(missing: str, tmp_path: Path) -> None:
    copy = shutil.copytree(MODEL, tmp_path / "model")
    (copy / missing).unlink()
    with pytest.raises(LanguageModelError, match="model"):
        load(copy)


def test_the_pipeline_is_small_and_holds_no_words_of_the_training_texts() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(len(zlib.compress(path.read_bytes())) for path in files) <= 8_000_000
    assert not (MODEL / "vocab").exists()
    assert not any("/tmp" in path.read_text() for path in files if path.suffix in {".cfg", ".json"})


@pytest.mark.parametrize(
    "credit", ["CC BY-SA 4.0", "Talbanken", "PUD", "klintan", "Universal NER", "Statistics Sweden"]
)
def test_those_who_made_the_data_are_credited_beside_the_weights(credit: str) -> None:
    assert credit in (MODEL / "LICENSE.md").read_text(encoding="utf-8")


def test_weights_are_rounded() -> None:
    for _, pipe in pipeline().pipeline:
        if isinstance(pipe, TrainablePipe):
            before = pipe.model.to_bytes()
            round_weights(pipe.model)
            assert pipe.model.to_bytes() == before


def test_rounding_changes_a_weight_by_little() -> None:
    pipe = spacy.blank("sv").add_pipe("tok2vec")
    assert isinstance(pipe, TrainablePipe)
    model = pipe.model
    model.initialize()
    exact = {node.id: node.get_param("W").copy() for node in model.walk() if node.has_param("W")}
    round_weights(model)
    for node in model.walk():
        if node.id in exact:
            assert np.allclose(node.get_param("W"), exact[node.id], rtol=1e-3, atol=1e-6)
            assert node.get_param("W").dtype == np.float32


def test_most_names_in_chat_are_found_and_little_else() -> None:
    messages = read_marked(CONFIG / "messages.txt", pipeline())
    scores = name_scores(pipeline(), messages)
    assert scores["f"] > 0.85
    assert scores["f PER"] > 0.87


def test_marks_become_names(blank: Language) -> None:
    doc = unmark("Ring [Anna Ek](PER) på [Sjögatan](LOC) 3.", blank)
    assert doc.text == "Ring Anna Ek på Sjögatan 3."
    assert [(name.text, name.label_) for name in doc.ents] == [
        ("Anna Ek", "PER"),
        ("Sjögatan", "LOC"),
    ]


@pytest.mark.parametrize("spell", [str.lower, str.upper, lambda word: word + "x"])
def test_names_stay_names_however_they_are_spelt(spell: type, blank: Language) -> None:
    gold = unmark("Hej! Anna-Lena Ek, från Falun.", blank)
    spelt = respelt(blank, example(blank, gold), spell).reference
    assert [(name.start, name.end, name.label_) for name in spelt.ents] == [
        (name.start, name.end, name.label_) for name in gold.ents
    ]
    assert len(spelt.text) == len(gold.text)


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=20)
def test_made_up_messages_can_be_made_again_and_every_slot_is_filled(seed: int) -> None:
    first, again = ([chat(seed).message() for _ in range(20)] for _ in range(2))
    assert first == again
    assert not any(sign in message for message in first for sign in "{}")


def chat(seed: int) -> Chat:
    return Chat(TEMPLATES, FEW, seed)


def test_no_message_that_measures_is_trained_on(blank: Language) -> None:
    measured = {
        doc.text.lower() for doc in read_marked(CONFIG / "messages.txt", blank) if len(doc) > 1
    }
    templates = {unmark(text, blank).text.lower() for text in TEMPLATES.sentences}
    assert not measured & templates
