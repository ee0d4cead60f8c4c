import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.letters import LetterRuns

WORDS = ("å", "bygglov", "altan", "altanen", "va", "sop", "sopor", "en", "12", "avgift")
texts = st.lists(
    st.lists(st.sampled_from(WORDS)).map(" ".join).map(lambda text: f"soptunna {text}"),
    min_size=1,
    max_size=6,
)


def reference(learnt: list[str]) -> TfidfVectorizer:
    """scikit-learn's own way."""
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return runs.fit(learnt)


@given(texts, texts)
def test_texts_are_as_alike_as_by_scikit_learn(learnt: list[str], asked: list[str]) -> None:
    right = reference(learnt)
    runs = LetterRuns(learnt, np.float64)
    rows = right.transform(learnt)
    for question in asked:
        columns, weights = runs.of(question)
        expected = (rows @ right.transform([question]).T).toarray()[:, 0]
        assert runs.rows.toarray()[:, columns] @ weights == pytest.approx(expected, abs=1e-9)


@given(texts)
def test_a_text_among_many_has_the_row_that_it_was_learnt_with(learnt: list[str]) -> None:
    runs = LetterRuns(learnt)
    assert runs.of_many(learnt[:1]).toarray()[0] == pytest.approx(runs.rows.toarray()[0])


def test_what_other_content_has_counts_for_nothing() -> None:
    LetterRuns(["förskoleplats", "zebra"])
    columns, weights = LetterRuns(["bygglov altan"]).of("zebra")
    assert not weights.any()
    assert len(columns) == len(weights)


def test_a_text_without_any_known_run_has_no_length() -> None:
    columns, weights = LetterRuns(["bygglov"]).of("?")
    assert (len(columns), len(weights)) == (0, 0)
