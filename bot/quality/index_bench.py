"""How the cost of a search grows with the number of passages, encoding left out."""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoders.model import Encoder, Vectors, unit
from bot.errors import SearchIndexError
from bot.retrieval.head import EntryHead
from bot.retrieval.index import Index
from bot.retrieval.live import LiveSearch
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from bot.retrieval.store import put_in_use, read_manifest
from bot.retrieval.vectors import Rows, VectorIndex
from bot.retrieval.wording import Wording

_NEAREST = 10
_AT_ONCE = 20_000
_SPREAD = 0.25  # of the noise: cosines then lie about as those of real passages (.73, .82, .90)
_WORDS = 60  # in a passage

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Scale:
    """What an index of `rows` vectors costs.

    `recall_at_10` is the share of the ten truly nearest rows that are found; `memory_mb` what the
    process holds for it beside the vectors, which lie in a mapped file; times in ms.
    """

    rows: int
    recall_at_10: float
    recall_at_1: float
    p50_ms: float
    p95_ms: float
    build_s: float
    memory_mb: float


def bench_rows(known: Vectors, questions: Vectors, rows: int, progress: Progress) -> Scale:
    """Measure `rows` made-up vectors that lie about as `known` do, shape (n, dimension)."""
    with tempfile.TemporaryDirectory() as folder:
        vectors = _many(known, rows, Path(folder) / "vectors.npy")
        progress("nearest rows, exactly")
        right = _nearest(vectors, questions)
        progress("building")
        before, started = _held_mb(), time.perf_counter()
        index = VectorIndex(Rows(vectors, np.arange(rows, dtype=np.int64)))
        built, held = time.perf_counter() - started, _held_mb() - before
        progress("asking")
        found, spent = [], []
        for question in questions:
            started = time.perf_counter()
            scores = index.search(question)
            spent.append(1000 * (time.perf_counter() - started))
            found.append(sorted(scores, key=lambda row: -scores[row])[:_NEAREST])
    return Scale(
        rows=rows,
        recall_at_10=float(
            np.mean([len(set(f) & set(r)) / _NEAREST for f, r in _pairs(found, right)])
        ),
        recall_at_1=float(np.mean([f[0] == r[0] for f, r in _pairs(found, right)])),
        p50_ms=float(np.percentile(spent, 50)),
        p95_ms=float(np.percentile(spent, 95)),
        build_s=built,
        memory_mb=held,
    )


def bench_passages(
    index: Index, questions: Sequence[str], vectors: Vectors, passages: int, progress: Progress
) -> dict[str, float]:
    """Measure whole searches, with words and letters, among `passages` made-up passages."""
    known = np.stack(list(index.encoded.values()))
    many = _many(known, passages, None)
    texts = _texts(index.documents, passages)
    documents = [
        Document(id=f"{n}", kind="page", title="", text=text) for n, text in enumerate(texts)
    ]
    encoded = {("passage", text): vector for text, vector in zip(texts, many, strict=True)}
    progress("building")
    started = time.perf_counter()
    asked = _Prepared(dict(zip(questions, vectors, strict=True)), vectors.shape[1])
    search = Search(Index((*documents,), encoded, EntryHead.empty()), asked)
    built = time.perf_counter() - started
    progress("asking")
    spent = [search.find(question).search_ms for question in questions]
    return {
        "passages": float(passages),
        "p50_ms": float(np.percentile(spent, 50)),
        "p95_ms": float(np.percentile(spent, 95)),
        "build_s": built,
        "memory_mb": _held_mb(),
    }


def bench_change(
    index_dir: Path,
    encoder: Encoder,
    read: Callable[[], Sequence[Document]],
    wording: Wording,
    turns: int = 4,
) -> dict[str, float]:
    """Measure how long a changed entry takes to be live, beside the index in use: in seconds.

    Args:
        read: reads the content anew, as every building does.

    Returns:
        for the process that builds `first_s` of the first time, `later_s`, the median after it,
        and `cpu_s`, that median in processor time; `other_s` and `other_cpu_s` are what a process
        that answers beside it needs in addition, to open the new index.
    """
    here, there = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(index_dir, Path(folder) / "index"))
        live, other = LiveSearch(copy, encoder), LiveSearch(copy, encoder)
        live.get(), other.get()
        for turn in range(turns):
            started = _clocks()
            changed = _changed(read(), turn)
            index = Index.build(changed, encoder, wording=wording, before=live.newest())
            live.take(index, read_manifest(put_in_use(index, encoder, copy, f"turn{turn}")))
            _require_live(live, changed[0])
            here.append(_clocks() - started)
            started = _clocks()
            other.look()
            _require_live(other, changed[0])
            there.append(_clocks() - started)
    later, elsewhere = np.median(here[1:], axis=0), np.median(there[1:], axis=0)
    return {
        "first_s": float(here[0][0]),
        "later_s": float(later[0]),
        "cpu_s": float(later[1]),
        "other_s": float(elsewhere[0]),
        "other_cpu_s": float(elsewhere[1]),
    }


def _clocks() -> NDArray[np.float64]:
    """Time on the wall and of the processor."""
    return np.array([time.perf_counter(), time.process_time()])


def _changed(documents: Sequence[Document], turn: int) -> list[Document]:
    first, *rest = documents
    return [first.model_copy(update={"text": f"{first.text} Ändrad {turn} gånger."}), *rest]


def _require_live(live: LiveSearch, changed: Document) -> None:
    opened = live.get()
    if not opened or opened[0].get(changed.id) != changed:
        raise SearchIndexError(f"The changed index is not in use: {live.problem}")


class _Prepared:
    """An encoder that knows its questions' vectors: here only the search is measured."""

    id = "prepared"

    def __init__(self, vectors: dict[str, Vectors], dimension: int) -> None:
        self._vectors = vectors
        self._other = next(iter(vectors.values()))
        self.dimension = dimension

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vectors.get(text, self._other) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_questions(texts)


def _many(known: Vectors, count: int, path: Path | None) -> Vectors:
    """Return `count` vectors, each somewhere between two known ones, and some noise."""
    shape = (count, known.shape[1])
    if path:
        many: Vectors = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
    else:
        many = np.empty(shape, dtype=np.float32)
    chance = np.random.default_rng(0)
    for start in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - start)
        one, other = chance.integers(len(known), size=(2, size))
        noise = unit(chance.standard_normal((size, known.shape[1]), dtype=np.float32))
        share = chance.random((size, 1), dtype=np.float32)
        between = unit(share * known[one] + (1 - share) * known[other])
        many[start : start + size] = unit(between + _SPREAD * noise)
    return many


def _nearest(vectors: Vectors, questions: Vectors) -> list[list[int]]:
    best: list[list[tuple[float, int]]] = [[] for _ in questions]
    for start in range(0, len(vectors), _AT_ONCE):
        cosines = questions @ np.asarray(vectors[start : start + _AT_ONCE]).T
        for row, values in enumerate(cosines):
            top = np.argpartition(-values, min(_NEAREST, len(values) - 1))[:_NEAREST]
            best[row] += [(float(values[place]), start + int(place)) for place in top]
            best[row] = sorted(best[row], reverse=True)[:_NEAREST]
    return [[row for _, row in pairs] for pairs in best]


def _pairs(
    found: Sequence[list[int]], right: Sequence[list[int]]
) -> list[tuple[list[int], list[int]]]:
    return list(zip(found, right, strict=True))


def _texts(documents: Sequence[Document], count: int) -> list[str]:
    """Return made-up texts of words as frequent as in `documents`; each is another."""
    words = [word for document in documents for word in document.text.split()]
    chance = np.random.default_rng(0)
    chosen: NDArray[np.int64] = chance.integers(len(words), size=(count, _WORDS))
    return [f"{' '.join(words[place] for place in row)} {n}" for n, row in enumerate(chosen)]


def _held_mb() -> float:
    """Memory of this process that no file stands behind, in megabytes (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0
