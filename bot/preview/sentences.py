"""What an edit does to the sentences of an answer: turned round, or gone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.language.tokens import stop_words, words

_END = re.compile(r"(?<=[.!?])\s+|\n+")
_SAME = 0.55  # of their words: two sentences that say the same, or say it with a change
_STILL_SAID = 0.5  # of a sentence's content words, found in the new text
_STEM = 5  # letters: «hämtning» and «hämtas» are one word here


def _set(words_of: str) -> frozenset[str]:
    return frozenset(words_of.split())


_NOT = _set("inte inget ingen ingenting inga aldrig utan ej icke varken knappast slipper")
_PAIRS = (
    ("far kan", "maste"),
    ("slipper behover", "maste"),
    ("minst", "hogst max"),
    ("fore innan", "efter"),
    ("over mer fler langre hogre storre", "under mindre farre kortare lagre"),
    ("gratis kostnadsfritt avgiftsfritt", "avgift kostar betala betalar"),
    ("alltid", "aldrig ibland"),
    ("tillatet tillaten", "forbjudet forbjuden"),
    ("ja", "nej"),
    ("bade", "varken"),
    ("oppet oppen oppna", "stangt stangd stangda"),
    ("inomhus", "utomhus"),
    ("inom", "utanfor"),
    ("alla", "inga vissa nagra"),
    ("in", "ut"),
)
_OPPOSITES = tuple(
    (_set(one), _set(other)) for pair in _PAIRS for one, other in (pair, reversed(pair))
)
# Words that make a sentence a rule or a warning: it may not fall away unseen.
_BINDING = _set(
    "inte aldrig ingen inga inget maste senast innan fore bara endast utom undantag undantagen"
    " kravs kraver forbjudet forbud galler beslutar fara livsfara annars ratt overklaga om"
    " tillstand hogst minst ska skall behover bada kan far"
)


@dataclass(frozen=True)
class Turned:
    """A sentence that says the opposite of what it said, or nearly."""

    before: str
    after: str


def turned(before: str, after: str) -> Iterator[Turned]:
    """Return the sentences of `after` that turn one of `before` round."""
    old, new = sentences(before), sentences(after)
    kept = set(old) & set(new)
    left = [one for one in old if one not in kept]
    for sentence in (one for one in new if one not in kept):
        nearest = max(left, key=lambda one: _likeness(one, sentence), default="")
        if nearest and _likeness(nearest, sentence) >= _SAME and _opposite(nearest, sentence):
            yield Turned(nearest, sentence)


def gone(before: str, after: str) -> Iterator[str]:
    """Return the sentences that bind or warn in `before` and that `after` no longer says.

    What a sentence said must be found in the sentences that are new, not in those that stood
    beside it: they speak of the same things.
    """
    old, new = sentences(before), sentences(after)
    added = _stems(" ".join(one for one in new if one not in old))
    for sentence in (one for one in old if one not in new):
        stems = _stems(sentence)
        changed = any(_likeness(sentence, one) >= _SAME for one in new)
        if not changed and binds(sentence) and len(stems & added) < _STILL_SAID * len(stems):
            yield sentence


def binds(sentence: str) -> bool:
    """Tell whether `sentence` sets a condition, forbids, warns, lists or tells a figure."""
    if sentence.startswith("- ") or any(char.isdigit() for char in sentence):
        return True
    return not _BINDING.isdisjoint(words(sentence))


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def said_in(part: str, text: str) -> bool:
    """Tell whether most of what `part` says stands in `text`, in other words or not."""
    stems = _stems(part)
    return not stems or len(stems & _stems(text)) / len(stems) >= _STILL_SAID


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same, word by word: 0 to 1."""
    return _likeness(one, other)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()


def _opposite(before: str, after: str) -> bool:
    old, new = Counter(words(before)), Counter(words(after))
    lost, won = old - new, new - old
    if _count(_NOT, old) % 2 != _count(_NOT, new) % 2:
        return True
    return any(not one.isdisjoint(lost) and not other.isdisjoint(won) for one, other in _OPPOSITES)


def _count(wanted: Iterable[str], counts: Counter[str]) -> int:
    return sum(counts[word] for word in wanted)


def _stems(text: str) -> frozenset[str]:
    told: Sequence[str] = words(text)
    return frozenset(word[:_STEM] for word in told if word not in stop_words())
