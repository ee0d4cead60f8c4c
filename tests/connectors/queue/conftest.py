"""A desk without a web server: services and two agents, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from connectors.storage.database import Database
from tests.support.desk_agents import anna, maja, omar
from tests.support.services import Now, Services, SetRules, services_on

__all__ = ["anna", "maja", "omar"]  # fixtures


@pytest.fixture
async def services(prepared_url: str) -> AsyncIterator[Services]:
    database = Database(prepared_url)
    yield services_on(database, Now(), SetRules())
    await database.close()
