"""Measure a Swedish pipeline on texts that it was not trained on."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.language.swedish.texts import example, read_docs, read_marked, respelt

_TREEBANK, _NEWS = "tb_test", "kl_test"


def score(nlp: Language, texts: Path, messages: Path) -> dict[str, Any]:
    """Return shares of right words and names, 0 to 1, and the time of a message in ms.

    Args:
        nlp: with lemmas, parts of speech and names.
        texts: folder with tb_test and kl_test (.spacy).
        messages: chat messages with marked names, one a line.

    Raises:
        LanguageModelError: a file is missing.
    """
    treebank, news = (read_docs(texts, (file,), nlp) for file in (_TREEBANK, _NEWS))
    chat = read_marked(messages, nlp)
    named = {"treebank": treebank, "news": news, "messages": chat}
    return {
        "words": word_scores(nlp, treebank),
        "names": {what: name_scores(nlp, docs) for what, docs in named.items()},
        "names in lower case": {
            what: name_scores(nlp, docs, lower=True) for what, docs in named.items()
        },
        "ms a message": speed(nlp, [doc.text for doc in chat]),
    }


def word_scores(nlp: Language, docs: Sequence[Doc]) -> dict[str, float]:
    """Return the accuracies of parts of speech, of features and of lemmas."""
    found = nlp.evaluate([example(nlp, doc) for doc in docs])
    return {what: found[f"{what}_acc"] for what in ("pos", "morph", "lemma")}


def name_scores(nlp: Language, docs: Sequence[Doc], lower: bool = False) -> dict[str, float]:
    """Return precision, recall and F of whole names with the right label, and F by label."""
    examples = [example(nlp, doc) for doc in docs]
    if lower:
        examples = [respelt(nlp, known, str.lower) for known in examples]
    found = nlp.evaluate(examples)
    by_label = found["ents_per_type"] or {}
    return {
        "precision": found["ents_p"],
        "recall": found["ents_r"],
        "f": found["ents_f"],
        **{f"f {label}": by_label.get(label, {"f": 0.0})["f"] for label in ("PER", "LOC", "ORG")},
    }


def speed(nlp: Language, messages: Sequence[str]) -> dict[str, float]:
    """Return the processor time of one message in ms: the whole pipeline, and names alone."""
    finder = nlp.get_pipe("ner")
    spent: dict[str, list[float]] = {"all": [], "names": []}
    for text in messages:
        started = time.process_time()
        nlp(text)
        middle = time.process_time()
        finder(nlp.make_doc(text))
        spent["all"].append(middle - started)
        spent["names"].append(time.process_time() - middle)
    return {
        f"{what} p{at}": 1000 * float(np.percentile(times, at))
        for what, times in spent.items()
        for at in (50, 95)
    }
