"""Making a citizen's line comparable. Pure: it also runs in Rasa's environment."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_FOLD = str.maketrans("åäöéèüÅÄÖÉÈÜ", "aaoeeuAAOEEU")
_BREAKS = str.maketrans("\n\r\t", "   ")
_MARKED = frozenset("åäö")
_MIN_CAPITALS = 4  # "SFI" and "LSS" are words; "VAD KOSTAR" is shouting


def visible(text: str) -> str:
    """Remove control, bidi and zero-width characters; keep line breaks and tabs as spaces.

    Zero-width joiners inside emoji go as well: they carry no meaning for search.
    """
    text = text.translate(_BREAKS)
    if text.isprintable():  # nearly every line: a corpus of 1 MB takes 2 s otherwise
        return text
    return "".join(
        char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )


def normalise(text: str) -> str:
    """Return `text` in NFC, on one line, with a shouted message lowered.

    Decomposed å ä ö and all-capitals each cost the encoder some 16 points of
    accuracy when left as they are.
    """
    even = _SPACES.sub(" ", visible(unicodedata.normalize("NFC", text))).strip()
    return even.lower() if even.isupper() and _all_capitals(even) else even


def _all_capitals(even: str) -> bool:
    letters = [char for char in even if char.isalpha()]
    return len(letters) >= _MIN_CAPITALS and all(char.isupper() for char in letters)


def fold(text: str) -> str:
    """Return `text` lowered and without å ä ö, as people write on foreign keyboards."""
    return bare(normalise(text).lower())


def bare(text: str) -> str:
    """Return `text`, which is even already, without å ä ö."""
    return text.translate(_FOLD)


def has_marks(text: str) -> bool:
    """Tell whether `text`, lower case and even already, has an å, ä or ö."""
    return not _MARKED.isdisjoint(text)
