"""A gateway whose editor publishes into a copy of the content."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.editor import (
    EditorClient,
    editor_settings,
    running_editor,
    settled,
    small_content,
    under_git,
)
from tests.support.gateway import Gateway, write_passwords


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The content, in a git repository of its own."""
    folder = small_content(tmp_path)
    under_git(folder)
    return folder


@pytest.fixture
async def editing(
    prepared_sqlite_url: str, tmp_path: Path, data_dir: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    write_passwords(tmp_path, logins)
    async with running_editor(editor_settings(prepared_sqlite_url, tmp_path)) as running:
        await settled(running)
        yield running


@pytest.fixture
async def ellen(editing: Gateway, logins: dict[str, str]) -> AsyncIterator[EditorClient]:
    async with EditorClient.logged_in(editing.url, "ellen", logins["ellen"]) as client:
        yield client
