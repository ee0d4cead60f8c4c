"""A model in ONNX's form: onnxruntime and tokenizers, no torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoders.graph import IDS, TOKENS, VECTOR
from bot.encoders.model import Tokens, Vectors, unit
from bot.encoders.optional import needed
from bot.encoders.session import open_session, short_hash
from bot.errors import EncoderError
from bot.language.normalise import normalise

MODEL, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "encoder.json"


class Onnx:
    """A folder that `kommunbot models export` made.

    Texts go through one at a time: nothing is padded, so a text has the same vector alone and
    among others, and on one thread a batch would not be faster.

    Raises:
        EncoderError: a package, a file or a key is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._prompts, self._limit = _config(folder)
        self._session = open_session(folder / MODEL)
        self._words = _tokenizer(folder / TOKENIZER, self._limit)
        self.dimension = int(self._session.get_outputs()[0].shape[-1])
        own = short_hash(folder / MODEL, folder / TOKENIZER)
        self.id = f"onnx {own}, {'/'.join(self._prompts.values()) or 'no prompts'}"

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "passage")

    def encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        prompt = self._prompts["query" if is_question else "passage"]
        skipped = len(self._words.encode(prompt, add_special_tokens=False).ids) + 1
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = []
        for row, text in zip(vectors, texts, strict=True):
            ids = self._words.encode(prompt + normalise(text)).ids
            row[:], states = self._run(ids, [VECTOR, TOKENS])
            kept = slice(skipped, len(ids) - 1)
            tokens.append(Tokens(np.array(ids[kept], dtype=np.int32), states[kept]))
        return unit(vectors), tokens

    def _encode(self, texts: Sequence[str], kind: str) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            ids = self._words.encode(self._prompts[kind] + normalise(text)).ids
            row[:] = self._run(ids, [VECTOR])[0]
        return unit(vectors)

    def _run(self, ids: list[int], wanted: list[str]) -> list[Vectors]:
        asked = {IDS: np.array([ids], dtype=np.int64)}
        return [told[0] for told in self._session.run(wanted, asked)]


def _config(folder: Path) -> tuple[dict[str, str], int]:
    path = folder / CONFIG
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        prompts = {kind: str(content["prompts"][kind]) for kind in ("query", "passage")}
        return prompts, int(content["limit"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{path} is missing or wrong ({error!r}). Make the folder in KOMMUNBOT_ENCODER with"
            " `kommunbot models export`."
        ) from error


def _tokenizer(path: Path, limit: int) -> Any:
    library = needed("tokenizers", "A model in ONNX's form")
    try:
        words = library.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more precise
        raise EncoderError(f"{path} cannot be read: {error}") from error
    words.enable_truncation(limit)
    return words
