"""One search: vectors and letters together."""

import time
from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, Vectors, unit
from bot.retrieval.head import EntryHead
from bot.retrieval.lexical import Lexical, LexicalChannel
from bot.retrieval.model import Document, Found, Hit
from bot.retrieval.vectors import Rows, VectorIndex

# The share that letters get when every word of the question is known to the index. It shrinks
# with unknown words, so that questions in English, Finnish or Arabic are ranked by meaning alone.
LEXICAL_SHARE = 0.30
LONGEST_QUESTION = 600  # characters; a long letter says what it wants first, and 2,000 take 0.8 s
HEAD_SHARE = 0.5  # of the entry classifier, beside vectors and letters together
_LEXICAL_GUESTS = 20  # documents that only letters found and that are ranked as well

Floats = NDArray[np.floating]


class Search:
    """Documents that can be asked for. Ranking does not depend on their order."""

    def __init__(
        self, documents: Sequence[Document], rows: Rows, head: EntryHead, encoder: Encoder
    ) -> None:
        self._head = head
        self.documents = tuple(documents)
        self._encoder = encoder
        self._vectors = VectorIndex(rows)
        self._lexical = LexicalChannel(self.documents)
        self._by_id = {document.id: document for document in self.documents}

    def get(self, document_id: str) -> Document | None:
        return self._by_id.get(document_id)

    def find(
        self,
        question: str,
        *,
        subject: str | None = None,
        today: date | None = None,
        without: Collection[str] = (),
        limit: int = 10,
    ) -> Found:
        """Return the documents nearest to `question`, best first.

        Args:
            subject: what the talk was about, when the question leans on it ("och vad kostar det?").
            today: documents not valid on this day are left out; default is the calendar's today.
            without: ids to leave out.
            limit: at most so many hits.
        """
        started = time.perf_counter()
        vector = self._encode(question, subject)
        encoded = time.perf_counter()
        lexical = self._lexical.score(f"{subject}: {question}" if subject else question)
        hits = self._rank(vector, lexical, today or date.today(), frozenset(without))
        dense = [hit.dense for hit in hits] or [0.0]
        return Found(
            hits=tuple(hits[:limit]),
            unknown=lexical.unknown,
            words=len(question.split()),
            dense_mean=float(np.mean(dense)),
            dense_spread=float(np.std(dense)),
            encode_ms=1000 * (encoded - started),
            search_ms=1000 * (time.perf_counter() - encoded),
        )

    def _encode(self, question: str, subject: str | None) -> Vectors:
        """A question that leans on a subject is searched for half with and half without it."""
        question = question[:LONGEST_QUESTION]
        asked = [question, f"{subject}: {question}"] if subject else [question]
        return unit(self._encoder.encode_questions(asked).mean(axis=0))

    def _rank(
        self, vector: Vectors, lexical: Lexical, today: date, without: frozenset[str]
    ) -> list[Hit]:
        dense = self._vectors.search(vector)
        for number in np.argsort(-lexical.char)[:_LEXICAL_GUESTS]:
            if int(number) not in dense:
                dense[int(number)] = self._vectors.score(vector, int(number))
        numbers = [n for n in dense if self._may_show(self.documents[n], today, without)]
        if not numbers:
            return []
        head = self._head.probabilities(vector, len(self.documents))
        scores = _fuse(np.array([dense[n] for n in numbers]), lexical, numbers)
        # The square root lets a head that hesitates between three entries still lift all three.
        scores = scores + HEAD_SHARE * np.sqrt(head[numbers])
        hits = [
            Hit(
                document=self.documents[n],
                score=float(score),
                dense=dense[n],
                char=float(lexical.char[n]),
                bm25=float(lexical.bm25[n]),
                coverage=float(lexical.coverage[n]),
                head=float(head[n]),
            )
            for n, score in zip(numbers, scores, strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.document.id))

    @staticmethod
    def _may_show(document: Document, today: date, without: frozenset[str]) -> bool:
        return document.valid_on(today) and document.id not in without


def _fuse(dense: Floats, lexical: Lexical, numbers: list[int]) -> Floats:
    """Add the channels, each spread over 0 to 1 (rank fusion cost up to 30 points here)."""
    share = LEXICAL_SHARE * (1 - lexical.unknown)
    letters = (_spread(lexical.char[numbers]) + _spread(lexical.bm25[numbers])) / 2
    return np.asarray((1 - share) * _spread(dense) + share * letters)


def _spread(values: Floats) -> Floats:
    low, high = values.min(), values.max()
    return np.asarray((values - low) / max(high - low, 1e-9))
