"""What is live: the text of every file as it was when the index in use was built.

A file that an editor has broken by hand keeps saying what it said before, until it is mended.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ContentError
from bot.faq.checking.model import Finding, Level
from bot.faq.files import FaqFiles
from bot.yaml_files import read_text
from connectors.editor.files import write_whole

FILE = "published.json"

Faults = Callable[[FaqFiles, FaqFiles], Sequence[Finding]]


@dataclass(frozen=True)
class Standing:
    """The files that are live, and a hash of the municipality's facts that went into them."""

    files: FaqFiles
    facts: str

    @property
    def content(self) -> str:
        """A hash of all of it."""
        return digest(self.files, self.facts)


@dataclass(frozen=True)
class Kept:
    """Keeps what is live beside the index, for every gateway and the next start."""

    index_dir: Path
    data_dir: Path

    def read(self) -> Standing | None:
        """Return what is live; None where it was never kept, or cannot be read."""
        try:
            found = json.loads((self.index_dir / FILE).read_bytes())
            folder = self.data_dir / "faq"
            texts = {folder / name: str(text) for name, text in found["texts"].items()}
            return Standing(FaqFiles(folder, texts), str(found["facts"]))
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return None

    def write(self, standing: Standing) -> None:
        names = {
            path.relative_to(standing.files.folder): t for path, t in standing.files.texts.items()
        }
        kept = {"facts": standing.facts, "texts": {str(name): t for name, t in names.items()}}
        self.index_dir.mkdir(parents=True, exist_ok=True)
        write_whole(self.index_dir / FILE, json.dumps(kept, ensure_ascii=False).encode())


@dataclass(frozen=True)
class Taken:
    """What may go live of that which lies on disk, and what keeps the rest from it."""

    files: FaqFiles
    rejected: tuple[Finding, ...] = ()


def facts_of(data_dir: Path) -> str:
    """Return a hash of data/kommun.yml, which is filled into the answers."""
    try:
        return hashlib.sha256((data_dir / "kommun.yml").read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


def digest(files: FaqFiles, facts: str = "") -> str:
    told = hashlib.sha256(facts.encode())
    for path in sorted(files.texts):
        told.update(f"\0{path}\0{files.texts[path]}".encode())
    return told.hexdigest()[:16]


def read_disk(data_dir: Path, before: FaqFiles | None) -> Taken:
    """Read the files; one that is not UTF-8 is rejected and keeps saying what it said `before`."""
    folder, texts, rejected = data_dir / "faq", dict[Path, str](), list[Finding]()
    for path in sorted(folder.rglob("*.yml")):
        try:
            texts[path] = read_text(path)
        except ContentError as error:
            text = str(error).removeprefix(f"{path}:1: ")
            rejected.append(_fault(path, text))
            if before and path in before.texts:
                texts[path] = before.texts[path]
        except FileNotFoundError:  # taken away this very moment
            continue
    return Taken(FaqFiles(folder, texts), tuple(rejected))


def accepted(disk: FaqFiles, before: FaqFiles, faults: Faults) -> Taken:
    """Take from `disk` every file that may go live; for the others what stood there `before`.

    Args:
        faults: tells what is wrong in the first files and was not in the second.
    """
    taken, rejected = disk, list[Finding]()
    while found := faults(taken, before):
        wrong = changed(taken, before)
        named = wrong & {Path(finding.file) for finding in found}
        rejected += found
        if not wrong:
            break
        for path in named or wrong:  # a fault that shows in a file that nobody changed
            taken = taken.replacing(path, before.texts.get(path))
    return Taken(taken, tuple(rejected))


def changed(one: FaqFiles, other: FaqFiles) -> set[Path]:
    """Return the files that do not say the same, or that only one has."""
    paths = {*one.texts, *other.texts}
    return {path for path in paths if one.texts.get(path) != other.texts.get(path)}


def _fault(path: Path, text: str) -> Finding:
    return Finding(level=Level.ERROR, rule="format", file=str(path), line=1, text=text)
