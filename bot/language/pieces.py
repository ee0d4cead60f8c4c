"""A line cut into words and what stands between them, so that words can be changed in place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language.lexicon import WORD

# Left as they are: mail and web addresses, and whatever has a digit in it.
_PIECE = re.compile(rf"(?P<fixed>\S*(?:[@\d]|://|www\.)\S*)|(?P<word>{WORD.pattern})|\s+|.", re.S)

_STOPS = frozenset('.!?:;()–-«»"')


@dataclass(frozen=True)
class Piece:
    """A part of a line; `word` is its lower-case form where it is a word that may be changed."""

    text: str
    word: str | None = None
    begins: bool = False  # a sentence, where a capital says nothing

    def rewritten(self, word: str) -> "Piece":
        """Return the piece with another word in it, with a capital where it had one."""
        if word == self.word:
            return self
        written = word[:1].upper() + word[1:] if self.text[:1].isupper() else word
        return Piece(written.upper() if self._shouted() else written, word, self.begins)

    def _shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def pieces(text: str) -> list[Piece]:
    """Cut `text` up; the pieces' texts together are `text` again."""
    found: list[Piece] = []
    begins = True
    for match in _PIECE.finditer(text):
        written = match[0]
        word = written.lower() if match.lastgroup == "word" else None
        found.append(Piece(written, word, begins and word is not None))
        begins = written in _STOPS or (begins and not word and match.lastgroup != "fixed")
    return found


def joined(line: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in line)
