"""Do two entries ask nearly the same? The bot could not choose between them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bot.faq.checking.model import Content, Finding
from bot.faq.model import Entry
from bot.language.normalise import fold
from bot.language.tokens import lemma, words

_NEARLY = 94  # per cent of equal letters; a slip in a question of 18 letters
_SHORTEST = 12  # letters; in shorter ones a letter is another word


def check_likeness(content: Content, only: Collection[str] | None = None) -> Iterator[Finding]:
    """Find ways to ask in `only` (default: all) that another entry has nearly as well.

    Two are alike when they have the same words in any order and form, or differ in a letter or
    two.
    """
    asked = [(entry, text) for entry in content.faq.shown for text in _ways(entry)]
    for entry, text, other, theirs in (*_same_words(asked, only), *_near(asked, only)):
        told = (
            f'"{text}" i {entry.id} är nästan samma fråga som "{theirs}" i {other.id}.'
            " Ta bort den ena, eller gör skillnaden tydlig."
        )
        yield content.finding("liknande", entry, "varianter", told)


_Alike = tuple[Entry, str, Entry, str]


def _ways(entry: Entry) -> tuple[str, ...]:
    return (entry.question, *entry.variants)


def _same_words(asked: list[tuple[Entry, str]], only: Collection[str] | None) -> Iterator[_Alike]:
    by_words: defaultdict[frozenset[str], list[tuple[Entry, str]]] = defaultdict(list)
    for entry, text in asked:
        by_words[_bases(text)].append((entry, text))
    for group in by_words.values():
        yield from _pairs(group, only)


def _near(asked: list[tuple[Entry, str]], only: Collection[str] | None) -> Iterator[_Alike]:
    long_ones = [(e, text, fold(text)) for e, text in asked if len(text) >= _SHORTEST]
    looked_at = [n for n, (e, _, _) in enumerate(long_ones) if only is None or e.id in only]
    folded = [text for _, _, text in long_ones]
    scores = process.cdist(
        [folded[n] for n in looked_at],
        folded,
        scorer=Indel.normalized_similarity,
        score_cutoff=_NEARLY / 100,
        dtype=np.float32,
        workers=-1,
    )
    for row, column in zip(*np.nonzero(scores), strict=True):
        (entry, text, mine), (other, theirs, yours) = long_ones[looked_at[row]], long_ones[column]
        first = only is not None or looked_at[row] > column
        if entry.id != other.id and first and _bases(mine) != _bases(yours):
            yield entry, text, other, theirs


@lru_cache(maxsize=50_000)  # 0.1 ms each, and an editor's keystroke changes one of thousands
def _bases(text: str) -> frozenset[str]:
    """Return the base forms of all words: «när hämtas» and «inte hämtats» are two questions."""
    return frozenset(lemma(word) for word in words(text))


def _pairs(group: list[tuple[Entry, str]], only: Collection[str] | None) -> Iterator[_Alike]:
    for number, (entry, text) in enumerate(group):
        others = group[:number] if only is None else group
        if only is not None and entry.id not in only:
            continue
        for other, theirs in others:
            if other.id != entry.id:
                yield entry, text, other, theirs
                break
