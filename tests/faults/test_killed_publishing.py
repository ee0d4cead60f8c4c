"""`kill -9` while something is published: the old or the new, never half, never lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.faq.files import FaqFiles
from bot.faq.repository import read_faq
from bot.municipality import Municipality
from bot.retrieval.store import current, read_manifest
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import PublicationRow
from tests.support.clients import DEADLINE_SECONDS, Json, eventually
from tests.support.editor import (
    AVFALL,
    EditorClient,
    editor_settings,
    git,
    small_content,
    under_git,
)
from tests.support.gateway import Process, write_passwords

NEW = AVFALL.replace("3 420", "3 500")
ANSWER = "Grundavgiften är 3 500 kronor om året."


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = small_content(tmp_path)
    under_git(folder)
    return folder


@pytest.fixture
async def process(
    prepared_url: str, tmp_path: Path, data_dir: Path, logins: dict[str, str]
) -> AsyncIterator[Process]:
    write_passwords(tmp_path, logins)
    settings = editor_settings(prepared_url, tmp_path)
    process = Process(settings, tmp_path / "log", "tests.support.editor")
    try:
        await process.start()
        yield process
    finally:
        process.kill()


async def until_settled(ellen: EditorClient, text: str) -> list[Json]:
    """Wait until what is live says what the file says, and return the history."""
    async with asyncio.timeout(2 * DEADLINE_SECONDS):
        while True:
            opened = await ellen.get("/entries/avfall-kostnad")
            if opened["fields"]["svar"] in text:
                found: list[Json] = (await ellen.get("/publications"))["publications"]
                return found
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("delay_s", [0.01, 0.05, 0.1, 0.2])
async def test_killed_at_any_moment_it_is_published_whole_or_not_at_all(
    process: Process, data_dir: Path, logins: dict[str, str], delay_s: float
) -> None:
    path, publication_id = data_dir / "faq/avfall.yml", str(uuid4())
    async with EditorClient.logged_in(process.url, "ellen", logins["ellen"]) as ellen:
        draft = await ellen.draft("avfall-kostnad", svar=ANSWER)
        sending = asyncio.create_task(ellen.publish(draft, id=publication_id))
        await asyncio.sleep(delay_s)  # the moment of death, not a wait for something
        process.kill()
        await asyncio.gather(sending, return_exceptions=True)
    text = path.read_text(encoding="utf-8")
    assert text in (AVFALL, NEW)
    await process.start()
    async with EditorClient.logged_in(process.url, "ellen", logins["ellen"]) as ellen:
        again = await ellen.publish(draft, id=publication_id)
        assert again.status_code in {200, 201}, again.text
        (made,) = await until_settled(ellen, NEW)
    assert made["id"] == publication_id
    assert path.read_text(encoding="utf-8") == NEW
    assert git(data_dir, "status", "--porcelain") == ""
    assert git(data_dir, "rev-list", "--count", "HEAD").strip() == "2"
    index_dir = process.settings.index_dir
    assert read_manifest(current(index_dir)).built_from == made["index"]
    assert not list((data_dir / "faq").glob(".*"))


@pytest.mark.parametrize("written", [False, True], ids=["after the intent", "after the file"])
async def test_the_next_start_finishes_or_takes_back_what_was_begun(
    process: Process, data_dir: Path, logins: dict[str, str], written: bool
) -> None:
    path = data_dir / "faq/avfall.yml"
    async with EditorClient.logged_in(process.url, "ellen", logins["ellen"]) as ellen:
        before = (await ellen.get("/entries/avfall-kostnad"))["yaml"]
        await until_settled(ellen, AVFALL)
        await eventually((process.settings.index_dir / "published.json").exists)
    process.kill()
    row = intent(before, before.replace("3 420", "3 500"))
    database = Database(process.settings.database_url)
    async with database.write() as session:
        session.add(row)
    await database.close()
    (path.parent / ".kommunbot-halft").write_text("amne: avf")
    if written:
        path.write_text(NEW, encoding="utf-8")
    await process.start()
    async with EditorClient.logged_in(process.url, "ellen", logins["ellen"]) as ellen:
        await eventually(lambda: not (path.parent / ".kommunbot-halft").exists())
        # A publication waits until everything is in order.
        await ellen.change("bygglov-altan", svar="Ibland.")
        made = [one["entry"] for one in (await ellen.get("/publications"))["publications"]]
        told = (await ellen.get("/entries/avfall-kostnad"))["yaml"]
    assert made == (["bygglov-altan", "avfall-kostnad"] if written else ["bygglov-altan"])
    assert ("3 500" in told) == written
    assert ("3 500" in path.read_text(encoding="utf-8")) == written


def intent(before: str, after: str) -> PublicationRow:
    return PublicationRow(
        id=uuid4(),
        entry="avfall-kostnad",
        file="avfall.yml",
        editor="Ellen Lund",
        username="ellen",
        at=utc_now(),
        note="",
        kind="edit",
        before=before,
        after=after,
        version_before="a",
        version_after="b",
        request="",
    )


def test_every_text_here_can_be_read(data_dir: Path) -> None:
    faq = read_faq(FaqFiles.read(data_dir), Municipality.load(data_dir))
    assert faq.faults == ()
    assert len(faq.entries) == 4
