import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.answering.model import CandidateView, Choice, Decision, Outcome, Reason, Versions
from bot.settings import Settings
from connectors.cli.drift import Step, answers, choices, look, sentences, stored
from connectors.cli.looking import NothingStored, looking
from connectors.storage.database import Database
from connectors.storage.tables import ConversationRow, EventRow

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TALK = UUID(int=1)
LONG_AGO = NOW - timedelta(days=2)

answer = Step(TALK, LONG_AGO, "bot", outcome="answer", confidence=0.9, entry="a", best="a")
question = Step(
    TALK, LONG_AGO, "bot", outcome="clarify", confidence=0.4, best="a", offered=("a", "b")
)
other = Step(TALK, LONG_AGO, "bot", outcome="answer", confidence=0.9, entry="b", best="b")
asks = Step(TALK, LONG_AGO, "citizen")
wants_a_person = Step(TALK, LONG_AGO, "citizen", move="hand_off")
handed_over = Step(TALK, LONG_AGO, "bot", outcome="handoff", reason="asked_for_human")
missed_again = Step(TALK, LONG_AGO, "bot", outcome="handoff", reason="second_miss")


def picks(entry: str) -> tuple[Step, Step]:
    reply = Step(TALK, LONG_AGO, "bot", outcome="answer", confidence=1.0, entry=entry)
    return Step(TALK, LONG_AGO, "citizen", choice=entry), reply


@pytest.mark.parametrize(
    ("after", "right"),
    [
        ([], True),
        ([asks, other], True),
        ([asks, missed_again], True),
        ([wants_a_person], False),
        ([asks, handed_over], False),
        ([asks, other, wants_a_person], True),
    ],
)
def test_an_answer_stands_unless_the_citizen_asks_for_a_person_at_once(
    after: list[Step], right: bool
) -> None:
    _, seen = next(answers([asks, answer, *after], NOW))
    assert (seen.confidence, seen.right) == (0.9, right)


@pytest.mark.parametrize(
    ("after", "right"),
    [
        (picks("a"), True),
        (picks("b"), False),
        ([asks, answer], True),
        ([asks, other], False),
        ([wants_a_person], False),
        ([], False),
    ],
)
def test_a_question_back_is_borne_out_by_the_choice_thought_likeliest(
    after: list[Step], right: bool
) -> None:
    _, seen = next(choices([asks, question, *after], NOW))
    assert (seen.confidence, seen.right) == (0.4, right)


def test_what_a_citizen_picked_was_not_estimated() -> None:
    assert list(answers([question, *picks("a")], NOW)) == []


def test_a_citizen_who_may_still_react_is_waited_for() -> None:
    soon = NOW - timedelta(minutes=5)
    fresh = Step(TALK, soon, "bot", outcome="answer", confidence=0.9, entry="a")
    assert list(answers([asks, fresh], NOW)) == []
    assert len(list(answers([asks, fresh], NOW + timedelta(hours=1)))) == 1


def test_a_page_is_no_choice() -> None:
    page = Step(TALK, LONG_AGO, "bot", outcome="clarify", confidence=0.4, best="p", offered=("a",))
    assert list(choices([page, *picks("a")], NOW)) == []


def test_nothing_that_anybody_wrote_is_asked_for() -> None:
    query = str(stored(NOW))
    assert "event.text" not in query
    assert "agent_name" not in query


async def fill(url: str, right: float, talks: int = 400) -> None:
    """Store answers with confidence 0.9; the rest of the citizens ask for a person."""
    database, generator = Database(url), np.random.default_rng(3)
    await database.migrate()
    async with database.write() as session:
        for number in range(talks):
            at, talk = LONG_AGO + timedelta(seconds=number), uuid4()
            session.add(conversation(talk, at))
            await session.flush()
            session.add(event(talk, 1, at, "citizen", text="hemligt"))
            session.add(event(talk, 2, at, "bot", text="svar", decision=decided()))
            if generator.random() > right:
                session.add(event(talk, 3, at, "citizen", type="state", move="hand_off"))
    await database.close()


def conversation(talk: UUID, at: datetime) -> ConversationRow:
    return ConversationRow(
        id=talk,
        client_id=uuid4(),
        secret_hash="x",
        state="bot",
        language="sv",
        created_at=at,
        last_at=at,
    )


def event(talk: UUID, seq: int, at: datetime, actor: str, **fields: object) -> EventRow:
    return EventRow(
        conversation_id=talk, seq=seq, at=at, actor=actor, **{"type": "message", **fields}
    )


def decided() -> dict[str, object]:
    made = Decision(
        outcome=Outcome.ANSWER,
        text="svar",
        confidence=0.9,
        entry="a",
        choices=(Choice(label="A?", entry="a"),),
        candidates=(CandidateView(id="a", title="A?", url="", confidence=0.9),),
        reason=Reason.COMPLAINT,
        versions=Versions(policy="0123abcd"),
    )
    return made.model_dump(mode="json")


@pytest.mark.parametrize(("right", "fine"), [(0.92, True), (0.6, False)])
async def test_the_stored_conversations_tell_whether_confidence_is_borne_out(
    database_url: str, right: float, fine: bool
) -> None:
    await fill(database_url, right)
    found = await asyncio.to_thread(look, Settings(database_url=database_url), 28, NOW)
    assert (found.fine, found.policy, found.answers.observations) == (fine, "0123abcd", 400)
    assert abs(found.answers.right - right) < 0.06
    assert ("recalibrate" in " ".join(sentences(found))) != fine
    earlier = await asyncio.to_thread(look, Settings(database_url=database_url), 1, NOW)
    assert earlier.answers.observations == 0


async def test_the_database_itself_refuses_to_be_written_to(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()
    await database.close()
    async with looking(database_url) as session:
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await session.execute(text("DELETE FROM event"))


def test_a_database_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(NothingStored, match="does not exist"):
        look(Settings(database_url=f"sqlite+aiosqlite:///{path}"), 28)
    assert not path.exists()


def test_a_database_without_tables_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NothingStored, match="started once"):
        look(Settings(database_url=f"sqlite+aiosqlite:///{path}"), 28)
