"""How well and how fast a search finds the right document: ours, or any other."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

import numpy as np

from bot.confidence.calibrator import Calibrator
from bot.confidence.features import features
from bot.encoders.model import Encoder
from bot.quality.beir import Collection
from bot.quality.metrics import Floats, interval, ranking
from bot.quality.remembering import Remembering
from bot.retrieval.index import Index
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from bot.retrieval.wording import Wording

DEPTH = 10
_NOTHING = np.zeros(0)

Progress = Callable[[int], None]  # called with the number of texts or questions just done


@dataclass(frozen=True)
class Ranked:
    """What a search says of one question: ids, best first, and how sure it is of the first.

    `confidence` is on a scale of the search's own, higher is surer; 0 where nothing was found.
    `evidence` is what the product's confidence is made of, shape (features,); others have none.
    """

    ids: tuple[str, ...]
    confidence: float = 0.0
    evidence: Floats = field(default_factory=lambda: _NOTHING)


Ranker: TypeAlias = Callable[[str], Ranked]  # a question in
Maker: TypeAlias = Callable[[Sequence[Document]], Ranker]  # documents in


def build_search(
    documents: Sequence[Document],
    encoder: Encoder,
    progress: Progress = lambda _: None,
    wording: Wording | None = None,
) -> Search:
    """Make documents searchable as the product does it: nothing else here knows how."""
    return Search(Index.build(documents, encoder, wording=wording, progress=progress), encoder)


def product(
    encoder: Encoder,
    calibrator: Calibrator | None = None,
    progress: Progress = lambda _: None,
    wording: Wording | None = None,
) -> Maker:
    """Return the product's own search, with its confidence where a calibrator is given."""

    def make(documents: Sequence[Document]) -> Ranker:
        search = build_search(documents, encoder, progress, wording)

        def rank(question: str) -> Ranked:
            found = search.find(question, limit=DEPTH)
            ids = tuple(hit.document.id for hit in found.hits)
            if not calibrator or not ids:
                return Ranked(ids)
            return Ranked(ids, calibrator.confidences(found)[0], features(found))

        return rank

    return make


def ask(
    ranker: Ranker, questions: Mapping[str, str], progress: Progress = lambda _: None
) -> tuple[dict[str, Ranked], Floats]:
    """Ask every question, one at a time; also return what each took, ms."""
    found, spent = dict[str, Ranked](), list[float]()
    for question, text in questions.items():
        started = time.perf_counter()
        found[question] = ranker(text)
        spent.append(1000 * (time.perf_counter() - started))
        progress(1)
    return found, np.array(spent)


@dataclass(frozen=True)
class SearchReport:
    """Shares from 0 to 1; milliseconds; one thread, one question at a time.

    `intervals` are 95 % bootstrap intervals of the shares; `slices` holds the shares for each
    language, register and topic that the questions tell of.
    """

    documents: int
    questions: int
    accuracy_at_1: float
    recall_at_5: float
    mrr_at_10: float
    ndcg_at_10: float
    questions_per_second: float
    p50_ms: float
    p95_ms: float
    exact_duplicates: int
    judged_outside: int
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    slices: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)

    def rows(self) -> dict[str, Any]:
        return asdict(self)


def bench_search(
    collection: Collection,
    encoder: Encoder,
    calibrator: Calibrator | None = None,
    progress: Progress = lambda _: None,
    wording: Wording | None = None,
) -> SearchReport:
    """Index the collection as answers are indexed, ask every question, and score the ranking.

    Times hold the encoding and the search, and the confidence where a calibrator is given.
    """
    remembering = remember(encoder)
    ranker = product(remembering, calibrator, progress, wording)(collection.documents)
    with remembering.afresh():
        found, spent = ask(ranker, collection.questions, progress)
    return report(collection, found, spent)


def remember(encoder: Encoder) -> Remembering:
    return encoder if isinstance(encoder, Remembering) else Remembering(encoder)


def report(collection: Collection, found: Mapping[str, Ranked], spent_ms: Floats) -> SearchReport:
    """Score rankings of the collection's questions."""
    ranked = {q: collection.credited(q, found[q].ids) for q in collection.right}
    scores = ranking(collection.right, ranked)
    means = {name: float(values.mean()) for name, values in scores.items()}
    return SearchReport(
        documents=len(collection.documents),
        questions=len(collection.questions),
        **means,
        questions_per_second=float(1000 * len(spent_ms) / spent_ms.sum()),
        p50_ms=float(np.percentile(spent_ms, 50)),
        p95_ms=float(np.percentile(spent_ms, 95)),
        exact_duplicates=collection.exact_duplicates,
        judged_outside=len(collection.judged_outside),
        intervals={name: interval(values) for name, values in scores.items()},
        slices=slices(collection, scores),
    )


def slices(
    collection: Collection, scores: Mapping[str, Floats]
) -> dict[str, dict[str, dict[str, float]]]:
    """Return means of `scores` by trait and by its value: `["register"]["typo"]["mrr_at_10"]`."""
    traits = [collection.traits.get(question, {}) for question in collection.right]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for trait in sorted({name for own in traits for name in own}):
        for value in sorted({own[trait] for own in traits if trait in own}):
            chosen = np.array([own.get(trait) == value for own in traits])
            means = {name: float(values[chosen].mean()) for name, values in scores.items()}
            found.setdefault(trait, {})[value] = {"questions": float(chosen.sum()), **means}
    return found
