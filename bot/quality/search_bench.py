"""How well and how fast the product's own search finds the right document."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import ir_measures
import numpy as np
from ir_measures import RR, P, R, nDCG

from bot.encoders.model import Encoder
from bot.quality.beir import Collection
from bot.retrieval.head import EntryHead
from bot.retrieval.search import Search
from bot.retrieval.vectors import encode_texts, rows_of

_DEPTH = 10


@dataclass(frozen=True)
class SearchReport:
    """Shares from 0 to 1; milliseconds; one thread, one question at a time."""

    documents: int
    questions: int
    accuracy_at_1: float
    recall_at_5: float
    mrr_at_10: float
    ndcg_at_10: float
    questions_per_second: float
    p50_ms: float
    p95_ms: float

    def rows(self) -> dict[str, float]:
        return asdict(self)


def bench_search(
    collection: Collection, encoder: Encoder, progress: Callable[[int], None] = lambda _: None
) -> SearchReport:
    """Index the collection as answers are indexed, ask every question, and score the ranking."""
    documents = collection.documents
    encoded = encode_texts(documents, encoder, {}, progress)
    head = EntryHead.fit(documents, encoded)
    search = Search(documents, rows_of(documents, encoded), head, encoder)
    run: list[ir_measures.ScoredDoc] = []
    spent: list[float] = []
    for question_id, text in collection.questions.items():
        started = time.perf_counter()
        found = search.find(text, limit=_DEPTH)
        spent.append(1000 * (time.perf_counter() - started))
        run += [ir_measures.ScoredDoc(question_id, h.document.id, h.score) for h in found.hits]
        progress(1)
    return _report(collection, run, np.array(spent))


def _report(
    collection: Collection, run: list[ir_measures.ScoredDoc], spent_ms: np.ndarray
) -> SearchReport:
    judged = [
        ir_measures.Qrel(question, document, grade)
        for question, documents in collection.right.items()
        for document, grade in documents.items()
    ]
    scores = ir_measures.calc_aggregate([P @ 1, R @ 5, RR @ 10, nDCG @ 10], judged, run)
    return SearchReport(
        documents=len(collection.documents),
        questions=len(collection.questions),
        accuracy_at_1=scores[P @ 1],
        recall_at_5=scores[R @ 5],
        mrr_at_10=scores[RR @ 10],
        ndcg_at_10=scores[nDCG @ 10],
        questions_per_second=1000 * len(spent_ms) / spent_ms.sum(),
        p50_ms=float(np.percentile(spent_ms, 50)),
        p95_ms=float(np.percentile(spent_ms, 95)),
    )
