"""Reading `data/tillganglighet.yml`, and keeping up with it while it is edited."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.accessibility.model import Statement
from bot.errors import ContentError
from bot.live_file import LiveFile
from bot.yaml_faults import Place, explain, impossible_date
from bot.yaml_files import mapping_of, read_text

FILE = "tillganglighet.yml"


def load_statement(data_dir: Path) -> Statement:
    """Read the statement.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
        OSError: there is no file.
    """
    path = data_dir / FILE
    text = read_text(path)
    try:
        raw = mapping_of(text, path, "«tjanst:»")
    except ValueError as error:
        raise ContentError(str(impossible_date(text, path))) from error
    try:
        return Statement.model_validate(raw)
    except ValidationError as error:
        faults = explain(_located(error.errors()), raw, Place(path, 1), "redogörelsen")
        raise ContentError("\n".join(map(str, faults))) from error


def _located(faults: Sequence[Any]) -> list[Any]:
    """A fault of the whole names the line that it is about before the sign |."""
    return [fault if fault["loc"] else _of_line(fault) for fault in faults]


def _of_line(fault: Any) -> dict[str, Any]:
    key, _, what = fault["msg"].partition("|")
    return {**fault, "loc": (key,), "msg": what}


class LiveStatement(LiveFile[Statement | None]):
    """The statement as the file says now; None until there is one that can be used."""

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / FILE
        super().__init__([path], lambda: load_statement(data_dir), None, "statement_unusable")
