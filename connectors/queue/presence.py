"""Who is at the desk. Being there is a lease that is renewed, not a connection that is open."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation.moving import Rules
from connectors.conversation.rules import DeskRules
from connectors.conversation.wakeups import DESK, Wakeups, logins_topic
from connectors.errors import InvalidRequest
from connectors.queue import claims, repository
from connectors.queue.model import Colleague, PresenceView, StatusChoice
from connectors.storage.database import Database
from connectors.storage.tables import AgentRow, PresenceRow

LEFT = datetime(1970, 1, 1, tzinfo=UTC)  # the lease of who has logged out
RENEW_EVERY = timedelta(seconds=10)  # a third of the shortest lease, or less

Tell = Callable[[AsyncSession, AgentRow, PresenceRow], None]  # lets others hear of it


class Presences:
    """What the agents are doing, and until when they are taken to be there."""

    def __init__(
        self,
        database: Database,
        rules: Rules,
        wakeups: Wakeups,
        now: Callable[[], datetime],
        *,
        tell: Tell = lambda *_: None,
    ) -> None:
        self._database, self._rules, self._wakeups, self._now = database, rules, wakeups, now
        self._tell = tell
        self._renewed: dict[UUID, datetime] = {}

    async def renew(self, agent_id: UUID) -> None:
        """Somebody who is logged in has asked for something: they are there. Cheap if repeated."""
        if self._is_fresh(agent_id):
            return
        async with self._database.write() as session:
            await claims.lock_presence(session, agent_id, self._rules.get(), self._now())
        self._renewed[agent_id] = self._now()

    async def keep(self, agent_id: UUID) -> None:
        """An open page has answered. It does not bring back who has logged out elsewhere."""
        if self._is_fresh(agent_id):
            return
        row, now = PresenceRow, self._now()
        async with self._database.write() as session:
            await session.execute(
                update(row)
                .where(row.agent_id == agent_id, row.lease_until > LEFT)
                .values(lease_until=now + self._rules.get().lease)
            )
        self._renewed[agent_id] = now

    async def set(self, agent_id: UUID, status: str) -> PresenceView:
        """Say what the agent does from now on.

        Raises:
            InvalidRequest: there is no such status.
        """
        rules = self._rules.get()
        if rules.status(status) is None:
            raise InvalidRequest(fields=["status"])
        async with self._database.write() as session:
            row = await claims.lock_presence(session, agent_id, rules, self._now())
            if row.status != status:
                row.status, row.since = status, self._now()
                self._tell(session, await session.get_one(AgentRow, agent_id), row)
            view = await self.view(session, agent_id)
        self._wakeups.wake(DESK)
        return view

    async def leave(self, agent_id: UUID) -> None:
        """The agent has logged out: nobody waits for the lease to run out."""
        async with self._database.write() as session:
            row = await session.get(PresenceRow, agent_id, with_for_update=True)
            if row is not None:
                row.lease_until = LEFT
                self._tell(session, await session.get_one(AgentRow, agent_id), row)
        self._renewed.pop(agent_id, None)
        self._wakeups.wake(DESK, logins_topic(agent_id))

    def _is_fresh(self, agent_id: UUID) -> bool:
        last = self._renewed.get(agent_id)
        return last is not None and timedelta(0) <= self._now() - last < RENEW_EVERY

    async def view(self, session: AsyncSession, agent_id: UUID) -> PresenceView:
        rules = self._rules.get()
        row = await session.get(PresenceRow, agent_id)
        status = row.status if row else rules.first_status.id
        return PresenceView(
            status=status,
            limit=rules.limit(status),
            held=await repository.load(session, agent_id),
            since=row.since if row else self._now(),
            statuses=tuple(
                StatusChoice.model_validate(one, from_attributes=True) for one in rules.statuses
            ),
        )

    async def colleagues(self) -> list[Colleague]:
        """Return every agent, by name."""
        rules, now = self._rules.get(), self._now()
        async with self._database.read() as session:
            held = await repository.loads(session)
            found = await repository.agents(session)
        return [
            _colleague(agent, row, held.get(agent.id, 0), rules, now)
            for agent, row in found
            if "agent" in agent.roles
        ]


def _colleague(
    agent: AgentRow, row: PresenceRow | None, held: int, rules: DeskRules, now: datetime
) -> Colleague:
    status = row.status if row else None
    return Colleague(
        username=agent.username,
        name=agent.name,
        status=status,
        online=row is not None and row.lease_until > now,
        held=held,
        limit=rules.limit(status) if status else 0,
    )
