import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.language.normalise import fold, normalise
from bot.quality.noise import LETTERS_PER_TYPO, Kind, noisy

LINE = "Hej! När töms slambrunnen på Norrby, och vad kostar det per år för ett fritidshus?"
lines = st.lists(st.sampled_from([*LINE.split(), "a.b@c.se", "2 024", "ö", "—"])).map(" ".join)


@pytest.mark.parametrize("kind", get_args(Kind))
@given(lines, st.integers(0, 3))
def test_the_same_seed_makes_the_same_noise(kind: Kind, line: str, seed: int) -> None:
    assert noisy(line, kind, seed) == noisy(line, kind, seed)


@given(lines)
def test_noise_without_slips_can_be_read_back(line: str) -> None:
    assert fold(noisy(line, "no_diacritics")) == fold(line)
    assert noisy(line, "capitals").lower() == line.lower()
    assert normalise(noisy(line, "decomposed")) == normalise(line)


def test_decomposed_letters_are_two_code_points() -> None:
    assert not unicodedata.is_normalized("NFC", noisy("töms", "decomposed"))


@given(lines, st.integers(0, 20))
def test_slips_keep_words_apart_and_leave_addresses_alone(line: str, seed: int) -> None:
    written, meant = noisy(line, "typos", seed).split(" "), line.split(" ")
    assert len(written) == len(meant)
    for slipped, word in zip(written, meant, strict=True):
        if not word.strip(".,!?").isalpha():
            assert slipped == word
        if len(word.strip(".,!?")) < 5:
            assert slipped[:1] == word[:1]


def test_there_is_about_one_slip_in_fourteen_letters() -> None:
    letters = sum(map(str.isalpha, LINE))
    slipped = [OSA.distance(LINE, noisy(LINE, "typos", seed)) for seed in range(400)]
    assert sum(slipped) / len(slipped) == pytest.approx(letters / LETTERS_PER_TYPO, rel=0.15)


def test_other_seeds_make_other_slips() -> None:
    assert len({noisy(LINE, "typos", seed) for seed in range(10)}) > 5
