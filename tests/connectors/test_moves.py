"""The table of moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.conversation.model import MOVES, MOVES_OF, Actor, Move, State, next_state
from connectors.errors import MoveNotAllowed

CASES = [
    ("bot", "hand_off", "citizen", "waiting"),
    ("bot", "hand_off", "bot", "waiting"),
    ("bot", "close", "citizen", "closed"),
    ("waiting", "leave_queue", "citizen", "bot"),
    ("waiting", "offer", "system", "offered"),
    ("waiting", "take", "agent", "active"),
    ("waiting", "close", "citizen", "closed"),
    ("offered", "take", "agent", "active"),
    ("offered", "decline", "agent", "waiting"),
    ("offered", "lapse", "system", "waiting"),
    ("offered", "leave_queue", "citizen", "bot"),
    ("active", "hold", "agent", "on_hold"),
    ("on_hold", "pick_up", "agent", "active"),
    ("active", "transfer", "agent", "offered"),
    ("active", "return_to_queue", "agent", "waiting"),
    ("active", "return_to_bot", "agent", "bot"),
    ("active", "join", "agent", "active"),
    ("on_hold", "join", "agent", "on_hold"),
    ("active", "leave", "agent", "active"),
    ("active", "lose_agent", "system", "waiting"),
    ("on_hold", "lose_agent", "system", "waiting"),
    ("active", "warn", "system", "active"),
    ("active", "stay", "citizen", "active"),
    ("active", "expire", "system", "wrap_up"),
    ("active", "close", "citizen", "wrap_up"),
    ("active", "close", "agent", "wrap_up"),
    ("wrap_up", "finish", "agent", "closed"),
    ("wrap_up", "reopen", "citizen", "active"),
    ("closed", "reopen", "citizen", "waiting"),
    ("closed", "resume", "citizen", "bot"),
]


@pytest.mark.parametrize(("state", "move", "actor", "result"), CASES)
def test_an_allowed_move_leads_where_the_table_says(
    state: str, move: str, actor: str, result: str
) -> None:
    assert next_state(State(state), Move(move), Actor(actor)) == State(result)


@given(st.sampled_from(State), st.sampled_from(Move), st.sampled_from(Actor))
def test_every_other_move_is_refused_and_says_what_is_allowed(
    state: State, move: Move, actor: Actor
) -> None:
    if (state, move) in MOVES and move in MOVES_OF[actor]:
        assert next_state(state, move, actor) is MOVES[state, move]
        return
    with pytest.raises(MoveNotAllowed) as refused:
        next_state(state, move, actor)
    for allowed in refused.value.values["allowed"]:
        next_state(state, Move(allowed), actor)


@given(st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(Actor)), max_size=30))
def test_no_sequence_of_tries_leads_out_of_the_table(tries: list[tuple[Move, Actor]]) -> None:
    state = State.BOT
    for move, actor in tries:
        try:
            state = next_state(state, move, actor)
        except MoveNotAllowed:
            continue
        assert state in set(MOVES.values())


def test_every_state_can_be_reached_and_left() -> None:
    reached = {State.BOT}
    for _ in State:
        reached |= {end for (start, _), end in MOVES.items() if start in reached}
    assert reached == set(State)
    assert {start for start, _ in MOVES} == set(State)


def test_nothing_that_a_person_held_is_closed_without_an_outcome() -> None:
    held = {State.OFFERED, State.WAITING, State.BOT}
    assert {start for (start, _), end in MOVES.items() if end is State.CLOSED} == {
        State.WRAP_UP,
        *held,
    }


def test_the_system_never_ends_a_conversation_that_waits_for_a_person() -> None:
    system = MOVES_OF[Actor.SYSTEM]
    ended = {State.WRAP_UP, State.CLOSED}
    assert not [
        (start, move)
        for (start, move), end in MOVES.items()
        if move in system
        and start in {State.WAITING, State.OFFERED, State.ON_HOLD}
        and end in ended
    ]


def test_every_move_belongs_to_somebody() -> None:
    assert frozenset(Move) == frozenset[Move]().union(*MOVES_OF.values())
