"""Writing words as the municipality writes them: å ä ö put back, slips mended, halves joined.

A word that is right is left alone: first comes the gate, then the correction.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from rapidfuzz.distance import OSA, Editop, Levenshtein
from symspellpy import SymSpell, Verbosity
from symspellpy.abstract_distance_comparer import AbstractDistanceComparer
from symspellpy.editdistance import DistanceAlgorithm, EditDistance

from bot.language.compounds import Compounds
from bot.language.diacritics import Diacritics
from bot.language.keyboard import BESIDE
from bot.language.lexicon import WORD, Lexicon
from bot.language.normalise import bare, has_marks, normalise
from bot.language.pieces import Piece, joined, pieces
from bot.language.swedish import Name
from bot.language.tokens import stop_words

_SHORTEST = 4  # letters; shorter words have too many neighbours
_LONG = 7  # letters from which two slips may be mended; with 6 rare words turn into others
_STEM = 5  # letters of a known word before an ending
_ENDINGS = (
    "s",
    "n",
    "en",
    "et",
    "ns",
    "ens",
    "ets",
    "na",
    "ar",
    "er",
    "or",
    "arna",
    "erna",
    "orna",
)
_PARTICLES = ("ut", "in", "upp", "ner", "ned", "av", "på", "till", "om", "över", "under", "efter")
_NAMED = frozenset({"PER", "LOC"})
# What a name must be outdone by, likewise: of twenty words that are found to be names nineteen are.
_STANDS_NAMED = math.log(0.95 / 0.05)
_MOST_ADDED = 500  # words beside an index that is used again: 20 ms
_PREFIX = 6  # letters that SymSpell's index looks at; 7 doubles its memory
_SLIP_COST = 2.5  # of one slip, in natural logarithms of frequency
_LIKELY = 0.6  # of a slip: a letter doubled or not, two swapped, a key beside, a like sound
_MISSING = 1.0
_UNLIKELY = 1.4  # of a slip: another letter that is neither, or a letter too much
_AT_FIRST = 0.5  # of a slip more: people seldom miss a word's first letter
_SOUND_ALIKE = [set(pair) for pair in ("eä", "oå", "gj", "ck", "vw", "sz", "dt", "sc", "bp")]
_MOST = 1000.0  # in a million: "ska" is not a likelier slip than "söka" for being everywhere
_RARE = 0.5  # in a million: a more frequent word is right
# What a correction must reach, in natural logarithms of frequency less its slips.
_STANDS_RARE, _STANDS_BUILT, _STANDS_UNKNOWN = 4.0, 1.0, -2.0


FindNames = Callable[[str], Iterable[Name]]
Named = Callable[[], Collection[int]]  # where the words of names begin in a line


def no_names(_: str) -> tuple[Name, ...]:
    """Find no name: where nothing but lists and capitals tell names."""
    return ()


class Speller:
    """Corrects words towards the lexicon."""

    def __init__(  # noqa: PLR0913, PLR0917  # what it is made from
        self,
        lexicon: Lexicon,
        compounds: Compounds,
        names: Collection[str] = (),
        protected: Collection[str] = (),
        find_names: FindNames = no_names,
        before: "Speller | None" = None,
    ) -> None:
        """Build the indexes of words that others may be corrected to.

        Args:
            names: of people and places; left alone, with or without å ä ö.
            protected: words and phrases whose words are never corrected, such as those of
                emergencies; `*` stands for the rest of a word.
            find_names: finds names in a line; asked only where a word would be changed.
            before: of content that had mostly the same words; what it has indexed is used again.
        """
        self._lexicon = lexicon
        self._compounds = compounds
        self._diacritics = Diacritics(lexicon, compounds)
        self._names = _bare_words(names)
        self._find_names = find_names
        self._protected = _bare_words(protected)
        self._beginnings = tuple(
            bare(word.lower()).rstrip("*")
            for phrase in protected
            for word in phrase.split()
            if word.endswith("*")
        )
        near = before._near_content if before else None
        self._near_content: _NearContent = _NearContent(lexicon.content_bare(), near)
        self._near_common = _near_common(lexicon.common_bare())
        self._correction = lru_cache(maxsize=20_000)(self._find_correction)

    def restore(self, text: str) -> str:
        """Put back å ä ö where `text` was written without any; others come back as they are."""
        return joined(self._restored(pieces(normalise(text))))

    def correct(self, text: str) -> str:
        """Return `text` with å ä ö put back, misspelled words mended and split words joined."""
        written = pieces(normalise(text))
        marked = any(piece.word and has_marks(piece.word) for piece in written)
        return joined(self._halves_joined(self._all_mended(self._restored(written), marked)))

    def _restored(self, line: Sequence[Piece]) -> list[Piece]:
        spoken = [piece for piece in line if not piece.text.isspace()]
        said = [piece.word or (piece.text if piece.text.isdigit() else None) for piece in spoken]
        restored = iter(self._diacritics.restore(said))
        words = [None if piece.text.isspace() else next(restored) for piece in line]
        return [
            piece.rewritten(word) if piece.word and word and not self._is_name(piece) else piece
            for piece, word in zip(line, words, strict=True)
        ]

    def _all_mended(self, line: Sequence[Piece], marked: bool) -> list[Piece]:
        starts = accumulate((len(piece.text) for piece in line), initial=0)
        named = cache(lambda: _beginnings(self._find_names(joined(line))))
        return [
            self._mended(piece, start, marked, named)
            for piece, start in zip(line, starts, strict=False)
        ]

    def _mended(self, piece: Piece, start: int, marked: bool, named: Named) -> Piece:
        if not piece.word or self._is_fixed(piece.word) or self._is_name(piece):
            return piece
        meant, lead = self._correction(piece.word, marked)
        if lead <= 0 or (lead < _STANDS_NAMED and start in named()):
            return piece
        return piece.rewritten(meant)

    def _is_fixed(self, word: str) -> bool:
        without = bare(word)
        return (
            len(word) < _SHORTEST
            or "-" in word
            or without in self._protected
            or without.startswith(self._beginnings)
        )

    def _is_name(self, piece: Piece) -> bool:
        """Tell whether it is a name: a given one, or unknown with a capital inside a sentence."""
        if not piece.word or bare(piece.word) in self._names:
            return bool(piece.word)
        if piece.text.isupper():
            return True  # an abbreviation: a line in capitals has been lowered
        capital = piece.text[0].isupper() and not piece.begins
        return capital and not self._lexicon.forms(bare(piece.word))

    def _find_correction(self, word: str, marked: bool) -> tuple[str, float]:
        """Return what may be meant by `word`, and by how much that is likelier than `word` itself.

        Args:
            marked: the line has å, ä or ö somewhere, so that they are not left out everywhere.
        """
        standing = self._standing(word)
        if standing == math.inf:
            return word, 0.0
        likely = {form: self._likely(word, form, marked) for form in self._near(word)}
        best = max(likely, key=lambda form: (likely[form], form), default="")
        return (best, likely[best] - standing) if best else (word, 0.0)

    def _standing(self, word: str) -> float:
        """Return how likely `word` is right as it is, to be outdone by a correction."""
        if word in self._lexicon.content or self._lexicon.common(word) >= _RARE:
            return math.inf
        if self._lexicon.known(word):
            return _STANDS_RARE
        if self._compounds.split(word) or self._is_form(word):
            return _STANDS_BUILT
        return _STANDS_UNKNOWN

    def _is_form(self, word: str) -> bool:
        """Tell whether `word` is a known word with an ending or a particle before it."""
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        stems += [word.removeprefix(part) for part in _PARTICLES if word.startswith(part)]
        return any(len(stem) >= _STEM and self._lexicon.known(stem) for stem in stems)

    def _near(self, word: str) -> Iterator[str]:
        without = bare(word)
        slips_allowed = 2 if len(without) >= _LONG else 1
        for index in (self._near_content, self._near_common):
            for near in index.find(without, slips_allowed):
                yield from (form for form in self._lexicon.forms(near) if form != word)

    def _likely(self, written: str, meant: str, marked: bool) -> float:
        often = math.log(1 + min(self._lexicon.frequency(meant), _MOST))
        aim = meant if marked else bare(meant)
        return often - _SLIP_COST * slips(written if marked else bare(written), aim)

    def _halves_joined(self, line: Sequence[Piece]) -> Iterator[Piece]:
        """Join «bygg lov» where the content writes bygglov and not bygg lov."""
        number = 0
        while number < len(line):
            whole = self._whole(line[number : number + 3])
            yield whole or line[number]
            number += 3 if whole else 1

    def _whole(self, three: Sequence[Piece]) -> Piece | None:
        if len(three) < 3 or three[1].text != " ":
            return None
        first, second = three[0].word, three[2].word
        if not first or not second or bare(first) in stop_words():
            return None
        whole = first + second
        apart = self._lexicon.pair(first, second)
        if self._lexicon.content.get(whole, 0) <= apart or min(len(first), len(second)) < 3:
            return None
        return Piece(three[0].text + second, whole)


def slips(written: str, meant: str) -> float:
    """Return how many slips lie between two words; likely ones count less than one."""
    first = _AT_FIRST if written[:1] != meant[:1] else 0.0
    if OSA.distance(written, meant) == 1 and sorted(written) == sorted(meant):
        return first + _LIKELY  # two letters swapped
    ops = Levenshtein.editops(written, meant)
    return first + sum(_weight(op, written, meant) for op in ops)


def _weight(op: Editop, written: str, meant: str) -> float:
    if op.tag == "replace":
        slipped, right = written[op.src_pos], meant[op.dest_pos]
        beside = slipped in BESIDE.get(right, "")
        alike = slipped == bare(right) or {slipped, right} in _SOUND_ALIKE
        return _LIKELY if beside or alike else _UNLIKELY
    if op.tag == "insert":  # a letter is missing
        letter, around = meant[op.dest_pos], meant[op.dest_pos - 1 : op.dest_pos + 2 : 2]
    else:
        letter, around = written[op.src_pos], written[max(op.src_pos - 1, 0) : op.src_pos + 2 : 2]
    if letter in around:
        return _LIKELY
    return _MISSING if op.tag == "insert" else _UNLIKELY


class _Distance(AbstractDistanceComparer):  # type: ignore[misc]  # SymSpell has no types
    """rapidfuzz as SymSpell's comparer: its own, in Python, takes ten times as long."""

    def distance(self, string_1: str, string_2: str, max_distance: int) -> int:
        distance = OSA.distance(string_1, string_2, score_cutoff=max_distance)
        return distance if distance <= max_distance else -1


class _Near:
    """Words by what they are after `distance` letters have been left out of their beginning."""

    def __init__(self, words: Iterable[str], distance: int) -> None:
        self._distance = distance
        self._index = SymSpell(max_dictionary_edit_distance=distance, prefix_length=_PREFIX)
        self._index.distance_comparer = EditDistance(DistanceAlgorithm.USER_PROVIDED, _Distance())
        for word in words:
            self._index.create_dictionary_entry(word, 1)

    def find(self, word: str, slips_allowed: int) -> Iterator[str]:
        most = min(slips_allowed, self._distance)
        for found in self._index.lookup(word, Verbosity.ALL, max_edit_distance=most):
            yield found.term


class _NearContent:
    """Words of the content. Those that an earlier content had need not be indexed again."""

    def __init__(self, words: frozenset[str], before: "_NearContent | None" = None) -> None:
        self._words = words
        again = before is not None and len(words - before.indexed) <= _MOST_ADDED
        self.indexed: frozenset[str] = before.indexed if before and again else words
        self.near: _Near = before.near if before and again else _Near(words, distance=2)
        self._added = _Near(words - self.indexed, distance=2)

    def find(self, word: str, slips_allowed: int) -> Iterator[str]:
        for near in (self.near, self._added):
            yield from (found for found in near.find(word, slips_allowed) if found in self._words)


@lru_cache(maxsize=1)  # half a second, and the same for every content
def _near_common(words: frozenset[str]) -> _Near:
    return _Near(words, distance=1)


def _beginnings(names: Iterable[Name]) -> frozenset[int]:
    """Return where each word of the names of people and places begins."""
    return frozenset(
        name.start + word.start()
        for name in names
        if name.label in _NAMED
        for word in WORD.finditer(name.text)
    )


def _bare_words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(bare(word.lower()) for line in lines for word in WORD.findall(line))
