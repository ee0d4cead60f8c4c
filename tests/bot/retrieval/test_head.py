import numpy as np
import pytest

from bot.encoders.model import Vectors
from bot.retrieval.head import EntryHead
from bot.retrieval.model import Document
from bot.retrieval.vectors import encode_texts, keys_of
from tests.support.content import entry
from tests.support.encoder import LetterEncoder

ENCODER = LetterEncoder()


def many(count: int) -> tuple[Document, ...]:
    """Entries whose words nobody else has."""
    names = [f"{chr(97 + n % 26) * 3}{chr(97 + n // 26) * 3}" for n in range(count)]
    return tuple(
        entry(f"a-{name}", f"vad är {name}", f"{name}.", f"{name} pris", f"om {name}", name)
        for name in names
    )


def fitted(documents: tuple[Document, ...]) -> EntryHead:
    return EntryHead.fit(documents, encode_texts(keys_of(documents), ENCODER, {})[0])


def best(head: EntryHead, documents: tuple[Document, ...], question: str) -> str:
    vector: Vectors = ENCODER.encode_questions([question])[0]
    found = head.probabilities(vector, np.ones(len(documents), dtype=np.bool_))
    return documents[int(found.argmax())].id


def test_it_learns_however_many_entries_there_are() -> None:
    documents = many(600)
    head = fitted(documents)
    right = sum(best(head, documents, one.variants[0]) == one.id for one in documents[::7])
    assert right / len(documents[::7]) > 0.9


def test_what_it_learns_does_not_depend_on_the_order_of_the_entries() -> None:
    documents = many(40)
    head, other = fitted(documents), fitted(documents[::-1])
    vector = ENCODER.encode_questions([documents[7].variants[0]])[0]
    shown = np.ones(len(documents), dtype=np.bool_)
    turned = other.probabilities(vector, shown)[::-1]
    assert head.probabilities(vector, shown) == pytest.approx(turned, abs=1e-4)


def test_two_entries_are_told_apart() -> None:
    documents = many(2)
    head = fitted(documents)
    for one in documents:
        assert best(head, documents, one.variants[0]) == one.id
