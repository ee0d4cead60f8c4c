"""Two agents at a desk without a web server, for tests that have `services`."""

import pytest

from connectors.desk.model import Agent
from tests.support.services import Services, account


async def _at_the_desk(services: Services, username: str) -> Agent:
    found = await account(services.database, username)
    await services.presences.renew(found.id)
    return found


@pytest.fixture
async def anna(services: Services) -> Agent:
    """At the desk since just now."""
    return await _at_the_desk(services, "anna")


@pytest.fixture
async def maja(services: Services) -> Agent:
    """At the desk since just now, for the department bygglov."""
    return await _at_the_desk(services, "maja")


@pytest.fixture
async def omar(services: Services) -> Agent:
    """At the desk since just now."""
    return await _at_the_desk(services, "omar")
