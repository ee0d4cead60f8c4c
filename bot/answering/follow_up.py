"""Telling whether a question leans on what was said before ("och vad kostar det?")."""

import re

from bot.language.tokens import terms

_OPENERS = re.compile(r"^(och|men|då|sen|hur är det med|gäller det även)\b", re.IGNORECASE)
_POINTERS = re.compile(r"\b(det|den|detta|de|där|dit|då)\b", re.IGNORECASE)
# Words that ask something of a subject without being one: "hur lång tid tar det", "pris?".
_ASKING = frozenset(
    terms(
        "hur mycket länge lång tid dröja ta kosta kostnad pris avgift gälla göra behöva ansöka söka"
        " få måste betala handläggningstid regler krävas funka fungera"
    )
)
_MAX_WORDS = 8  # a longer question says itself what it is about


def leans_on_context(question: str) -> bool:
    """Return whether `question` can hardly be understood alone."""
    short = len(question.split()) <= _MAX_WORDS
    points = bool(_OPENERS.search(question.strip()) or _POINTERS.search(question))
    return (short and points) or not names_a_subject(question)


def names_a_subject(question: str) -> bool:
    """Return whether `question` says what it is about."""
    return not _ASKING.issuperset(terms(question))
