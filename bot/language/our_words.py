"""Putting the municipality's words in the place of everyday ones."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.colloquial import Colloquial
from bot.language.compounds import Compounds
from bot.language.lexicon import WORD
from bot.language.normalise import bare
from bot.language.pieces import Piece
from bot.language.tokens import function_words, lemma

_LONGEST_PHRASE = 4  # words
_AHEAD = 3  # times as frequent: content that says friggebod itself is found by that word
_STEM = 3  # letters of a word that may have an ending: "socen", not "vcn"
# What may follow a word's base form, and what it may have in the place of its last a.
_ENDINGS = ("s", "n", "en", "et", "t", "ens", "ets", "na", "er", "ar", "or", "arna", "erna", "orna")
_FOR_A = ("or", "orna", "orn")
_LINKS: tuple[Callable[[str], str], ...] = (
    lambda word: word,
    lambda word: f"{word}s",
    lambda word: f"{word.removesuffix('a')}e",  # förskola, förskoleplats
    lambda word: word.removesuffix("a"),
)


@dataclass(frozen=True)
class Translation:
    """A line in the municipality's words, and further words that it may mean by them."""

    line: tuple[Piece, ...]
    equivalents: tuple[str, ...]


@dataclass(frozen=True)
class _Usable:
    """The municipality's words that its content has, the usual one first."""

    official: tuple[str, ...]
    replaces: bool  # the everyday word, rather than being searched for beside it


class OurWords:
    """The lexicon as far as the content uses its words: the others would lead astray."""

    def __init__(
        self,
        colloquial: Colloquial,
        compounds: Compounds,
        content: Collection[str],
        vocabulary: Mapping[str, int],
    ) -> None:
        """Keep the words that can be used.

        Args:
            content: words of the municipality's texts, in lower case.
            vocabulary: how often each folded lemma stands in them.
        """
        self._compounds = compounds
        self._content = content
        self._spellings = {tuple(k.split()): v for k, v in colloquial.spellings.items()}
        self._words: dict[tuple[str, ...], _Usable] = {}
        for word in colloquial.words:
            usable = tuple(w for w in word.official if _times(w, vocabulary))
            for phrase in word.everyday if usable else ():
                ours = _times(usable[0], vocabulary) >= _AHEAD * _times(phrase, vocabulary)
                replaces = ours and not word.ambiguous
                self._words[tuple(phrase.split())] = _Usable(usable, replaces)

    def translate(self, line: Sequence[Piece]) -> Translation:
        """Replace everyday words in `line`; ambiguous ones stay, with equivalents beside them."""
        read: list[Piece] = []
        equivalents: list[str] = []
        number = 0
        while number < len(line):
            length, piece, found = self._at(line, number)
            read.append(piece)
            equivalents += found
            number += length
        return Translation(tuple(read), tuple(dict.fromkeys(equivalents)))

    def _at(self, line: Sequence[Piece], number: int) -> tuple[int, Piece, tuple[str, ...]]:
        """Return how many pieces are read, what stands for them, and equivalents."""
        for length, spoken in _phrases(line, number):
            meant = self._spellings.get(_lowered(spoken))
            if meant:
                return length, Piece(meant, meant), ()
            found = self._find(spoken)
            if found and found.replaces:
                return length, Piece(found.official[0], found.official[0]), found.official
            if found:
                return 1, line[number], found.official
        return 1, *self._compound(line[number])

    def _find(self, spoken: tuple[str, ...]) -> _Usable | None:
        """Find a phrase as written (SoL), in lower case, or a single word without its ending."""
        lowered = _lowered(spoken)
        bases = ((base,) for base in _bases(lowered[0])) if len(spoken) == 1 else ()
        return next(
            (self._words[words] for words in (spoken, lowered, *bases) if words in self._words),
            None,
        )

    def _compound(self, piece: Piece) -> tuple[Piece, tuple[str, ...]]:
        """Read «dagisplats» as «förskoleplats» where the content has it."""
        parts = self._compounds.split(piece.word) if piece.word else ()
        known = [self._words[(part,)] for part in parts if (part,) in self._words]
        if not known or not piece.word:
            return piece, ()
        equivalents = tuple(official for word in known for official in word.official)
        whole = self._official_compound(piece.word, parts)
        return (Piece(whole, whole) if whole else piece), equivalents

    def _official_compound(self, word: str, parts: Sequence[str]) -> str | None:
        first = self._words.get((parts[0],))
        if first is None or not first.replaces or not word.startswith(parts[0]):
            return None
        rest = word.removeprefix(parts[0])
        candidates = (link(official) + rest for official in first.official for link in _LINKS)
        return next((whole for whole in candidates if whole in self._content), None)


def _phrases(line: Sequence[Piece], number: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the phrases that begin at `number`, the longest first, with their length in pieces."""
    spoken: list[tuple[int, tuple[str, ...]]] = []
    words: tuple[str, ...] = ()
    for place in range(number, min(len(line), number + 2 * _LONGEST_PHRASE), 2):
        if not line[place].word or (place > number and not line[place - 1].text.isspace()):
            break
        words = (*words, line[place].text)
        spoken.append((place - number + 1, words))
    yield from reversed(spoken)


def _lowered(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def _bases(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _STEM:
            yield base
    for ending in _FOR_A:
        if word.endswith(ending):
            yield word.removesuffix(ending) + "a"


def _times(phrase: str, vocabulary: Mapping[str, int]) -> int:
    """Return how often the rarest content word of `phrase` stands in the content."""
    spoken = [word for word in WORD.findall(phrase.lower()) if word not in function_words()]
    counts = (max(vocabulary.get(lemma(word), 0), vocabulary.get(bare(word), 0)) for word in spoken)
    return min(counts, default=0)
