"""Reading `data/om-assistenten.yml`, and keeping up with it while it is edited."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.about.model import Own
from bot.errors import ContentError
from bot.live_file import LiveFile
from bot.municipality import Municipality
from bot.yaml_faults import ADVICE, Fault, Place, explain, impossible_date, line_of
from bot.yaml_files import mapping_of, read_text

FILE = "om-assistenten.yml"
_ITSELF = "filen"


def load_own(data_dir: Path) -> Own:
    """Read what the municipality says, with its own facts (`{kommun.…}`) filled in.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
        OSError: there is no file.
    """
    path = data_dir / FILE
    text = read_text(path)
    try:
        raw = mapping_of(text, path, "«syfte:»")
    except ValueError as error:
        raise ContentError(str(impossible_date(text, path))) from error
    filled = _filled(raw, Municipality.load(data_dir), path)
    try:
        return Own.model_validate(filled)
    except ValidationError as error:
        faults = explain(_located(error.errors()), raw, Place(path, 1), _ITSELF)
        raise ContentError("\n".join(map(str, faults))) from error


def _filled(raw: Any, municipality: Municipality, path: Path) -> dict[str, Any]:
    filled = {}
    for key, value in raw.items():
        try:
            filled[key] = municipality.fill(value) if isinstance(value, str) else value
        except KeyError as error:
            place = Place(path, line_of(raw, key) or 1)
            told = f"«{key}» i {_ITSELF} {ADVICE['unknown_fact']}: {{kommun.{error.args[0]}}}."
            raise ContentError(str(Fault(place, told))) from error
    return filled


def _located(faults: Sequence[Any]) -> list[Any]:
    """A fault of the whole is about its date."""
    return [fault if fault["loc"] else {**fault, "loc": ("uppdaterad",)} for fault in faults]


class LiveOwn(LiveFile[Own | None]):
    """What the municipality says now; None until there is a file that can be used."""

    def __init__(self, data_dir: Path) -> None:
        paths = [data_dir / FILE, data_dir / "kommun.yml"]
        super().__init__(paths, lambda: load_own(data_dir), None, "about_unusable")
