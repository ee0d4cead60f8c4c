"""Whatever citizens, agents, clocks and time do with the queue, in whichever order: it holds.

Two gateways' services on one PostgreSQL. `KOMMUNBOT_MACHINE_EXAMPLES=500` makes a longer run.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from connectors.conversation.model import MOVES_OF, Actor, Move, State, allowed_moves
from connectors.desk.model import Agent
from connectors.errands.model import Kind, Resolution
from connectors.errands.service import Wish
from connectors.errors import ApiError
from connectors.storage.database import Database
from tests.support.made_up_desk import AGENTS, GATEWAYS, MadeUpDesk, World
from tests.support.services import (
    Guest,
    Services,
    Unlocked,
    add_agents,
    services_on,
    tried,
)

LONG = "KOMMUNBOT_MACHINE_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("KOMMUNBOT_MACHINE_EXAMPLES", "40"))
STEPS = 40
MOST_GUESTS = 7

CITIZENS_DO = ["arrive", "write", "write", "move", "move", "move", "try anything"]
CITIZENS_DO += ["leave an errand"]
AGENTS_TAKE = ["next", "next", "this", "this", "close what may be another's"]
AGENTS_DO = ["write", "write", "move", "move", "transfer", "close", "try anything"]
AGENTS_MOVE = [Move.DECLINE, Move.HOLD, Move.PICK_UP, Move.RETURN_TO_QUEUE, Move.RETURN_TO_BOT]
AGENTS_MOVE += [Move.CLOSE]
AGENTS_ARE = ["there", "there", "chatt", "telefon", "rast", "gone", "seeing to errands"]
HAPPENS = ["restart", "manuell", "automatisk", "clock set back"]
picks = st.integers(0, 59)
gateways = st.integers(0, GATEWAYS - 1)
agents = st.integers(0, AGENTS - 1)
guests = st.integers(0, MOST_GUESTS - 1)
spans = st.sampled_from([0.5, 15.0, 20.0, 31.0, 61.0, 121.0, 200.0])
A_LOOK_S = 20.0  # less than half a lease, so that no look comes after a break


class QueueMachine(MadeUpDesk):
    """Every rule is something that somebody does."""

    # --- citizens

    @rule(gateway=gateways, guest=guests, what=st.sampled_from(CITIZENS_DO), pick=picks)
    def citizen(self, gateway: int, guest: int, what: str, pick: int) -> None:
        who = self._guest(gateway, guest)
        if what == "arrive" or who is None:
            self._arrive(gateway, pick)
        elif what == "write":
            self._try(who.say("Hallå?"))
        elif what == "leave an errand":
            self._leave_an_errand(gateway, who)
        else:
            self._move_as_citizen(who, pick, strange=what == "try anything")

    def _arrive(self, gateway: int, pick: int) -> None:
        if len(self.guests) < MOST_GUESTS:
            audience = ("privat", "foretag")[pick % 2]
            self.guests.append(self._do(self.gateways[gateway].arrive(audience=audience)))
            self._try(self.guests[-1].move(Move.HAND_OFF))

    def _leave_an_errand(self, gateway: int, who: Guest) -> None:
        wish = Wish(uuid4(), Kind.CALLBACK, "Ring mig", "0123-45 67 89")
        errands = self.gateways[gateway].errands
        first, new = self._do(errands.ask(who.key, wish))
        again, second = self._do(errands.ask(who.key, wish))
        assert (new, second, first) == (True, False, again)
        self.errands.add(wish.id)

    def _move_as_citizen(self, who: Guest, pick: int, *, strange: bool) -> None:
        allowed = allowed_moves(self._state(who), Actor.CITIZEN)
        moves = sorted(MOVES_OF[Actor.CITIZEN]) if strange or not allowed else allowed
        move, move_id = moves[pick % len(moves)], uuid4()
        if not isinstance(self._try(who.move(move, move_id)), ApiError):
            events = len(self._do(who.events()))
            self._do(who.move(move, move_id))
            assert len(self._do(who.events())) == events, "a repeat changes nothing"

    # --- agents

    @rule(gateway=gateways, agent=agents, guest=guests, what=st.sampled_from(AGENTS_TAKE))
    def agent_takes(self, gateway: int, agent: int, guest: int, what: str) -> None:
        desk, who = self.gateways[gateway].desk, self._guest(gateway, guest)
        if what == "next":
            waiting = self.seen.in_state(State.WAITING)
            taken = self._try(desk.take_next(self.world.agents[agent]))
            if not isinstance(taken, ApiError):
                assert (taken[0] if taken else None) == (waiting[0].id if waiting else None)
        elif what == "this" and who:
            self._try(desk.take(self.world.agents[agent], who.id))
        elif who:
            mine = who.id in self.seen.held_by(self.world.agents[agent].id)
            moved = self._try(
                self.gateways[gateway].move(self.world.agents[agent], who, Move.CLOSE)
            )
            assert mine or isinstance(moved, ApiError)

    @rule(gateway=gateways, held=picks, what=st.sampled_from(AGENTS_DO), pick=picks)
    def agent(self, gateway: int, held: int, what: str, pick: int) -> None:
        found = self._held(gateway, held)
        if found is None:
            self._try(self.gateways[gateway].desk.take_next(self.world.agents[pick % AGENTS]))
            return
        services, agent, who = found
        if self._state(who) is State.OFFERED and what in {"write", "close"}:
            self._try(services.desk.take(agent, who.id))
        elif what == "write":
            self._try(services.say(agent, who))
        elif what == "transfer":
            self._try(services.transfer(agent, who, self.world.agents[pick % AGENTS]))
        elif what == "close":
            self._close(services, agent, who, promise=pick % 2 == 0)
        else:
            self._move_as_agent(services, agent, who, pick, strange=what == "try anything")

    def _move_as_agent(
        self, services: Services, agent: Agent, who: Guest, pick: int, *, strange: bool
    ) -> None:
        allowed = [
            one for one in allowed_moves(self._state(who), Actor.AGENT) if one in AGENTS_MOVE
        ]
        moves = AGENTS_MOVE if strange or not allowed else allowed
        self._try(services.move(agent, who, moves[pick % len(moves)]))

    def _close(self, services: Services, agent: Agent, who: Guest, *, promise: bool) -> None:
        wish = Wish(uuid4(), Kind.FOLLOW_UP, "Vi hör av oss.") if promise else None
        closed = self._try(services.close(agent, who, wish))
        if wish and not isinstance(closed, ApiError):
            self.errands.add(wish.id)

    @rule(gateway=gateways, agent=agents, what=st.sampled_from(AGENTS_ARE), pick=picks)
    def agent_is(self, gateway: int, agent: int, what: str, pick: int) -> None:
        services, who = self.gateways[gateway], self.world.agents[agent]
        if what == "gone":
            self._do(services.presences.leave(who.id))
        elif what == "there":
            self._do(services.presences.renew(who.id))
            assert self._do(services.desk.lists(who)).errands.open == len(self.errands)
        elif what == "seeing to errands" and self.errands:
            errand_id = sorted(self.errands)[pick % len(self.errands)]
            self._do(services.errands.take(who, errand_id))
            if pick % 2:
                self._do(services.errands.finish(who, errand_id, Resolution.SOLVED, "Klart."))
                self.errands.discard(errand_id)
        elif services.rules.get().status(what):
            self._do(services.presences.set(who.id, what))

    # --- time, clocks and gateways

    @rule(span=spans, there=st.sets(agents), gateway=gateways, clock=st.booleans())
    def time_passes(self, span: float, there: set[int], gateway: int, clock: bool) -> None:
        """`there`: the agents whose page shows all the time that they are there."""
        left = span
        while left > 0:
            self.now.go(min(left, A_LOOK_S))
            left -= A_LOOK_S
            for agent in there:
                self._do(self.gateways[0].presences.renew(self.world.agents[agent].id))
            if clock:
                self._do(self.gateways[gateway].clock.tick())
        if clock:
            self._see()
            self._check_nothing_is_overdue()
            if span > 45 + 45 + 90:
                self._check_nobody_is_left_with_who_is_gone()

    @rule(gateway=gateways, together=st.booleans())
    def tick(self, gateway: int, together: bool) -> None:
        if together:
            self._do(_together([one.clock.tick() for one in self.gateways]))
            self._see()
            self._check_nothing_is_overdue()
        else:
            self._do(self.gateways[gateway].clock.tick())
            self._check_tick()

    @rule(
        gateway=gateways, what=st.sampled_from(HAPPENS), back=st.sampled_from([1.0, 60.0, 3600.0])
    )
    def something_happens(self, gateway: int, what: str, back: int) -> None:
        if what == "restart":
            self.retired.append(self.gateways[gateway])
            self.gateways[gateway] = services_on(self.databases[gateway], self.now, self.desk_rules)
        elif what == "clock set back":
            self.now.go(-back)
            self.was_set_back = True
        else:
            self.desk_rules.set(assignment=what)

    # --- many at once

    @rule()
    def everybody_takes_next_at_once(self) -> None:
        waiting = [one.id for one in self.seen.in_state(State.WAITING)]
        calls = [
            self.gateways[number % GATEWAYS].desk.take_next(agent)
            for number, agent in enumerate(self.world.agents)
        ]
        found = self._do(_together([tried(call) for call in calls]))
        taken = [one[0] for one in found if one is not None and not isinstance(one, ApiError)]
        assert len(taken) == len(set(taken))
        assert set(taken) == set(waiting[: len(taken)])

    @rule(guest=guests)
    def everybody_takes_the_same_at_once(self, guest: int) -> None:
        if who := self._guest(0, guest):
            calls = [
                self.gateways[number % GATEWAYS].desk.take(agent, who.id)
                for number, agent in enumerate(self.world.agents)
            ]
            found = self._do(_together([tried(call) for call in calls]))
            assert len([one for one in found if not isinstance(one, ApiError)]) <= 1

    @rule(things=st.lists(st.tuples(st.integers(0, 9), agents, guests), min_size=2, max_size=5))
    def many_things_at_once(self, things: list[tuple[int, int, int]]) -> None:
        calls = [
            tried(call)
            for number, (kind, agent, guest) in enumerate(things)
            if (call := self._some_call(number % GATEWAYS, kind, agent, guest))
        ]
        self._do(_together(calls))

    def _some_call(
        self, gateway: int, kind: int, agent: int, guest: int
    ) -> Awaitable[object] | None:
        services, actor = self.gateways[gateway], self.world.agents[agent]
        other = self.world.agents[(agent + 1) % AGENTS]
        who = self._guest(gateway, guest)
        if who is None:
            return None
        owner = next((a for a in self.world.agents if who.id in self.seen.held_by(a.id)), actor)
        calls: list[Callable[[], Awaitable[object]]] = [
            lambda: services.desk.take(actor, who.id),
            lambda: services.desk.take_next(actor),
            lambda: services.transfer(owner, who, other),
            lambda: services.move(owner, who, Move.RETURN_TO_QUEUE),
            lambda: services.close(owner, who),
            lambda: services.say(owner, who),
            lambda: who.say("Hallå?"),
            lambda: who.move(Move.LEAVE_QUEUE),
            lambda: who.move(Move.CLOSE),
            services.clock.tick,
        ]
        return calls[kind]()


async def _together(calls: Sequence[Awaitable[Any]]) -> list[Any]:
    return [*await asyncio.gather(*calls)]


async def _end_all(databases: Sequence[Database]) -> None:
    for database in databases:
        await database.close()


def test_whatever_happens_the_queue_holds(prepared_postgres_url: str) -> None:
    """The invariants of a queue, after every step of many made-up days."""
    with asyncio.Runner() as runner:
        databases: list[Database] = [Unlocked(prepared_postgres_url) for _ in range(GATEWAYS)]
        databases += [Database(prepared_postgres_url) for _ in range(GATEWAYS)]
        there = [agent for agent, _ in runner.run(add_agents(databases[0], AGENTS))]
        machine = type("Machine", (QueueMachine,), {"world": World(runner, databases, there)})
        try:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=STEPS,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate, *([Phase.shrink] if LONG else [])],
                    derandomize=not LONG,
                    database=None,
                ),
            )
        finally:
            runner.run(_end_all(databases))
