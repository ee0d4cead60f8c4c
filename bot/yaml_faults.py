"""What is wrong in an editor's YAML file: file, line and what to do, in Swedish."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from bot.errors import ContentError
from bot.yaml_files import read_mapping

Item = TypeVar("Item", bound=BaseModel)

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
ADVICE = {
    "missing": "saknas. Lägg till raden",
    "extra_forbidden": "känns inte igen. Ta bort raden eller rätta stavningen",
    "rasa_key": "hör till Rasas träningsdata och får inte stå bland svaren. Ta bort raden",
    "too_short": "är tom. Skriv minst en",
    "string_too_short": "är tom. Skriv en text",
    "string_too_long": "är för lång. Skriv högst {max_length} tecken",
    "string_pattern_mismatch": "har fel form",
    "literal_error": "har ett värde som inte finns",
    "date_from_datetime_parsing": "ska vara ett datum, till exempel 2026-11-10",
    "date_from_datetime_inexact": "ska vara ett datum utan klockslag, till exempel 2026-11-10",
    "date_type": "ska vara ett datum, till exempel 2026-11-10",
    "datetime_parsing": "ska vara en tid, till exempel 2026-11-28 08:00",
    "datetime_from_date_parsing": "ska vara en tid, till exempel 2026-11-28 08:00",
    "datetime_type": "ska vara en tid, till exempel 2026-11-28 08:00",
    "tuple_type": "ska vara en lista med «- » framför varje rad",
    "string_type": "ska vara text. Sätt citattecken om den börjar med en siffra",
    "model_type": "ska ha rader under sig",
    "dict_type": "ska ha rader under sig",
    "bool_type": "ska vara true eller false",
    "bool_parsing": "ska vara true eller false",
    "validity_order": "är före giltig_fran. Byt plats på datumen",
    "notice_order": "är inte efter borjar. Rätta tiderna",
    "greater_than_equal": "ska ha månader som siffror från 1 till 12",
    "less_than_equal": "ska ha månader som siffror från 1 till 12",
    "int_parsing": "ska ha månader som siffror från 1 till 12",
    "unknown_fact": "nämner en uppgift som inte finns i data/kommun.yml",
}
OWN_WORDS = "own_words"  # the type of a validator's fault that brings its Swedish with it
UNUSABLE = "går inte att använda"


def fault(what: str) -> PydanticCustomError:
    """Return a validator's fault that brings its own Swedish: «ska vara …»."""
    return PydanticCustomError(OWN_WORDS, "{what}", {"what": what})


def whole(least: int, most: int | None = None) -> PlainValidator:
    """Accept whole numbers from `least`, up to `most` if there is a limit."""

    def check(written: Any) -> int:
        is_whole = isinstance(written, int) and not isinstance(written, bool)
        if is_whole and least <= written and (most is None or written <= most):
            return int(written)
        told = f"helt tal, minst {least}" if most is None else f"heltal från {least} till {most}"
        raise fault(f"ska vara ett {told}")

    return PlainValidator(check)


@dataclass(frozen=True)
class Place:
    """Where in which file something stands; lines count from 1."""

    path: Path
    line: int


@dataclass(frozen=True)
class Fault:
    """Something that keeps a file from being used."""

    place: Place
    text: str
    entry: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        return f"{self.place.path}:{self.place.line}: {self.text}"


class Faults:
    """Faults of one file, in the order in which they were found."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[Fault] = []

    def tell(self, line: int, what: str) -> None:
        """Note a fault; lines count from 1."""
        self._found.append(Fault(Place(self._path, line), what))

    def tell_all(self, error: ValidationError, raw: Any, line: int) -> None:
        """Note everything that pydantic found in `raw`, which begins at `line`."""
        self._found += explain(error.errors(), raw, Place(self._path, line), "en post utan id")

    def raise_any(self) -> None:
        """End the reading if something was wrong.

        Raises:
            ContentError: one line a fault.
        """
        if self._found:
            raise ContentError("\n".join(map(str, self._found)))


def read_list(path: Path, key: str, also: Iterable[str] = ()) -> Mapping[str, Any]:
    """Read a file whose matter is the list under `key`.

    Args:
        also: other keys that may stand at the top.

    Raises:
        ContentError: the file is missing or unreadable, the list is missing, or an unknown
            key stands at the top.
    """
    content = _parse(path, f"«{key}:»")
    faults = Faults(path)
    for found in content.keys() - {key, *also}:
        line = line_of(content, found) or 1
        faults.tell(line, f"«{found}» överst i filen {ADVICE['extra_forbidden']}.")
    if not isinstance(content.get(key), list):
        faults.tell(1, f"Listan «{key}:» saknas. Lägg till den.")
    faults.raise_any()
    return content


def read_items(
    rows: Sequence[Any], kind: type[Item], faults: Faults, begins_with: str = "id"
) -> Iterator[tuple[Item, int]]:
    """Yield each item of a list with its line; what cannot be used is noted in `faults`."""
    for number, raw in enumerate(rows):
        line = line_of(rows, number) or 1
        if not isinstance(raw, dict):
            faults.tell(line, f"Varje post ska börja med «- {begins_with}:».")
            continue
        try:
            yield kind.model_validate(raw), line
        except ValidationError as error:
            faults.tell_all(error, raw, line)


def line_of(raw: Any, step: str | int) -> int | None:
    """Return the line of a key or an item, as ruamel.yaml remembers it."""
    try:
        found = raw.lc.key(step) if isinstance(step, str) else raw.lc.item(step)
        return int(found[0]) + 1
    except (KeyError, AttributeError):
        return None


def explain(faults: Iterable[Any], raw: Any, place: Place, nameless: str) -> list[Fault]:
    """Turn pydantic's faults in `raw`, an item that begins at `place`, into what editors read.

    Args:
        nameless: what an item without an id is called.
    """
    return [_explain(fault, raw, place, nameless) for fault in _innermost(faults)]


def impossible_date(text: str, path: Path) -> Fault:
    """Tell of the date in `text` that no calendar has."""
    line = _line_of_impossible_date(text)
    return Fault(Place(path, line), "Datumet finns inte i kalendern. Rätta det.")


def _parse(path: Path, begins_with: str) -> Mapping[str, Any]:
    try:
        content: Mapping[str, Any] = read_mapping(path, begins_with)
    except OSError as error:
        raise ContentError(f"{path}: Filen saknas eller går inte att öppna.") from error
    except ValueError as error:  # a date that no calendar has
        raise ContentError(f"{path}:1: Ett datum finns inte i kalendern. Rätta det.") from error
    return content


def _innermost(faults: Iterable[Any]) -> list[Any]:
    """Drop what only follows from a fault further in: a list with one wrong link is not empty."""
    kept = list(faults)
    deep = {fault["loc"][0] for fault in kept if len(fault["loc"]) > 1}
    return [fault for fault in kept if len(fault["loc"]) > 1 or fault["loc"][0] not in deep]


def _explain(fault: Any, raw: Any, place: Place, nameless: str) -> Fault:
    key, line = _locate(fault["loc"], raw, place.line)
    own = fault["msg"] if fault["type"] == OWN_WORDS else None
    context = fault.get("ctx", {})
    longest = str(context.get("max_length"))
    advice = own or ADVICE.get(fault["type"], UNUSABLE).replace("{max_length}", longest)
    allowed = context.get("expected")
    name = raw.get("id")
    hint = f" (välj {allowed})".replace(" or ", " eller ") if allowed else ""
    return Fault(
        Place(place.path, line),
        f"«{key}» i {name or nameless} {advice}{hint}.",
        entry=name if isinstance(name, str) else None,
        key=key,
    )


def _locate(loc: Sequence[str | int], raw: Any, line: int) -> tuple[str, int]:
    """Follow `loc` inwards; returns the last name in it and the line nearest to it."""
    name = str(loc[0])
    for step in loc:
        name = step if isinstance(step, str) and step != "[key]" else name
        line = line_of(raw, step) or line
        raw = _inside(raw, step)
    return name, line


def _inside(raw: Any, step: str | int) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _line_of_impossible_date(text: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        for written in _DATE.findall(line):
            try:
                date.fromisoformat(written)
            except ValueError:
                return number
    return 1
