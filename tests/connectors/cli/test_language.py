import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from typer.testing import CliRunner

from bot.language.swedish import load
from bot.language.swedish.texts import unmark
from bot.settings import get_settings
from connectors.cli.main import app

CONFIG = Path("data/language/spacy")
MARKED = "Kan [Anna Ek](PER) på [Soltjänst](ORG) ringa mig i [Falun](LOC)?"
LISTS = {
    "namn_tilltalsnamn-kvinnor.csv": "name,persons\nAnna,900\n",
    "namn_tilltalsnamn-man.csv": "name,persons\nYusuf,800\n",
    "namn_efternamn_2019_top1000.csv": '"lastname",frequency\n"Ek",700\n',
    "platser_ortsnamn.csv": "city\nFalun\n",
    "platser_kommuner.csv": "code,name\n2080,Falu kommun\n",
    "platser_lander.csv": "country,capital\nFinland,Helsingfors\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of annotated texts, and beside it one with lists of names."""
    folder, lists = tmp_path / "texts", tmp_path / "svensktext"
    folder.mkdir()
    lists.mkdir()
    doc = annotated(spacy.blank("sv"))
    for name in ("tb_train", "pud", "tb_neronly", "kl_train", "syn_train", "tb_dev", "kl_dev"):
        DocBin(docs=[doc] * 5).to_disk(folder / f"{name}.spacy")
    for name in ("tb_test", "kl_test"):
        DocBin(docs=[doc]).to_disk(folder / f"{name}.spacy")
    for name, rows in LISTS.items():
        (lists / name).write_text(rows, encoding="utf-8")
    return folder


def annotated(nlp: Language) -> Doc:
    named = unmark(MARKED, nlp)
    return Doc(
        nlp.vocab,
        words=[token.text for token in named],
        spaces=[bool(token.whitespace_) for token in named],
        pos=["PROPN" if token.ent_type_ else "PUNCT" for token in named],
        morphs=["Case=Nom" if token.ent_type_ else "" for token in named],
        lemmas=[token.lower_ for token in named],
        ents=[f"{token.ent_iob_}-{token.ent_type_}".rstrip("-") for token in named],
    )


@pytest.fixture
def short_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The project's own configuration, with a few steps instead of thousands."""
    copy = shutil.copytree(CONFIG, tmp_path / "data/language/spacy")
    for path in (copy / "names.cfg", copy / "morphology.cfg", copy / "chat.yml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(max_steps|eval_frequency) = \d+", r"\1 = 4", text)
        path.write_text(re.sub(r"(learnt|chosen_by): \d+", r"\1: 9", text), encoding="utf-8")
    monkeypatch.setenv("KOMMUNBOT_DATA_DIR", str(tmp_path / "data"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("short_training")
def test_training_writes_a_pipeline_that_can_be_measured(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    trained = CliRunner().invoke(app, ["language", "train", str(texts), "--out", str(out)])
    assert trained.exit_code == 0, trained.output
    assert {"tok2vec", "morphologizer", "simplemma", "ner"} == set(load(out).pipe_names)
    score = ["language", "score", str(texts), "--model", str(out), "--json"]
    report = json.loads(CliRunner().invoke(app, score).stdout)
    assert set(report["words"]) == {"pos", "morph", "lemma"}
    assert set(report["names"]) == {"treebank", "news", "messages"}


def test_scores_are_printed_a_row_a_text(texts: Path) -> None:
    shown = CliRunner().invoke(app, ["language", "score", str(texts)])
    assert shown.exit_code == 0, shown.output
    assert re.search(r"news[ │]+\d\.\d{3}", shown.stdout)


@pytest.mark.parametrize("missing", ["kl_train.spacy", "../svensktext/platser_lander.csv"])
def test_a_missing_file_is_named(missing: str, texts: Path, tmp_path: Path) -> None:
    (texts / missing).unlink()
    out = tmp_path / "out"
    trained = CliRunner().invoke(app, ["language", "train", str(texts), "--out", str(out)])
    assert trained.exit_code == 1
    assert Path(missing).name in trained.stderr
    assert not out.exists()
