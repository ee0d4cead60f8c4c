"""From sentence-transformers' form to ONNX's, on a tiny model with random weights."""

import json
from pathlib import Path

import pytest

from bot.encoders.exporting import export, export_layers
from bot.encoders.onnx import Onnx
from bot.encoders.sentence_transformers import SentenceTransformers
from bot.errors import EncoderError

pytest.importorskip("onnx", reason="run `make transformers`")

TEXTS = ["Behöver jag bygglov för en altan?", "När töms soporna?", "x", "får jag elda löv 2026"]


def test_vectors_stay_nearly_the_same(small_model: Path, tmp_path: Path) -> None:
    exported = Onnx(export(small_model, tmp_path / "out", TEXTS))
    original = SentenceTransformers(str(small_model))
    for one, other in (
        (exported.encode_questions(TEXTS), original.encode_questions(TEXTS)),
        (exported.encode_passages(TEXTS), original.encode_passages(TEXTS)),
    ):
        assert (one * other).sum(axis=1).min() > 0.999


def test_a_model_pooled_by_its_first_token_stays_so(small_model: Path, tmp_path: Path) -> None:
    config = small_model / "1_Pooling" / "config.json"
    before = config.read_text(encoding="utf-8")
    try:
        config.write_text(json.dumps({**json.loads(before), "pooling_mode": "cls"}))
        exported = Onnx(export(small_model, tmp_path / "out", TEXTS))
        original = SentenceTransformers(str(small_model))
    finally:
        config.write_text(before)
    cosines = exported.encode_questions(TEXTS) * original.encode_questions(TEXTS)
    assert cosines.sum(axis=1).min() > 0.999


def test_a_long_text_is_cut_as_the_original_cuts_it(small_model: Path, tmp_path: Path) -> None:
    exported = Onnx(export(small_model, tmp_path / "out", TEXTS))
    original = SentenceTransformers(str(small_model))
    long = ["soptömning " * 100]
    assert (exported.encode_passages(long) * original.encode_passages(long)).sum() > 0.999


def test_layers_alone_need_the_bundled_word_vectors(small_model: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="other word vectors"):
        export_layers(small_model, tmp_path / "layers.onnx", TEXTS)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="holds no sentence-transformers model"):
        export(tmp_path, tmp_path / "out", TEXTS)


@pytest.mark.parametrize("content", ["", "{}", '{"prompts": {"query": ""}, "limit": 9}'])
def test_a_wrong_configuration_is_told(small_model: Path, tmp_path: Path, content: str) -> None:
    out = export(small_model, tmp_path / "out", TEXTS)
    (out / "encoder.json").write_text(content)
    with pytest.raises(EncoderError, match=r"encoder\.json is missing or wrong"):
        Onnx(out)
