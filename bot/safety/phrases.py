"""The little language in which alarm phrases are written, made into patterns."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.language.normalise import fold

Groups = Mapping[str, tuple[str, ...]]

ALONE = "!"
JOINED = " + "
KEY = 3  # letters by which a phrase is looked up
AND = "وف"  # «and», written together with the next word in Arabic

# The forms of an Arabic or Persian letter that people write for one another; of the apostrophe.
_FORMS = str.maketrans("أإآىیةۀک’ʼ`´", "اااييههك''''", "\u0640")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_GAP = r"\W+(?:\w+\W+){0,4}?"
_APART = r"\W*"  # words that should be apart are often written together
_ANY_END = r"\w*"
_CRIES = "utrop"  # the group of words that may stand around a lone word


def plain(text: str) -> str:
    """Return `text` folded, without the marks above and below letters of other scripts.

    A letter that somebody has leant on («dööö») is written once.
    """
    folded = _RUN.sub(r"\1", fold(text).translate(_FORMS))
    if folded.isascii():
        return folded
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")


@lru_cache(maxsize=50_000)
def plain_word(word: str) -> str:
    """Return what `plain` does with a word of the rules, kept; never one of a citizen's."""
    return plain(word)


def pattern(phrases: Iterable[str], groups: Groups) -> re.Pattern[str]:
    """Return what finds any of the phrases in a plain text.

    Raises:
        KeyError: a phrase names a group that there is not.
    """
    return re.compile("|".join(_whole(phrase, groups) for phrase in phrases))


def keys(phrase: str, groups: Groups) -> frozenset[str]:
    """Return the first letters, at most KEY, of all that the phrase may begin with."""
    first = phrase.removeprefix(ALONE).split()[0]
    words = (word for choice in first.split("/") for word in named(choice, groups))
    return frozenset(_key(word) for word in words)


def words_of(phrases: Iterable[str], groups: Groups) -> tuple[str, ...]:
    """Return every word that the phrases allow, once.

    Raises:
        KeyError: a phrase names a group that there is not.
    """
    choices = {
        choice
        for phrase in phrases
        for part in phrase.removeprefix(ALONE).split()
        if part != JOINED.strip()
        for choice in part.split("/")
    }
    return tuple(sorted({word for choice in choices for word in named(choice, groups)}))


def named(choice: str, groups: Groups) -> tuple[str, ...]:
    """Return the words of a choice: those of its group, or itself.

    Raises:
        KeyError: there is no such group.
    """
    if not choice.startswith("["):
        return (choice,)
    return tuple(_members(choice.strip("[]"), groups))


def _members(name: str, groups: Groups) -> Iterator[str]:
    for member in groups[name]:
        yield from named(member, groups) if member.startswith("[") else (member,)


def _key(word: str) -> str:
    first = plain_word(word.replace("_", " ")).split()[0]
    return first.split("*")[0][:KEY]


def _whole(phrase: str, groups: Groups) -> str:
    begin = r"\b" if phrase.isascii() else rf"\b[{AND}]?"
    said = rf"{begin}{_phrase(phrase.removeprefix(ALONE), groups)}\b"
    if not phrase.startswith(ALONE):
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
    words = [word for choice in part.split("/") for word in named(choice, groups)]
    found = [_words(word) for word in words]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _words(said: str) -> str:
    apart = said.replace("_", " ").split()
    return _APART.join(re.escape(plain_word(word)).replace(r"\*", _ANY_END) for word in apart)
