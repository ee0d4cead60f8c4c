"""Fine-tuning, on a tiny model that knows nothing."""

import math
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoders.finetuning import Recipe, Tuner, batches
from bot.encoders.lessons import Lesson
from bot.encoders.scoring import score_lessons
from bot.encoders.sentence_transformers import SentenceTransformers
from bot.errors import EncoderError

LESSONS = tuple(
    Lesson(subject=subject, question=question, answer=answer, asked=asked)
    for subject, question, answer, asked in (
        ("a", "När töms soporna?", "På tisdagar.", ("aaa", "aa aa", "aaaa")),
        ("a", "Var lämnar jag glas?", "På stationen.", ("bbb", "bb bb", "bbbb")),
        ("b", "Hur gör jag ett byte?", "Ansök.", ("ccc", "cc cc", "cccc")),
        ("b", "När öppnar badet?", "Klockan tio.", ("ddd", "dd dd", "dddd")),
    )
)
FAST = Recipe(epochs=15, batch=4, learning_rate=3e-3, noise=0.0, tuned=1.0)


@st.composite
def many_lessons(draw: st.DrawFn) -> list[Lesson]:
    sizes = draw(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 9)), min_size=2))
    return [
        Lesson(subject=s, question=str(i), answer=str(i), asked=tuple(map(str, range(count))))
        for i, (s, count) in enumerate(sizes)
    ]


@given(many_lessons(), st.integers(4, 12), st.integers())
def test_no_lesson_is_its_own_negative(lessons: list[Lesson], size: int, seed: int) -> None:
    for batch in batches(lessons, Recipe(batch=size), random.Random(seed)):
        assert 2 <= len(batch) <= size
        assert max(Counter(batch).values()) == 1


def test_a_lesson_comes_once_for_every_two_of_its_messages() -> None:
    lessons = [
        Lesson(subject=str(i % 5), question=str(i), answer="", asked=("x",) * (1 + i % 7))
        for i in range(40)
    ]
    met = Counter(
        lesson for batch in batches(lessons, Recipe(batch=8), random.Random(1)) for lesson in batch
    )
    wanted = Counter({lesson: math.ceil(len(lesson.asked) / 2) for lesson in lessons})
    assert met <= wanted
    assert met.total() >= wanted.total() - 2  # who is left alone has nothing to be told from


@pytest.fixture(scope="module")
def tuned(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tuned") / "model-e5"
    tuner = Tuner(small_model)
    tuner.train(LESSONS, FAST)
    tuner.save(out)
    return out


def test_a_tuned_model_finds_what_it_was_taught(small_model: Path, tuned: Path) -> None:
    before, after = (
        score_lessons(LESSONS, LESSONS, SentenceTransformers(str(folder)))["as they are"]
        for folder in (small_model, tuned)
    )
    assert after["accuracy@1"] > before["accuracy@1"]
    assert after["accuracy@1"] > 0.9


def test_the_word_vectors_stay(small_model: Path, tuned: Path) -> None:
    numpy = pytest.importorskip("safetensors.numpy")
    before, after = (
        numpy.load_file(folder / "model.safetensors") for folder in (small_model, tuned)
    )
    for name, value in before.items():
        same = np.array_equal(value, after[name])
        assert same == (name.startswith("embeddings.") or "pooler" in name), name


def test_the_same_seed_makes_the_same_model(small_model: Path, tuned: Path, tmp_path: Path) -> None:
    again = Tuner(small_model)
    again.train(LESSONS, FAST)
    again.save(tmp_path)
    one, other = (
        SentenceTransformers(str(folder)).encode_questions(["när"]) for folder in (tuned, tmp_path)
    )
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_share_of_nothing_leaves_the_model_as_it_was(small_model: Path, tmp_path: Path) -> None:
    tuner = Tuner(small_model)
    tuner.train(LESSONS, Recipe(epochs=1, batch=4, tuned=0.0))
    tuner.save(tmp_path)
    one, other = (
        SentenceTransformers(str(folder)).encode_questions(["när töms soporna"])
        for folder in (small_model, tmp_path)
    )
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_folder_without_a_model_is_told(tmp_path: Path, small_model: Path) -> None:
    with pytest.raises(EncoderError, match="holds no sentence-transformers model"):
        Tuner(tmp_path)
