"""A small real encoder for tests: letters counted into a few buckets, no model to load."""

import zlib
from collections.abc import Sequence

import numpy as np

from bot.encoders.model import Vectors, unit
from bot.language.normalise import fold


class LetterEncoder:
    """Texts that share three-letter pieces are near each other."""

    id = "letters, for tests"
    dimension = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            padded = f"  {fold(text)} "
            for start in range(len(padded) - 2):
                row[zlib.crc32(padded[start : start + 3].encode()) % self.dimension] += 1
        return unit(vectors)
