"""What the plain pages do: ask the assistant, and leave errands, with the same parts as the chat.

Nothing of a question is stored: each page holds what was written, and sends it along.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from bot.accessibility.repository import LiveStatement
from bot.answering.model import Decision
from bot.notices.model import in_force
from bot.notices.repository import LiveNotices
from bot.texts import Texts
from connectors.conversation.model import Handover, Move
from connectors.conversation.service import Conversations
from connectors.conversation.text import clean
from connectors.conversation.thinking import Thinking
from connectors.errands.model import Promise
from connectors.errands.service import Errands
from connectors.errors import ApiError
from connectors.logs import describe
from connectors.now import utc_now
from connectors.widget.plain.forms import Faults, Written
from connectors.widget.plain.pages import Templates

log = structlog.get_logger()

AUDIENCE = "privat"
ACCESSIBILITY = "tillganglighet"  # the errand type, where the desk has one of that name


@dataclass(frozen=True)
class Plain:
    """The pages, with everything that stands behind them."""

    templates: Templates
    texts: Texts
    thinking: Thinking
    conversations: Conversations
    errands: Errands
    notices: LiveNotices
    statement: LiveStatement

    async def show(
        self,
        written: Written,
        *,
        faults: Faults | None = None,
        decision: Decision | None = None,
        problem: str | None = None,
        status: int = 200,
    ) -> Response:
        """Draw the page with everything that was written on it.

        Args:
            faults: what is wrong, by field.
            decision: the answer, if something was asked.
            problem: what went wrong on our side.
        """
        values = {
            "written": written,
            "faults": faults or {},
            "decision": decision,
            "problem": problem,
            "handover": await self._handover(),
            "notices": await self._notices(),
            "has_bot": self.has_bot,
        }
        return self.templates.draw("fraga.html", values, 422 if faults else status)

    async def answer(self, written: Written) -> Response:
        """Ask the assistant, where it is in use."""
        faults = written.faults_in_question(self.texts)
        if faults or not self.has_bot:
            return await self.show(written, faults=faults)
        decision = await self.thinking.answer(clean(written.question), written.choice or None)
        return await self.show(written, decision=decision)

    async def leave(self, written: Written) -> Response:
        """Leave an errand; the same page sent again gets the same promise."""
        if faults := written.faults_in_errand(self.texts):
            return await self.show(written, faults=faults)
        promise = await self.promise(written)
        if promise is None:
            return await self.show(written, problem=self.texts["plain_not_left"], status=503)
        return await self.thank(promise, written, back="fraga")

    async def show_statement(
        self, written: Written, *, faults: Faults | None = None, problem: str | None = None
    ) -> Response:
        """Draw the accessibility statement, with a form to tell of an obstacle."""
        values = {
            "written": written,
            "faults": faults or {},
            "problem": problem,
            "statement": await run_in_threadpool(self.statement.get),
        }
        status = 503 if problem else 422 if faults else 200
        return self.templates.draw("tillganglighet.html", values, status)

    async def tell_of_obstacle(self, written: Written) -> Response:
        """Leave an errand about accessibility; the same page sent again gets the same promise."""
        if faults := written.faults_in_errand(self.texts):
            return await self.show_statement(written, faults=faults)
        known = {one.id for one in self.conversations.mover.rules.get().errand_types}
        promise = await self.promise(written, ACCESSIBILITY if ACCESSIBILITY in known else None)
        if promise is None:
            return await self.show_statement(written, problem=self.texts["plain_not_left"])
        return await self.thank(promise, written, back="tillganglighet")

    async def thank(self, promise: Promise, written: Written, back: str) -> Response:
        """Tell what is promised; where the words are of danger, what cannot wait for it first."""
        danger = await self.thinking.danger(written.question)
        values = {"promise": promise, "back": back, "danger": danger, "written": written}
        return self.templates.draw("tack.html", values)

    async def promise(self, written: Written, errand_type: str | None = None) -> Promise | None:
        """Store the errand in a conversation that ends with it; None if that cannot be done now."""
        try:
            key, _ = await self.conversations.create(written.start())
            promise, new = await self.errands.ask(key, written.wish(errand_type))
            if new:
                await self.conversations.move(key, Move.CLOSE, written.closing_id)
        except (ApiError, DBAPIError, OSError) as error:
            log.error("plain_errand_failed", **describe(error))
            return None
        return promise

    @property
    def has_bot(self) -> bool:
        return self.conversations.mover.rules.get().in_use(None, AUDIENCE).bot

    async def _handover(self) -> Handover | None:
        """Return what is promised and when; without a database the page still shows the phone."""
        try:
            return await self.conversations.handover_for(AUDIENCE, None)
        except (DBAPIError, OSError) as error:
            log.error("plain_handover_failed", **describe(error))
            return None

    async def _notices(self) -> tuple[Any, ...]:
        return in_force(await run_in_threadpool(self.notices.get), utc_now())
