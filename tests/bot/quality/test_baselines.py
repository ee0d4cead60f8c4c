from collections.abc import Iterator

import numpy as np
import pytest

from bot.quality.baselines import (
    CannotRun,
    Postgres,
    baselines,
    bm25,
    cosine_with_variants,
    fts5,
    rasa_answers,
    rasa_classifier,
)
from bot.quality.beir import Collection
from bot.quality.comparison import measure_others
from bot.quality.search_bench import Maker
from bot.quality.unanswerable import Mix
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder

POSTGRES = ("PostgreSQL swedish, any word", "PostgreSQL swedish, websearch")


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with Postgres() as own:
        yield own


@pytest.fixture
def without_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGHOST", raising=False)


@pytest.fixture
def with_postgres(postgres_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user, _, address = postgres_server.partition("@")
    host, _, port = address.partition(":")
    named = {"PGHOST": host, "PGPORT": port, "PGUSER": user, "PGDATABASE": "postgres"}
    for name, value in named.items():
        monkeypatch.setenv(name, value)


def made(postgres: Postgres) -> dict[str, Maker]:
    return baselines(LetterEncoder(), postgres)


@pytest.mark.usefixtures("with_postgres")
def test_each_finds_the_words_of_a_question(postgres: Postgres) -> None:
    for name, maker in made(postgres).items():
        ranked = maker(DOCUMENTS)("sophämtning tider")
        assert ranked.ids[0] == "avfall-hamtning", name
        assert ranked.confidence > 0, name


@pytest.mark.usefixtures("with_postgres")
@pytest.mark.parametrize(
    "question", ["", "?!", 'kött" OR * NEAR', "' & | !", "a\x00b", "xyzzy qwrt"]
)
def test_no_question_breaks_a_search(postgres: Postgres, question: str) -> None:
    for maker in made(postgres).values():
        assert len(maker(DOCUMENTS)(question).ids) <= len(DOCUMENTS)


@pytest.mark.usefixtures("with_postgres")
def test_postgres_knows_swedish_endings(postgres: Postgres) -> None:
    maker = made(postgres)["PostgreSQL swedish, websearch"]
    assert maker(DOCUMENTS)("sopor").ids
    assert not bm25(DOCUMENTS)("sopor").ids  # the texts say «soporna»


def test_full_text_search_as_it_comes_wants_every_word() -> None:
    question = "vad kostar förskolan i månaden egentligen"
    assert not fts5(DOCUMENTS, " ")(question).ids
    assert fts5(DOCUMENTS, " OR ")(question).ids[0] == "forskola-avgift"


@pytest.mark.usefixtures("without_postgres")
def test_what_cannot_run_says_why(small: Collection, postgres: Postgres) -> None:
    makers = made(postgres)
    rows = measure_others(small, Mix(remove=0.4), {name: makers[name] for name in POSTGRES})
    assert {row["not_run"] for row in rows.values()} == {"PGHOST names no PostgreSQL"}


def test_what_learns_from_variants_needs_some() -> None:
    bare = [document.model_copy(update={"variants": ()}) for document in DOCUMENTS]
    for maker in (rasa_classifier, cosine_with_variants):
        with pytest.raises(CannotRun, match="variants"):
            maker(bare, LetterEncoder())


def test_rasas_fallback_wants_a_likely_intent_and_a_lead() -> None:
    evidence = np.array([[0.5, 0.3], [0.29, 0.01], [0.5, 0.45]])
    assert list(rasa_answers(evidence)) == [True, False, False]
    sure = rasa_classifier(DOCUMENTS, LetterEncoder())("bygglovsavgift")
    best, next_best = sure.evidence
    assert best == sure.confidence > next_best > 0
