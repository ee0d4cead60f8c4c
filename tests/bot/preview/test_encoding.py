import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.encoders.model import TokenEncoder
from bot.preview.encoding import KeptQuestions
from tests.support.encoder import LetterEncoder, WordEncoder

TEXTS = st.lists(st.sampled_from(["när", "var", "hur mycket", "vem"]), min_size=1)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_it_gives_what_the_encoder_gives(asked: list[list[str]]) -> None:
    kept, plain = KeptQuestions(WordEncoder(), most=2), WordEncoder()
    for texts in asked:
        assert np.array_equal(kept.encode_questions(texts), plain.encode_questions(texts))
        vectors, tokens = kept.encode_tokens(texts, is_question=True)
        expected, told = plain.encode_tokens(texts, is_question=True)
        assert np.allclose(vectors, expected)
        for one, other in zip(tokens, told, strict=True):
            assert np.array_equal(one.ids, other.ids)
            assert np.allclose(one.vectors, other.vectors, atol=1e-3)


def test_a_question_is_encoded_once() -> None:
    encoder = LetterEncoder()
    kept = KeptQuestions(encoder)
    kept.encode_questions(["när", "var"])
    kept.encode_questions(["var", "när", "hur"])
    assert encoder.encoded == ["när", "var", "hur"]


def test_it_tells_tokens_only_where_the_encoder_does() -> None:
    assert isinstance(KeptQuestions(WordEncoder()), TokenEncoder)
    assert not isinstance(KeptQuestions(LetterEncoder()), TokenEncoder)
