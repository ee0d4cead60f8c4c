"""An archive on SQLite and on PostgreSQL, each with Rasa's dialogues where they lie there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from connectors.storage.database import Database
from tests.support.desk_agents import anna, omar
from tests.support.retention import Archive, archive_on, open_archive
from tests.support.services import Now, Services, SetRules, services_on

__all__ = ["anna", "omar"]  # fixtures


@pytest.fixture
async def services(prepared_url: str) -> AsyncIterator[Services]:
    database = Database(prepared_url)
    yield services_on(database, Now(), SetRules())
    await database.close()


@pytest.fixture
async def archive(services: Services, tmp_path: Path) -> Archive:
    return await open_archive(services, tmp_path)


@pytest.fixture
async def on_file(prepared_sqlite_url: str, tmp_path: Path) -> AsyncIterator[Archive]:
    """On SQLite only, for what concerns files."""
    database = Database(prepared_sqlite_url)
    yield await archive_on(database, tmp_path)
    await database.close()
