"""One search: vectors and letters together."""

import time
from collections.abc import Collection, Sequence
from copy import copy
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, TokenEncoder, Tokens, Vectors, unit
from bot.language import swedish
from bot.language.reading import Reader, Reading
from bot.retrieval.circumstances import drawback, speaks_for_business
from bot.retrieval.index import Index
from bot.retrieval.interaction import LateInteraction
from bot.retrieval.lexical import Lexical, LexicalChannel
from bot.retrieval.model import Document, Found, Hit
from bot.retrieval.vectors import VectorIndex, rows_of

# The share that letters get when every word of the question is known to the index. It shrinks
# with unknown words, so that questions in English, Finnish or Arabic are ranked by meaning alone.
LEXICAL_SHARE = 0.30
LONGEST_QUESTION = 600  # characters; a long letter says what it wants first, and 2,000 take 0.8 s
HEAD_SHARE = 0.5  # of the entry classifier, beside vectors and letters together
CLOSE_SHARE = 1.0  # of the word-by-word comparison, beside all that
_LOOKED_AT_CLOSELY = 10  # hits
_LEXICAL_GUESTS = 20  # documents that only letters found and that are ranked as well

Floats = NDArray[np.floating]


class Search:
    """Documents that can be asked for. Ranking does not depend on their order."""

    def __init__(self, index: Index, encoder: Encoder, before: "Search | None" = None) -> None:
        """Make `index` searchable.

        Args:
            before: of mostly the same documents; it saves time and changes nothing.
        """
        self.index = index
        self.documents = index.documents
        self.encoder = encoder
        self._head = index.head
        self._vectors = VectorIndex(rows_of(index.documents, index.encoded))
        self._interaction = _interaction(index)
        self._lexical = LexicalChannel(index.documents)
        self._reader: Reader = _reader(index, before._reader if before else None)
        self._by_id = {document.id: number for number, document in enumerate(index.documents)}
        self._from, self._to = _validity(index.documents)

    def asked_through(self, encoder: Encoder) -> "Search":
        """Return the same search with questions encoded by `encoder`, which gives equal vectors."""
        other = copy(self)
        other.encoder = encoder
        return other

    def get(self, document_id: str) -> Document | None:
        number = self._by_id.get(document_id)
        return None if number is None else self.documents[number]

    def language(self, text: str, talk: str | None = None) -> str:
        """Return the language of `text`, two letters; a short text is taken to be in `talk`."""
        return self._reader.language(text[:LONGEST_QUESTION], talk)

    def find(  # noqa: PLR0913  # all but the question are conditions
        self,
        question: str,
        *,
        subject: str | None = None,
        language: str | None = None,
        today: date | None = None,
        without: Collection[str] = (),
        limit: int = 10,
    ) -> Found:
        """Return the documents nearest to `question`, best first.

        Args:
            subject: what the talk was about, when the question leans on it ("och vad kostar det?").
            language: of the talk so far; a short question is taken to be in it.
            today: documents not valid on this day are left out; default is the calendar's today.
            without: ids to leave out.
            limit: at most so many hits.
        """
        started, today = time.perf_counter(), today or date.today()
        reading = self._reader.read(question[:LONGEST_QUESTION], language)
        vector, tokens = self._encode(reading, subject)
        encoded = time.perf_counter()
        lexical = self._letters(reading, subject)
        shown = self._shown(today, without)
        hits = self._look_closer(self._rank(vector, lexical, shown), tokens)
        hits = _weigh_circumstances(hits, speaks_for_business(reading.terms), today)
        return Found(
            hits=tuple(hits[:limit]),
            language=reading.language,
            unknown=lexical.unknown,
            words=len(question.split()),
            encode_ms=1000 * (encoded - started),
            search_ms=1000 * (time.perf_counter() - encoded),
        )

    def _encode(self, reading: Reading, subject: str | None) -> tuple[Vectors, Tokens | None]:
        """Encode as written and in our words; half with its subject where it leans on one.

        The tokens are those of the last of these texts: in our words, with its subject.
        """
        asked = list(dict.fromkeys((reading.text, reading.canonical)))
        if subject:
            asked += [f"{subject}: {text}" for text in asked]
        if self._interaction is None or not isinstance(self.encoder, TokenEncoder):
            return unit(self.encoder.encode_questions(asked).mean(axis=0)), None
        vectors, tokens = self.encoder.encode_tokens(asked, is_question=True)
        return unit(vectors.mean(axis=0)), tokens[-1]

    def _look_closer(self, hits: list[Hit], tokens: Tokens | None) -> list[Hit]:
        """Compare the best hits with the question word by word, and rank them anew."""
        if self._interaction is None or tokens is None:
            return hits
        near, rest = hits[:_LOOKED_AT_CLOSELY], hits[_LOOKED_AT_CLOSELY:]
        close, low = self._interaction.compare(tokens, [self._by_id[h.document.id] for h in near])
        again = [
            hit.model_copy(
                update={
                    "score": hit.score + CLOSE_SHARE * float(c),
                    "close": float(c),
                    "low": float(w),
                }
            )
            for hit, c, w in zip(near, close, low, strict=True)
        ]
        return sorted(again, key=_order) + rest

    def _letters(self, reading: Reading, subject: str | None) -> Lexical:
        if not subject:
            return self._lexical.score(reading.corrected, reading.terms, reading.added)
        about = self._reader.read(subject)
        return self._lexical.score(
            f"{subject}: {reading.corrected}",
            (*about.terms, *reading.terms),
            (*about.added, *reading.added),
        )

    def _shown(self, today: date, without: Collection[str]) -> NDArray[np.bool_]:
        day = today.toordinal()
        shown = (self._from <= day) & (day <= self._to)
        shown[[self._by_id[name] for name in without if name in self._by_id]] = False
        return shown

    def _rank(self, vector: Vectors, lexical: Lexical, shown: NDArray[np.bool_]) -> list[Hit]:
        dense = self._vectors.search(vector)
        for number in _best(lexical.whole + lexical.bm25, _LEXICAL_GUESTS):
            if number not in dense:
                dense[number] = self._vectors.score(vector, number)
        numbers = [n for n in dense if shown[n]]
        if not numbers:
            return []
        head = self._head.probabilities(vector, shown)
        scores = _fuse(np.array([dense[n] for n in numbers]), lexical, numbers)
        # The square root lets a head that hesitates between three entries still lift all three.
        scores = scores + HEAD_SHARE * np.sqrt(head[numbers])
        hits = [
            Hit(
                document=self.documents[n],
                score=float(score),
                dense=dense[n],
                char=float(lexical.char[n]),
                whole=float(lexical.whole[n]),
                bm25=float(lexical.bm25[n]),
                coverage=float(lexical.coverage[n]),
                head=float(head[n]),
            )
            for n, score in zip(numbers, scores, strict=True)
        ]
        return sorted(hits, key=_order)


def _weigh_circumstances(hits: list[Hit], for_business: bool, today: date) -> list[Hit]:
    weighed = []
    for hit in hits:
        less = drawback(hit.document, for_business, today)
        weighed.append(hit.model_copy(update={"score": hit.score - less}) if less else hit)
    return sorted(weighed, key=_order)


def _order(hit: Hit) -> tuple[float, str]:
    return -hit.score, hit.document.id


def _reader(index: Index, before: Reader | None) -> Reader:
    texts = (text for doc in index.documents for text in (*doc.phrasings, doc.text))
    wording = index.wording
    return Reader.over(
        texts,
        wording.colloquial,
        wording.names,
        wording.protected,
        find_names=swedish.names,
        before=before,
    )


def _interaction(index: Index) -> LateInteraction | None:
    if index.tokens is None:
        return None
    places = {key: place for place, key in enumerate(index.encoded)}
    return LateInteraction(index.documents, places, index.tokens)


def _validity(documents: Sequence[Document]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day of each document, as ordinals of the calendar."""
    first = [(document.valid_from or date.min).toordinal() for document in documents]
    last = [(document.valid_to or date.max).toordinal() for document in documents]
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def _best(values: Floats, count: int) -> list[int]:
    """Return the places of the largest values; equal ones in any order."""
    if len(values) <= count:
        return list(range(len(values)))
    return [int(place) for place in np.argpartition(-values, count)[:count]]


def _fuse(dense: Floats, lexical: Lexical, numbers: list[int]) -> Floats:
    """Add the channels, each spread over 0 to 1 (rank fusion cost up to 30 points here)."""
    share = LEXICAL_SHARE * (1 - lexical.unknown)
    letters = (_spread(lexical.whole[numbers]) + _spread(lexical.coverage[numbers])) / 2
    return np.asarray((1 - share) * _spread(dense) + share * letters)


def _spread(values: Floats) -> Floats:
    low, high = values.min(), values.max()
    return np.asarray((values - low) / max(high - low, 1e-9))
