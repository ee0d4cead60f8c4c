"""What an editor can do: look, check, preview, ask, publish, take away, roll back."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.errors import ContentError
from bot.faq.checking.check import check, errors, read_content
from bot.faq.checking.model import Content, Finding
from bot.faq.editing import begins_at, block_of, merge, national_block
from bot.faq.fields import fields_of
from bot.faq.files import FaqFiles
from bot.texts import Texts
from connectors.editor import repository
from connectors.editor.drafts import (
    DraftInvalid,
    Edit,
    Stale,
    edit_of,
    removal_of,
    rollback_of,
    yaml_of,
)
from connectors.editor.lines import file_lines, line_of
from connectors.editor.model import (
    Asked,
    Author,
    Draft,
    EntryFull,
    EntryLine,
    FileLine,
    Previewed,
    Previewer,
    Publication,
    asked,
    shown,
)
from connectors.editor.previews import Previews
from connectors.editor.publishing import Publisher, row_of
from connectors.editor.standing import Standing
from connectors.errors import (
    Blocked,
    ContentInvalid,
    EditorUnavailable,
    EntryNotFound,
    IdReused,
    NeedsConfirmation,
    PublicationNotFound,
    VersionConflict,
)
from connectors.storage.database import Database
from connectors.storage.tables import PublicationRow

Making = Callable[[FaqFiles], Edit]


@dataclass(frozen=True)
class Wish:
    """What an editor sends with every change."""

    id: UUID
    note: str
    confirmed: bool
    told: str  # everything else that was sent, to tell a repeat from another use of the id

    @property
    def request(self) -> str:
        return hashlib.sha256(f"{self.note}\0{self.told}".encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """What is wrong in a draft, and the draft in both forms. `line` is that of its block."""

    findings: list[Finding]
    yaml: str
    fields: dict[str, Any] | None
    line: int


class Editor:
    """Everything that the editor's addresses do. Nothing goes live but through `publisher`."""

    def __init__(  # noqa: PLR0913  # its parts, joined in app and nowhere else
        self,
        database: Database,
        data_dir: Path,
        texts: Texts,
        *,
        publisher: Publisher | None = None,
        previewer: Previewer | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._database, self._data_dir, self._texts = database, data_dir, texts
        self._publisher, self._today = publisher, today
        self._previews = Previews(previewer)
        self._read: tuple[str, Content, Counter[str | None]] | None = None

    @property
    def publisher(self) -> Publisher:
        """Raises EditorUnavailable where nothing can be published."""
        if self._publisher is None:
            raise EditorUnavailable
        return self._publisher

    async def live(self) -> Standing:
        if self._publisher is None:
            return await asyncio.to_thread(_on_disk, self._data_dir)
        return await self._publisher.live()

    async def entries(self) -> tuple[list[EntryLine], str, list[Finding]]:
        """Return every entry that is live, a hash of them, and what of the files is not live."""
        self._previews.warm()
        standing = await self.live()
        content, counts = await asyncio.to_thread(self._content, standing)
        lines = [line_of(entry, content, counts, standing.files) for entry in content.faq.entries]
        rejected = self._publisher.rejected if self._publisher else ()
        return lines, standing.content, [*rejected]

    async def content(self) -> Content:
        """Return what is live, and what it is checked against."""
        standing = await self.live()
        return (await asyncio.to_thread(self._content, standing))[0]

    async def files(self) -> list[FileLine]:
        standing = await self.live()
        return await asyncio.to_thread(file_lines, standing.files)

    async def entry(self, entry_id: str) -> EntryFull:
        """Raises EntryNotFound."""
        standing = await self.live()
        content, counts = await asyncio.to_thread(self._content, standing)
        entry = next((one for one in content.faq.entries if one.id == entry_id), None)
        block = block_of(standing.files, entry_id)
        if entry is None or block is None:
            raise EntryNotFound
        pack = national_block(standing.files, entry_id)
        return EntryFull(
            line=line_of(entry, content, counts, standing.files),
            yaml=block.yaml,
            fields=fields_of(block.yaml),
            version=block.version,
            national_yaml=pack.yaml if pack else None,
        )

    async def check(self, draft: Draft) -> Checked:
        """Say what is wrong in a draft."""
        files = (await self.live()).files
        return await asyncio.to_thread(self._check, draft, files)

    async def preview(self, draft: Draft) -> tuple[list[Finding], Previewed | None]:
        """Say what a draft would change in the bot's answers; nothing if it has errors."""
        standing = await self.live()
        found = await asyncio.to_thread(self._check, draft, standing.files)
        if errors(found.findings):
            return found.findings, None
        edit = await asyncio.to_thread(self._edit, draft, standing.files)
        return found.findings, await self._previews.of(edit, standing)

    async def ask(self, draft: Draft | None, question: str) -> tuple[Asked, Asked | None]:
        """Put a question to what is live, and to what would be.

        Raises:
            ContentInvalid: the draft has errors.
            EditorUnavailable: there is no index.
        """
        after: FaqFiles | None = None
        if draft is not None:
            files = (await self.live()).files
            after = (await asyncio.to_thread(self._valid_edit, draft, files)).files
        live = await self._previews.ask(None, question)
        would = await self._previews.ask(after, question) if after else None
        return asked(question, live), asked(question, would) if would else None

    async def publish(self, author: Author, wish: Wish, draft: Draft) -> tuple[Publication, bool]:
        """Make a draft live; a repeat gets what was stored, and False.

        Raises:
            VersionConflict: the entry has changed since it was opened.
            ContentInvalid: it has errors.
            NeedsConfirmation, Blocked: what it changes in the bot's answers.
            EntryNotFound, InvalidRequest, IdReused, EditorUnavailable: as they say.
        """
        return await self._publish(author, wish, lambda files: edit_of(draft, files, self._texts))

    async def remove(
        self, author: Author, wish: Wish, entry_id: str, version: str
    ) -> tuple[Publication, bool]:
        """Take an entry away. Errors are those of `publish`."""
        return await self._publish(author, wish, lambda files: removal_of(entry_id, version, files))

    async def roll_back(
        self, author: Author, wish: Wish, publication_id: UUID
    ) -> tuple[Publication, bool]:
        """Put back what an entry said before a publication. Errors are those of `publish`.

        Raises:
            PublicationNotFound: there is no such publication.
        """
        row = await self._stored(publication_id)
        path = self._data_dir / "faq" / row.file
        return await self._publish(
            author, wish, lambda files: rollback_of(row.entry, path, row.before, files)
        )

    async def publications(self, entry: str | None, limit: int) -> list[Publication]:
        """Return what was published, newest first."""
        async with self._database.read() as session:
            rows = await repository.newest(session, entry, limit)
        return [_publication(row) for row in rows]

    async def publication(self, publication_id: UUID) -> tuple[Publication, str | None, str | None]:
        """Return a publication, what the entry said before it and after it."""
        row = await self._stored(publication_id)
        return _publication(row), row.before, row.after

    async def _publish(
        self, author: Author, wish: Wish, making: Making
    ) -> tuple[Publication, bool]:
        publisher = self.publisher
        standing = await publisher.live()
        begun = await self._is_begun(wish)  # asked first: it may be done a moment later
        if stored := await self._repeated(wish):
            return stored, False
        if not begun:
            # Most of the work is done before one's turn comes, so that nobody waits for it.
            await self._cleared(standing, wish, making)
        async with publisher.alone() as standing:
            if stored := await self._repeated(wish):
                return stored, False
            edit = await self._cleared(standing, wish, making)
            row = row_of(edit, author, wish.note, wish.id, wish.request)
            return _publication(await publisher.carry_out(edit, standing, row)), True

    async def _cleared(self, standing: Standing, wish: Wish, making: Making) -> Edit:
        """Return the edit if it may go live."""
        try:
            edit = await asyncio.to_thread(making, standing.files)
        except DraftInvalid as error:
            raise ContentInvalid(findings=[shown(error.finding)]) from error
        except Stale as error:
            raise await self._conflict(error) from error
        found = await asyncio.to_thread(self._findings, edit)
        if wrong := errors(found):
            raise ContentInvalid(findings=[shown(finding) for finding in wrong])
        preview = await self._previews.of(edit, standing)
        if preview and preview.blocked:
            raise Blocked(preview=preview.model_dump(mode="json"))
        if preview and preview.needs_confirmation and not wish.confirmed:
            raise NeedsConfirmation(preview=preview.model_dump(mode="json"))
        return edit

    async def _repeated(self, wish: Wish) -> Publication | None:
        """Raises IdReused if the id was used for something else."""
        async with self._database.read() as session:
            row = await repository.find(session, wish.id)
        if row is None:
            return None
        if row.request != wish.request:
            raise IdReused
        return _publication(row)

    async def _is_begun(self, wish: Wish) -> bool:
        """Say whether it is being made, or was when its process died: it may be live already."""
        async with self._database.read() as session:
            return any(row.id == wish.id for row in await repository.intents(session))

    async def _stored(self, publication_id: UUID) -> PublicationRow:
        async with self._database.read() as session:
            row = await repository.find(session, publication_id)
        if row is None:
            raise PublicationNotFound
        return row

    async def _conflict(self, stale: Stale) -> VersionConflict:
        """Return all that an editor needs to put both changes together."""
        async with self._database.read() as session:
            entry = fields_of(stale.now.yaml)["id"]
            last = await repository.newest(session, entry, 1)
            opened = stale.opened
            base = await repository.text_of(session, entry, opened) if opened else None
        merged, conflicts = _merged(base, stale.mine, stale.now.yaml)
        theirs = {
            "yaml": stale.now.yaml,
            "version": stale.now.version,
            "editor": last[0].editor if last else None,
            "at": last[0].at.isoformat() if last else None,
        }
        return VersionConflict(theirs=theirs, base=base, merged=merged, conflicts=conflicts)

    def _check(self, draft: Draft, files: FaqFiles) -> Checked:
        line, yaml = 1, draft.yaml or ""
        try:
            yaml = yaml_of(draft, files)
            edit = self._edit(draft, files)
            line = begins_at(edit.files, edit.path, edit.entry)
            findings = self._findings(edit)
        except DraftInvalid as error:
            findings = [error.finding]
            if draft.entry:
                line = begins_at(files, files.folder / draft.file, draft.entry)
        return Checked(findings, yaml, _fields(yaml), line)

    def _edit(self, draft: Draft, files: FaqFiles) -> Edit:
        return edit_of(draft, files, self._texts, any_version=True)

    def _valid_edit(self, draft: Draft, files: FaqFiles) -> Edit:
        """Raises ContentInvalid."""
        try:
            edit = self._edit(draft, files)
        except DraftInvalid as error:
            raise ContentInvalid(findings=[shown(error.finding)]) from error
        if wrong := errors(self._findings(edit)):
            raise ContentInvalid(findings=[shown(finding) for finding in wrong])
        return edit

    def _findings(self, edit: Edit) -> list[Finding]:
        content = read_content(edit.files, self._data_dir, self._today())
        return list(check(content, {edit.entry}))

    def _content(self, standing: Standing) -> tuple[Content, Counter[str | None]]:
        """Return what is live as values, with the number of findings by entry; kept.

        Raises:
            EditorUnavailable: what it is checked against is broken, and was never read before.
        """
        key = f"{standing.content} {self._today()}"
        if self._read is None or self._read[0] != key:
            try:
                content = read_content(standing.files, self._data_dir, self._today())
            except ContentError as error:  # which is told of as a file that was not taken in
                if self._read is None:
                    raise EditorUnavailable from error
                return self._read[1:]
            counts = Counter(finding.entry for finding in check(content))
            self._read = (key, content, counts)
        return self._read[1:]


def _on_disk(data_dir: Path) -> Standing:
    return Standing(FaqFiles.read(data_dir), "")


def _merged(base: str | None, mine: str | None, theirs: str) -> tuple[str | None, list[str]]:
    try:
        if mine is None:
            return None, []
        found = merge(base or "", mine, theirs)
        return found.yaml, list(found.conflicts)
    except (ContentError, ValueError):
        return None, []


def _fields(yaml: str) -> dict[str, Any] | None:
    try:
        return fields_of(yaml)
    except (ContentError, ValueError):
        return None


def _publication(row: PublicationRow) -> Publication:
    return Publication.model_validate(row, from_attributes=True)
