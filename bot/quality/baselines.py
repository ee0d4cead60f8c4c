"""What one would use instead, over the same documents and questions as the product.

Each sees every word that the product sees: question, variants and answer. None knows Swedish
but PostgreSQL, and the language model that the vectors come from.
"""

import asyncio
import itertools
import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import bm25s
import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.encoders.model import Encoder, Vectors
from bot.errors import KommunbotError
from bot.language.normalise import visible
from bot.quality.metrics import Bools, Floats
from bot.quality.search_bench import DEPTH, Maker, Ranked, Ranker
from bot.retrieval.model import Document
from bot.retrieval.vectors import BATCH

RASA_SCALE = 15.0  # config.yml: Rasa's logistic regression fixes C = 1
RASA_THRESHOLD = 0.3  # FallbackClassifier's own defaults, Rasa 3.6
RASA_AMBIGUITY = 0.1
_WORD = re.compile(r"\w+")


class CannotRun(KommunbotError):
    """A baseline lacks something on this machine or in these documents; says what."""


def baselines(encoder: Encoder, postgres: "Postgres") -> dict[str, Maker]:
    """Return every baseline by its name; each raises CannotRun when made where it cannot run."""
    return {
        "BM25": bm25,
        "SQLite FTS5, any word": lambda documents: fts5(documents, " OR "),
        "SQLite FTS5, default": lambda documents: fts5(documents, " "),
        "PostgreSQL swedish, any word": postgres.maker(_ANY),
        "PostgreSQL swedish, websearch": postgres.maker(_WEB),
        "Cosine": lambda documents: cosine(documents, encoder, _passage),
        "Cosine, with variants": lambda documents: cosine_with_variants(documents, encoder),
        "Rasa classifier": lambda documents: rasa_classifier(documents, encoder),
    }


def _words(document: Document) -> str:
    return " ".join(filter(None, (document.title, *document.variants, document.text)))


def _best(ids: Sequence[str], scores: np.ndarray) -> Ranked:
    """Rank what scores above nothing; equal scores by id."""
    order = sorted(range(len(ids)), key=lambda n: (-scores[n], ids[n]))[:DEPTH]
    found = [n for n in order if scores[n] > 0]
    return Ranked(tuple(ids[n] for n in found), float(scores[found[0]]) if found else 0.0)


def bm25(documents: Sequence[Document]) -> Ranker:
    """BM25 as bm25s has it (Lucene's variant, k1 1.5, b 0.75) on lower-case words."""
    ids = [document.id for document in documents]
    index = bm25s.BM25()
    index.index([_WORD.findall(_words(d).lower()) for d in documents], show_progress=False)

    def rank(question: str) -> Ranked:
        known = [word for word in _WORD.findall(question.lower()) if word in index.vocab_dict]
        return _best(ids, index.get_scores(known)) if known else Ranked(())

    return rank


def fts5(documents: Sequence[Document], between: str) -> Ranker:
    """SQLite's full text search, ranked by its bm25; words are joined by `between`.

    A blank between them is the default: every word of the question must stand in the document.
    """
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE document USING fts5"
        "(id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2')"
    )
    database.executemany(
        "INSERT INTO document VALUES (?, ?)", [(d.id, _words(d)) for d in documents]
    )
    ask = "SELECT id, -rank FROM document WHERE document MATCH ? ORDER BY rank, id LIMIT ?"

    def rank(question: str) -> Ranked:
        wanted = between.join(f'"{word}"' for word in _WORD.findall(question))
        rows = database.execute(ask, (wanted, DEPTH)).fetchall() if wanted else []
        return Ranked(tuple(row[0] for row in rows), rows[0][1] if rows else 0.0)

    return rank


_WEB = "websearch_to_tsquery('swedish', $1)"  # every word, as a search box has it
_ANY = "replace(plainto_tsquery('swedish', $1)::text, ' & ', ' | ')::tsquery"
_RANKED = (
    "SELECT id, ts_rank_cd(words, wanted) AS score FROM {}, (SELECT {} AS wanted) AS asked"
    " WHERE words @@ wanted ORDER BY score DESC, id LIMIT $2"
)


class Postgres:
    """PostgreSQL's own Swedish full text search, ranked by ts_rank_cd.

    The server is found as psql finds it, by PGHOST and its like. Documents lie in temporary
    tables, which go when the connection does.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._connection: asyncpg.Connection | None = None
        self._numbers = itertools.count()

    def __enter__(self) -> "Postgres":
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._runner.run(self._connection.close())
        self._runner.close()

    def maker(self, query: str) -> Maker:
        """Return a search by `query`; it raises CannotRun when made where no server answers."""

        def make(documents: Sequence[Document]) -> Ranker:
            connection = self._connected()
            table = f"document_{next(self._numbers)}"
            ask = _RANKED.format(table, query)
            self._runner.run(_fill(connection, table, documents))

            def rank(question: str) -> Ranked:
                rows = self._runner.run(connection.fetch(ask, visible(question), DEPTH))
                return Ranked(tuple(row["id"] for row in rows), rows[0]["score"] if rows else 0.0)

            return rank

        return make

    def _connected(self) -> asyncpg.Connection:
        if "PGHOST" not in os.environ:
            raise CannotRun("PGHOST names no PostgreSQL")
        try:
            self._connection = self._connection or self._runner.run(asyncpg.connect(timeout=5))
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            raise CannotRun(f"no PostgreSQL answered ({error})") from error
        return self._connection


async def _fill(connection: asyncpg.Connection, table: str, documents: Sequence[Document]) -> None:
    await connection.execute(f"CREATE TEMP TABLE {table} (id text PRIMARY KEY, words tsvector)")
    await connection.executemany(
        f"INSERT INTO {table} VALUES ($1, to_tsvector('swedish', $2))",  # noqa: S608  # our own name
        [(d.id, visible(_words(d))) for d in documents],
    )


def _passage(document: Document) -> list[str]:
    return [" ".join(filter(None, (document.title, document.text)))]


def _phrased(document: Document) -> list[str]:
    return [*_passage(document), *document.variants]


def cosine(
    documents: Sequence[Document], encoder: Encoder, texts: Callable[[Document], list[str]]
) -> Ranker:
    """The bundled model as its users would have it: texts as passages, the nearest one wins."""
    owned = [(n, text) for n, document in enumerate(documents) for text in texts(document)]
    vectors = _encoded([text for _, text in owned], encoder.encode_passages)
    owner = np.array([n for n, _ in owned])
    ids = [document.id for document in documents]

    def rank(question: str) -> Ranked:
        nearest = np.full(len(ids), -1.0)
        np.maximum.at(nearest, owner, vectors @ encoder.encode_questions([question])[0])
        return _best(ids, nearest)

    return rank


def cosine_with_variants(documents: Sequence[Document], encoder: Encoder) -> Ranker:
    """Let each variant be one more passage of its entry.

    Raises:
        CannotRun: there are no variants, so it is the same as `cosine`.
    """
    if not any(document.variants for document in documents):
        raise CannotRun("the entries have no variants")
    return cosine(documents, encoder, _phrased)


def _encoded(texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    return np.concatenate([encode(batch) for batch in batches])


def rasa_classifier(documents: Sequence[Document], encoder: Encoder) -> Ranker:
    """Entries as intents, answered by what Rasa's LogisticRegressionClassifier would say.

    The same features and the same fit as in Rasa (sentence vectors of length RASA_SCALE, C = 1,
    balanced classes), without running Rasa. Examples are the question and its variants. Its
    FallbackClassifier compares the best probability with a threshold, as coverage curves do;
    the evidence is the two best probabilities, for `rasa_answers`.

    Raises:
        CannotRun: there are not two phrasings an entry to learn from.
    """
    entries = [document for document in documents if document.kind == "entry"]
    if len(entries) < 2 or sum(len(d.variants) for d in entries) < len(entries):
        raise CannotRun("the entries have no variants to learn from")
    examples = [(document.id, text) for document in entries for text in document.phrasings]
    vectors = RASA_SCALE * _encoded([text for _, text in examples], encoder.encode_questions)
    model = LogisticRegression(class_weight="balanced", max_iter=1000, tol=1e-3)
    model.fit(vectors, [entry for entry, _ in examples])

    def rank(question: str) -> Ranked:
        vector = RASA_SCALE * encoder.encode_questions([question])
        probabilities = model.predict_proba(vector)[0]
        return replace(
            _best(model.classes_, probabilities), evidence=np.sort(probabilities)[:-3:-1]
        )

    return rank


def rasa_answers(evidence: Floats) -> Bools:
    """Tell which questions Rasa's FallbackClassifier lets through as it comes.

    Args:
        evidence: the two best probabilities, shape (questions, 2).
    """
    best, next_best = evidence[:, 0], evidence[:, 1]
    return np.asarray((best >= RASA_THRESHOLD) & (best - next_best >= RASA_AMBIGUITY))
