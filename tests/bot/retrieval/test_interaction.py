"""Late interaction: each word of the question is looked for on its own."""

import numpy as np
import pytest

from bot.encoders.model import Tokens
from bot.retrieval.index import Index
from bot.retrieval.interaction import LateInteraction, tells
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from tests.support.content import DOCUMENTS, entry
from tests.support.encoder import LetterEncoder, WordEncoder

BATHING = entry("bad", "Var finns badplatser?", "Badplatsen ligger vid sjön.", "badplats")
DOGS = entry("hundbad", "Får hunden bada vid badplatsen?", "Hunden får bada.", "hund badplats")


def compared(question: str, *documents: Document) -> dict[str, tuple[float, float]]:
    encoder = WordEncoder()
    index = Index.build(documents, encoder)
    assert index.tokens is not None
    places = {key: place for place, key in enumerate(index.encoded)}
    interaction = LateInteraction(index.documents, places, index.tokens)
    tokens = encoder.encode_tokens([question], is_question=True)[1][0]
    close, low = interaction.compare(tokens, range(len(documents)))
    return {
        document.id: (float(c), float(w))
        for document, c, w in zip(documents, close, low, strict=True)
    }


def test_a_word_that_a_document_lacks_is_seen() -> None:
    found = compared("badplats hunden", BATHING, DOGS)
    assert found["hundbad"][0] > found["bad"][0]
    assert found["hundbad"][1] > found["bad"][1]


def test_a_question_in_the_documents_own_words_is_met_in_full() -> None:
    close, low = compared("var finns badplatser?", BATHING, DOGS)["bad"]
    assert close == pytest.approx(1, abs=0.03)  # eight bits
    assert low == pytest.approx(1, abs=0.03)


def test_a_question_without_tokens_is_met_by_nothing() -> None:
    index = Index.build((BATHING, DOGS), WordEncoder())
    assert index.tokens is not None
    interaction = LateInteraction(index.documents, {}, index.tokens)
    nothing = Tokens(np.zeros(0, dtype=np.int32), np.zeros((0, 64), dtype=np.float32))
    close, low = interaction.compare(nothing, [0, 1])
    assert not close.any()
    assert not low.any()


def test_tokens_of_known_texts_are_taken_over_as_they_are() -> None:
    before = Index.build((BATHING,), WordEncoder())
    encoder = WordEncoder()
    after = Index.build((BATHING, DOGS), encoder, before=before)
    assert before.tokens is not None
    assert after.tokens is not None
    assert not any("Var finns badplatser?" in text for text in encoder.encoded)
    old = list(before.encoded).index(("question", "badplats"))
    new = list(after.encoded).index(("question", "badplats"))
    assert np.array_equal(
        before.tokens.vectors[before.tokens.rows([old])],
        after.tokens.vectors[after.tokens.rows([new])],
    )


def test_an_encoder_that_tells_no_tokens_has_no_late_interaction() -> None:
    assert not tells(LetterEncoder(), 1)
    assert Index.build((BATHING,), LetterEncoder()).tokens is None
    found = Search(Index.build(DOCUMENTS, LetterEncoder()), LetterEncoder()).find("bygglov")
    assert found.hits[0].close is None


def test_the_search_ranks_by_it_and_tells_of_it() -> None:
    encoder = WordEncoder()
    found = Search(Index.build((BATHING, DOGS), encoder), encoder).find("badplats hunden")
    assert found.hits[0].document.id == "hundbad"
    assert found.hits[0].close is not None
    assert found.hits[0].close > (found.hits[1].close or 0)


def test_a_text_is_encoded_once_for_its_vector_and_its_tokens() -> None:
    encoder = WordEncoder()
    index = Index.build((BATHING, DOGS), encoder)
    assert sorted(encoder.encoded) == sorted(text for _, text in index.encoded)


def test_an_index_without_tokens_is_encoded_anew_by_an_encoder_that_tells_them() -> None:
    before = Index.build((BATHING,), LetterEncoder())
    after = Index.build((BATHING, DOGS), WordEncoder(), before=before)
    assert after.tokens is not None
    assert len(after.tokens) == len(after.encoded)
