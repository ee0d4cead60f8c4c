"""Rows that a run begins with, written at once: making them one by one would take longer."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from connectors.accounts.model import Role
from connectors.accounts.service import NewAccount, new_account
from connectors.auth.tokens import hash_token, new_token
from connectors.conversation.model import Actor, Move, State
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, ConversationRow, DeskSessionRow, EventRow

AT_ONCE = 1000  # rows in one statement
LOGIN_HOURS = 10


@dataclass(frozen=True)
class Opened:
    """A conversation that a citizen can go on with."""

    id: str
    secret: str


async def agents(database: Database, number: int) -> list[str]:
    """Make accounts that share a password nobody knows, log them in, and return their tokens."""
    pattern = new_account(NewAccount("", "", secrets.token_urlsafe(24), [Role.AGENT]))
    now, run = datetime.now(UTC), secrets.token_hex(4)
    rows = [
        {
            "id": uuid4(),
            "username": f"last-{run}-{one}",
            "name": f"Lasttest {one}",
            "password_hash": pattern.password_hash,
            "roles": pattern.roles,
            "created_at": now,
        }
        for one in range(number)
    ]
    tokens = [new_token() for _ in rows]
    logins = [
        {
            "token_hash": hash_token(token),
            "agent_id": row["id"],
            "role": Role.AGENT.value,
            "created_at": now,
            "expires_at": now + timedelta(hours=LOGIN_HOURS),
        }
        for row, token in zip(rows, tokens, strict=True)
    ]
    async with database.write() as session:
        await session.execute(insert(AgentRow), rows)
        await session.execute(insert(DeskSessionRow), logins)
    return tokens


async def conversations(database: Database, number: int, state: State) -> list[Opened]:
    """Make conversations that the bot holds or that wait, as they are after their first events."""
    opened = [Opened(str(uuid4()), new_token()) for _ in range(number)]
    for part in _parts(opened):
        async with database.write() as session:
            await session.execute(insert(ConversationRow), [_row(one, state) for one in part])
            events = [event for one in part for event in _events(one, state)]
            await session.execute(insert(EventRow), events)
    return opened


async def close(database: Database, ids: Sequence[str]) -> None:
    """End conversations without a word, so that the next crowd finds an empty queue."""
    row = ConversationRow
    for start in range(0, len(ids), AT_ONCE):
        part = [UUID(one) for one in ids[start : start + AT_ONCE]]
        async with database.write() as session:
            await session.execute(
                update(row).where(row.id.in_(part)).values(state=State.CLOSED.value)
            )


async def takes(database: Database, opened: Sequence[Opened]) -> dict[str, int]:
    """Return how often each conversation was given to an agent, as the events tell."""
    found: dict[str, int] = {}
    row = EventRow
    for part in _parts(opened):
        query = (
            select(row.conversation_id, func.count())
            .where(
                row.conversation_id.in_([UUID(one.id) for one in part]),
                row.move == Move.TAKE.value,
            )
            .group_by(row.conversation_id)
        )
        async with database.read() as session:
            for conversation_id, times in await session.execute(query):
                found[str(conversation_id)] = times
    return found


def _parts(opened: Sequence[Opened]) -> Iterator[Sequence[Opened]]:
    for start in range(0, len(opened), AT_ONCE):
        yield opened[start : start + AT_ONCE]


def _row(one: Opened, state: State) -> dict[str, Any]:
    now, waits = datetime.now(UTC), state is State.WAITING
    seq = 2 if waits else 1
    return {
        "id": UUID(one.id),
        "client_id": uuid4(),
        "secret_hash": hash_token(one.secret),
        "state": state.value,
        "fence": int(waits),
        "seq": seq,
        "answered_seq": seq if waits else 0,
        "language": "sv",
        "created_at": now,
        "last_at": now,
        "queued_at": now if waits else None,
    }


def _events(one: Opened, state: State) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    empty = dict.fromkeys(("text", "move", "state", "move_id"))
    start = {"conversation_id": UUID(one.id), "at": now, **empty}
    welcome = {"seq": 1, "type": "message", "actor": Actor.BOT.value, "text": "Hej!"}
    if state is not State.WAITING:
        return [start | welcome]
    hand_off = {
        "seq": 2,
        "type": "state",
        "actor": Actor.CITIZEN.value,
        "move": Move.HAND_OFF.value,
        "state": state.value,
        "move_id": uuid4(),
    }
    return [start | welcome, start | hand_off]
