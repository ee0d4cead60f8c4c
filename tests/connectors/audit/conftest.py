"""A gateway with desk and editor, its audit log, and a desk without a web server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from connectors.storage.database import Database
from tests.connectors.queue.conftest import anna, omar, services
from tests.support.editor import (
    editor_settings,
    running_editor,
    settled,
    small_content,
    under_git,
)
from tests.support.gateway import Gateway, write_passwords

__all__ = ["anna", "omar", "services"]  # fixtures


@pytest.fixture
async def house(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    """A gateway whose editor publishes into a copy of the content."""
    write_passwords(tmp_path, logins)
    under_git(small_content(tmp_path))
    async with running_editor(editor_settings(prepared_url, tmp_path)) as running:
        await settled(running)
        yield running


@pytest.fixture
async def log(house: Gateway) -> AsyncIterator[Database]:
    """The database of `house`."""
    database = Database(house.settings.database_url)
    yield database
    await database.close()
