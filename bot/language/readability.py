"""How hard a Swedish text is to read."""

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"\]\([^)\s]*\)|[*#|\[\]]|^\s*(?:-|\d+\.)\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ0-9«\"{])|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-:.,][^\W_]+)*")
_LONG = 7  # letters from which LIX counts a word as long


@dataclass(frozen=True)
class Readability:
    """`lix` is the readability index; `longest` the sentence with the most words."""

    lix: float
    words: int
    longest: str
    longest_words: int


def sentences(text: str) -> list[str]:
    """Cut `text` into sentences; a line of a list or a table is one of its own."""
    parts = (part.strip() for part in _SENTENCE_END.split(_MARKUP.sub(" ", text)))
    return [" ".join(part.split()) for part in parts if _WORD.search(part)]


def readability(text: str) -> Readability:
    """Measure `text`.

    LIX = words / sentences + 100 · words of more than six letters / words (Björnsson 1968,
    "Läsbarhet"). Under 30 is very easy, over 60 very hard.
    """
    lines = sentences(text)
    counted = [(len(_WORD.findall(line)), line) for line in lines]
    words = [word for line in lines for word in _WORD.findall(line)]
    if not words:
        return Readability(0.0, 0, "", 0)
    long_ones = sum(len(word) >= _LONG and word[0].isalpha() for word in words)
    longest_words, longest = max(counted)
    lix = len(words) / len(lines) + 100 * long_ones / len(words)
    return Readability(lix, len(words), longest, longest_words)
