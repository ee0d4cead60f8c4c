"""Files that somebody changes without the editor: they go live if they are right."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from bot.answering.assistant import Assistant
from bot.municipality import Municipality
from tests.support.clients import DEADLINE_SECONDS, Json
from tests.support.editor import (
    AVFALL,
    BYGGLOV,
    EditorClient,
    editor_settings,
    git,
    running_editor,
    small_mind,
)
from tests.support.gateway import Gateway, write_passwords


def answer(editing: Gateway, question: str) -> str:
    thinker = small_mind(editing.settings).thinker
    assert isinstance(thinker, Assistant)
    return thinker.reply(question).text or ""


async def until(ellen: EditorClient, path: str, wanted: Callable[[Json], bool]) -> Json:
    async with asyncio.timeout(2 * DEADLINE_SECONDS):
        while True:
            if wanted(found := await ellen.get(path)):
                return found
            await asyncio.sleep(0.05)


def published(found: Json) -> bool:
    return bool(found["publications"])


def write_as_editors_do(path: Path, text: str) -> None:
    """Most programs write beside the file and rename."""
    beside = path.with_suffix(".swp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


@pytest.mark.parametrize("write", [Path.write_text, write_as_editors_do])
async def test_a_right_change_goes_live_and_is_kept_in_the_history(
    editing: Gateway, ellen: EditorClient, data_dir: Path, write: Callable[[Path, str], object]
) -> None:
    write(data_dir / "faq/avfall.yml", AVFALL.replace("3 420", "3 500"))
    (made,) = (await until(ellen, "/publications", published))["publications"]
    assert (made["kind"], made["editor"], made["entry"]) == (
        "file",
        "Ändrad i filen",
        "avfall-kostnad",
    )
    assert made["commit"] is None
    assert "3 500" in answer(editing, "Vad kostar sophämtningen?")


async def test_a_wrong_file_is_told_of_while_it_keeps_saying_what_it_said(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    (data_dir / "faq/avfall.yml").write_text(AVFALL.replace("granskad:", "granskat:", 1))
    found = await until(ellen, "/entries", lambda found: bool(found["faults"]))
    assert found["faults"][0]["file"].endswith("avfall.yml")
    assert "granskat" in str(found["faults"])
    assert len(found["entries"]) == 4
    assert "Varannan vecka" in answer(editing, "När töms soporna?")
    # What is right in other files goes live all the same.
    (data_dir / "faq/bygglov.yml").write_text(BYGGLOV.replace("oftast inget", "aldrig"))
    await until(ellen, "/publications", published)
    assert "aldrig" in answer(editing, "Behöver jag bygglov för en altan?")
    # And nobody writes over what is being mended.
    refused = await ellen.publish(await ellen.draft("avfall-kostnad", svar="3 500 kronor."))
    assert (refused.status_code, refused.json()["error"]) == (422, "content_invalid")
    assert "granskat" in (data_dir / "faq/avfall.yml").read_text(encoding="utf-8")
    assert (await ellen.publish(await ellen.draft("bygglov-altan", svar="Ibland."))).is_success
    (data_dir / "faq/avfall.yml").write_text(AVFALL)
    await until(ellen, "/entries", lambda found: not found["faults"])


BROKEN = {
    "no YAML": (AVFALL + "\n  - id: [trasig\n").encode(),
    "not UTF-8": AVFALL.encode("latin-1"),
    "an id of another file": (AVFALL + BYGGLOV.partition("fragor:\n")[2]).encode(),
    "nothing": b"",
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_file_never_takes_answers_away(
    editing: Gateway, ellen: EditorClient, data_dir: Path, how: str
) -> None:
    (data_dir / "faq/avfall.yml").write_bytes(BROKEN[how])
    found = await until(ellen, "/entries", lambda found: bool(found["faults"]))
    assert len(found["entries"]) == 4
    assert "Varannan vecka" in answer(editing, "När töms soporna?")
    assert (await ellen.get("/publications"))["publications"] == []


async def test_a_new_file_and_a_file_that_is_taken_away_are_noticed(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    text = BYGGLOV.replace("bygglov-altan", "ny").replace("altan", "pergola")
    text = text.replace("trädäck", "växthus").replace("veranda", "uterum")
    (data_dir / "faq/nytt.yml").write_text(text.replace("amne: bygglov", "amne: nytt"))
    await until(ellen, "/entries", lambda found: len(found["entries"]) == 5)
    (data_dir / "faq/nytt.yml").unlink()
    await until(ellen, "/entries", lambda found: len(found["entries"]) == 4)
    kinds = [(one["entry"], one["kind"]) for one in await history(ellen)]
    assert kinds == [("ny", "file"), ("ny", "file")]


async def history(ellen: EditorClient) -> list[Json]:
    found: list[Json] = (await ellen.get("/publications"))["publications"]
    return found


async def test_a_changed_fact_of_the_municipality_goes_into_the_answers(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    facts = data_dir / "kommun.yml"
    before = (await ellen.get("/entries"))["content"]
    old = facts.read_text(encoding="utf-8")
    phone = Municipality.load(data_dir)["telefon"]
    facts.write_text(old.replace(phone, "0999-99 99 99"), encoding="utf-8")
    await until(ellen, "/entries", lambda found: found["content"] != before)
    assert "0999-99 99 99" in answer(editing, "När töms soporna?")


async def test_wrong_facts_of_the_municipality_are_told_of_and_change_nothing(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    await ellen.get("/entries")
    old = (data_dir / "kommun.yml").read_text(encoding="utf-8")
    for wrong in ("kommun: [\n", old.replace("telefon:", "telfon:")):
        (data_dir / "kommun.yml").write_text(wrong, encoding="utf-8")
        await until(ellen, "/entries", lambda found: bool(found["faults"]))
        assert len((await ellen.get("/files"))["files"]) == 3
    (data_dir / "kommun.yml").write_text(old, encoding="utf-8")
    await until(ellen, "/entries", lambda found: not found["faults"])


async def test_wrong_facts_before_anybody_has_looked_are_told_of_as_a_passing_fault(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    (data_dir / "kommun.yml").write_text("kommun: [\n", encoding="utf-8")
    refused = await ellen.http.get("/entries")
    assert (refused.status_code, refused.json()["error"]) == (503, "editor_unavailable")


async def test_our_own_publications_are_not_taken_for_changes_by_hand(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    await ellen.change("avfall-kostnad", svar="3 500 kronor.")
    index = (editing.settings.index_dir / "current").read_text()
    (data_dir / "faq/bygglov.yml").write_text(BYGGLOV.replace("oftast inget", "aldrig"))
    await until(ellen, "/publications", lambda found: len(found["publications"]) == 2)
    assert [one["kind"] for one in await history(ellen)] == ["file", "edit"]
    assert (editing.settings.index_dir / "current").read_text() != index


async def test_what_was_changed_while_nobody_watched_is_taken_in_at_the_start(
    prepared_sqlite_url: str, tmp_path: Path, data_dir: Path, logins: dict[str, str]
) -> None:
    write_passwords(tmp_path, logins)
    settings = editor_settings(prepared_sqlite_url, tmp_path)
    async with (
        running_editor(settings) as first,
        EditorClient.logged_in(first.url, "ellen", logins["ellen"]) as ellen,
    ):
        await ellen.change("avfall-kostnad", svar="3 500 kronor.")
    git(data_dir, "checkout", "HEAD~1", "--", "faq/avfall.yml")  # somebody went back
    async with (
        running_editor(settings) as second,
        EditorClient.logged_in(second.url, "ellen", logins["ellen"]) as ellen,
    ):
        await until(ellen, "/publications", lambda found: len(found["publications"]) == 2)
        assert "3 420" in answer(second, "Vad kostar sophämtningen?")


async def test_the_draft_of_somebody_who_did_not_see_the_change_by_hand_is_refused(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    mine = await ellen.draft("avfall-kostnad", svar="3 600 kronor.")
    (data_dir / "faq/avfall.yml").write_text(AVFALL.replace("3 420", "3 500"))
    refused = await ellen.publish(mine, id=str(uuid4()))
    assert refused.json()["error"] == "version_conflict"
    assert refused.json()["theirs"]["editor"] == "Ändrad i filen"
