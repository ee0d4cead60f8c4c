"""Everything that happens to conversations by itself: offers, lost agents, silence, repairs.

One gateway at a time does it, whichever holds the lock; whoever dies lets go of it. What is to be
done stands in the database, so a restart, or a clock that is changed, loses nothing. Every step
is a transaction of its own that looks again under the conversation's lock: two clocks at once
would do no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

import structlog
from sqlalchemy import ColumnElement, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation import repository as conversations
from connectors.conversation import timers
from connectors.conversation.model import SYSTEM, WITH_AGENT, Actor, Handover, Move, Party, State
from connectors.conversation.rules import DeskRules
from connectors.conversation.service import Conversations
from connectors.conversation.timers import Timer
from connectors.conversation.wakeups import DESK, PLACES, conversation_topic
from connectors.queue import claims, repository
from connectors.queue.reception import Reception
from connectors.queue.reconciling import Reconciler
from connectors.storage.tables import ConversationRow, EventRow, PresenceRow

log = structlog.get_logger()

TICK_SECONDS = 1.0
AT_ONCE = 200  # of each kind in a tick; the rest comes in the next
RECONCILE_EVERY = 30  # ticks
ASK_AGAIN_SECONDS = 60  # an agent who has not wanted a conversation is not asked again sooner

_WITH_AGENT = tuple(state.value for state in WITH_AGENT)
_MOVES: dict[Timer, tuple[State, Move]] = {
    Timer.OFFER: (State.OFFERED, Move.LAPSE),
    Timer.SILENCE: (State.ACTIVE, Move.WARN),
    Timer.ENDING: (State.ACTIVE, Move.EXPIRE),
}


class Reminders(Protocol):
    """Reminds of promises before they are broken."""

    async def remind(self) -> int: ...


class Clock:
    """Does what is due, every second."""

    def __init__(
        self, conversations: Conversations, reception: Reception, reminders: Reminders
    ) -> None:
        self._database, self._mover = conversations.database, conversations.mover
        self._wakeups = conversations.wakeups
        self._reception, self._reminders = reception, reminders
        self.reconciler = Reconciler(self._database, self._mover)
        self._ticks = 0
        self._looked: datetime | None = None
        self._watching: datetime | None = None

    async def run(self) -> None:
        """Go on for ever."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # the database may be away for a while
                log.error("clock_failed", error=type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Do everything that is due, unless another gateway is at it."""
        async with self._database.held("clock", wait=False) as mine:
            if not mine:
                return
            await self._notice_break()
            for part in (self._fire_timers, self._release_lost, self._offer, self._tell_waiting):
                await part()
            if self._ticks % RECONCILE_EVERY == 0:
                await self.reconciler.run()
                await self._reminders.remind()
            self._ticks += 1

    async def _notice_break(self) -> None:
        """Keep since when it has been seen without a break who is there.

        While no gateway or no database was there, no page could show that it was: nobody is
        taken to be gone for that. A clock that is set is such a break, too. What then lies
        farther ahead than it ever can begins anew.
        """
        now, rules = self._mover.now(), self._mover.rules.get()
        looked, self._looked = self._looked, now
        if looked is not None and timedelta(0) <= now - looked <= rules.lease / 2:
            return
        self._watching = now
        latest, presence = now + rules.lease, PresenceRow
        async with self._database.write() as session:
            await session.execute(
                update(presence).where(presence.lease_until > latest).values(lease_until=latest)
            )
            for kind, span in _longest(rules).items():
                await timers.bring_forward(session, kind, now + span)

    async def _fire_timers(self) -> None:
        async with self._database.read() as session:
            due = await timers.due(session, self._mover.now(), AT_ONCE)
        for conversation_id, kind in due:
            await self._change(conversation_id, self._firing(kind))

    def _firing(self, kind: Timer) -> "Change":
        state, move = _MOVES[kind]

        async def fire(session: AsyncSession, conversation: ConversationRow) -> bool:
            at = await timers.due_at(session, conversation.id, kind)
            if at is None or at > self._mover.now():
                return False  # somebody has written meanwhile
            if conversation.state != state.value:
                await timers.stop(session, conversation.id, kind)
                return False
            await self._mover.enter(session, conversation, move, _system(conversation))
            return True

        return fire

    async def _release_lost(self) -> None:
        """Give back what agents have who are not there any longer."""
        now, rules = self._mover.now(), self._mover.rules.get()
        row, presence = ConversationRow, PresenceRow
        grace = timedelta(seconds=rules.grace_s)
        shown = (self._watching or now) + rules.lease  # whoever is there has shown it by then
        query = (
            select(row.id, row.state, row.agent_id)
            .outerjoin(presence, presence.agent_id == row.agent_id)
            .where(
                (row.state == State.OFFERED.value) & _gone(now, shown <= now)
                | row.state.in_(_WITH_AGENT) & _gone(now - grace, shown <= now - grace)
            )
            .limit(AT_ONCE)
        )
        async with self._database.read() as session:
            lost = [*await session.execute(query)]
        for conversation_id, state, agent_id in lost:
            move = Move.LAPSE if state == State.OFFERED.value else Move.LOSE_AGENT
            await self._change(conversation_id, self._losing(agent_id, state, move))

    def _losing(self, agent_id: UUID, state: str, move: Move) -> "Change":
        async def lose(session: AsyncSession, conversation: ConversationRow) -> bool:
            if (conversation.agent_id, conversation.state) != (agent_id, state):
                return False
            presence = await session.get(PresenceRow, agent_id, populate_existing=True)
            if presence is not None and presence.lease_until > self._mover.now():
                return False  # back again
            await self._mover.enter(session, conversation, move, _system(conversation))
            return True

        return lose

    async def _offer(self) -> None:
        """Ask the agents with most room to take whoever has waited longest."""
        if self._mover.rules.get().assignment != "automatisk":
            return
        async with self._database.read() as session:
            waiting = await repository.waiting(session, AT_ONCE)
            there = await repository.staffed(session, self._mover.now())
        full: set[str | None] = set()
        for conversation_id, department in waiting:
            queue = department if department in there else None
            if queue not in full and not await self._offer_one(conversation_id, queue):
                full.add(queue)  # whoever comes later must not be served first

    async def _offer_one(self, conversation_id: UUID, queue: str | None) -> bool:
        """Offer to the first agent of `queue` with room; False if nobody has any.

        Args:
            queue: a department, or None for the generalists.
        """
        async with self._database.read() as session:
            candidates = await self._candidates(session, conversation_id, queue)
        rules, now = self._mover.rules.get(), self._mover.now()
        for agent_id in candidates:
            async with self._database.write() as session:
                presence = (await claims.lock_all(session, [agent_id])).get(agent_id)
                if presence is None or presence.lease_until <= now:
                    continue
                if not await claims.has_room(session, presence, rules):
                    continue
                conversation = await conversations.lock(session, conversation_id)
                if conversation is None or conversation.state != State.WAITING.value:
                    return True
                presence.offered_at, conversation.agent_id = now, agent_id
                await self._mover.enter(session, conversation, Move.OFFER, SYSTEM)
            self._wake(conversation_id)
            return True
        return False

    async def _candidates(
        self, session: AsyncSession, conversation_id: UUID, queue: str | None
    ) -> list[UUID]:
        """Return who may be asked: least busy first, then who was asked longest ago."""
        rules, now = self._mover.rules.get(), self._mover.now()
        refused = await self._refused(session, conversation_id)
        held = await repository.loads(session)
        there = [
            (held.get(agent.id, 0) / limit, row.offered_at or row.since, agent.id)
            for agent, row in await repository.agents(session)
            if row is not None
            and row.lease_until > now
            and (limit := rules.limit(row.status)) > held.get(agent.id, 0)
            and agent.id not in refused
            and (queue in agent.departments if queue else not agent.departments)
        ]
        return [agent_id for *_, agent_id in sorted(there)]

    async def _refused(self, session: AsyncSession, conversation_id: UUID) -> set[UUID]:
        since = self._mover.now() - timedelta(seconds=ASK_AGAIN_SECONDS)
        query = select(EventRow.agent_id).where(
            EventRow.conversation_id == conversation_id,
            EventRow.move.in_([Move.DECLINE.value, Move.LAPSE.value]),
            EventRow.at > since,
        )
        return {agent for agent in await session.scalars(query) if agent is not None}

    async def _tell_waiting(self) -> None:
        """Tell those who wait when the desk closes, or everybody has left it: once each time."""
        async with self._database.read() as session:
            for audience in ("privat", "foretag"):
                handover = await self._reception.handover(session, audience, None)
                if handover.reason not in {"closed", "nobody"}:
                    continue
                row = ConversationRow
                query = select(row.id).where(
                    row.state == State.WAITING.value, row.audience == audience
                )
                for conversation_id in (await session.scalars(query.limit(AT_ONCE))).all():
                    await self._change(conversation_id, self._telling(handover))

    def _telling(self, handover: Handover) -> "Change":
        key = handover.opens_at.isoformat() if handover.opens_at else "nobody"

        async def tell(session: AsyncSession, conversation: ConversationRow) -> bool:
            message_id = uuid5(conversation.id, f"{conversation.queued_at} {key}")
            told = await conversations.message_by_id(
                session, conversation.id, SYSTEM.actor, message_id
            )
            if told is not None or conversation.state != State.WAITING.value:
                return False
            texts = self._mover.texts.spoken(conversation.language)
            line = f"{self._reception.said(handover, texts)} {texts['handover_waiting_keeps']}"
            await self._mover.say(session, conversation, SYSTEM, line, client_message_id=message_id)
            return True

        return tell

    async def _change(self, conversation_id: UUID, change: "Change") -> None:
        """Change a conversation under its lock, and wake those who look at it."""
        async with self._database.write() as session:
            conversation = await conversations.lock(session, conversation_id)
            if conversation is None:
                return
            changed = await change(session, conversation)
        if changed:
            self._wake(conversation_id)

    def _wake(self, conversation_id: UUID) -> None:
        self._wakeups.wake(conversation_topic(conversation_id), DESK, PLACES)


def _gone(since: datetime, is_known: bool) -> ColumnElement[bool]:
    """An agent whose lease has ended by `since`, or who never had one."""
    lease_until = PresenceRow.lease_until
    return or_(lease_until.is_(None), (lease_until <= since) & literal(is_known))


def _longest(rules: DeskRules) -> dict[Timer, timedelta]:
    """Return how far ahead a timer of each kind can lie."""
    return {
        Timer.OFFER: timedelta(seconds=rules.accept_s),
        Timer.SILENCE: timedelta(minutes=rules.silent_min),
        Timer.ENDING: timedelta(seconds=rules.warning_s),
    }


def _system(conversation: ConversationRow) -> Party:
    """Whose conversation it was is kept with the move."""
    return Party(Actor.SYSTEM, conversation.agent_id)


Change = Callable[[AsyncSession, ConversationRow], Awaitable[bool]]
