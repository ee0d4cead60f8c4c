"""Telling whether a question leans on what was said before ("och vad kostar det?")."""

import re
from collections.abc import Sequence

from bot.answering.policy import Candidate
from bot.language.tokens import terms

_OPENERS = re.compile(r"^(och|men|då|sen|hur är det med|gäller det även)\b", re.IGNORECASE)
_POINTERS = re.compile(r"\b(det|den|detta|de|dom|där|dit|då)\b", re.IGNORECASE)
# Words that ask something of a subject without being one: "hur lång tid tar det", "pris?".
_ASKING = frozenset(
    terms(
        "hur mycket länge lång tid dröja ta kosta kostnad pris avgift gälla göra behöva ansöka söka"
        " få måste betala handläggningstid regler krävas funka fungera va dyrt dyr billig månad år"
        " börja öppet vänta svar nästa gång"
    )
)
_MAX_WORDS = 8  # a longer question says itself what it is about


def leans_on_context(question: str) -> bool:
    """Return whether `question` can hardly be understood alone."""
    points = bool(_OPENERS.search(question.strip()) or _POINTERS.search(question))
    return (is_short(question) and points) or not names_a_subject(question)


def names_a_subject(question: str) -> bool:
    """Return whether `question` says what it is about."""
    return not _ASKING.issuperset(terms(question))


def is_short(question: str) -> bool:
    """Return whether `question` may leave something unsaid."""
    return len(question.split()) <= _MAX_WORDS


def stays(question: str, alone: Sequence[Candidate], staying: Sequence[Candidate]) -> bool:
    """Return whether `question` goes on with the topic of the last answer.

    Args:
        alone: what `question` finds by itself.
        staying: what it finds among the entries of that topic; best first, both of them.
    """
    if not staying or not alone:
        return bool(staying)
    here, there = staying[0], alone[0]
    if here.hit.document.topic == there.hit.document.topic:
        return here.confidence > there.confidence
    if not names_a_subject(question):
        return True
    if _words_only_there(question, there, here):
        return False
    return 2 * here.confidence >= there.confidence


def _words_only_there(question: str, there: Candidate, here: Candidate) -> frozenset[str]:
    """Words that name another topic: its entry is asked for in them, this topic's is not."""
    named = frozenset(terms(question)) - _ASKING
    return named & _vocabulary(there) - _vocabulary(here)


def _vocabulary(candidate: Candidate) -> frozenset[str]:
    return frozenset(term for text in candidate.hit.document.phrasings for term in terms(text))
