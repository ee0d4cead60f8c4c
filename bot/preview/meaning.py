"""Whether a text is nearer in meaning to another entry than to its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, Vectors
from bot.preview.risks import Nearest
from bot.retrieval.index import Encoded
from bot.retrieval.model import Document

# Of cosine. Of the variants that editors have written, 1 in 70 is so much nearer to another entry,
# of their answers none; of variants and answers put into the wrong entry 80 and 95 of 100 are.
_AHEAD = 0.13
_ANSWER_AHEAD = 0.06
_NEAREST = 3  # phrasings of an entry that a text is compared with


class Meanings:
    """Compares texts with the phrasings of each entry, as they were before an edit."""

    def __init__(self, documents: Sequence[Document], encoded: Encoded, encoder: Encoder) -> None:
        self._encoder = encoder
        self._entries = [one for one in documents if one.kind == "entry"]
        self._numbers = {one.id: number for number, one in enumerate(self._entries)}
        self._texts = [text for one in self._entries for text in one.phrasings]
        self._owner = np.repeat(
            np.arange(len(self._entries)), [len(one.phrasings) for one in self._entries]
        )
        self._vectors = np.stack([encoded["question", text] for text in self._texts])

    def question_near(self, entry: str, text: str) -> Nearest | None:
        """Return the entry whose phrasings `text`, one of `entry`, is clearly nearer to."""
        vector = self._encoder.encode_questions([text])[0]
        kept = np.array([one != text for one in self._texts])
        return self._nearer(entry, self._likeness(vector, kept, 1), _AHEAD)

    def answer_near(self, entry: str, text: str) -> Nearest | None:
        """Return the entry whose phrasings the answer `text` of `entry` is clearly nearer to."""
        vector = self._encoder.encode_passages([text])[0]
        kept = np.ones(len(self._texts), dtype=bool)
        return self._nearer(entry, self._likeness(vector, kept, _NEAREST), _ANSWER_AHEAD)

    def _likeness(self, vector: Vectors, kept: NDArray[np.bool_], most: int) -> NDArray[np.float64]:
        """Return the mean cosine to the nearest phrasings of each entry."""
        cosines = np.where(kept, self._vectors @ vector, -1.0)
        ends = np.cumsum(np.bincount(self._owner))[:-1]
        return np.array([np.sort(part)[-most:].mean() for part in np.split(cosines, ends)])

    def _nearer(self, entry: str, likeness: NDArray[np.float64], ahead: float) -> Nearest | None:
        own = self._numbers.get(entry)
        best = int(likeness.argmax())
        if own is None or likeness[best] - likeness[own] < ahead:
            return None
        return Nearest(self._entries[best].id, self._entries[best].title)
