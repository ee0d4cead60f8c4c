"""A changed index is in use soon, nobody waits for it, and it finds what a cold start finds."""

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.index import Index
from bot.retrieval.live import LiveSearch
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from bot.retrieval.store import build, put_in_use, read_manifest
from tests.support.content import DOCUMENTS, entry
from tests.support.encoder import LetterEncoder, WordEncoder

QUESTIONS = ("behöver man bygglov", "nar tomms sopor", "altann", "zebrafinken", "vad kostar det")
WORDS = ("zebrafink", "altan", "soptunnan", "färjeläge", "avgiften", "hunden")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
changes = st.lists(st.tuples(st.integers(0, len(DOCUMENTS) - 1), texts), max_size=4)


def scores(search: Search, question: str) -> dict[str, float]:
    return {hit.document.id: hit.score for hit in search.find(question).hits}


def changed(documents: tuple[Document, ...], place: int, text: str) -> tuple[Document, ...]:
    one = documents[place].model_copy(update={"text": text})
    return (*documents[:place], one, *documents[place + 1 :])


@given(changes)
def test_a_search_made_after_another_finds_what_one_made_from_nothing_does(
    edits: list[tuple[int, str]],
) -> None:
    documents: tuple[Document, ...] = DOCUMENTS
    encoder = LetterEncoder()
    index = Index.build(documents, encoder)
    search = Search(index, encoder)
    for place, text in edits:
        documents = changed(documents, place, text)
        index = Index.build(documents, encoder, before=index)
        search = Search(index, encoder, search)
    cold = Search(Index.build(documents, encoder), encoder)
    for question in QUESTIONS:
        assert scores(search, question) == pytest.approx(scores(cold, question), abs=1e-5)


def test_words_that_only_the_content_before_had_correct_nothing() -> None:
    encoder = LetterEncoder()
    told = entry("djur", "Vad är en zebrafink?", "Zebrafinken är en fågel.")
    before = Search(Index.build((*DOCUMENTS, told), encoder), encoder)
    after = Search(Index.build(DOCUMENTS, encoder), encoder, before)
    cold = Search(Index.build(DOCUMENTS, encoder), encoder)
    assert scores(after, "zebrafnk") == pytest.approx(scores(cold, "zebrafnk"), abs=1e-5)


def test_the_process_that_builds_need_not_read_what_it_built(tmp_path: Path) -> None:
    encoder = WordEncoder()
    build(DOCUMENTS, encoder, tmp_path, "first")
    live = LiveSearch(tmp_path, encoder, look_every_s=0)
    assert live.get()
    index = Index.build(DOCUMENTS[:2], encoder, before=live.newest())
    folder = put_in_use(index, encoder, tmp_path, "second")
    (folder / "vectors.npy").unlink()  # whoever reads it now finds it damaged
    live.take(index, read_manifest(folder))
    live.look()
    opened = live.get()
    assert opened
    assert (opened[1].built_from, opened[0].documents) == ("second", DOCUMENTS[:2])
    assert live.problem is None


def test_what_another_process_built_is_not_taken_for_the_newest(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    build(DOCUMENTS, encoder, tmp_path, "first")
    live = LiveSearch(tmp_path, encoder, look_every_s=0)
    assert live.newest() is None
    live.get()
    assert live.newest() is not None
    build(DOCUMENTS[:2], encoder, tmp_path, "second")
    assert live.newest() is None


def test_a_question_is_answered_by_the_old_index_while_the_new_one_is_opened(
    tmp_path: Path,
) -> None:
    build(DOCUMENTS, LetterEncoder(), tmp_path, "first")
    live = LiveSearch(tmp_path, LetterEncoder(), look_every_s=0)
    live.get()
    build(DOCUMENTS[:2], LetterEncoder(), tmp_path, "second")
    answered = live.get()
    assert answered
    assert answered[1].built_from == "first"


def test_the_index_is_looked_for_in_the_background(tmp_path: Path) -> None:
    build(DOCUMENTS, LetterEncoder(), tmp_path, "first")
    live = LiveSearch(tmp_path, LetterEncoder(), look_every_s=0.01)
    live.get()
    seen: list[Search] = []
    arrived = threading.Event()

    def told(search: Search) -> None:
        seen.append(search)
        arrived.set()

    live.watch(told)
    build(DOCUMENTS[:2], LetterEncoder(), tmp_path, "second")
    assert arrived.wait(60)
    opened = live.get()
    assert opened
    assert seen == [opened[0]]
    assert opened[1].built_from == "second"
