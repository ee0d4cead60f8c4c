"""Telling whether a question leans on what was said before ("och vad kostar det?")."""

import re

_OPENERS = re.compile(r"^(och|men|då|sen|hur är det med|gäller det även)\b", re.IGNORECASE)
_POINTERS = re.compile(r"\b(det|den|detta|de|där|dit|då)\b", re.IGNORECASE)
_MAX_WORDS = 8  # a longer question says itself what it is about


def leans_on_context(question: str) -> bool:
    """Return whether `question` can hardly be understood alone."""
    short = len(question.split()) <= _MAX_WORDS
    return short and bool(_OPENERS.search(question.strip()) or _POINTERS.search(question))
