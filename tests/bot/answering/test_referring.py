"""The referrals follow the content, and no question waits for them."""

import threading

import pytest

from bot.answering.authorities import Authorities
from bot.answering.referring import Referring
from bot.retrieval.index import Index
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from tests.support.assistant import DATA
from tests.support.content import DOCUMENTS, entry
from tests.support.encoder import LetterEncoder


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities.load(DATA)


def over(*documents: Document) -> Search:
    encoder = LetterEncoder()
    return Search(Index.build(documents, encoder), encoder)


def test_another_answer_to_the_same_question_leaves_them(authorities: Authorities) -> None:
    referring = Referring(authorities)
    fitted = referring.get(over(*DOCUMENTS))
    answered = DOCUMENTS[0].model_copy(update={"text": "Nej."})
    assert referring.get(over(answered, *DOCUMENTS[1:])) is fitted


def test_another_way_to_ask_fits_them_anew_beside_the_questions(authorities: Authorities) -> None:
    referring = Referring(authorities)
    before = referring.get(over(*DOCUMENTS))
    grown = over(*DOCUMENTS, entry("pass", "Hur förnyar jag mitt pass?", "Hos oss.", "nytt pass"))
    question = "hur förnyar jag mitt pass"
    assert referring.get(grown) is before  # the first question does not wait
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.name == "referrals":
            thread.join()
    after, cold = referring.get(grown), Referring(authorities).get(grown)
    assert after is not before
    ours, alone = after.find(question), cold.find(question)
    assert ours and alone
    assert ours.probability == pytest.approx(alone.probability, abs=1e-6)


def test_fixed_ones_stay_whatever_is_searched(authorities: Authorities) -> None:
    referring = Referring(authorities)
    fitted = referring.fit(DOCUMENTS)
    assert referring.fixed(fitted).get(over(*DOCUMENTS[:2])) is fitted


def test_those_in_use_are_not_fitted_twice(authorities: Authorities) -> None:
    referring = Referring(authorities)
    assert referring.get(over(*DOCUMENTS)) is referring.fit(DOCUMENTS)
