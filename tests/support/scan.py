"""Looking for words in the bytes of files, as they are stored and packed."""

import gzip
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Places = dict[str, list[str]]


def places_of(words: Iterable[str], folders: Iterable[Path], also: Mapping[str, str]) -> Places:
    """Return where each word stands, in capitals or not, plain or escaped as JSON does.

    Args:
        folders: looked through with everything below; archives are unpacked.
        also: what else is looked at, by its name: an answer, an output.

    Returns:
        Only the words that stand somewhere, each with the names of the places.
    """
    forms = {word: _forms(word) for word in words}
    found: Places = {}
    for name, stored in _stored(folders, also):
        low = stored.lower()
        for word, written in forms.items():
            if any(form in low for form in written):
                found.setdefault(word, []).append(name)
    return found


def _forms(word: str) -> set[bytes]:
    escaped = json.dumps(word)[1:-1]
    return {
        form.lower().encode(code) for form in (word, escaped) for code in ("utf-8", "utf-16-le")
    }


def _stored(folders: Iterable[Path], also: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, text in also.items():
        yield name, text.encode()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield from _unpacked(str(path), path)


def _unpacked(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        stored = path.read_bytes()
    except FileNotFoundError:  # a log or a journal that has gone meanwhile
        return
    yield name, stored
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield f"{name}:{member}", archive.read(member)
    elif stored.startswith(b"\x1f\x8b"):
        yield f"{name}:unpacked", gzip.decompress(stored)
