from typing import Any
from uuid import uuid4

import pytest

from connectors.outside import model
from connectors.outside.events import of_errand, of_event, of_presence, of_question
from connectors.outside.model import ErrandCreated, ErrandDone, ErrandUpdated, Told
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow, OutcomeRow
from tests.support.outside import NOON

ANNA, OMAR = uuid4(), uuid4()


def conversation(state: str, **changes: Any) -> ConversationRow:
    values = {"kind": "citizen", "audience": "privat", "language": "sv", "topic": "Bygglov"}
    return ConversationRow(id=uuid4(), state=state, **{**values, **changes})


def event(kind: str, **changes: Any) -> EventRow:
    values = {"seq": 4, "at": NOON, "actor": "agent", "agent_id": ANNA, "agent_name": "Anna Berg"}
    return EventRow(type=kind, **{**values, **changes})


def moved(move: str, state: str, **changes: Any) -> Told | None:
    found = conversation(state, **changes)
    return of_event(found, event("state", move=move, state=state))


@pytest.mark.parametrize(
    ("move", "state", "kind"),
    [
        ("hand_off", "waiting", model.ConversationWaiting),
        ("return_to_queue", "waiting", model.ConversationWaiting),
        ("take", "active", model.ConversationTaken),
        ("hold", "on_hold", model.ConversationMoved),
        ("return_to_bot", "bot", model.ConversationMoved),
        ("close", "wrap_up", model.ConversationMoved),
        ("finish", "closed", model.ConversationClosed),
    ],
)
def test_a_move_is_told_by_what_it_led_to(move: str, state: str, kind: type[Told]) -> None:
    assert type(moved(move, state)) is kind


def test_a_transfer_tells_from_whom_to_whom_and_what_to_think_of() -> None:
    found = conversation("offered", agent_id=OMAR)
    transfer = event("state", move="transfer", state="offered")
    told = of_event(found, transfer, note="Hon har ringt två gånger.")
    assert isinstance(told, model.ConversationTransferred)
    assert (told.agent_id, told.to_agent_id) == (ANNA, OMAR)
    assert told.note == "Hon har ringt två gånger."


def test_a_question_to_a_department_is_told_without_what_it_is() -> None:
    told = of_question(conversation("active", seq=4), "bygglov", NOON)
    assert isinstance(told, model.ConversationAsked)
    assert (told.department, told.topic, told.place) == ("bygglov", "Bygglov", 4)
    assert not told.words()
    assert of_question(conversation("active", kind="practice", seq=4), "bygglov", NOON) is None


@pytest.mark.parametrize("state", ["waiting", "offered", "active", "on_hold"])
def test_what_is_written_while_people_have_the_conversation_is_told(state: str) -> None:
    told = of_event(conversation(state), event("message", text="Hej"))
    assert isinstance(told, model.ConversationMessage)
    assert (told.text, told.place) == ("Hej", 4)


@pytest.mark.parametrize("state", ["bot", "closed"])
def test_what_is_said_to_the_bot_alone_is_not_told(state: str) -> None:
    assert of_event(conversation(state), event("message", text="Hej")) is None


@pytest.mark.parametrize("kind", ["practice", "internal"])
def test_practice_and_talk_between_departments_are_not_told(kind: str) -> None:
    assert moved("hand_off", "waiting", kind=kind) is None


def test_an_end_is_told_with_its_outcome() -> None:
    outcome = OutcomeRow(
        errand_type="bygglov", cause="saknas", resolution="lost", searched_web="ja", seconds=90
    )
    finish = event("state", move="finish", state="closed")
    told = of_event(conversation("closed"), finish, outcome=outcome)
    assert isinstance(told, model.ConversationClosed)
    assert (told.errand_type, told.resolution, told.seconds) == ("bygglov", "lost", 90)


def errand() -> ErrandRow:
    return ErrandRow(
        id=uuid4(),
        reference="SK-7F3K2P",
        kind="callback",
        audience="privat",
        question="Får jag bygga en altan?",
        contact="070-123 45 67",
        due_at=NOON,
        done_at=NOON,
        resolution="lost",
    )


@pytest.mark.parametrize("kind", [ErrandCreated, ErrandUpdated, ErrandDone])
def test_an_errand_is_told_as_its_row_stands(kind: type[Told]) -> None:
    row = errand()
    told = of_errand(kind, row, NOON, topic="Bygglov")
    assert type(told) is kind
    assert told.subject == str(row.id)
    assert told.model_dump()["reference"] == "SK-7F3K2P"


def test_an_agents_presence_is_told_by_id() -> None:
    told = of_presence(ANNA, "Anna Berg", "rast", NOON, online=True)
    assert told.subject == str(ANNA)
    assert "Anna" not in told.without_words().model_dump_json()
