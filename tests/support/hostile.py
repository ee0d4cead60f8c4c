"""A gateway whose assistant has been told nothing but code to smuggle into pages.

`python -m tests.support.hostile` starts it.
"""

import json
from collections.abc import Iterator
from functools import cache

from bot.answering.model import (
    Choice,
    ContactCard,
    Context,
    Decision,
    Link,
    NoticeView,
    Outcome,
    Phone,
    Source,
)
from bot.settings import get_settings
from connectors import logs
from connectors.app import serve
from connectors.mind import Mind
from tests.support.gateway import ROOT
from tests.support.system import GatewayOnly
from tests.support.thinker import ScriptedThinker

CORPUS = ROOT / "web/tests/xss-corpus.json"
IN_ONE_ANSWER = 30
LONGEST = 2000  # characters of a message


@cache
def corpus() -> tuple[str, ...]:
    """Return every hostile string, some with line breaks and some very long."""
    written: dict[str, list[str]] = json.loads(CORPUS.read_text(encoding="utf-8"))
    return tuple(text for texts in written.values() for text in texts)


def messages() -> Iterator[str]:
    """Put the whole corpus into as few messages as it has room in."""
    message = ""
    for text in corpus():
        if len(message) + len(text) + 1 > LONGEST:
            yield message
            message = ""
        message = f"{message}\n{text}" if message else text
    yield message


@cache
def decisions() -> tuple[Decision, ...]:
    """Put the whole corpus into every field that a page draws."""
    starts = range(0, len(corpus()), IN_ONE_ANSWER)
    return tuple(_decision(corpus()[start : start + IN_ONE_ANSWER]) for start in starts)


def _decision(texts: tuple[str, ...]) -> Decision:
    links = [Link(title=text, url=text, kind="e-tjanst") for text in texts]
    return Decision(
        outcome=Outcome.CLARIFY,
        text="\n\n".join(texts),
        question=texts[0],
        steps=texts,
        sources=tuple(Source(title=one, url=one, section=f"§ {one}", kind="page") for one in texts),
        links=tuple(links),
        more=tuple(links),
        remark=texts[-1],
        choices=tuple(Choice(label=text, entry=f"e{i}") for i, text in enumerate(texts[:3])),
        people=tuple(
            ContactCard(name=one, title=one, unit=one, phone=one, email=one, hours=one)
            for one in texts
        ),
        phones=tuple(Phone(label=text, number=text) for text in texts),
        notices=tuple(NoticeView(text=link.title, link=link) for link in links),
        topic_title=texts[0],
    )


class HostileThinker(ScriptedThinker):
    """Says the decision whose number it is asked for."""

    def reply(self, question: str, context: Context | None = None) -> Decision:
        return decisions()[int(question)] if question.isdigit() else super().reply(question)

    def next_context(self, decision: Decision, context: Context) -> Context:
        return Context()


class HostileGateway(GatewayOnly):
    """A gateway with that assistant, in a process of its own."""

    module = "tests.support.hostile"


if __name__ == "__main__":
    logs.configure()
    serve(get_settings(), mind=Mind(HostileThinker()))
