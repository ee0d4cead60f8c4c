"""The little language in which alarm phrases are written, made into patterns."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.language.normalise import fold

Groups = Mapping[str, tuple[str, ...]]

# The forms of an Arabic or Persian letter that people write for one another; of the apostrophe.
_FORMS = str.maketrans("أإآىیةۀک’ʼ`´", "اااييههك''''", "\u0640")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_AND = "[وف]?"  # «and», written together with the next word in Arabic
_GAP = r"\W+(?:\w+\W+){0,4}?"
_APART = r"\W*"  # words that should be apart are often written together
_ANY_END = r"\w*"
_ALONE = "!"
_CRIES = "utrop"  # the group of words that may stand around a lone word


def plain(text: str) -> str:
    """Return `text` folded, without the marks above and below letters of other scripts.

    A letter that somebody has leant on («dööö») is written once.
    """
    folded = _RUN.sub(r"\1", fold(text).translate(_FORMS))
    if folded.isascii():
        return folded
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")


def pattern(phrases: Iterable[str], groups: Groups) -> re.Pattern[str]:
    """Return what finds any of the phrases in a plain text.

    Raises:
        KeyError: a phrase names a group that there is not.
    """
    return re.compile("|".join(_whole(phrase, groups) for phrase in phrases))


def words_of(phrases: Iterable[str], groups: Groups) -> tuple[str, ...]:
    """Return the phrases with every word that they allow, one after the other."""
    return tuple(
        " ".join(
            word
            for part in phrase.removeprefix(_ALONE).split()
            for choice in part.split("/")
            for word in _named(choice, groups)
        )
        for phrase in phrases
    )


def _whole(phrase: str, groups: Groups) -> str:
    begin = r"\b" if phrase.isascii() else rf"\b{_AND}"
    said = rf"{begin}{_phrase(phrase.removeprefix(_ALONE), groups)}\b"
    if not phrase.startswith(_ALONE):
        return said
    cries = _choice("/".join(groups.get(_CRIES, ("",))), groups)
    return rf"\A\W*(?:{cries}\W+)*{said}(?:\W+{cries})*\W*\Z"


def _phrase(phrase: str, groups: Groups) -> str:
    made, between = "", ""
    for part in phrase.replace("…", " … ").split():
        if part == "…":
            between = _GAP if between == _APART else between + _GAP.removeprefix(r"\W+")
            continue
        made += between + _choice(part, groups)
        between = _APART
    return made


def _choice(part: str, groups: Groups) -> str:
    words = [word for choice in part.split("/") for word in _named(choice, groups)]
    found = [_words(word) for word in words]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _named(choice: str, groups: Groups) -> tuple[str, ...]:
    if not choice.startswith("["):
        return (choice,)
    return tuple(
        word
        for member in groups[choice.strip("[]")]
        for word in (_named(member, groups) if member.startswith("[") else (member,))
    )


def _words(said: str) -> str:
    apart = said.replace("_", " ").split()
    return _APART.join(re.escape(plain(word)).replace(r"\*", _ANY_END) for word in apart)
