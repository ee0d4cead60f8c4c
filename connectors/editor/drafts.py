"""From what an editor wants to the files as they would be. Pure: nothing is read or written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.faq.checking.model import Finding, Level
from bot.faq.editing import (
    Block,
    adding,
    begins_at,
    block_of,
    local_block,
    local_file_for,
    opening,
    override_of,
    with_block,
    without,
)
from bot.faq.fields import BLOCK, fields_of, with_fields
from bot.faq.files import FaqFiles
from bot.texts import Texts
from bot.yaml_faults import impossible_date
from connectors.editor.model import Draft, Kind
from connectors.errors import EntryNotFound, InvalidRequest

HIDDEN = "dold: true\n"  # what a local entry says to hide one of the national pack


class DraftInvalid(Exception):
    """The draft cannot become an entry; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


class Stale(Exception):
    """The entry is not any longer as it was when it was opened."""

    def __init__(self, now: Block, opened: str | None, mine: str | None) -> None:
        super().__init__(now.version)
        self.now, self.opened, self.mine = now, opened, mine


@dataclass(frozen=True)
class Edit:
    """A change of one entry, and all files after it. `before` and `after` are local blocks."""

    entry: str
    path: Path
    kind: Kind
    files: FaqFiles
    before: str | None
    after: str | None
    version_before: str | None

    @property
    def file(self) -> str:
        return str(self.path.relative_to(self.files.folder))

    @property
    def version_after(self) -> str | None:
        block = block_of(self.files, self.entry)
        return block.version if block else None


def yaml_of(draft: Draft, files: FaqFiles) -> str:
    """Return the block that a draft stands for.

    Raises:
        DraftInvalid: it cannot be read.
    """
    if draft.fields is None:
        return draft.yaml or ""
    opened = block_of(files, draft.entry) if draft.entry else None
    into = draft.yaml if draft.yaml is not None else opened.yaml if opened else ""
    with _told(draft, files):
        return with_fields(into, draft.fields)


def edit_of(draft: Draft, files: FaqFiles, texts: Texts, *, any_version: bool = False) -> Edit:
    """Put a draft into the files.

    Args:
        any_version: only to look at; nothing of it is going to be published.

    Raises:
        DraftInvalid: it is no entry, or would change others.
        EntryNotFound, InvalidRequest: the entry or the file is not there.
        Stale: the entry has changed since it was opened.
    """
    if draft.entry is None:
        return _new(draft, files, texts)
    opened = block_of(files, draft.entry)
    if opened is None:
        raise EntryNotFound
    if opened.version != draft.version and not any_version:
        raise Stale(opened, draft.version, yaml_of_mine(draft, files))
    yaml = yaml_of(draft, files)
    if _id_in(draft, yaml, files) != draft.entry:
        raise _invalid(draft, files, texts.get("editor_id_fixed", entry=draft.entry), "id")
    if files.is_national(opened.path):
        return _overriding(draft, draft.entry, opened, yaml, files, texts)
    with _told(draft, files):
        after = with_block(files, opened.path, draft.entry, yaml)
    return _edit(draft.entry, opened.path, Kind.EDIT, files, after)


def yaml_of_mine(draft: Draft, files: FaqFiles) -> str | None:
    """Return the draft's block to compare with; None where it cannot be read."""
    try:
        return yaml_of(draft, files)
    except DraftInvalid:
        return None


def removal_of(entry: str, version: str, files: FaqFiles) -> Edit:
    """Take an entry away; one of the national pack is hidden.

    Raises:
        EntryNotFound: it is not there.
        Stale: it has changed since it was opened.
    """
    opened = block_of(files, entry)
    if opened is None:
        raise EntryNotFound
    if opened.version != version:
        raise Stale(opened, version, None)
    if not files.is_national(opened.path):
        return _edit(entry, opened.path, Kind.REMOVE, files, without(files, entry))
    path, opened_files = _local_home(files, opened.path)
    after = adding(opened_files, path, f"id: {entry}\n{HIDDEN}")
    return _edit(entry, path, Kind.REMOVE, files, after)


def rollback_of(entry: str, path: Path, before: str | None, files: FaqFiles) -> Edit:
    """Put back what an entry said before a publication.

    Raises:
        EntryNotFound: there is nothing to take away, or its file is gone.
    """
    now = local_block(files, entry)
    if before is None:
        if now is None:
            raise EntryNotFound
        return _edit(entry, now.path, Kind.ROLLBACK, files, without(files, entry))
    if now is not None:
        after = with_block(files, now.path, entry, before)
        return _edit(entry, now.path, Kind.ROLLBACK, files, after)
    if path not in files.texts:
        raise EntryNotFound
    return _edit(entry, path, Kind.ROLLBACK, files, adding(files, path, before))


def _new(draft: Draft, files: FaqFiles, texts: Texts) -> Edit:
    path = files.folder / draft.file
    if path not in files.texts:
        raise InvalidRequest(fields=["draft.file"])
    yaml = yaml_of(draft, files)
    entry = _id_in(draft, yaml, files)
    if not isinstance(entry, str) or not entry:
        raise _invalid(draft, files, texts["editor_id_missing"], "id")
    if block_of(files, entry):
        raise _invalid(draft, files, texts.get("editor_id_taken", entry=entry), "id")
    path, opened = _local_home(files, path) if files.is_national(path) else (path, files)
    with _told(draft, files):
        return _edit(entry, path, Kind.NEW, files, adding(opened, path, yaml))


def _overriding(  # noqa: PLR0913, PLR0917  # what is overridden, by what, among what
    draft: Draft, entry: str, opened: Block, yaml: str, files: FaqFiles, texts: Texts
) -> Edit:
    """Let a local entry say what is to be otherwise than in the national pack."""
    with _told(draft, files):
        written, kept = override_of(opened.yaml, yaml)
        if kept:
            told = texts.get("editor_national_kept", keys=", ".join(kept))
            raise _invalid(draft, files, told, kept[0])
        path, opened_files = _local_home(files, opened.path)
        return _edit(entry, path, Kind.EDIT, files, adding(opened_files, path, written))


def _local_home(files: FaqFiles, national: Path) -> tuple[Path, FaqFiles]:
    """Return the local file about the same subject, made where there is none."""
    path = local_file_for(files, national)
    return path, files if path in files.texts else opening(files, path, national)


def _edit(entry: str, path: Path, kind: Kind, before: FaqFiles, after: FaqFiles) -> Edit:
    old, new, opened = (
        local_block(before, entry),
        local_block(after, entry),
        block_of(before, entry),
    )
    return Edit(
        entry=entry,
        path=path,
        kind=kind,
        files=after,
        before=old.yaml if old else None,
        after=new.yaml if new else None,
        version_before=opened.version if opened else None,
    )


def _id_in(draft: Draft, yaml: str, files: FaqFiles) -> Any:
    with _told(draft, files):
        fields: Mapping[str, Any] = fields_of(yaml)
    return fields.get("id")


def _invalid(draft: Draft, files: FaqFiles, text: str, key: str | None = None) -> DraftInvalid:
    path = files.folder / draft.file
    line = begins_at(files, path, draft.entry) if draft.entry else 1
    return DraftInvalid(
        Finding(
            level=Level.ERROR,
            rule="format",
            file=str(path),
            line=line,
            entry=draft.entry,
            key=key,
            text=text,
        )
    )


@contextmanager
def _told(draft: Draft, files: FaqFiles) -> Iterator[None]:
    """Turn what keeps a draft from being read into a finding at its line."""
    try:
        yield
    except ContentError as error:
        place, _, text = str(error).partition(": ")
        invalid = _invalid(draft, files, text)
        line = int(place.rpartition(":")[2])
        if place.startswith(f"{BLOCK}:"):
            line += invalid.finding.line - 1
        raise DraftInvalid(invalid.finding.model_copy(update={"line": line})) from error
    except ValueError as error:
        told = impossible_date(draft.yaml or "", files.folder / draft.file).text
        raise _invalid(draft, files, told) from error
