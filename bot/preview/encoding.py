"""An encoder that encodes no question twice: each preview asks what the one before it asked."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from bot.encoders.model import Encoder, TokenEncoder, Tokens, Vectors

T = TypeVar("T")

MOST = 4_000  # texts; a question has some 15 tokens, and takes 12 KB at half precision


class KeptQuestions:
    """An `Encoder` in front of another one, that keeps questions in memory. Thread-safe.

    What a question becomes does not depend on the content, so it outlives every edit.
    """

    def __init__(self, encoder: Encoder, most: int = MOST) -> None:
        self._encoder = encoder
        self.id = encoder.id
        self.dimension = encoder.dimension
        self._most = most
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._tokens: OrderedDict[str, tuple[Vectors, Tokens]] = OrderedDict()
        if isinstance(encoder, TokenEncoder):
            self._telling = encoder
            self.encode_tokens = self._encode_tokens

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_passages(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        known = {
            text: found for text in texts if (found := self._get(self._vectors, text)) is not None
        }
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= dict(zip(missing, self._encoder.encode_questions(missing), strict=True))
            self._keep(self._vectors, {text: known[text] for text in missing})
        return np.stack([known[text] for text in texts])

    def _encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        if not is_question:
            return self._telling.encode_tokens(texts, is_question=is_question)
        known = {
            text: found for text in texts if (found := self._get(self._tokens, text)) is not None
        }
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            vectors, tokens = self._telling.encode_tokens(missing, is_question=True)
            made = {
                text: (vector, Tokens(told.ids, told.vectors.astype(np.float16)))
                for text, vector, told in zip(missing, vectors, tokens, strict=True)
            }
            known |= made
            self._keep(self._tokens, made)
        wanted = [known[text] for text in texts]
        exact = [Tokens(told.ids, told.vectors.astype(np.float32)) for _, told in wanted]
        return np.stack([vector for vector, _ in wanted]), exact

    def _get(self, kept: OrderedDict[str, T], text: str) -> T | None:
        with self._lock:
            if text in kept:
                kept.move_to_end(text)
            return kept.get(text)

    def _keep(self, kept: OrderedDict[str, T], made: dict[str, T]) -> None:
        with self._lock:
            kept.update(made)
            while len(kept) > self._most:
                kept.popitem(last=False)
