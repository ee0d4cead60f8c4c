"""The tone of prepared replies: the rules of the FAQ's answers, and du to whom it is written to."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.errors import ContentError
from bot.faq.checking.model import Finding, Level
from bot.faq.checking.style import Style
from bot.faq.checking.wording import Remark, on_facts, on_reading, on_words
from bot.language.readability import readability
from bot.prepared_replies.model import PreparedReply
from bot.prepared_replies.repository import FILE, Replies, load_replies

_FAULT = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<text>.+)")
_EASY = "sv-latt"
_SWEDISH = frozenset({"sv", _EASY})
_KEY = "text"


def check_replies(data_dir: Path) -> tuple[Finding, ...]:
    """Return everything that an editor should look at in `data/svarsmallar.yml`, in its order.

    Raises:
        ContentError: data/kommun.yml or the rules of writing cannot be read.
    """
    style = Style.load(data_dir)
    try:
        replies = load_replies(data_dir)
    except ContentError as error:
        return tuple(_faults(error))
    return tuple(
        Finding(
            level=Level.WARNING,
            rule=remark.rule,
            file=str(data_dir / FILE),
            line=replies.lines[reply.id],
            entry=reply.id,
            key=_KEY,
            text=remark.text,
        )
        for reply in replies.all
        for remark in _remarks(reply, replies, style)
    )


def _remarks(reply: PreparedReply, replies: Replies, style: Style) -> Iterator[Remark]:
    yield from on_facts(reply.text, reply.id, replies.facts)
    count = readability(reply.text).words
    if count > style.reply:
        yield Remark(
            "langd",
            f"«{_KEY}» i {reply.id} har {count} ord, högst {style.reply} är lagom i ett samtal."
            " Dela den i två svarsmallar.",
        )
    if reply.language not in _SWEDISH:
        return
    yield from on_reading(reply.text, _KEY, reply.id, style, easy=reply.language == _EASY)
    yield from on_words(reply.text, reply.id, style)
    for word, instead in style.addressed_in(reply.text):
        told = f"«{word}» i {reply.id} talar inte till den som läser. Skriv i stället: {instead}."
        yield Remark("tilltal", told)


def _faults(error: ContentError) -> Iterator[Finding]:
    """Turn what keeps the file from being read into findings."""
    for line in str(error).splitlines():
        found = _FAULT.fullmatch(line)
        if found is None:  # the municipality's facts, which are nobody's reply
            raise error
        yield Finding(
            level=Level.ERROR,
            rule="format",
            file=found["file"],
            line=int(found["line"]),
            text=found["text"],
        )
