"""Gateways and desks on one real PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from connectors.storage.database import Database
from tests.support.clients import AgentClient, Citizen
from tests.support.desk_agents import anna, omar
from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords
from tests.support.services import Services, Unlocked, add_agents, several

Seats = Callable[[int], AbstractAsyncContextManager[list[AgentClient]]]

__all__ = ["anna", "omar"]  # fixtures


@pytest.fixture
async def gateways(
    prepared_postgres_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[list[Gateway]]:
    """Three gateways."""
    write_passwords(tmp_path, logins)
    async with AsyncExitStack() as running:
        settings = [settings_for(prepared_postgres_url, tmp_path) for _ in range(3)]
        yield [await running.enter_async_context(running_gateway(one)) for one in settings]


@pytest.fixture
def seats(gateways: list[Gateway], prepared_postgres_url: str) -> Seats:
    """Give agents who are logged in, each at the next gateway."""

    @asynccontextmanager
    async def seated(count: int) -> AsyncIterator[list[AgentClient]]:
        database = Database(prepared_postgres_url)
        made = await add_agents(database, count)
        await database.close()
        async with AsyncExitStack() as opened:
            clients = []
            for number, (_, token) in enumerate(made):
                http = httpx.AsyncClient(
                    base_url=gateways[number % len(gateways)].url,
                    cookies={"kommunbot_desk": token},
                    timeout=60,
                )
                clients.append(AgentClient(await opened.enter_async_context(http)))
            yield clients

    return seated


@pytest.fixture
async def desks(prepared_postgres_url: str) -> AsyncIterator[list[Services]]:
    """Three gateways' services with one time, each believing that its clock is the only one."""
    async with several(prepared_postgres_url, 3, Unlocked) as services:
        yield services


@pytest.fixture
async def services(desks: list[Services]) -> Services:
    return desks[0]


def through(gateway: Gateway, citizen: Citizen) -> Citizen:
    """The same citizen, whose next request happens to reach another gateway."""
    same = Citizen(gateway.http, citizen.secret)
    same.client_id, same.id = citizen.client_id, citizen.id
    return same
