"""Can a person be reached now? If not: why, when again, and what is there instead."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.texts import SWEDISH, Texts
from connectors.conversation import repository as conversations
from connectors.conversation.model import Handover, Reachable, WaitView
from connectors.conversation.moving import Rules
from connectors.queue import repository, waits
from connectors.queue.hours import DeskHours, NeverOpen
from connectors.queue.saying import moment_in_words
from connectors.storage.tables import ConversationRow

log = structlog.get_logger()

REMEMBER = timedelta(minutes=1)  # how long the waits that were read are good for


@dataclass(frozen=True)
class _Known:
    at: datetime
    waits: Sequence[waits.Wait]


class Reception:
    """Answers for the queue: places, waiting times, and whether one can wait at all."""

    def __init__(
        self,
        rules: Rules,
        hours: DeskHours,
        texts: Texts,
        now: Callable[[], datetime],
        *,
        always_open: bool = False,
    ) -> None:
        """`always_open`: for trying out, the desk is open at any hour and with nobody at it."""
        self._rules, self._hours, self._texts, self._now = rules, hours, texts, now
        self._always_open = always_open
        self._known: dict[str, _Known] = {}

    async def place(self, session: AsyncSession, conversation: ConversationRow) -> int | None:
        """Return the place in the queue (1 is next), or None if it does not wait."""
        return await repository.place(session, conversation)

    async def wait(self, session: AsyncSession, place: int, audience: str) -> WaitView | None:
        """Return how long it may take at `place`; None where there is no ground for a figure."""
        samples = await self._samples(session, audience)
        agents = await conversations.count_present(session, self._now())
        found = waits.estimate(samples, place - 1, agents)
        if found is None:
            return None
        return WaitView(shortest_min=found.shortest_min, longest_min=found.longest_min)

    async def handover(
        self, session: AsyncSession, audience: str, page: str | None, language: str = SWEDISH
    ) -> Handover:
        """Return whether a person can be reached now, and what else there is, in `language`."""
        waiting = await repository.count_waiting(session)
        reason = await self._reason(session, audience, page, waiting)
        wait = await self.wait(session, waiting + 1, audience) if reason == "open" else None
        now, rules = self._now(), self._rules.get()
        callback_by, errand_by = self.due(rules.callback_h), self.due(rules.errand_h)
        opens_at = self._hours.next_opening(audience, now) if reason == "closed" else None
        texts = self._texts.spoken(language)
        found = Handover(
            open=reason == "open",
            reason=reason,
            text="",
            opens_at=opens_at,
            waiting=waiting,
            wait=wait,
            callback_by=callback_by,
            callback_text=self._by(texts, callback_by),
            errand_by=errand_by,
            errand_text=self._by(texts, errand_by),
        )
        return found.model_copy(update={"text": self.said(found, texts)})

    def said(self, handover: Handover, texts: Texts) -> str:
        """Say it all to a citizen, in the words of `texts`."""
        if handover.reason == "closed" and handover.opens_at is not None:
            moment = self.in_words(handover.opens_at, texts)
            return texts.get("handover_closed_until", moment=moment)
        told = texts[f"handover_{handover.reason}"]
        if handover.reason != "open":
            return told
        ahead = "handover_next" if not handover.waiting else "handover_ahead"
        parts = [told, texts.get(ahead, count=handover.waiting)]
        if (wait := handover.wait) is not None:
            interval = {"shortest": wait.shortest_min, "longest": wait.longest_min}
            parts.append(texts.get("handover_wait", **interval))
        return " ".join(parts)

    def due(self, working_h: float) -> datetime:
        """Return when something that takes so many working hours is done at the latest."""
        working, place = timedelta(hours=working_h), self._rules.get().promised_within
        try:
            return self._hours.due(self._now(), working, place)
        except NeverOpen as error:  # the file is being edited; a promise must be kept anyway
            log.error("promise_without_hours", reason=str(error))
            return self._now() + timedelta(days=math.ceil(working_h / 8) * 2)

    def in_words(self, moment: datetime, texts: Texts) -> str:
        return moment_in_words(texts, moment, self._now())

    def _by(self, texts: Texts, moment: datetime) -> str:
        return texts.get("handover_by", moment=self.in_words(moment, texts))

    async def _reason(
        self, session: AsyncSession, audience: str, page: str | None, waiting: int
    ) -> Reachable:
        rules, now = self._rules.get(), self._now()
        if not rules.in_use(page, audience).person:
            return "off"
        if not self._always_open:
            if not self._hours.is_open(audience, now):
                return "closed"
            if not await conversations.count_present(session, now):
                return "nobody"
        return "full" if waiting >= rules.most_waiting else "open"

    async def _samples(self, session: AsyncSession, audience: str) -> Sequence[waits.Wait]:
        now = self._now()
        known = self._known.get(audience)
        if known is None or not timedelta(0) <= now - known.at < REMEMBER:
            found = await waits.alike(session, audience, now - waits.REMEMBERED)
            known = self._known[audience] = _Known(now, found)
        return known.waits
