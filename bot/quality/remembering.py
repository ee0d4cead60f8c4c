"""An encoder that encodes nothing twice: measuring asks the same questions again and again."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from bot.encoders.model import Encoder, TokenEncoder, Tokens, Vectors

_PROBE = "Behöver jag bygglov för en altan?"


class Remembering:
    """An `Encoder` in front of another one, with its vectors in memory or in a file.

    The file is keyed by hashes, so it holds no text, and by what the encoder makes of a probe,
    so that an encoder that was trained further under the same name starts anew.
    """

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self._encoder = encoder
        self.id = encoder.id
        self.dimension = encoder.dimension
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(path or ":memory:", timeout=60)
        self._kept.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB)")
        probe = encoder.encode_passages([_PROBE])
        self._tokens: dict[tuple[bool, str], tuple[Vectors, Tokens]] = {}
        if isinstance(encoder, TokenEncoder):
            self._telling = encoder
            self.encode_tokens = self._encode_tokens
        self._afresh: dict[bytes, Vectors] | None = None
        self._made_by = hashlib.sha256(encoder.id.encode() + probe.tobytes()).digest()

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode("question", texts, self._encoder.encode_questions)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode("passage", texts, self._encoder.encode_passages)

    def _encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        """Tokens are too large for the file; they are kept in memory, at half their precision."""
        if self._afresh is not None:
            return self._telling.encode_tokens(texts, is_question=is_question)
        for text in texts:
            if (is_question, text) not in self._tokens:
                vectors, told = self._telling.encode_tokens([text], is_question=is_question)
                kept = Tokens(told[0].ids, told[0].vectors.astype(np.float16))
                self._tokens[is_question, text] = vectors[0], kept
        found = [self._tokens[is_question, text] for text in texts]
        tokens = [Tokens(kept.ids, kept.vectors.astype(np.float32)) for _, kept in found]
        return np.stack([vector for vector, _ in found]), tokens

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Encode even what is known, so that times are true; the file is written afterwards."""
        self._afresh = {}
        try:
            yield
        finally:
            made, self._afresh = self._afresh, None
            self._keep(made)

    def _encode(
        self, kind: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        keys = [self._key(kind, text) for text in texts]
        if self._afresh is not None:
            vectors = encode(texts)
            self._afresh |= zip(keys, vectors, strict=True)
            return vectors
        known = {key: vector for key in keys if (vector := self._get(key)) is not None}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known |= dict(zip(missing, encode(list(missing.values())), strict=True))
            self._keep({key: known[key] for key in missing})
        found = np.array([known[key] for key in keys], dtype=np.float32)
        return found.reshape(len(keys), self.dimension)

    def _key(self, kind: str, text: str) -> bytes:
        return hashlib.sha256(self._made_by + f"{kind} {text}".encode()).digest()

    def _get(self, key: bytes) -> Vectors | None:
        row = self._kept.execute("SELECT value FROM vector WHERE key = ?", (key,)).fetchone()
        return np.frombuffer(row[0], dtype=np.float32) if row else None

    def _keep(self, vectors: dict[bytes, Vectors]) -> None:
        rows = [(key, vector.astype(np.float32).tobytes()) for key, vector in vectors.items()]
        with self._kept:
            self._kept.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
