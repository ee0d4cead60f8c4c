"""Whether confidence is borne out by what citizens do, from the stored events. No text is read."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Outcome, Reason
from bot.confidence.drift import FALSE_ALARMS, Drift, Observation, watch
from bot.settings import Settings
from connectors.cli.looking import looking
from connectors.conversation.model import Actor, Move
from connectors.storage.tables import EventRow, counted

SETTLED = timedelta(hours=1)  # a citizen who has done nothing by then has gone
_UNHAPPY = frozenset({Reason.ASKED_FOR_HUMAN, Reason.COMPLAINT})


@dataclass(frozen=True)
class Step:
    """One event without its text: what somebody did, and what the bot decided."""

    conversation: UUID
    at: datetime
    actor: str
    move: str | None = None
    choice: str | None = None
    outcome: str | None = None
    confidence: float | None = None
    entry: str | None = None
    reason: str | None = None
    best: str | None = None  # the first candidate
    offered: tuple[str, ...] = ()
    policy: str | None = None


@dataclass(frozen=True)
class Watched:
    """What was seen of each kind of observation since a day."""

    since: datetime
    policy: str | None
    choices: Drift
    answers: Drift

    @property
    def fine(self) -> bool:
        return self.choices.fine and self.answers.fine

    def report(self) -> dict[str, Any]:
        return {
            "since": self.since.isoformat(timespec="seconds"),
            "policy": self.policy,
            "inside": self.fine,
            "choices": _row(self.choices),
            "answers": _row(self.answers),
            "not stored": ["thumbs", "agents' corrections"],
        }


def look(settings: Settings, days: int, now: datetime | None = None) -> Watched:
    """Judge what happened in the last `days`, for the confidence in use at the end of them.

    Raises:
        NothingStored: there is no database, or it holds no tables.
    """
    now = now or datetime.now(UTC)
    since = now - timedelta(days=days)
    return judge(asyncio.run(_read(settings.database_url, since)), since, now)


def judge(steps: Sequence[Step], since: datetime, now: datetime) -> Watched:
    """Judge the steps, in order within each conversation."""
    told = [step for step in steps if step.policy]
    policy = max(told, key=lambda step: step.at).policy if told else None
    talks = [list(own) for _, own in groupby(steps, key=lambda step: step.conversation)]
    chosen = [seen for talk in talks for seen in choices(talk, now) if seen[0] == policy]
    answered = [seen for talk in talks for seen in answers(talk, now) if seen[0] == policy]
    each = FALSE_ALARMS / 2
    return Watched(
        since=since,
        policy=policy,
        choices=watch([seen for _, seen in chosen], false_alarms=each),
        answers=watch([seen for _, seen in answered], false_alarms=each, only_too_sure=True),
    )


Seen = tuple[str | None, Observation]


def choices(talk: Sequence[Step], now: datetime) -> Iterator[Seen]:
    """Yield for each question back whether the citizen took the candidate thought most likely.

    Asking for a person, asking something else and going away are not taking it.
    """
    for number, step in enumerate(talk):
        if step.outcome != Outcome.CLARIFY or step.best not in step.offered:
            continue
        if (after := _after(talk, number, now)) is None or step.confidence is None:
            continue
        taken = any(step.best in {one.choice, one.entry} for one in after)
        yield step.policy, Observation(step.at, step.confidence, taken)


def answers(talk: Sequence[Step], now: datetime) -> Iterator[Seen]:
    """Yield for each answer of the search whether it was left standing.

    It was not if the citizen at once asked for a person or complained. Silence may mean
    anything, so these tell only of answers that were too sure.
    """
    for number, step in enumerate(talk):
        if step.outcome != Outcome.ANSWER or step.confidence is None or _was_chosen(talk, number):
            continue
        if (after := _after(talk, number, now)) is None:
            continue
        unhappy = any(one.move == Move.HAND_OFF or one.reason in _UNHAPPY for one in after)
        yield step.policy, Observation(step.at, step.confidence, not unhappy)


def _after(talk: Sequence[Step], number: int, now: datetime) -> Sequence[Step] | None:
    """Return what followed, up to the bot's next reply; None while something still may."""
    rest = talk[number + 1 :]
    ends = (place for place, step in enumerate(rest, start=1) if step.outcome)
    if end := next(ends, None):
        return rest[:end]
    return rest if now - talk[number].at >= SETTLED else None


def _was_chosen(talk: Sequence[Step], number: int) -> bool:
    """An entry that the citizen picked is answered with certainty: nothing was estimated."""
    before = [step for step in talk[:number] if step.actor == Actor.CITIZEN]
    return talk[number].confidence == 1.0 or bool(before and before[-1].choice)


async def _read(url: str, since: datetime) -> list[Step]:
    async with looking(url) as session:
        return await _steps(session, since)


async def _steps(session: AsyncSession, since: datetime) -> list[Step]:
    rows = (await session.execute(stored(since))).mappings()
    return [Step(**{**row, "offered": _entries(row["offered"])}) for row in rows]


def stored(since: datetime) -> Select[Any]:
    """Return the query: what was done and decided, and nothing that anybody wrote."""
    decision: Any = EventRow.decision
    columns = {
        "conversation": EventRow.conversation_id,
        "at": EventRow.at,
        "actor": EventRow.actor,
        "move": EventRow.move,
        "choice": EventRow.choice,
        "outcome": decision["outcome"].as_string(),
        "confidence": decision["confidence"].as_float(),
        "entry": decision["entry"].as_string(),
        "reason": decision["reason"].as_string(),
        "best": decision["candidates", 0, "id"].as_string(),
        "offered": decision["choices"].as_json(),
        "policy": decision["versions", "policy"].as_string(),
    }
    return (
        select(*(column.label(name) for name, column in columns.items()))
        .where(EventRow.at >= since, counted())
        .order_by(EventRow.conversation_id, EventRow.seq)
    )


def _entries(choices: Sequence[dict[str, Any]] | None) -> tuple[str, ...]:
    return tuple(choice["entry"] for choice in choices or ())


def _row(drift: Drift) -> dict[str, Any]:
    at = drift.alarm_at
    return asdict(drift) | {"alarm_at": at.isoformat(timespec="seconds") if at else None}


_MEANS = {
    "inside": "Confidence is inside its band.",
    "too few": "Too few to say more.",
    "too sure": "It is surer than it should be.",
    "too unsure": "It is less sure than it should be.",
    "outside": "It is too sure of some and too unsure of others.",
}


def sentences(found: Watched) -> Iterator[str]:
    """Say in plain words what was seen."""
    what = {
        "Questions back": (found.choices, "the likeliest choice was taken"),
        "Answers": (found.answers, "nobody asked for a person at once"),
    }
    for name, (drift, meaning) in what.items():
        if not drift.observations:
            yield f"{name}: none."
            continue
        yield (
            f"{name}: {drift.observations}. The confidence was {drift.told:.0%} on average;"
            f" in {drift.right:.0%} {meaning}. {_MEANS[drift.verdict]}"
        )
        if drift.alarm_at:
            yield f"  Clear since {drift.alarm_at:%Y-%m-%d}."
    if not found.fine:
        yield "Label at least 100 questions and run `kommunbot recalibrate`, or mend the content."
    yield "Thumbs and agents' corrections are not stored, so they are not counted."
