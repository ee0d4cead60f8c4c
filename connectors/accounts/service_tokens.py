"""Tokens for programs: an outside desk shows one where a person's browser shows a cookie.

A token is a login that somebody makes at the command line, with an account of its own: it may do
what an agent may, and is seen as that agent. Only its hash is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from connectors.accounts.model import Role, token_role
from connectors.audit.log import Deed, record
from connectors.audit.model import OPERATOR, Action
from connectors.auth.tokens import hash_token, new_token
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, DeskSessionRow

_ROLE = token_role(Role.AGENT)
_ID_LENGTH = 12  # of the hash: enough to name a token, too little to be one


@dataclass(frozen=True)
class ServiceToken:
    """A token as an operator sees it: never the token itself."""

    id: str
    username: str
    created_at: datetime
    expires_at: datetime


async def make_token(
    database: Database, username: str, now: datetime, lasts: timedelta
) -> str | None:
    """Store a new token and return it, for the only time; None if no such agent exists."""
    token = new_token()
    async with database.write() as session:
        agent = await session.scalar(select(AgentRow).where(AgentRow.username == username))
        if agent is None or Role.AGENT not in agent.roles:
            return None
        session.add(
            DeskSessionRow(
                token_hash=hash_token(token),
                agent_id=agent.id,
                role=_ROLE,
                created_at=now,
                expires_at=now + lasts,
            )
        )
        deed = _deed(Action.TOKEN_MAKE, username, hash_token(token))
        await record(database, session, deed, now)
    return token


async def list_tokens(database: Database) -> Sequence[ServiceToken]:
    """Return every token, expired ones too, oldest first."""
    login = DeskSessionRow
    query = (
        select(login.token_hash, AgentRow.username, login.created_at, login.expires_at)
        .join(AgentRow, AgentRow.id == login.agent_id)
        .where(login.role == _ROLE)
        .order_by(login.created_at, login.token_hash)
    )
    async with database.read() as session:
        found = (await session.execute(query)).all()
    return [
        ServiceToken(row.token_hash[:_ID_LENGTH], row.username, row.created_at, row.expires_at)
        for row in found
    ]


async def revoke_token(database: Database, token_id: str) -> bool:
    """Make a token worth nothing from now on; False if there is none of that id."""
    row = DeskSessionRow
    chosen = (row.role == _ROLE, row.token_hash.startswith(token_id, autoescape=True))
    if len(token_id) < _ID_LENGTH:
        return False
    revoking = delete(row).where(*chosen).returning(row.token_hash, row.agent_id)
    async with database.write() as session:
        gone = (await session.execute(revoking)).all()
        for token_hash, agent_id in gone:
            agent = await session.get_one(AgentRow, agent_id)
            await record(database, session, _deed(Action.TOKEN_REVOKE, agent.username, token_hash))
        return bool(gone)


def _deed(action: Action, username: str, token_hash: str) -> Deed:
    detail = {"token": token_hash[:_ID_LENGTH]}
    return Deed(OPERATOR, OPERATOR, action, subject=username, detail=detail)
