"""Planted edits of the FAQ: harmful ones that a preview must stop, harmless ones it must not.

Each is a line of data: an entry, and what is done to it. What is done is named, so that the same
line fits an entry that has been rewritten since.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from scipy.stats import binomtest

from bot.errors import ContentError
from bot.faq.files import FaqFiles
from bot.preview.model import Preview
from bot.quality.planting import (
    HARMFUL,
    OPERATIONS,
    WITH_ANOTHER,
    Entry,
    PlantedError,
    text_of,
)
from bot.yaml_files import mapping_of

Half = Literal["development", "held-out"]

SEED = 20261128
_HALVES: tuple[Half, ...] = ("development", "held-out")


class Edit(BaseModel):
    """One planted edit. `kind` names what is done; `other` is a second entry that it needs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    half: Half
    harmful: bool
    kind: str
    entry: str
    other: str | None = Field(None, alias="with")
    key: str = "svar"
    replace: tuple[tuple[str, str], ...] = ()  # done by hand
    add: tuple[str, ...] = ()  # variants, done by hand


@dataclass(frozen=True)
class Outcome:
    """What a preview said of an edit; None where the edit no longer fits the content."""

    edit: Edit
    preview: Preview | None

    @property
    def stopped(self) -> bool:
        return bool(self.preview and (self.preview.blocked or self.preview.needs_confirmation))


def read_edits(folder: Path) -> tuple[Edit, ...]:
    """Read every `.jsonl` in `folder`.

    Raises:
        ContentError: says which line, and what is wrong with it.
    """
    edits = list[Edit]()
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                edits.append(Edit.model_validate_json(line))
            except ValidationError as error:
                raise ContentError(f"{path}:{number}: {error.errors()[0]['msg']}") from error
    return tuple(edits)


def apply(edit: Edit, files: FaqFiles) -> FaqFiles:
    """Return `files` after `edit`.

    Raises:
        PlantedError: the entry is gone, or has nothing that could be edited so.
    """
    book = _Book(files)
    entry = book.entry(edit.entry)
    other = book.entry(edit.other) if edit.other else {}
    if edit.replace or edit.add:
        _by_hand(edit, entry)
    elif edit.kind == "removed":
        book.remove(edit.entry)
    else:
        OPERATIONS[edit.kind](entry, other)
    after = book.files()
    if after.texts == files.texts:
        raise PlantedError(f"{edit.id} changes nothing in {edit.entry}")
    return after


class _Book:
    """The files, opened for editing."""

    def __init__(self, files: FaqFiles) -> None:
        self._files = files
        self._open: dict[Path, Any] = {}

    def entry(self, name: str) -> Entry:
        entries, place = self._find(name)
        found: Entry = entries[place]
        return found

    def remove(self, name: str) -> None:
        entries, place = self._find(name)
        del entries[place]

    def files(self) -> FaqFiles:
        after = self._files
        for path, content in self._open.items():
            after = after.replacing(path, _written(content))
        return after

    def _find(self, name: str) -> tuple[list[Entry], int]:
        own = [path for path, _ in (*self._files.local(), *self._files.national())]
        for path in own:
            text = self._files.texts[path]
            if f"id: {name}\n" not in text:
                continue
            if path not in self._open:
                self._open[path] = deepcopy(mapping_of(text, path, ""))
            entries: list[Entry] = self._open[path]["fragor"]
            for place, entry in enumerate(entries):
                if entry.get("id") == name:
                    return entries, place
        raise PlantedError(f"There is no entry {name}")


def _written(content: Any) -> str:
    yaml, out = YAML(typ="rt"), StringIO()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, out)
    return out.getvalue()


def _by_hand(edit: Edit, entry: Entry) -> None:
    for old, new in edit.replace:
        said = entry.get(edit.key)
        told = said if isinstance(said, list) else [text_of(entry, edit.key)]
        after = [one.replace(old, new, 1) for one in told]
        if after == told:
            raise PlantedError(f"{edit.id}: «{old}» stands nowhere in {edit.entry}")
        entry[edit.key] = after if isinstance(said, list) else after[0]
    for text in edit.add:
        entry["varianter"].append(text)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what was caught and what was stopped for nothing, in all and by kind."""
    fitting = [one for one in outcomes if one.preview]
    halves = {half: [one for one in fitting if one.edit.half == half] for half in _HALVES}
    return {
        "left_out": len(outcomes) - len(fitting),
        **{half: _of_half(found) for half, found in halves.items() if found},
    }


def _of_half(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        name: {
            "all": _share(chosen),
            **{kind: _share(_of_kind(chosen, kind)) for kind in sorted(_kinds(chosen))},
        }
        for name, harmful in (("harmful", True), ("harmless", False))
        if (chosen := [one for one in outcomes if one.edit.harmful is harmful])
    }


def _kinds(outcomes: Iterable[Outcome]) -> set[str]:
    return {one.edit.kind for one in outcomes}


def _of_kind(outcomes: Iterable[Outcome], kind: str) -> list[Outcome]:
    return [one for one in outcomes if one.edit.kind == kind]


def _share(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return how many were stopped, with the 95 % interval of Wilson (1927)."""
    stopped = sum(one.stopped for one in outcomes)
    interval = binomtest(stopped, len(outcomes)).proportion_ci(method="wilson")
    return {
        "edits": len(outcomes),
        "stopped": stopped,
        "share": stopped / len(outcomes),
        "interval": (float(interval.low), float(interval.high)),
    }


def draw(files: FaqFiles, each: int, seed: int = SEED) -> Iterator[Edit]:
    """Draw entries for every operation: `each` for the development half, `each` + 1 held out.

    The halves share no topic. Which entries are drawn depends on their ids alone, so that other
    entries beside them change nothing.
    """
    entries = [one for path in files.texts for one in _entries(files, path)]
    for kind in OPERATIONS:
        for half, most in zip(_HALVES, (each, each + 1), strict=True):
            order = sorted(_in_half(entries, half), key=lambda one: _lot(seed, kind, one))
            fitting = (
                edit
                for n, name in enumerate(order)
                if (edit := _tried(kind, half, name, order[n - 1], files))
            )
            yield from islice(fitting, most)


def _tried(kind: str, half: Half, entry: str, other: str, files: FaqFiles) -> Edit | None:
    """Return the edit where it fits the entry, as operations tell."""
    edit = Edit.model_validate(
        {
            "id": f"{kind}-{entry}",
            "half": half,
            "harmful": kind in HARMFUL,
            "kind": kind,
            "entry": entry,
            "with": other if kind in WITH_ANOTHER else None,
        }
    )
    try:
        apply(edit, files)
    except PlantedError:
        return None
    return edit


def _entries(files: FaqFiles, path: Path) -> list[tuple[str, str]]:
    content = mapping_of(files.texts[path], path, "")
    return [(str(content["amne"]), str(one["id"])) for one in content["fragor"]]


def _in_half(entries: Iterable[tuple[str, str]], half: Half) -> list[str]:
    return [name for topic, name in entries if _HALVES[crc32(topic.encode()) % 2] == half]


def _lot(seed: int, kind: str, name: str) -> str:
    return sha256(f"{seed} {kind} {name}".encode()).hexdigest()


def as_line(edit: Edit) -> str:
    """Write an edit as a line of data."""
    told = edit.model_dump(by_alias=True, exclude_defaults=True)
    return json.dumps(told, ensure_ascii=False)
