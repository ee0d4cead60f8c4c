"""Reading the YAML files that editors keep, with their line numbers. Faults are told in Swedish."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import ContentError


def read_mapping(path: Path, begins_with: str) -> Any:
    """Return the mapping in `path`; ruamel.yaml keeps where in the file each key stands.

    Args:
        begins_with: the keys that the file should begin with, as an editor is told them.

    Raises:
        ContentError: says the line, and what to do.
        ValueError: a date stands there that no calendar has.
    """
    try:
        content = _loaded(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}:1: Filen är inte sparad som UTF-8. Spara om den.") from error
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


@lru_cache(maxsize=500)  # a file takes 30 ms to read, and an editor changes one
def _loaded(text: str) -> Any:
    return YAML(typ="rt").load(text)
