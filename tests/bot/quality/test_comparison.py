from dataclasses import replace

import pytest

from bot.quality.baselines import bm25
from bot.quality.beir import Collection
from bot.quality.calibration import LabelledQuestion
from bot.quality.comparison import Ours, measure_others, measure_product
from bot.quality.own import own_content
from bot.quality.remembering import Remembering
from bot.quality.robustness import bench_noise
from bot.quality.search_bench import product
from bot.quality.unanswerable import Mix
from tests.support.assistant import BY_COVERAGE
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder

MIX = Mix(remove=0.4, far=("vem vann matchen", "spela musik"), seeds=2)

OURS = Ours(Remembering(LetterEncoder()), BY_COVERAGE)


def test_every_search_is_put_to_the_same_questions(small: Collection) -> None:
    ours = measure_product(small, MIX, OURS)
    (other,) = measure_others(small, MIX, {"BM25": bm25}).values()
    for name in ("questions_in", "questions_near", "questions_far"):
        assert ours["shipped"][name] == ours["refit"][name] == other[name]
    assert {"accuracy_at_1", "p50_ms", "intervals"} <= ours.keys()
    assert "expected_calibration_error" in ours["refit"]
    assert "expected_calibration_error" not in other  # its score is no probability


def test_without_labels_nothing_is_refitted(small: Collection) -> None:
    assert "refit" not in measure_product(small, MIX, OURS, labels=0)


def test_a_drawn_curve_ends_with_everything_answered(small: Collection) -> None:
    ours = measure_product(small, MIX, OURS)["shipped"]
    share, precision = ours["curve"][-1]
    assert share == pytest.approx(1)
    assert precision == pytest.approx(ours["right_at_1"])


def test_our_own_questions_keep_their_kind_register_and_topic() -> None:
    rows = (
        {"id": "1", "text": "altan", "entry": "bygglov-altan", "kind": "in", "register": "keyword"},
        {"id": "2", "text": "koja", "kind": "near"},
        {"id": "3", "text": "väder", "outcome": "oos"},
        {"id": "4", "text": "sopor", "entry": "avfall-hamtning", "outcome": "answer"},
        {"id": "5", "text": "badhus", "outcome": "unanswerable"},
        {"id": "6", "text": "det brinner", "outcome": "emergency"},
    )
    own = own_content(DOCUMENTS, [LabelledQuestion.model_validate(row) for row in rows])
    assert own.collection.questions == {"1": "altan", "4": "sopor"}
    assert own.near == ("koja", "badhus")
    assert own.far == ("väder",)
    assert own.collection.traits["1"] == {"lang": "sv", "register": "keyword", "topic": "bygglov"}


def test_the_page_of_an_entry_belongs_to_it() -> None:
    page = DOCUMENTS[0].model_copy(update={"id": "sida", "kind": "page"})
    own = own_content((*DOCUMENTS, page), [])
    assert own.collection.belonging == {DOCUMENTS[0].id: frozenset({"sida"})}


def test_noise_is_measured_on_questions_written_without_it(small: Collection) -> None:
    first = next(iter(small.questions))
    traits = small.traits | {first: {"register": "typo"}}
    ranker = product(LetterEncoder())(small.documents)
    told = bench_noise(replace(small, traits=traits), ranker)
    assert list(told) == ["plain", "no_diacritics", "typos", "capitals", "decomposed"]
    assert {row["questions"] for row in told.values()} == {len(small.questions) - 1}
    assert told["decomposed"]["difference"] == 0  # the product puts letters together first
    for row in told.values():
        lost = row["accuracy_at_1"] - told["plain"]["accuracy_at_1"]
        assert row.get("difference", 0) == pytest.approx(lost)
