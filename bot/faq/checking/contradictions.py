"""Do two entries of a subject say the same thing with different figures?"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from bot.faq.checking.model import Content, Finding
from bot.faq.model import Entry
from bot.language.figures import figures, without_figures
from bot.language.readability import sentences
from bot.language.tokens import terms

_ALIKE = 0.75  # of the weight of the words that either sentence has
_FEWEST_SHARED = 3  # with two, «svara inom en vecka» meets every other time limit


@dataclass(frozen=True)
class _Claim:
    """A sentence with figures: its words, and the amounts by unit."""

    entry: Entry
    sentence: str
    words: frozenset[str]
    amounts: dict[str, frozenset[Decimal]]


def check_contradictions(
    content: Content, only: Collection[str] | None = None
) -> Iterator[Finding]:
    """Find sentences of two entries that say nearly the same, but with other figures.

    Entries that never hold at the same time may differ.
    """
    by_topic: dict[str, list[_Claim]] = {}
    for entry in content.faq.shown:
        by_topic.setdefault(entry.topic, []).extend(_claims(entry))
    for claims in by_topic.values():
        rarity = _rarity(claims)
        for one, other in combinations(claims, 2):
            if only is not None and not {one.entry.id, other.entry.id} & set(only):
                continue
            if unit := _contradict(one, other, rarity):
                yield _told(content, other, one, unit)


def _claims(entry: Entry) -> Iterator[_Claim]:
    for sentence in (line for text in (entry.answer, *entry.steps) for line in sentences(text)):
        amounts: dict[str, set[Decimal]] = {}
        for figure in figures(sentence):
            amounts.setdefault(figure.unit, set()).add(figure.value)
        if amounts:
            yield _Claim(
                entry,
                sentence,
                _words(sentence),
                {unit: frozenset(values) for unit, values in amounts.items()},
            )


@lru_cache(maxsize=20_000)  # an editor's keystroke changes one of thousands
def _words(sentence: str) -> frozenset[str]:
    return frozenset(terms(without_figures(sentence)))


def _rarity(claims: Sequence[_Claim]) -> dict[str, float]:
    counts = Counter(word for claim in claims for word in claim.words)
    return {word: math.log(1 + len(claims) / count) for word, count in counts.items()}


def _contradict(one: _Claim, other: _Claim, rarity: dict[str, float]) -> str | None:
    """Return the unit in which the two differ."""
    if one.entry.id == other.entry.id or not _overlap(one.entry, other.entry):
        return None
    shared = one.words & other.words
    weight = sum(rarity[word] for word in shared)
    either = sum(rarity[word] for word in one.words | other.words)
    if len(shared) < _FEWEST_SHARED or weight < _ALIKE * either:
        return None
    units = one.amounts.keys() & other.amounts.keys()
    return next((u for u in sorted(units) if not one.amounts[u] & other.amounts[u]), None)


def _overlap(one: Entry, other: Entry) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_to or date.max, other.valid_to or date.max)


def _told(content: Content, claim: _Claim, other: _Claim, unit: str) -> Finding:
    return content.finding(
        "motsagelse",
        claim.entry,
        "svar",
        f"«{claim.sentence}» i {claim.entry.id} säger emot «{other.sentence}» i {other.entry.id}"
        f" ({unit}). Ta reda på vad som gäller och rätta.",
    )
