"""Putting changes live, one at a time: intent, file, index, commit, done.

    intent   a row without `done_at`: what is about to be made
    file     written beside the old one and put in its place in one step
    index    built with the warm language model, put in its place in one step; now it is live
    kept     what is live, beside the index
    commit   of that file only, where there is git
    done     the row becomes a publication

A process may die between any two. Whoever comes next finds the intent: is the file written, the
rest is done again; is it not, the intent is taken back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import structlog

from bot.errors import ContentError
from bot.faq.checking.check import check, errors, read_content
from bot.faq.checking.model import Finding, Level, of_fault
from bot.faq.editing import block_of, blocks_in, local_block
from bot.faq.files import FaqFiles
from bot.faq.model import Entry
from bot.retrieval.model import Built
from bot.texts import Texts
from connectors.accounts.model import Role
from connectors.audit.log import Deed, record
from connectors.audit.model import Action
from connectors.editor import git, repository
from connectors.editor.drafts import Edit
from connectors.editor.files import put, sweep
from connectors.editor.locking import PublishingLock
from connectors.editor.model import Author, Kind
from connectors.editor.standing import (
    Kept,
    Standing,
    accepted,
    changed,
    facts_of,
    read_disk,
)
from connectors.errors import ContentInvalid
from connectors.now import utc_now
from connectors.storage.database import Database
from connectors.storage.tables import PublicationRow

log = structlog.get_logger()

_ACTIONS = {
    Kind.NEW: Action.ENTRY_PUBLISH,
    Kind.EDIT: Action.ENTRY_PUBLISH,
    Kind.REMOVE: Action.ENTRY_REMOVE,
    Kind.ROLLBACK: Action.ENTRY_ROLL_BACK,
}


class Builder(Protocol):
    """Builds the index from entries and puts it in use."""

    def __call__(self, entries: Sequence[Entry]) -> Built: ...

    def is_fresh(self) -> bool: ...


class Publisher:
    """Makes changes live. `rejected` says what was changed by hand and may not go live."""

    def __init__(  # noqa: PLR0913  # its parts, joined in app and nowhere else
        self,
        database: Database,
        data_dir: Path,
        index_dir: Path,
        build: Builder,
        texts: Texts,
        *,
        commits: bool = True,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._database, self._data_dir, self._build, self._texts = database, data_dir, build, texts
        self._kept = Kept(index_dir, data_dir)
        self._lock = PublishingLock(database, index_dir)
        self._commits, self._today = commits, today
        self.rejected: tuple[Finding, ...] = ()

    async def live(self) -> Standing:
        """Return what is live; before anything was published, what lies on disk."""
        return await asyncio.to_thread(self._live)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[Standing]:
        """Wait for one's turn, put in order what others left, and yield what is live then."""
        async with self._lock.hold():
            yield await self._settle()

    async def settle(self) -> None:
        """Finish what a killed process began, and take in what was changed by hand."""
        async with self.alone():
            pass

    async def carry_out(self, edit: Edit, base: Standing, row: PublicationRow) -> PublicationRow:
        """Make `edit`, which is told in `row`, live. Only inside `alone`.

        Raises:
            ContentInvalid: its file was changed by hand and has faults that nobody has mended.
            Exception: it could not be made live; then all is as it was before.
        """
        await self._refuse_broken(edit, base)
        await self._intend([row])
        try:
            await asyncio.to_thread(put, edit.path, edit.files.texts.get(edit.path))
            built = await asyncio.to_thread(self._go_live, edit.files)
        except Exception:
            await self._take_back(edit, base, row.id)
            raise
        return await self._finish(row, built.built_from)

    async def _take_back(self, edit: Edit, base: Standing, row_id: UUID) -> None:
        log.error("publication_failed", publication=str(row_id), entry=edit.entry)
        await asyncio.to_thread(put, edit.path, base.files.texts.get(edit.path))
        with suppress(Exception):  # where the index had been put in use before it failed
            await asyncio.to_thread(self._go_live, base.files)
        async with self._database.write() as session:
            await repository.forget_intent(session, row_id)

    async def _refuse_broken(self, edit: Edit, base: Standing) -> None:
        """Never write over what somebody has changed in the file and not mended yet."""
        disk = await asyncio.to_thread(read_disk, self._data_dir, base.files)
        if disk.files.texts.get(edit.path) == base.files.texts.get(edit.path) and not any(
            Path(finding.file) == edit.path for finding in disk.rejected
        ):
            return
        told = self._texts.get("editor_file_changed", file=edit.file)
        first = Finding(level=Level.ERROR, rule="file", file=str(edit.path), line=1, text=told)
        raise ContentInvalid(
            findings=[one.model_dump(mode="json") for one in (first, *self.rejected)]
        )

    async def _settle(self) -> Standing:
        await asyncio.to_thread(sweep, self._data_dir / "faq")
        async with self._database.read() as session:
            left = await repository.intents(session)
        for row in left:
            await self._repair(row)
        return await self._take_in()

    async def _repair(self, row: PublicationRow) -> None:
        """Finish a publication whose process died, or take its intent back."""
        standing = await self.live()
        path = standing.files.folder / row.file
        disk = (await asyncio.to_thread(read_disk, self._data_dir, standing.files)).files
        written = local_block(disk, row.entry)
        if (written.yaml if written else None) != row.after:
            log.warning("publication_taken_back", publication=str(row.id), entry=row.entry)
            async with self._database.write() as session:
                await repository.forget_intent(session, row.id)
            return
        log.warning("publication_finished_later", publication=str(row.id), entry=row.entry)
        files = standing.files.replacing(path, disk.texts.get(path))
        built = await asyncio.to_thread(self._go_live, files)
        await self._finish(row, built.built_from, begun=True)

    async def _take_in(self) -> Standing:
        """Make live what was changed in the files by hand, as far as it is right."""
        before = await asyncio.to_thread(self._kept.read)
        facts = await asyncio.to_thread(facts_of, self._data_dir)
        base = before or Standing(FaqFiles(self._data_dir / "faq", {}), "")
        taken, rejected = await asyncio.to_thread(self._acceptable, base, facts)
        self._tell(rejected)
        if before and taken.texts == before.files.texts and facts == before.facts:
            return before
        if not taken.texts or (rejected and not await asyncio.to_thread(self._sound, taken)):
            return before or await self.live()
        if before is None and not rejected and await asyncio.to_thread(self._build.is_fresh):
            await asyncio.to_thread(self._kept.write, Standing(taken, facts))  # as built before
            return Standing(taken, facts)
        rows = self._by_hand(before.files, taken) if before else []
        await self._intend(rows)
        try:
            built = await asyncio.to_thread(self._go_live, taken)
        except Exception:
            async with self._database.write() as session:
                for row in rows:
                    await repository.forget_intent(session, row.id)
            raise
        for row in rows:
            await self._finish(row, built.built_from)
        log.info("files_taken_in", entries=len(rows), index=built.built_from)
        return Standing(taken, facts)

    def _acceptable(self, base: Standing, facts: str) -> tuple[FaqFiles, tuple[Finding, ...]]:
        """Return the files that may go live, and what is wrong in the others."""
        disk = read_disk(self._data_dir, base.files)
        if disk.files.texts == base.files.texts and facts == base.facts:
            return base.files, disk.rejected
        try:
            taken = accepted(disk.files, base.files, self._new_faults)
        except ContentError as error:  # data/kommun.yml itself
            return base.files, (*disk.rejected, _general(error, self._data_dir / "kommun.yml"))
        return taken.files, (*disk.rejected, *taken.rejected)

    def _new_faults(self, files: FaqFiles, before: FaqFiles) -> list[Finding]:
        """Say what is wrong in `files`: any fault, and errors in the entries that changed."""
        content = read_content(files, self._data_dir, self._today())
        if content.faq.faults:
            return [of_fault(fault) for fault in content.faq.faults]
        touched = {entry for entry, *_ in _differences(before, files)} if before.texts else set()
        return errors(check(content, touched)) if touched else []

    def _sound(self, files: FaqFiles) -> bool:
        try:
            return not read_content(files, self._data_dir, self._today()).faq.faults
        except ContentError:
            return False

    def _by_hand(self, before: FaqFiles, after: FaqFiles) -> list[PublicationRow]:
        author = Author(self._texts["editor_by_hand"])
        rows = []
        for entry, path, old, new in _differences(before, after):
            opened = block_of(before, entry)
            edit = Edit(entry, path, Kind.FILE, after, old, new, opened.version if opened else None)
            rows.append(row_of(edit, author, "", uuid4(), ""))
        return rows

    def _go_live(self, files: FaqFiles) -> Built:
        """Build the index of `files` and put it in use.

        Raises:
            ContentError: they have faults.
        """
        faq = read_content(files, self._data_dir, self._today()).faq
        if faq.faults:
            raise ContentError("\n".join(map(str, faq.faults)))
        facts = facts_of(self._data_dir)
        built = self._build(faq.shown)
        self._kept.write(Standing(files, facts))
        return built

    def _live(self) -> Standing:
        kept = self._kept.read()
        return kept or Standing(read_disk(self._data_dir, None).files, facts_of(self._data_dir))

    async def _intend(self, rows: Sequence[PublicationRow]) -> None:
        if rows:
            async with self._database.write() as session:
                session.add_all(rows)

    async def _finish(
        self, row: PublicationRow, index: str, *, begun: bool = False
    ) -> PublicationRow:
        commit = await asyncio.to_thread(self._commit, row, begun)
        async with self._database.write() as session:
            done = await repository.finish(
                session, row.id, done_at=utc_now(), commit=commit, index=index
            )
            if done and done.username:  # what was changed in the file is no editor's deed
                await record(self._database, session, _deed(done, done.username))
        log.info("published", publication=str(row.id), entry=row.entry, kind=row.kind)
        return done or row

    def _commit(self, row: PublicationRow, begun: bool) -> str | None:
        if not self._commits or row.username is None:
            return None
        path = self._data_dir / "faq" / row.file
        title = f"faq: {row.entry} ({row.kind})"
        message = f"{title}\n\n{row.note}" if row.note else title
        return git.commit(path, Author(row.editor, row.username), message, row.id, begun=begun)

    def _tell(self, rejected: tuple[Finding, ...]) -> None:
        if rejected and rejected != self.rejected:
            log.warning("files_rejected", files=sorted({finding.file for finding in rejected}))
        self.rejected = rejected


def row_of(edit: Edit, author: Author, note: str, row_id: UUID, request: str) -> PublicationRow:
    """Return a publication that is not made yet."""
    return PublicationRow(
        id=row_id,
        entry=edit.entry,
        file=edit.file,
        editor=author.name,
        username=author.username,
        at=utc_now(),
        note=note,
        kind=edit.kind.value,
        before=edit.before,
        after=edit.after,
        version_before=edit.version_before,
        version_after=edit.version_after,
        request=request,
    )


def _deed(row: PublicationRow, username: str) -> Deed:
    detail = {"publication": str(row.id), "file": row.file}
    return Deed(username, Role.EDITOR, _ACTIONS[Kind(row.kind)], subject=row.entry, detail=detail)


def _differences(
    before: FaqFiles, after: FaqFiles
) -> list[tuple[str, Path, str | None, str | None]]:
    """Return the entries that are not the same: id, file, block before, block after."""
    found = []
    for path in sorted(changed(before, after)):
        old, new = blocks_in(before, path), blocks_in(after, path)
        for entry in {**old, **new}:
            if old.get(entry) != new.get(entry):
                found.append((entry, path, old.get(entry), new.get(entry)))
    return found


def _general(error: ContentError, path: Path) -> Finding:
    text = str(error).removeprefix(f"{path}: ")
    return Finding(level=Level.ERROR, rule="format", file=str(path), line=1, text=text)
