from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoders import create_encoder
from bot.encoders.model import Encoder, Vectors
from bot.gaps.clustering import cluster
from bot.gaps.model import Doubt

START = datetime(2026, 11, 1, tzinfo=UTC)
CARS = ["laddstolpe på gatan", "var finns laddstolpar", "laddstolpe för elbil"]
DOGS = ["rasthage för hund", "hundrasthage", "var ligger rasthagen"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return create_encoder("e5-small-sv")


def doubts(*texts: str) -> list[Doubt]:
    return [Doubt(text, START + timedelta(hours=n)) for n, text in enumerate(texts)]


def centre(encoder: Encoder) -> Vectors:
    asked = ["vad kostar förskolan", "när töms soporna", "bygglov altan", "slam", "färdtjänst"]
    return np.asarray(encoder.encode_questions(asked).mean(axis=0))


def test_questions_about_the_same_thing_come_together_and_the_largest_group_first(
    encoder: Encoder,
) -> None:
    asked = [*CARS, *DOGS, "Laddstolpe på gatan"]
    first, second = cluster(doubts(*asked), encoder.encode_questions, centre(encoder))
    assert {text.lower() for text in first.questions} == set(CARS)
    assert set(second.questions) == set(DOGS)
    assert (first.count, second.count) == (4, 3)
    assert first.questions[0].lower() == CARS[0]
    assert (second.first, second.last) == (
        START + timedelta(hours=3),
        START + timedelta(hours=5),
    )


def test_one_question_is_a_gap_of_its_own(encoder: Encoder) -> None:
    (gap,) = cluster(
        doubts("elsparkcyklar på trottoaren"), encoder.encode_questions, centre(encoder)
    )
    assert (gap.label, gap.count) == ("elsparkcyklar på trottoaren", 1)
    assert cluster([], encoder.encode_questions, centre(encoder)) == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([*CARS, *DOGS, "bibliotek", "Bibliotek"]), max_size=12))
def test_every_question_is_in_one_gap(encoder: Encoder, texts: list[str]) -> None:
    gaps = cluster(doubts(*texts), encoder.encode_questions, centre(encoder))
    assert sum(gap.count for gap in gaps) == len(texts)
    told = [text for gap in gaps for text in gap.questions]
    assert {text.lower() for text in told} == {text.lower() for text in texts}
    assert len({gap.id for gap in gaps}) == len(gaps)
