"""Finding a prepared reply by some of its words, however they are spelt with å, ä and ö."""

from collections.abc import Iterable

from bot.language.finding import fit
from bot.language.tokens import words
from bot.prepared_replies.model import PreparedReply

_TITLE, _KEYWORD, _TEXT = 3.0, 2.0, 1.0  # what a word counts for, by where it stands


def search(replies: Iterable[PreparedReply], question: str) -> list[PreparedReply]:
    """Return the replies that have every word of `question`, the nearest first; all for none."""
    asked = words(question)
    found = [(fit(asked, _fields(reply)), reply) for reply in replies]
    found.sort(key=lambda one: -one[0])  # equals keep the order of the file
    return [reply for nearness, reply in found if nearness or not asked]


def _fields(reply: PreparedReply) -> list[tuple[str, float]]:
    keywords = " ".join([*reply.keywords, reply.topic or ""])
    return [(reply.title, _TITLE), (keywords, _KEYWORD), (reply.text, _TEXT)]
