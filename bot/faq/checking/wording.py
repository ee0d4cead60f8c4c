"""Is it klarspråk? Readability, words to avoid, and facts that belong in one place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.faq.checking.model import Content, Finding
from bot.faq.checking.style import Style
from bot.faq.model import Entry
from bot.language.readability import readability

_EASY = "sv-latt"
# Facts that nothing else looks like.
VARIABLES = ("telefon", "vaxel", "jour_telefon", "epost", "dataskydd_epost", "adress")
_NOT_DIGITS = re.compile(r"\D")
_PHONE = re.compile(r"\+?\d[\d\s–-]{5,}\d")


@dataclass(frozen=True)
class Remark:
    """Something about a text, wherever it stands; `rule` as in a finding."""

    rule: str
    text: str


def check_wording(entry: Entry, content: Content) -> Iterator[Finding]:
    """Find hard texts, long sentences and words to avoid, in Swedish and lätt svenska."""
    style = content.style
    yield from _told(entry, content, "svar", on_reading(entry.answer, "svar", entry.id, style))
    yield from _told(entry, content, "svar", _on_length(entry, style))
    yield from _told(entry, content, "svar", on_words(entry.answer, entry.id, style))
    for step in entry.steps:
        yield from _told(entry, content, "gor_sa_har", on_words(step, entry.id, style))
    if easy := entry.translations.get(_EASY):
        key = "oversattningar"
        read = on_reading(easy.answer, key, entry.id, style, easy=True)
        yield from _told(entry, content, key, read)
        yield from _told(entry, content, key, on_words(easy.answer, entry.id, style))


def check_facts(entry: Entry, content: Content) -> Iterator[Finding]:
    """Find the municipality's own numbers and addresses written out.

    `content.facts` are those of data/kommun.yml; an entry has them filled in already, so the
    text as it is written is what is looked at.
    """
    raw = content.faq.written.get(entry.id, "")
    yield from _told(entry, content, "svar", on_facts(raw, entry.id, content.facts))


def on_reading(
    text: str, key: str, name: str, style: Style, *, easy: bool = False
) -> Iterator[Remark]:
    """Measure the text that stands at `key` in what is called `name`.

    Args:
        easy: it is to be lätt svenska.
    """
    told = readability(text)
    lix = style.lix_easy if easy else style.lix
    most = style.sentence_easy if easy else style.sentence
    if told.words >= style.lix_from_words and round(told.lix) > lix:
        yield Remark(
            "lix",
            f"«{key}» i {name} har LIX {told.lix:.0f}, högst {lix} är lagom."
            " Dela långa meningar och byt långa ord.",
        )
    if told.longest_words > most:
        yield Remark(
            "mening",
            f"En mening i {name} har {told.longest_words} ord, högst {most} är lagom:"
            f" «{_short(told.longest)}». Dela den.",
        )


def on_words(text: str, name: str, style: Style) -> Iterator[Remark]:
    """Find the words in `text` that are to be avoided."""
    for word, instead in style.avoided_in(text):
        told = f"«{word}» i {name} är svårt eller onödigt. Skriv i stället: {instead}."
        yield Remark("ord", told)


def on_facts(raw: str, name: str, facts: Mapping[str, str]) -> Iterator[Remark]:
    """Find the first of the municipality's facts that `raw` has written out."""
    for key in VARIABLES:
        fact = facts.get(key)
        if fact and _stands_in(fact, raw):
            told = f"{fact} i {name} står också i data/kommun.yml. Skriv {{kommun.{key}}}."
            yield Remark("uppgift", told)
            return


def _on_length(entry: Entry, style: Style) -> Iterator[Remark]:
    count = readability(entry.answer).words
    if count > style.answer:
        yield Remark(
            "langd",
            f"Svaret i {entry.id} har {count} ord, högst {style.answer} är lagom."
            " Flytta det som få behöver till webbsidan.",
        )


def _told(entry: Entry, content: Content, key: str, remarks: Iterator[Remark]) -> Iterator[Finding]:
    return (content.finding(one.rule, entry, key, one.text) for one in remarks)


def _stands_in(fact: str, text: str) -> bool:
    digits = _NOT_DIGITS.sub("", fact)
    if len(digits) < 6:
        return fact in text
    return any(_NOT_DIGITS.sub("", found).endswith(digits[1:]) for found in _PHONE.findall(text))


def _short(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
