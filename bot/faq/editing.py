"""Editing one entry in the text of its file: every other byte of the file stays as it was.

An entry's block is cut out of the file by its lines, edited by itself and put back. Comments and
blank lines between two entries belong to the file, not to an entry.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.faq.fields import fields_of, with_fields
from bot.faq.files import FaqFiles
from bot.faq.repository import BEGINS_WITH, FILE_KEYS
from bot.yaml_files import lines_of, mapping_of

_EMPTY_LIST = re.compile(r"fragor:[ \t]*(\[[ \t]*\])?[ \t]*(#.*)?$")
_NEW_LEAD = "  - "


@dataclass(frozen=True)
class Block:
    """An entry's own lines, dedented. `version` changes with every byte of them."""

    path: Path
    yaml: str

    @property
    def version(self) -> str:
        return hashlib.sha256(self.yaml.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Item:
    """Where an entry stands: its dash, its first key and its end, in characters."""

    start: int
    body: int
    end: int
    limit: int  # the same with the blank lines and comments after it
    column: int  # of its keys
    line: int  # of its dash, from 1
    value: Any

    @property
    def id(self) -> str | None:
        return self.value.get("id") if isinstance(self.value, dict) else None


def block_of(files: FaqFiles, entry_id: str) -> Block | None:
    """Return the block of an entry; a local one before that of the national pack it overrides."""
    return local_block(files, entry_id) or national_block(files, entry_id)


def local_block(files: FaqFiles, entry_id: str) -> Block | None:
    return _block(files.local(), entry_id)


def national_block(files: FaqFiles, entry_id: str) -> Block | None:
    return _block(files.national(), entry_id)


def begins_at(files: FaqFiles, path: Path, entry_id: str) -> int:
    """Return the line of an entry's dash in its file; 1 where it cannot be found."""
    try:
        return next(item.line for item in _items(files.texts[path], path) if item.id == entry_id)
    except (ContentError, StopIteration, KeyError):
        return 1


def ids_in(files: FaqFiles, path: Path) -> tuple[str, ...]:
    """Return the ids in a file, in order; none where it cannot be read."""
    try:
        return tuple(item.id for item in _items(files.texts[path], path) if item.id)
    except (ContentError, KeyError):
        return ()


def blocks_in(files: FaqFiles, path: Path) -> dict[str, str]:
    """Return every entry's block in a file, by id; none where it cannot be read."""
    text = files.texts.get(path, "")
    try:
        items = [_whole(text, item, path) for item in _items(text, path)] if text else []
    except ContentError:
        return {}
    return {item.id: _cut(text, item, path).yaml for item in items if item.id}


def with_block(files: FaqFiles, path: Path, entry_id: str, yaml: str) -> FaqFiles:
    """Put `yaml` in the place of an entry's block.

    Raises:
        ContentError: the entry is not there, or `yaml` would change what other entries say.
    """
    text = files.texts[path]
    item = _item(text, path, entry_id)
    if yaml == _cut(text, item, path).yaml:
        return files
    placed = text[: item.body] + _indented(yaml, text, item.column) + text[item.end :]
    return files.replacing(path, _checked(text, placed, path, item))


def without(files: FaqFiles, entry_id: str) -> FaqFiles:
    """Take a local entry out of its file. What stands between entries stays.

    Raises:
        ContentError: the entry is not there.
    """
    block = local_block(files, entry_id)
    if block is None:
        raise _missing(files.folder, entry_id)
    text = files.texts[block.path]
    item = _item(text, block.path, entry_id)
    left = text[: item.start] + text[item.end :]
    if len(list(_items(text, block.path))) == 1:
        left = _replaced_line(left, block.path, "fragor: []")
        return files.replacing(block.path, left)
    return files.replacing(block.path, _checked(text, left, block.path, item))


def adding(files: FaqFiles, path: Path, yaml: str) -> FaqFiles:
    """Put a new entry last in a file.

    Raises:
        ContentError: the file's list cannot be added to, or `yaml` would change other entries.
    """
    text = files.texts[path]
    items = list(_items(text, path))
    if not items:
        opened = _replaced_line(text, path, "fragor:")
        return files.replacing(path, _ended(opened) + _NEW_LEAD + _indented(yaml, text, 4))
    last = _whole(text, items[-1], path)
    lead = text[last.start : last.body] if "\n" not in text[last.start : last.body] else _NEW_LEAD
    new = lead + _indented(yaml, text, len(lead))
    placed = _ended(text[: last.end]) + new + text[last.end :]
    return files.replacing(path, _checked(text, placed, path, None))


def opening(files: FaqFiles, path: Path, like: Path) -> FaqFiles:
    """Make an empty file `path` with the subject, title and owner of another one."""
    content = mapping_of(files.texts[like], like, BEGINS_WITH)
    head = {key: content[key] for key in FILE_KEYS if key in content}
    return files.replacing(path, with_fields("", head) + "fragor: []\n")


def local_file_for(files: FaqFiles, national: Path) -> Path:
    """Return the municipality's own file about the subject of a national one, or where it goes."""
    subject = subject_of(files, national)
    for path, _ in files.local():
        if subject is not None and subject_of(files, path) == subject:
            return path
    return files.folder / national.name


def subject_of(files: FaqFiles, path: Path) -> str | None:
    """Return «amne» of a file; None where it cannot be read."""
    try:
        return str(mapping_of(files.texts[path], path, BEGINS_WITH)["amne"])
    except (ContentError, ValueError, KeyError):
        return None


def _block(texts: Iterator[tuple[Path, str]], entry_id: str) -> Block | None:
    for path, text in texts:
        if entry_id not in text:
            continue
        try:
            return _cut(text, _item(text, path, entry_id), path)
        except ContentError:
            continue
    return None


def _cut(text: str, item: _Item, path: Path) -> Block:
    indent = " " * item.column
    lines = lines_of(text[item.body : item.end])
    yaml = "".join([*lines[:1], *(line.removeprefix(indent) for line in lines[1:])])
    return Block(path, _ended(yaml.replace("\r\n", "\n")))


def _item(text: str, path: Path, entry_id: str) -> _Item:
    for item in _items(text, path):
        if item.id == entry_id:
            return _whole(text, item, path)
    raise _missing(path, entry_id)


def _missing(path: Path, entry_id: str) -> ContentError:
    return ContentError(f"{path}:1: Frågan {entry_id} finns inte här. Öppna den på nytt.")


def _items(text: str, path: Path) -> Iterator[_Item]:
    """Yield where each entry of a file stands.

    Raises:
        ContentError: the file cannot be read, or its entries do not stand on lines of their own.
    """
    try:
        content = mapping_of(text, path, BEGINS_WITH)
    except ValueError as error:  # a date that no calendar has
        raise ContentError(f"{path}:1: Filen har ett datum som inte finns. Rätta det.") from error
    questions: Any = content.get("fragor")
    if not (isinstance(questions, list) and questions):
        return
    kept: Any = questions  # with the places that ruamel.yaml remembers
    lines = lines_of(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    places = [kept.lc.item(number) for number in range(len(questions))]
    dashes = [_dash_line(lines, line, column, path) for line, column in places]
    after = [content.lc.key(key)[0] for key in content]
    last = min((line for line in after if line > dashes[-1]), default=len(lines))
    limits = [*dashes[1:], last]
    for value, (line, column), dash, limit in zip(questions, places, dashes, limits, strict=True):
        yield _Item(
            start=starts[dash],
            body=starts[line] + column,
            end=starts[_trimmed(lines, line, limit, column)],
            limit=starts[limit],
            column=column,
            line=dash + 1,
            value=value,
        )


def _whole(text: str, item: _Item, path: Path) -> _Item:
    """Return `item` with what follows it where that belongs to it: `svar: |+` keeps blank lines."""
    try:
        same = mapping_of(_cut(text, item, path).yaml, path, BEGINS_WITH) == item.value
    except (ContentError, ValueError):
        same = False
    return item if same else replace(item, end=item.limit)


def _dash_line(lines: list[str], line: int, column: int, path: Path) -> int:
    """Return the line of the dash before the key at `line` and `column`."""
    if re.fullmatch(r" *- +", lines[line][:column]):
        return line
    for number in range(line - 1, -1, -1):
        stripped = lines[number].strip()
        if re.fullmatch(r"-( *#.*)?", stripped):
            return number
        if stripped and not stripped.startswith("#"):
            break
    raise ContentError(
        f"{path}:{line + 1}: Frågan står inte på egna rader. Börja varje fråga med «- id:»."
    )


def _trimmed(lines: list[str], first: int, limit: int, column: int) -> int:
    """Return the line after the last one of an entry, without what stands between entries."""
    while limit > first + 1:
        line = lines[limit - 1]
        stripped = line.strip()
        comment = stripped.startswith("#") and len(line) - len(line.lstrip(" ")) < column
        if stripped and not comment:
            break
        limit -= 1
    return limit


def _indented(yaml: str, text: str, column: int) -> str:
    """Indent all lines but the first, and end them as `text` does."""
    first, *others = lines_of(_ended(yaml))
    indent = " " * column
    placed = first + "".join(indent + line if line.strip("\r\n") else line for line in others)
    return placed.replace("\n", "\r\n") if "\r\n" in text else placed


def _ended(text: str) -> str:
    if not text or text.endswith("\n"):
        return text
    return text + ("\r\n" if "\r\n" in text else "\n")


def _replaced_line(text: str, path: Path, by: str) -> str:
    """Write the line of an empty «fragor» anew."""
    for line in lines_of(text):
        if _EMPTY_LIST.match(line.rstrip("\r\n")):
            return text.replace(line, by + (line[len(line.rstrip("\r\n")) :] or "\n"), 1)
    raise ContentError(f"{path}:1: Listan «fragor:» saknas. Lägg till den.")


def _checked(before: str, after: str, path: Path, item: _Item | None) -> str:
    """Return `after` if all that the rest of the file says is what it said.

    `item` is what was edited or taken out; None where something was added at the end.
    """
    old, new = _others(before, path), _others(after, path)
    if item is None:
        same = old == _without_one(new, len(new[1]) - 1)
    else:
        place = next(n for n, value in enumerate(old[1]) if value is item.value)
        rest = _without_one(old, place)
        same = rest in (_without_one(new, place), new)
    if not same:
        raise ContentError(
            f"{path}:{item.line if item else 1}: Texten skulle ändra andra frågor i filen."
            " Kontrollera indrag och citattecken."
        )
    return after


def _others(text: str, path: Path) -> tuple[dict[str, Any], list[Any]]:
    content = mapping_of(text, path, BEGINS_WITH)
    questions = content.get("fragor")
    head = {key: content[key] for key in content if key != "fragor"}
    return head, list(questions) if isinstance(questions, list) else []


def _without_one(
    found: tuple[Mapping[str, Any], list[Any]], place: int
) -> tuple[Mapping[str, Any], list[Any]]:
    head, values = found
    return head, [*values[:place], *values[place + 1 :]]


@dataclass(frozen=True)
class Merged:
    """Two edits of one entry put together; `yaml` is None where they meet in a key."""

    yaml: str | None
    conflicts: tuple[str, ...] = ()


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Put `mine` and `theirs`, two edits of `base`, together key by key.

    Raises:
        ContentError, ValueError: one of them cannot be read.
    """
    old, ours, others = fields_of(base), fields_of(mine), fields_of(theirs)
    merged, conflicts = dict(others), []
    for key in {**ours, **old}:
        if ours.get(key) in (old.get(key), others.get(key)):
            continue
        if others.get(key) != old.get(key):
            conflicts.append(key)
        elif key in ours:
            merged[key] = ours[key]
        else:
            merged.pop(key, None)
    if conflicts:
        return Merged(None, tuple(conflicts))
    return Merged(with_fields(theirs, merged))


def override_of(national: str, edited: str) -> tuple[str, tuple[str, ...]]:
    """Return what a local entry must say for the national one to become as `edited`.

    Returns:
        the block of the local entry, and the keys that it cannot change: a local entry
        replaces the national one's keys and adds variants, but takes nothing away.

    Raises:
        ContentError, ValueError: one of them cannot be read.
    """
    old, new = fields_of(national), fields_of(edited)
    changed = {key: value for key, value in new.items() if value != old.get(key)}
    lost = {key for key in old if key not in new}
    if "varianter" in changed:
        known = old.get("varianter", [])
        changed["varianter"] = [one for one in new["varianter"] if one not in known]
        lost |= {"varianter"} if any(one not in new["varianter"] for one in known) else set()
    kept = {key: value for key, value in changed.items() if value != []}
    return with_fields("", {"id": old["id"], **kept}), tuple(sorted(lost))
