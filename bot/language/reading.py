"""Reading a citizen's line before it is searched for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.language.colloquial import Colloquial
from bot.language.compounds import Compounds
from bot.language.identify import SWEDISH, identify
from bot.language.lexicon import Lexicon
from bot.language.normalise import normalise
from bot.language.our_words import OurWords
from bot.language.pieces import Piece, joined, pieces
from bot.language.spelling import FindNames, Speller, no_names
from bot.language.tokens import function_words, lemma, stop_words, terms, words


@dataclass(frozen=True)
class Reading:
    """A line as written, and as it was probably meant.

    `text` is the line made even, `corrected` has its spelling mended and å ä ö put back, and
    `canonical` says it in the municipality's words. `terms` are the folded lemmas of the content
    words of `corrected`; `added` are those of parts of compounds and of what everyday words stand
    for, not already among `terms`. `language` is a code of two letters.
    """

    text: str
    corrected: str
    canonical: str
    terms: tuple[str, ...]
    added: tuple[str, ...]
    language: str

    @property
    def changed(self) -> bool:
        """Tell whether it is searched for in other words than it was written in."""
        return self.canonical != self.text or bool(self.added)


class Reader:
    """Reads lines against the words of the content that is searched."""

    def __init__(  # noqa: PLR0913, PLR0917  # what it is made from
        self,
        lexicon: Lexicon,
        colloquial: Colloquial | None,
        names: Collection[str],
        protected: Collection[str],
        find_names: FindNames = no_names,
        before: "Reader | None" = None,
    ) -> None:
        self._compounds = Compounds(lexicon)
        colloquial = colloquial or Colloquial((), {})
        everyday = [phrase for word in colloquial.words for phrase in word.everyday]
        kept = (*protected, *everyday)  # "simis" is no slip
        speller = before._speller if before else None
        self._speller: Speller = Speller(lexicon, self._compounds, names, kept, find_names, speller)
        self._bare_content = lexicon.content_bare()
        self._vocabulary = _by_lemma(lexicon.content)
        self._our_words = OurWords(colloquial, self._compounds, lexicon.content, self._vocabulary)

    @classmethod
    def over(  # noqa: PLR0913, PLR0917  # what it is made from
        cls,
        texts: Iterable[str],
        colloquial: Colloquial | None,
        names: Collection[str] = (),
        protected: Collection[str] = (),
        find_names: FindNames = no_names,
        before: "Reader | None" = None,
    ) -> "Reader":
        """Build a reader for the content of an index.

        Args:
            texts: everything that can be found: questions, variants, answers, passages.
            names: of people and places; left as they are written.
            protected: words and phrases that are never corrected; `*` stands for the rest of a
                word.
            find_names: finds further names in a line that a word would be changed in.
            before: of content that was mostly the same; it only saves time.
        """
        return cls(Lexicon(texts), colloquial, names, protected, find_names, before)

    def read(self, text: str, session_language: str | None = None) -> Reading:
        """Read one line. A line in another language than Swedish comes back as it was written.

        Args:
            session_language: of the talk so far; short lines are taken to be in it.
        """
        even = normalise(text)
        language = self.language(even, session_language)
        if language != SWEDISH:
            return Reading(even, even, even, tuple(terms(even)), (), language)
        corrected = self._speller.correct(even)
        line = pieces(corrected)
        translation = self._our_words.translate(line)
        wanted = tuple(terms(corrected))
        more = (*translation.equivalents, *self._parts(line))
        added = tuple(term for term in self._known_terms(more) if term not in wanted)
        return Reading(even, corrected, joined(translation.line), wanted, added, language)

    def language(self, text: str, session_language: str | None = None) -> str:
        """Return the language of a line, as `read` takes it to be."""
        return identify(normalise(text), session_language, self._bare_content)

    def _known_terms(self, phrases: Iterable[str]) -> Iterable[str]:
        """Return the terms of `phrases` that the content has, each once.

        A word and its lemma are both looked for: "avgift" alone is taken for a verb, but is a
        noun in "avgiften".
        """
        found = (term for phrase in phrases for term in (*terms(phrase), *words(phrase)))
        known = (term for term in found if term in self._vocabulary)
        return dict.fromkeys(term for term in known if term not in stop_words())

    def _parts(self, line: Iterable[Piece]) -> Iterator[str]:
        for piece in line:
            if piece.word and piece.word not in function_words():
                yield from self._compounds.split(piece.word)
                yield from self._compounds.smallest(piece.word)


def _by_lemma(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return how often each folded lemma stands in the content."""
    found: Counter[str] = Counter()
    for word, count in counts.items():
        found[lemma(word)] += count
    return found
