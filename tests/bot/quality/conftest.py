"""A small collection on disk, and one in memory."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.quality.beir import Collection
from tests.support.content import DOCUMENTS

Rows = list[dict[str, Any]]


def write_rows(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    corpus: Rows = [
        {"_id": "a", "title": "När töms soporna?", "text": "Varannan vecka."},
        {"_id": "b", "title": "Vad kostar bygglov?", "text": "Det beror på."},
        {"_id": "c", "title": "", "text": "Biblioteket har öppet på lördagar."},
    ]
    queries: Rows = [
        {"_id": "q1", "text": "när töms soporna"},
        {"_id": "q2", "text": "biblioteket lördagar"},
        {"_id": "q3", "text": "utan bedömning"},
    ]
    write_rows(tmp_path / "corpus.jsonl", corpus)
    write_rows(tmp_path / "queries.jsonl", queries)
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def small() -> Collection:
    """Every variant of the test content asks for its entry."""
    asked = {f"{d.id} {n}": (v, d.id) for d in DOCUMENTS for n, v in enumerate(d.variants)}
    return Collection(
        documents=DOCUMENTS,
        questions={question: text for question, (text, _) in asked.items()},
        right={question: {document: 1} for question, (_, document) in asked.items()},
        traits={question: {"register": document[:4]} for question, (_, document) in asked.items()},
    )


@pytest.fixture
def rewrite(collection: Path) -> Callable[[str, Rows], Path]:
    """Put other rows into a file of the collection on disk."""

    def put(name: str, rows: Rows) -> Path:
        write_rows(collection / name, rows)
        return collection

    return put
