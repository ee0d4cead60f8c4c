from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.encoders.model import Vectors
from bot.quality.remembering import Remembering
from tests.support.encoder import LetterEncoder


def test_nothing_is_encoded_twice_and_nothing_changes() -> None:
    encoder = LetterEncoder()
    remembering = Remembering(encoder)
    texts = ["sopor", "altan", "sopor"]
    first = remembering.encode_questions(texts)
    encoder.encoded.clear()
    again = remembering.encode_questions([*texts, "vigsel"])
    assert encoder.encoded == ["vigsel"]
    assert np.array_equal(again[:3], first)
    assert np.array_equal(first, LetterEncoder().encode_questions(texts))


def test_no_text_is_no_vector() -> None:
    assert Remembering(LetterEncoder()).encode_passages([]).shape == (0, 64)


def test_questions_and_passages_are_told_apart() -> None:
    encoder = LetterEncoder()
    remembering = Remembering(encoder)
    remembering.encode_questions(["sopor"])
    remembering.encode_passages(["sopor"])
    assert encoder.encoded.count("sopor") == 2


def test_what_lies_in_the_file_is_known_next_time(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "vectors.sqlite"
    Remembering(LetterEncoder(), path).encode_passages(["sopor"])
    encoder = LetterEncoder()
    Remembering(encoder, path).encode_passages(["sopor"])
    assert "sopor" not in encoder.encoded


def test_an_encoder_that_gives_other_vectors_is_not_given_old_ones(tmp_path: Path) -> None:
    class Trained(LetterEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            return super().encode_passages(texts)[:, ::-1]

    path = tmp_path / "vectors.sqlite"
    old = Remembering(LetterEncoder(), path).encode_passages(["sopor"])
    assert not np.array_equal(Remembering(Trained(), path).encode_passages(["sopor"]), old)


def test_for_true_times_even_what_is_known_is_encoded() -> None:
    encoder = LetterEncoder()
    remembering = Remembering(encoder)
    remembering.encode_questions(["sopor"])
    with remembering.afresh():
        remembering.encode_questions(["sopor"])
        remembering.encode_questions(["altan"])
    assert encoder.encoded.count("sopor") == 2
    remembering.encode_questions(["altan"])
    assert encoder.encoded.count("altan") == 1
