"""What is left of a message when the signs that only do harm are taken away."""

import re
import unicodedata

from connectors.errors import MessageEmpty, MessageTooLong

MAX_LENGTH = 2000  # characters; an answer needs a few sentences, a court file has its own ways

# Signs that turn the writing direction make text look like something that it is not.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_HARMFUL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff{_BIDI}]")
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"})


# What stands in the place of something hidden: «[personnummer]», or what the widget has put there.
_HIDDEN = re.compile(r"\[[^\[\]\n]{1,40}\]")


def told(text: str) -> str:
    """Return what a stored message tells: words in the place of something hidden tell nothing.

    A search that reads them, too, is as unsure as if the citizen had written them.
    """
    return _HIDDEN.sub(" ", text).strip() or text


def clean(text: str) -> str:
    """Return `text` without control signs and outer space; HTML is text like any other.

    Raises:
        MessageEmpty: nothing visible is left.
        MessageTooLong: more than `MAX_LENGTH` characters are left; says how many.
    """
    text = _HARMFUL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if all(unicodedata.category(sign) in _INVISIBLE or sign.isspace() for sign in text):
        raise MessageEmpty
    if len(text) > MAX_LENGTH:
        raise MessageTooLong(length=len(text), limit=MAX_LENGTH)
    return text
