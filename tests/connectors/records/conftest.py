"""A registrar in front of the gateway."""

from collections.abc import AsyncIterator

import pytest

from tests.support.gateway import Gateway
from tests.support.records import RegistrarClient


@pytest.fixture
async def rut(gateway: Gateway, logins: dict[str, str]) -> AsyncIterator[RegistrarClient]:
    async with RegistrarClient.logged_in(gateway.url, "rut", logins["rut"]) as client:
        yield client
