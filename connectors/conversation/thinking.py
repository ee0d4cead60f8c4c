"""How the bot finds its reply: danger first, then Rasa, then the search itself, then a person."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

import structlog

from bot.answering.model import Context, Decision, Outcome, Reason, Versions
from bot.texts import SWEDISH, Texts
from connectors.conversation.model import Job

log = structlog.get_logger()

SEARCH_SECONDS = 10.0  # far more than a search takes; then a person is better than waiting
THREADS = 2  # searches at a time: more would only share the same cores

MOST_LOOKUPS = 10  # of people within `repository.LOOKUPS_FOR`: more is gathering, not an errand

_LOST = frozenset({Outcome.CLARIFY, Outcome.OOS})

T = TypeVar("T")


class Thinker(Protocol):
    """The part of `bot.answering.assistant.Assistant` that the gateway uses."""

    @property
    def problem(self) -> str | None: ...

    def versions(self) -> Versions: ...

    def danger(self, text: str, talk: str | None = None) -> Decision | None: ...

    def language(self, text: str, context: Context) -> str: ...

    def reply(self, question: str, context: Context | None = None) -> Decision: ...

    def choose(self, entry_id: str, context: Context | None = None) -> Decision: ...

    def find_person(self, question: str, context: Context | None = None) -> Decision: ...

    def next_context(self, decision: Decision, context: Context) -> Context: ...


class Router(Protocol):
    """The part of the Rasa client that a reply needs."""

    async def ask(
        self, conversation_id: UUID, message: str, message_id: UUID, language: str | None = None
    ) -> Decision | None: ...


Said = Callable[[UUID], Awaitable[Sequence[Decision]]]
Count = Callable[[UUID], Awaitable[int]]


class Thinking:
    """Turns a citizen's message into a decision. Always returns one, within a bounded time."""

    def __init__(
        self, thinker: Thinker, router: Router, texts: Texts, said: Said, lookups: Count
    ) -> None:
        """Take what it asks.

        Args:
            lookups: how many people were looked up in a conversation lately.
        """
        self._thinker, self._router, self._texts, self._said = thinker, router, texts, said
        self._lookups = lookups
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="search")

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def decide(self, job: Job) -> Decision:
        """Return what to reply. When everything fails, that is an offer of a person."""
        where = {"conversation_id": str(job.conversation_id), "seq": job.seq}
        decision = await self._always(self._spared(job), job.language, where)
        return decision.model_copy(update={"talk_language": job.language})

    async def answer(self, text: str, choice: str | None = None) -> Decision:
        """Return what to reply to a question outside every conversation; Rasa is not asked."""
        return await self._always(self._answer(text, choice), SWEDISH, {})

    async def danger(self, text: str) -> Decision | None:
        """Return the warning that words outside every conversation call for."""
        return await self._run(self._thinker.danger, text)

    async def _always(
        self, thought: Awaitable[Decision], language: str, where: Mapping[str, object]
    ) -> Decision:
        try:
            return await thought
        except Exception as error:  # a citizen must never be left without a reply
            log.error("thinking_failed", **where, error=type(error).__name__)
            return self._give_up(language)

    async def _answer(self, text: str, choice: str | None) -> Decision:
        if alarm := await self.danger(text):
            return alarm
        return await self._search(text, choice, Context())

    async def _spared(self, job: Job) -> Decision:
        """Refer whoever looks up one person after another to the registrator.

        Found or not, shown or protected: all count, and the words are the same.
        """
        decision = await self._decide(job)
        if decision.outcome is not Outcome.PERSON_LOOKUP:
            return decision
        if await self._lookups(job.conversation_id) < MOST_LOOKUPS:
            return decision
        nobody = decision.model_copy(update={"people": (), "choices": ()})
        return self._say("person_registrator", decision.language or job.language, nobody)

    async def _decide(self, job: Job) -> Decision:
        if alarm := await self._run(self._thinker.danger, job.text, job.language):
            return alarm
        message, chosen = rasa_message(job), job.chosen_language
        routed = await self._router.ask(job.conversation_id, message, job.message_id, chosen)
        if routed is not None and self._sayable(routed):
            return await self._worded(routed, job)
        return await self._search(job.text, job.choice, await self._context(job))

    async def _context(self, job: Job) -> Context:
        """Return what was said before, as Rasa would remember it."""
        context = Context()
        for decision in await self._said(job.conversation_id):
            context = self._thinker.next_context(decision, context)
        language = job.chosen_language or context.language
        return context.model_copy(update={"language": language})

    async def _search(self, text: str, choice: str | None, context: Context) -> Decision:
        if choice is not None:
            return await self._run(self._thinker.choose, choice, context)
        found = await self._run(self._thinker.reply, text, context)
        if found.outcome not in _LOST or found.choices:
            return found
        # Without Rasa nobody has told a name from a question: a name is what finds no answer.
        person = await self._run(self._thinker.find_person, text, context)
        return person if person.people or person.choices else found

    async def _run(self, call: Callable[..., T], *args: object) -> T:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(SEARCH_SECONDS):
            return await loop.run_in_executor(self._threads, partial(call, *args))

    def _sayable(self, decision: Decision) -> bool:
        named = decision.text_key is not None and decision.text_key in self._texts
        return bool(decision.text) or named

    async def _worded(self, decision: Decision, job: Job) -> Decision:
        """Fill in the text that the decision only names, in the citizen's language."""
        if decision.text or decision.text_key is None:
            return decision
        language = decision.language
        if language is None:
            context = await self._context(job)
            language = await self._run(self._thinker.language, job.text, context)
        return self._say(decision.text_key, language, decision)

    def _say(self, key: str, language: str, decision: Decision) -> Decision:
        texts = self._texts.spoken(language)
        said = {"text": texts[key], "text_key": None, "text_language": texts.language}
        return decision.model_copy(update={**said, "language": language})

    def _give_up(self, language: str) -> Decision:
        decision = Decision(outcome=Outcome.HANDOFF, reason=Reason.SERVICE_DOWN)
        return self._say("handoff_service_down", language, decision)


def rasa_message(job: Job) -> str:
    """Return what Rasa is told. A leading "/" is Rasa's sign for commands, so citizens lose it."""
    if job.choice is not None:
        return f"/choose{json.dumps({'entry': job.choice}, ensure_ascii=False)}"
    return job.text.lstrip("/ \t\n") or job.text.replace("/", " ").strip() or "?"
