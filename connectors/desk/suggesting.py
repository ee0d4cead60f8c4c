"""What an agent could reply: from the same search that answers citizens. Never sent by itself."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import structlog
from pydantic import Field

from bot.answering.model import CandidateView, Context, Decision, Outcome, Source
from connectors.conversation.model import Actor, DeskEvent, Shown
from connectors.conversation.text import told
from connectors.conversation.thinking import Thinker

log = structlog.get_logger()

SEARCH_SECONDS = 5.0  # far more than a search takes; the agent goes on writing without it
THREADS = 1  # apart from the bot's own: suggestions never make a citizen wait
MOST = 3
LEAST = 0.05  # confidence; what is right once in twenty takes up more room than it gives


class SuggestedSource(Shown):
    """Where a suggestion comes from, and when a person last checked that."""

    title: str
    url: str
    reviewed: date | None = None


class Suggestion(Shown):
    """A text that the agent may put in, change and send."""

    entry: str | None = Field(None, description="the entry's id; null for a passage of a page")
    title: str
    text: str
    source: SuggestedSource
    confidence: float


class Suggested(Shown):
    """The suggestions for a conversation's newest message of the citizen."""

    seq: int | None = Field(None, description="that message's number; null if there is none")
    suggestions: tuple[Suggestion, ...] = ()


class Suggestions:
    """Asks the assistant what it would have looked at. Always answers, within a bounded time."""

    def __init__(self, thinker: Thinker, *, seconds: float = SEARCH_SECONDS) -> None:
        self._thinker, self._seconds = thinker, seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="suggest")

    async def of(self, events: Sequence[DeskEvent]) -> Suggested:
        """Return suggestions for the citizen's last message among `events`, oldest first.

        There are none where nothing can be searched or the search takes too long.
        """
        asked = next((one for one in reversed(events) if _asks(one)), None)
        if asked is None:
            return Suggested()
        return Suggested(seq=asked.seq, suggestions=await self._search(events, asked))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _search(
        self, events: Sequence[DeskEvent], asked: DeskEvent
    ) -> tuple[Suggestion, ...]:
        loop = asyncio.get_running_loop()
        call = partial(self._find, tuple(events), told(asked.text or ""))
        try:
            async with asyncio.timeout(self._seconds):
                return await loop.run_in_executor(self._threads, call)
        except Exception as error:  # an agent can always write without suggestions
            log.error("suggesting_failed", seq=asked.seq, error=type(error).__name__)
            return ()

    def _find(self, events: Sequence[DeskEvent], question: str) -> tuple[Suggestion, ...]:
        decision = self._thinker.reply(question, self._context(events))
        context = Context(language=decision.language)
        return tuple(
            suggestion
            for candidate in decision.candidates[:MOST]
            if candidate.confidence >= LEAST
            for suggestion in self._texts_of(candidate, context)
        )

    def _context(self, events: Sequence[DeskEvent]) -> Context:
        """Return what «och vad kostar det?» leans on: what the bot answered before."""
        context = Context()
        for event in events:
            if event.decision is not None:
                said = Decision.model_validate(event.decision.model_dump())
                context = self._thinker.next_context(said, context)
        return context.model_copy(update={"misses": 0})  # nobody is to be handed over here

    def _texts_of(self, candidate: CandidateView, context: Context) -> Iterator[Suggestion]:
        """Yield what the candidate says as a whole; nothing if the index has lost it meanwhile."""
        said = self._thinker.choose(candidate.id, context)
        if said.outcome is Outcome.ANSWER and said.sources:
            yield Suggestion(
                entry=said.entry,
                title=said.question or candidate.title,
                text=_text(said),
                source=_source(said.sources[0]),
                confidence=candidate.confidence,
            )


def _asks(event: DeskEvent) -> bool:
    return event.actor is Actor.CITIZEN and event.type == "message" and bool(event.text)


def _text(said: Decision) -> str:
    """Put the steps below the answer: a person writes one message."""
    steps = [f"{number}. {step}" for number, step in enumerate(said.steps, start=1)]
    return "\n\n".join(filter(None, [said.text.strip(), "\n".join(steps)]))


def _source(source: Source) -> SuggestedSource:
    return SuggestedSource.model_validate(source, from_attributes=True)
