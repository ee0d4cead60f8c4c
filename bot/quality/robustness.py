"""What badly written questions cost: the same questions, plain and with noise."""

from dataclasses import replace
from typing import get_args

import numpy as np

from bot.quality.beir import Collection
from bot.quality.metrics import ranking
from bot.quality.noise import Kind, noisy
from bot.quality.search_bench import Progress, Ranker, ask

KINDS: tuple[Kind, ...] = get_args(Kind)
_DRAWS = {"typos": 3}  # by chance; the other kinds have one outcome
_NOISY_ALREADY = frozenset({"typo", "no_diacritics", "capitals"})  # registers


def bench_noise(
    collection: Collection, ranker: Ranker, progress: Progress = lambda _: None
) -> dict[str, dict[str, float]]:
    """Return accuracy and recall for plain questions and for each kind of noise.

    `difference` is the accuracy less that of the plain questions. Questions that were written
    with noise are left out.
    """
    even = _without_noise(collection)
    plain = _accuracy(even, ranker, progress)
    told = {"plain": plain}
    for kind in KINDS:
        draws = [
            _accuracy(_made_noisy(even, kind, seed), ranker, progress)
            for seed in range(_DRAWS.get(kind, 1))
        ]
        mean = {name: float(np.mean([draw[name] for draw in draws])) for name in plain}
        told[kind] = mean | {"difference": mean["accuracy_at_1"] - plain["accuracy_at_1"]}
    return told


def _made_noisy(collection: Collection, kind: Kind, seed: int) -> Collection:
    questions = {q: noisy(text, kind, seed) for q, text in collection.questions.items()}
    return replace(collection, questions=questions)


def _without_noise(collection: Collection) -> Collection:
    kept = {
        question: text
        for question, text in collection.questions.items()
        if collection.traits.get(question, {}).get("register") not in _NOISY_ALREADY
    }
    right = {question: collection.right[question] for question in kept}
    return replace(collection, questions=kept, right=right)


def _accuracy(collection: Collection, ranker: Ranker, progress: Progress) -> dict[str, float]:
    found, _ = ask(ranker, collection.questions, progress)
    ranked = {q: collection.credited(q, found[q].ids) for q in collection.right}
    scores = ranking(collection.right, ranked)
    told = {name: float(scores[name].mean()) for name in ("accuracy_at_1", "recall_at_5")}
    return {"questions": float(len(found)), **told}
