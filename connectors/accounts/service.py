"""Accounts and logins. A login opens one place only: desk, editor or records."""

import asyncio
import os
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.accounts.model import Account, Role, token_role
from connectors.audit.log import Deed, note, record
from connectors.audit.model import OPERATOR, SYSTEM, UNKNOWN, Action
from connectors.auth.limits import LoginLimit
from connectors.auth.passwords import hash_password, verify_password
from connectors.auth.tokens import hash_token, new_token
from connectors.errors import LoginFailed, LoginLimited, NotLoggedIn
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, DeskSessionRow, PresenceRow

log = structlog.get_logger()

LOGIN_HOURS = 10  # a working day with its breaks
DEMO_FILE = "demo-logins.txt"


@dataclass(frozen=True)
class NewAccount:
    """Somebody who shall have an account. `departments` are ids of `data/desk.yml`."""

    username: str
    name: str
    password: str
    roles: Collection[Role]
    departments: Collection[str] = ()


@dataclass(frozen=True)
class DemoAccount:
    """Somebody invented, for trying the product out."""

    name: str
    role: Role
    departments: tuple[str, ...] = ()


DEMO_ACCOUNTS = {
    "anna": DemoAccount("Anna Berg", Role.AGENT),
    "omar": DemoAccount("Omar Haddad", Role.AGENT),
    "maja": DemoAccount("Maja Ek", Role.AGENT, ("bygglov",)),
    "ellen": DemoAccount("Ellen Lund", Role.EDITOR),
    "rut": DemoAccount("Rut Sand", Role.REGISTRAR),
}


class Accounts:
    """Who may enter where."""

    def __init__(
        self,
        database: Database,
        limit: LoginLimit | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._limit, self._now = database, limit or LoginLimit(), now
        self._turn = asyncio.Lock()

    async def login(
        self, username: str, password: str, address: str, role: Role
    ) -> tuple[str, Account]:
        """Return a new token and whose it is. Nobody learns which roles an account has.

        Raises:
            LoginLimited: too many failures for this name from this address, or from this address.
            LoginFailed: wrong name or password, or the account lacks `role`.
        """
        async with self._turn:  # one at a time: the limit must know of each before the next
            row, fits = await self._try(username, password, address, role)
        if row is None or not fits:
            tried = row.username if row else UNKNOWN  # a slip may have put a password there
            await note(self._database, Deed(tried, role, Action.ACCOUNT_LOGIN_FAILED), self._now())
            raise LoginFailed
        return await self._open(row, role), _account(row, role)

    async def whose(self, token: str | None, role: Role) -> Account:
        """Return whose token it is.

        Raises:
            NotLoggedIn: nobody's, not any longer, or it opens another place.
        """
        if not token:
            raise NotLoggedIn
        query = (
            select(AgentRow, DeskSessionRow.role)
            .join(DeskSessionRow)
            .where(
                DeskSessionRow.token_hash == hash_token(token),
                DeskSessionRow.role.in_((role.value, token_role(role))),
                DeskSessionRow.expires_at > self._now(),
            )
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
        if found is None or role not in found[0].roles:
            raise NotLoggedIn
        return _account(*found)

    async def logout(self, token: str) -> None:
        """Revoke the token, here and for every socket that was opened with it."""
        login = DeskSessionRow
        ending = delete(login).where(login.token_hash == hash_token(token))
        async with self._database.write() as session:
            ended = await session.execute(ending.returning(login.agent_id, login.role))
            if found := ended.one_or_none():
                who = await session.get_one(AgentRow, found.agent_id)
                deed = Deed(who.username, found.role, Action.ACCOUNT_LOGOUT)
                await record(self._database, session, deed, self._now())

    async def _try(
        self, username: str, password: str, address: str, role: Role
    ) -> tuple[AgentRow | None, bool]:
        """Return whose name it is, and whether the login fits. Only in turn.

        Raises:
            LoginLimited: see `login`; nothing was tried.
        """
        if wait_s := self._limit.wait_s(username, address):
            raise LoginLimited(minutes=-(-wait_s // 60), headers={"Retry-After": str(wait_s)})
        async with self._database.read() as session:
            row = await session.scalar(select(AgentRow).where(AgentRow.username == username))
        known = await verify_password(row.password_hash if row else None, password)
        fits = known and row is not None and role in row.roles
        count = self._limit.succeeded if fits else self._limit.failed
        count(username, address)
        return row, fits

    async def _open(self, row: AgentRow, role: Role) -> str:
        token, now = new_token(), self._now()
        async with self._database.write() as session:
            await session.execute(delete(DeskSessionRow).where(DeskSessionRow.expires_at <= now))
            session.add(
                DeskSessionRow(
                    token_hash=hash_token(token),
                    agent_id=row.id,
                    role=role.value,
                    created_at=now,
                    expires_at=now + timedelta(hours=LOGIN_HOURS),
                )
            )
            await record(
                self._database, session, Deed(row.username, role, Action.ACCOUNT_LOGIN), now
            )
        return token


async def ensure_demo_accounts(database: Database, var_dir: Path) -> None:
    """Where there is no account at all, make some with random passwords, written to a file.

    The file is written before the accounts are stored: an account whose
    password nobody knows would be worse than a file without accounts.
    """
    async with database.read() as session:
        if await _any_account(session):
            return
    passwords = {username: secrets.token_urlsafe(12) for username in DEMO_ACCOUNTS}
    rows = [
        await asyncio.to_thread(
            new_account,
            NewAccount(username, who.name, passwords[username], [who.role], who.departments),
        )
        for username, who in DEMO_ACCOUNTS.items()
    ]
    async with database.write() as session:
        await database.lock(session, "demo accounts")
        if await _any_account(session):
            return
        _write_logins(var_dir / DEMO_FILE, passwords)
        session.add_all(rows)
        for row in rows:
            await record(database, session, _made(row, SYSTEM))
    log.info("demo_accounts_created", file=str(var_dir / DEMO_FILE))


async def add_account(database: Database, wish: NewAccount) -> bool:
    """Store a new account; False if the username is taken."""
    row = await asyncio.to_thread(new_account, wish)
    async with database.write() as session:
        await database.lock(session, "accounts")
        taken = select(AgentRow.id).where(AgentRow.username == wish.username)
        if await session.scalar(taken):
            return False
        session.add(row)
        await record(database, session, _made(row, OPERATOR))
    return True


async def _any_account(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(func.count()).select_from(AgentRow)))


async def set_departments(database: Database, username: str, departments: Collection[str]) -> bool:
    """Say whose conversations an agent takes; False if there is no such account."""
    async with database.write() as session:
        row = await session.scalar(select(AgentRow).where(AgentRow.username == username))
        if row is None:
            return False
        row.departments = sorted(set(departments))
        detail = {"departments": row.departments}
        deed = Deed(OPERATOR, OPERATOR, Action.ACCOUNT_ASSIGN, subject=username, detail=detail)
        await record(database, session, deed)
    return True


async def set_password(database: Database, username: str, password: str) -> bool:
    """Give an account another password and end its logins; False if no such account is open.

    Programs' tokens stay: they were made without the password.
    """
    password_hash = await asyncio.to_thread(hash_password, password)
    login = DeskSessionRow
    async with database.write() as session:
        row = await _open_account(session, username)
        if row is None:
            return False
        row.password_hash = password_hash
        persons = login.role.in_([role.value for role in Role])
        await session.execute(delete(login).where(login.agent_id == row.id, persons))
        deed = Deed(OPERATOR, OPERATOR, Action.ACCOUNT_SET_PASSWORD, subject=username)
        await record(database, session, deed)
    return True


async def close_account(database: Database, username: str) -> bool:
    """Let an account open nothing from now on; False if no such account is open.

    The row stays, for what the person has done. Nobody is there for what they have, so the
    clock gives it back to the queue.
    """
    async with database.write() as session:
        row = await _open_account(session, username)
        if row is None:
            return False
        detail, row.roles = {"roles": row.roles}, []
        await session.execute(delete(DeskSessionRow).where(DeskSessionRow.agent_id == row.id))
        await session.execute(delete(PresenceRow).where(PresenceRow.agent_id == row.id))
        deed = Deed(OPERATOR, OPERATOR, Action.ACCOUNT_CLOSE, subject=username, detail=detail)
        await record(database, session, deed)
    return True


async def _open_account(session: AsyncSession, username: str) -> AgentRow | None:
    row = await session.scalar(select(AgentRow).where(AgentRow.username == username))
    return row if row is not None and row.roles else None


def new_account(wish: NewAccount) -> AgentRow:
    """Return an account that is not stored yet. Slow: it hashes the password."""
    return AgentRow(
        id=uuid4(),
        username=wish.username,
        name=wish.name,
        password_hash=hash_password(wish.password),
        roles=sorted({role.value for role in wish.roles}),
        departments=sorted(set(wish.departments)),
        created_at=utc_now(),
    )


def _write_logins(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    lines = [
        f"{username} {password} {DEMO_ACCOUNTS[username].role}\n"
        for username, password in passwords.items()
    ]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(lines)


def _made(row: AgentRow, by: str) -> Deed:
    detail = {"roles": row.roles}
    return Deed(by, by, Action.ACCOUNT_MAKE, subject=row.username, detail=detail)


def _account(row: AgentRow, role: str) -> Account:
    return Account(row.id, row.username, row.name, role, tuple(row.departments))
