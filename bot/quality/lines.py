"""Reading a test set: one JSON object a line."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ContentError

T = TypeVar("T", bound=BaseModel)


def read_lines(path: Path, kind: type[T]) -> tuple[T, ...]:
    """Read one `kind` a line.

    Raises:
        ContentError: says which line, and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ContentError(f"{path} cannot be read: {error}") from error
    return tuple(_read(path, number, line, kind) for number, line in enumerate(lines, start=1))


def _read(path: Path, number: int, line: str, kind: type[T]) -> T:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise ContentError(f"{path}:{number}: {error.errors()[0]['msg']}") from error
