"""A made-up desk for a state machine: what there is, and what must hold after every step."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import delete

from connectors.conversation.model import IN_QUEUE, Move, State
from connectors.conversation.timers import Timer
from connectors.desk.model import Agent
from connectors.errors import ApiError
from connectors.queue import repository as queue
from connectors.queue.clock import ASK_AGAIN_SECONDS
from connectors.storage.database import Database
from connectors.storage.tables import (
    ConversationRow,
    ErrandRow,
    EventRow,
    OutcomeRow,
    PresenceRow,
    TimerRow,
    WaitRow,
)
from tests.support.queue_checks import check_end, check_events, check_silence, look
from tests.support.services import Guest, Now, Services, SetRules, services_on, tried

AGENTS, GATEWAYS = 3, 2
RULES: dict[str, Any] = {"most_waiting": 5, "silent_min": 2, "reopen_min": 5}


@dataclass
class World:
    """What outlives one run of the machine: the loop, the databases and the agents."""

    runner: asyncio.Runner
    databases: list[Database]
    agents: list[Agent]

    def run(self, call: Awaitable[Any]) -> Any:
        async def wait() -> Any:
            return await call

        return self.runner.run(wait())


class MadeUpDesk(RuleBasedStateMachine):
    """Two gateways, three agents and what is known of them; it is looked at after every rule."""

    world: World

    @initialize(
        assignment=st.sampled_from(["manuell", "automatisk"]),
        alone=st.booleans(),
        arrived=st.integers(0, 5),
        taken=st.integers(0, 3),
    )
    def open_the_desk(self, assignment: str, alone: bool, arrived: int, taken: int) -> None:
        """`alone`: each clock believes that it is the only one, as in the worst case."""
        world = self.world
        self.now, self.desk_rules = Now(), SetRules(assignment=assignment, **RULES)
        chat, *others = self.desk_rules.get().statuses
        chat = chat.model_copy(update={"limit": 2})  # so that few are many
        self.desk_rules.set(statuses=(chat, *others))
        self.was_set_back = False
        self.databases = world.databases[:GATEWAYS] if alone else world.databases[GATEWAYS:]
        self.gateways = [services_on(one, self.now, self.desk_rules) for one in self.databases]
        self.retired: list[Services] = []
        self.guests: list[Guest] = []
        self.errands: set[UUID] = set()
        world.run(_empty(self.databases[0]))
        for agent in world.agents:
            world.run(self.gateways[0].presences.renew(agent.id))
        for _ in range(arrived):
            self.guests.append(world.run(self.gateways[0].wait_in_queue()))
        for number in range(min(arrived, taken)):
            world.run(self.gateways[0].desk.take_next(world.agents[number]))
        self.before = self.seen = world.run(look(self.databases[0]))

    # --- what always holds

    @invariant()
    def it_holds(self) -> None:
        if not hasattr(self, "seen"):
            return
        self._see()
        seen = self.seen
        warning = timedelta(seconds=self.desk_rules.get().warning_s)
        for conversation in seen.conversations.values():
            check_events(conversation, seen.events[conversation.id])
            check_silence(conversation, seen, None if self.was_set_back else warning)
            check_end(conversation, seen)
        self._check_rows()
        self._check_nobody_got_too_many()
        self._check_places()
        self._check_waits_keep_their_time()
        assert seen.open_errands == self.errands
        assert [one.clock.reconciler.repairs for one in (*self.gateways, *self.retired)] == (
            [0] * (len(self.gateways) + len(self.retired))
        )
        self.before = seen

    def teardown(self) -> None:
        """Whatever has happened, the reconciler finds nothing to mend."""
        if hasattr(self, "seen"):
            for services in self.gateways:
                self._do(services.clock.reconciler.run())
                assert services.clock.reconciler.repairs == 0

    def _check_rows(self) -> None:
        seen = self.seen
        timed = {timer.conversation_id for timer in seen.timers}
        for one in seen.conversations.values():
            state = State(one.state)
            if state in {State.WRAP_UP, State.CLOSED, State.BOT, State.WAITING}:
                assert one.id not in timed
            if state in {State.WAITING, State.BOT}:
                assert one.agent_id is None
            assert (one.id in seen.open_waits) <= (state in IN_QUEUE)
        offered = {one.id for one in seen.in_state(State.OFFERED)}
        assert offered == {
            timer.conversation_id for timer in seen.timers if timer.kind == Timer.OFFER
        }

    def _check_nobody_got_too_many(self) -> None:
        for agent in self.world.agents:
            given = self.seen.held_by(agent.id) - self.before.held_by(agent.id)
            presence = self.seen.presences.get(agent.id)
            if given:
                assert presence is not None
                limit = self.desk_rules.get().limit(presence.status)
                assert len(self.seen.held_by(agent.id)) <= limit

    def _check_places(self) -> None:
        """Everybody who waits is on every agent's list, in order, and knows their place."""
        in_queue = self.seen.in_state(*IN_QUEUE)

        async def check() -> None:
            async with self.databases[0].read() as session:
                for agent in self.world.agents:
                    lines, mine = await queue.lists(session, agent.id)
                    held = {line.conversation_id for line in mine}
                    assert held == self.seen.held_by(agent.id)
                    wanted = [
                        one.id
                        for one in in_queue
                        if one.state == State.WAITING or one.agent_id != agent.id
                    ]
                    assert [line.conversation_id for line in lines] == wanted
                for place, one in enumerate(in_queue, start=1):
                    assert await queue.place(session, one) == place

        self._do(check())

    def _check_waits_keep_their_time(self) -> None:
        free = {State.BOT, State.CLOSED}
        for one in self.seen.conversations.values():
            old = self.before.conversations.get(one.id)
            events = self.seen.events[one.id][old.seq if old else 0 :]
            if old and State(old.state) not in free and not free & {e.state for e in events}:
                assert one.queued_at == old.queued_at

    def _check_nothing_is_overdue(self) -> None:
        assert not [one for one in self.seen.timers if one.due_at < self.now.at]

    def _check_tick(self) -> None:
        """Nobody was passed over, and nobody waits while an agent could be asked."""
        self._see()
        self._check_nothing_is_overdue()
        waiting = self.seen.in_state(State.WAITING)
        if not waiting:
            return
        first = (-waiting[0].priority, waiting[0].queued_at)
        for one in self.seen.in_state(State.OFFERED):
            known = self.before.conversations.get(one.id)
            last = self.seen.events[one.id][-1]
            if last.move == Move.OFFER and (known is None or last.seq > known.seq):
                assert (-one.priority, one.queued_at) < first
        if self.desk_rules.get().assignment == "automatisk":
            assert not self._who_could_be_asked(waiting[0])

    def _who_could_be_asked(self, conversation: ConversationRow) -> list[UUID]:
        lately = self.now.at - timedelta(seconds=ASK_AGAIN_SECONDS)
        refused = {
            event.agent_id
            for event in self.seen.events[conversation.id]
            if event.move in {Move.DECLINE, Move.LAPSE} and event.at > lately
        }
        return [
            agent_id
            for agent_id, presence in self.seen.presences.items()
            if presence.lease_until > self.now.at
            and agent_id not in refused
            and len(self.seen.held_by(agent_id)) < self.desk_rules.get().limit(presence.status)
        ]

    def _check_nobody_is_left_with_who_is_gone(self) -> None:
        for agent in self.world.agents:
            presence = self.seen.presences.get(agent.id)
            if presence is None or presence.lease_until <= self.now.at - timedelta(seconds=180):
                held = self.seen.held_by(agent.id)
                states = {self.seen.conversations[one].state for one in held}
                assert states <= {State.WRAP_UP}

    # --- how the rules reach the services

    def _do(self, call: Awaitable[Any]) -> Any:
        return self.world.run(call)

    def _try(self, call: Awaitable[Any]) -> Any:
        found = self._do(tried(call))
        if isinstance(found, ApiError):
            note(f"refused: {found.code}")
        return found

    def _see(self) -> None:
        self.seen = self._do(look(self.databases[0]))

    def _at(self, gateway: int, guest: Guest) -> Guest:
        return Guest(guest.key, self.gateways[gateway])

    def _guest(self, gateway: int, number: int) -> Guest | None:
        if not self.guests:
            return None
        return self._at(gateway, self.guests[number % len(self.guests)])

    def _state(self, guest: Guest) -> State:
        found = self.seen.conversations.get(guest.id)
        return State(found.state) if found else State.BOT

    def _held(self, gateway: int, number: int) -> tuple[Services, Agent, Guest] | None:
        """Something that an agent has, and the agent."""
        held = [
            (agent, guest)
            for agent in self.world.agents
            for guest in self.guests
            if guest.id in self.seen.held_by(agent.id)
        ]
        if not held:
            return None
        agent, guest = held[number % len(held)]
        return self.gateways[gateway], agent, self._at(gateway, guest)


async def _empty(database: Database) -> None:
    async with database.write() as session:
        for row in (ErrandRow, OutcomeRow, TimerRow, WaitRow, EventRow, ConversationRow):
            await session.execute(delete(row))
        await session.execute(delete(PresenceRow))
