"""The bench of many vectors: what it measures is a real index."""

from pathlib import Path

import numpy as np
import pytest

from bot.encoders.model import Vectors, unit
from bot.quality.index_bench import bench_change, bench_passages, bench_rows
from bot.retrieval import vectors
from bot.retrieval.index import Index
from bot.retrieval.store import build
from bot.retrieval.wording import Wording
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder

ROWS = 4000


def made(count: int) -> Vectors:
    return unit(np.random.default_rng(3).standard_normal((count, 16)).astype(np.float32))


def test_an_exact_index_finds_every_nearest_row() -> None:
    scale = bench_rows(made(50), made(20), ROWS, lambda _: None)
    assert (scale.rows, scale.recall_at_10, scale.recall_at_1) == (ROWS, 1.0, 1.0)
    assert 0 < scale.p50_ms <= scale.p95_ms


def test_an_index_that_looks_into_too_few_cells_is_seen_to_miss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "EXACT_ROWS", 10)
    monkeypatch.setattr(vectors, "ONE_CELL_ROWS", 10)
    monkeypatch.setattr(vectors, "_CELLS_LOOKED_AT", 1)
    assert bench_rows(made(50), made(20), ROWS, lambda _: None).recall_at_10 < 0.9


def test_whole_searches_are_measured_among_made_up_passages() -> None:
    encoder = LetterEncoder()
    index = Index.build(DOCUMENTS, encoder)
    asked = ["bygglov altan", "vad kostar soporna"]
    report = bench_passages(index, asked, encoder.encode_questions(asked), 300, lambda _: None)
    assert report["passages"] == 300
    assert 0 < report["p50_ms"] <= report["p95_ms"]


def test_a_change_is_measured_until_it_is_live_and_the_index_in_use_stays(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    used = build(DOCUMENTS, encoder, tmp_path, "test")
    spent = bench_change(tmp_path, encoder, lambda: DOCUMENTS, Wording(), turns=2)
    assert all(seconds > 0 for seconds in spent.values())
    assert (tmp_path / "current").read_text(encoding="utf-8").strip() == used.name
