"""Hiding who somebody is in what they wrote, before others than an agent read it."""

import re

_MASKS = (
    (re.compile(r"\S+@\S+\.\w+"), "[e-post]"),
    (re.compile(r"(?:https?://|www\.)\S+"), "[webbadress]"),
    # Personnummer, telephone, card and account numbers, however they are parted.
    (re.compile(r"\+?\d(?:[\s()–-]?\d){5,}"), "[nummer]"),
)
_PERSON = "PER"
_NAME = "[namn]"


def masked(text: str) -> str:
    """Return `text` with names of people, numbers of six digits or more, and addresses hidden.

    Names are found by the Swedish pipeline, which misses some: what is masked is still only
    for those who may read it.

    Raises:
        LanguageModelError: the pipeline is missing.
    """
    from bot.language.swedish import names  # noqa: PLC0415  # takes seconds to load

    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    for name in reversed(names(text)):
        if name.label == _PERSON and "[" not in name.text:
            text = text[: name.start] + _NAME + text[name.end :]
    return text
