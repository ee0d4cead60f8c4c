"""Finding in a short list while somebody types: words may be unfinished, and lack å, ä and ö."""

from collections.abc import Sequence
from functools import lru_cache

from bot.language.tokens import words

_WITHIN = 4  # letters from which a word is also looked for within others: «avgift» in «slamavgift»
_WITHIN_SHARE = 0.5  # of what a word counts for that begins so


def fit(asked: Sequence[str], fields: Sequence[tuple[str, float]]) -> float:
    """Return how well `fields` fit what is asked for; 0 unless every word stands somewhere.

    Args:
        asked: folded words.
        fields: texts, and what a word in each counts for.
    """
    best = [
        max((_weight(word, text, most) for text, most in fields), default=0.0) for word in asked
    ]
    return sum(best) if all(best) else 0.0


def _weight(word: str, text: str, most: float) -> float:
    known = _words(text)
    if any(one.startswith(word) for one in known):
        return most
    if len(word) >= _WITHIN and any(word in one for one in known):
        return most * _WITHIN_SHARE
    return 0.0


@lru_cache(maxsize=5_000)  # the same few hundred texts at every key that is pressed
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))
