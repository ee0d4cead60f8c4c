"""What to ask back when one word was written («avgift», «bygglov»): choices that divide hits."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.language.tokens import terms, words
from bot.retrieval.model import Document, Found, Hit

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST = 2  # words; «säga upp» is one thing to ask about
_WITHIN_WORDS = 4  # letters; shorter ones are compared whole: «kö» does not stand in «kök»
_CLOSE = 0.6  # of the best hit's score
_TITLE_BONUS = 0.15  # of a score: the word stands in the entry's own question
_MOSTLY = 0.6  # of all phrasings with the word, for it to belong to one topic


def lone_word(question: str) -> str | None:
    """Return what `question` consists of, folded, where that is hardly more than a word."""
    found = words(question)
    return " ".join(found) if 0 < len(found) <= _LONGEST and "?" not in question else None


def as_written(question: str) -> str:
    """Return the words of `question` without any sign that the reply could be marked up with."""
    return " ".join(_WORD.findall(question))


def divide(word: str, found: Found) -> tuple[Document, ...]:
    """Return the entries that people who write `word` may mean, likeliest first.

    A word of one topic («bygglov») gives entries of that topic; a word of many («avgift») gives
    one entry of each topic first. Where the word is itself how an entry is asked for, or stands
    in one entry only, that one comes alone. Empty where no entry is asked for in that word.
    """
    known = [hit for hit in found.hits if hit.document.kind == "entry"]
    named = [hit for hit in known if _uses(word, hit.document)]
    if not named:
        return ()
    topic = _topic(word, named)
    if topic and _stands_for(word, topic):
        asked = [hit for hit in known if hit.document.topic == topic.topic]
    elif word in {_plain(text) for text in named[0].document.variants}:
        asked = named[:1]
    else:
        asked = [hit for hit in named if hit.score >= _CLOSE * named[0].score]
    asked.sort(key=lambda hit: -(hit.score + _TITLE_BONUS * _in_text(word, hit.document.title)))
    return _topics_first([hit.document for hit in asked])


def _topic(word: str, named: Sequence[Hit]) -> Document | None:
    """Return a document of the topic that most phrasings with the word belong to."""
    counts: Counter[str | None] = Counter()
    for hit in named:
        counts[hit.document.topic] += _uses(word, hit.document)
    topic, most = counts.most_common(1)[0]
    if most < _MOSTLY * counts.total():
        return None
    return next(hit.document for hit in named if hit.document.topic == topic)


def _stands_for(word: str, of_topic: Document) -> bool:
    """Tell whether the word names the topic: «slam» is all of «Slam och latrin»."""
    return bool(set(terms(word)) & set(terms(of_topic.topic_title or "")))


def _uses(word: str, document: Document) -> int:
    return sum(_in_text(word, text) for text in document.phrasings)


def _in_text(word: str, text: str) -> bool:
    plain = _plain(text)
    return word in plain if len(word) >= _WITHIN_WORDS else word in plain.split()


@lru_cache(maxsize=20_000)  # every phrasing is read for every lone word: 0.1 s of one question
def _plain(text: str) -> str:
    return " ".join(words(text))


def _topics_first(documents: Sequence[Document]) -> tuple[Document, ...]:
    """One of each topic, then the rest; the order stays otherwise."""
    by_topic: dict[str | None, Document] = {}
    for document in documents:
        by_topic.setdefault(document.topic, document)
    first = tuple(by_topic.values())
    return (*first, *(document for document in documents if document not in first))
