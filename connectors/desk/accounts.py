"""Agents' accounts and logins."""

import asyncio
import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.auth.limits import LoginLimit
from connectors.auth.passwords import hash_password, verify_password
from connectors.auth.tokens import hash_token, new_token
from connectors.conversation.service import utc_now
from connectors.desk.model import Agent
from connectors.errors import LoginFailed, LoginLimited, NotLoggedIn
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, DeskSessionRow

log = structlog.get_logger()

LOGIN_HOURS = 10  # a working day with its breaks
DEMO_AGENTS = {"anna": "Anna Berg", "omar": "Omar Haddad"}
DEMO_FILE = "demo-logins.txt"


class Accounts:
    """Who may enter the desk."""

    def __init__(
        self,
        database: Database,
        limit: LoginLimit | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._limit, self._now = database, limit or LoginLimit(), now

    async def login(self, username: str, password: str, address: str) -> tuple[str, Agent]:
        """Return a new token and its agent.

        Raises:
            LoginLimited: too many failures for this name from this address.
            LoginFailed: wrong name or password.
        """
        if wait_s := self._limit.wait_s(username, address):
            raise LoginLimited(minutes=-(-wait_s // 60), headers={"Retry-After": str(wait_s)})
        async with self._database.read() as session:
            row = await session.scalar(select(AgentRow).where(AgentRow.username == username))
        if not await verify_password(row.password_hash if row else None, password) or row is None:
            self._limit.failed(username, address)
            raise LoginFailed
        self._limit.succeeded(username, address)
        return await self._open(row), _agent(row)

    async def agent(self, token: str | None) -> Agent:
        """Return whose token it is.

        Raises:
            NotLoggedIn: nobody's, or not any longer.
        """
        if not token:
            raise NotLoggedIn
        query = (
            select(AgentRow)
            .join(DeskSessionRow)
            .where(
                DeskSessionRow.token_hash == hash_token(token),
                DeskSessionRow.expires_at > self._now(),
            )
        )
        async with self._database.read() as session:
            row = await session.scalar(query)
        if row is None:
            raise NotLoggedIn
        return _agent(row)

    async def logout(self, token: str) -> None:
        """Revoke the token, here and for every socket that was opened with it."""
        async with self._database.write() as session:
            await session.execute(
                delete(DeskSessionRow).where(DeskSessionRow.token_hash == hash_token(token))
            )

    async def _open(self, row: AgentRow) -> str:
        token, now = new_token(), self._now()
        async with self._database.write() as session:
            await session.execute(delete(DeskSessionRow).where(DeskSessionRow.expires_at <= now))
            session.add(
                DeskSessionRow(
                    token_hash=hash_token(token),
                    agent_id=row.id,
                    created_at=now,
                    expires_at=now + timedelta(hours=LOGIN_HOURS),
                )
            )
        return token


async def ensure_demo_agents(database: Database, var_dir: Path) -> None:
    """Where there is no agent at all, make two with random passwords, written to a file.

    The file is written before the accounts are stored: an account whose
    password nobody knows would be worse than a file without accounts.
    """
    async with database.read() as session:
        if await _any_agent(session):
            return
    passwords = {username: secrets.token_urlsafe(12) for username in DEMO_AGENTS}
    rows = [
        await asyncio.to_thread(new_agent, username, name, passwords[username])
        for username, name in DEMO_AGENTS.items()
    ]
    async with database.write() as session:
        await database.lock(session, "demo agents")
        if await _any_agent(session):
            return
        _write_logins(var_dir / DEMO_FILE, passwords)
        session.add_all(rows)
    log.info("demo_agents_created", file=str(var_dir / DEMO_FILE))


async def add_agent(database: Database, username: str, name: str, password: str) -> bool:
    """Store a new account; False if the username is taken."""
    row = await asyncio.to_thread(new_agent, username, name, password)
    async with database.write() as session:
        await database.lock(session, "agents")
        taken = select(AgentRow.id).where(AgentRow.username == username)
        if await session.scalar(taken):
            return False
        session.add(row)
    return True


async def _any_agent(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(func.count()).select_from(AgentRow)))


def new_agent(username: str, name: str, password: str) -> AgentRow:
    """Return an account that is not stored yet. Slow: it hashes the password."""
    return AgentRow(
        id=uuid4(),
        username=username,
        name=name,
        password_hash=hash_password(password),
        created_at=utc_now(),
    )


def _write_logins(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    lines = [f"{username} {password}\n" for username, password in passwords.items()]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)


def _agent(row: AgentRow) -> Agent:
    return Agent(row.id, row.username, row.name)
