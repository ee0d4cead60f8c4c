"""Vectors: exact where there are few, and nearly so where there are many."""

import numpy as np
import pytest

from bot.encoders.model import Vectors, unit
from bot.retrieval import vectors
from bot.retrieval.model import Document
from bot.retrieval.vectors import Rows, VectorIndex, statements, texts_of

COUNT, DIMENSION, QUESTIONS = 3000, 24, 40


@pytest.fixture(scope="module")
def made() -> Vectors:
    chance = np.random.default_rng(7)
    return unit(chance.standard_normal((COUNT, DIMENSION)).astype(np.float32))


@pytest.mark.parametrize(("exact", "one_cell"), [(COUNT, COUNT), (10, COUNT), (10, 10)])
def test_the_nearest_rows_are_found_however_they_are_kept(
    made: Vectors, monkeypatch: pytest.MonkeyPatch, exact: int, one_cell: int
) -> None:
    monkeypatch.setattr(vectors, "EXACT_ROWS", exact)
    monkeypatch.setattr(vectors, "ONE_CELL_ROWS", one_cell)
    index = VectorIndex(Rows(made, np.arange(COUNT, dtype=np.int64)))
    questions = unit(made[:QUESTIONS] + 0.05 * made[QUESTIONS : 2 * QUESTIONS])
    for number, question in enumerate(questions):
        found = index.search(question)
        assert max(found, key=lambda row: found[row]) == number
        assert found[number] == pytest.approx(float(made[number] @ question), abs=1e-5)


def test_a_documents_best_variant_lifts_it(made: Vectors) -> None:
    index = VectorIndex(Rows(made[:3], np.array([0, 1, 1], dtype=np.int64)))
    found = index.search(made[2])
    assert found[1] == pytest.approx(
        (1 - vectors.VARIANT_SHARE) * float(made[1] @ made[2]) + vectors.VARIANT_SHARE, abs=1e-5
    )


def document(*variants: str) -> Document:
    text = "Du behöver bygglov för altanen. Ja.\n\nAnsök i e-tjänsten innan du börjar bygga."
    return Document(id="a", kind="entry", title="Bygglov?", text=text, variants=variants)


def test_sentences_stand_in_for_missing_phrasings() -> None:
    assert statements(document()) == (
        "Du behöver bygglov för altanen.",
        "Ansök i e-tjänsten innan du börjar bygga.",
    )
    assert statements(document("altan", "uteplats", "trädäck")) == ()


def test_a_page_is_one_passage_with_its_heading() -> None:
    page = Document(id="p", kind="page", title="Avfall: Hämtning", text="Vi hämtar.")
    assert texts_of(page) == ((), ("Avfall: Hämtning. Vi hämtar.",))
