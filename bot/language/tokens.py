"""Words for the lexical channel: spaCy's Swedish tokens, folded, with lemmas."""

from functools import lru_cache
from typing import TYPE_CHECKING

import simplemma

from bot.language.normalise import fold, normalise

if TYPE_CHECKING:
    from spacy.language import Language

_SHORTEST_INFLECTED = 2
_MORE_STOP_WORDS = frozenset(
    {"är", "hej", "tack", "snälla", "ju", "väl"}
)  # spaCy's list lacks them


@lru_cache(maxsize=1)
def _tokenizer() -> "Language":
    import spacy  # noqa: PLC0415  # takes seconds to load, and not every process needs it

    return spacy.blank("sv")


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Return the folded base form of one lower-case word."""
    if len(word) <= _SHORTEST_INFLECTED:  # "VA" is no form of "vara"
        return fold(word)
    return fold(simplemma.lemmatize(word, lang="sv", greedy=True))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the folded stop words of Swedish."""
    return frozenset(fold(word) for word in function_words())


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Return the stop words of Swedish with their å ä ö."""
    return frozenset(_tokenizer().Defaults.stop_words | _MORE_STOP_WORDS)


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order, without punctuation."""
    return [fold(token) for token in _spoken(text)]


def terms(text: str) -> list[str]:
    """Return folded lemmas of the content words of `text`, in order.

    A text of stop words alone ("var är det?") keeps them: something must be searched for.
    """
    bases = [(fold(token), lemma(token.lower())) for token in _spoken(text)]
    content = [base for word, base in bases if word not in stop_words()]
    return content or [base for _, base in bases]


def _spoken(text: str) -> list[str]:
    document = _tokenizer()(normalise(text))
    return [token.text for token in document if any(char.isalnum() for char in token.text)]
