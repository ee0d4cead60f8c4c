"""A small real encoder for tests: letters counted into a few buckets, no model to load."""

import zlib
from collections.abc import Sequence

import numpy as np

from bot.encoders.model import Tokens, Vectors, unit
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


class WordEncoder(LetterEncoder):
    """The same, and it tells of each word: its vector is that of its own letters."""

    id = "letters and words, for tests"

    def encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        words = [fold(text).split() for text in texts]
        tokens = [
            Tokens(
                np.array([zlib.crc32(word.encode()) % 1000 for word in told], dtype=np.int32),
                LetterEncoder().encode_passages(told),
            )
            for told in words
        ]
        return self._encode(texts), tokens
