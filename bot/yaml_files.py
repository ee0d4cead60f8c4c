"""Reading the YAML files that editors keep, with their line numbers. Faults are told in Swedish."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import ContentError

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def read_content(path: Path) -> Any:
    """Return what stands in the YAML file `path`, as plain values, which others read too.

    Raises:
        ContentError: the file is missing, not UTF-8 or no YAML.
    """
    try:
        return _content(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error


def read_mapping(path: Path, begins_with: str) -> Any:
    """Return the mapping in the file `path`. Arguments and errors are those of `mapping_of`."""
    return mapping_of(read_text(path), path, begins_with)


def read_text(path: Path) -> str:
    """Return what stands in `path`.

    Raises:
        ContentError: it is not saved as UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")  # read_text() would change how lines end
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}:1: Filen är inte sparad som UTF-8. Spara om den.") from error


def mapping_of(text: str, path: Path, begins_with: str) -> Any:
    """Return the mapping in `text`; ruamel.yaml keeps where in the text each key stands.

    Args:
        path: of the file that `text` stands in, or is to stand in.
        begins_with: the keys that the file should begin with, as an editor is told them.

    Raises:
        ContentError: says the line, and what to do.
        ValueError: a date stands there that no calendar has.
    """
    try:
        content = _loaded(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(
            f"{path}:{line}: Raden går inte att läsa som YAML ({error.problem})."
            " Kontrollera indrag, kolon, citattecken och hakparenteser."
        ) from error
    except YAMLError as error:
        raise ContentError(f"{path}:1: Filen går inte att läsa som YAML ({error}).") from error
    if not isinstance(content, dict):
        raise ContentError(f"{path}:1: Filen ska börja med {begins_with}.")
    return content


def lines_of(text: str) -> list[str]:
    """Split `text` at the same places as ruamel.yaml; each line keeps its end."""
    found, start = [], 0
    for match in _BREAK.finditer(text):
        found.append(text[start : match.end()])
        start = match.end()
    return [*found, text[start:]] if start < len(text) else found


@lru_cache(maxsize=500)  # a file takes 30 ms to read, and an editor changes one
def _loaded(text: str) -> Any:
    return YAML(typ="rt").load(text)


@lru_cache(maxsize=50)  # a long file takes a second, and several parts of a process ask
def _content(text: str) -> Any:
    return YAML(typ="safe").load(text)
