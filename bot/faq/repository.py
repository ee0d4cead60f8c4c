"""Reading `data/faq`. Every fault is told with file, line and what to do, in Swedish."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.errors import ContentError
from bot.faq.model import Entry
from bot.language.normalise import fold
from bot.municipality import Municipality
from bot.yaml_files import read_mapping

_FILE_KEYS = ("amne", "rubrik", "agare")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ADVICE = {
    "missing": "saknas. Lägg till raden",
    "extra_forbidden": "känns inte igen. Ta bort raden eller rätta stavningen",
    "too_short": "är tom. Skriv minst en",
    "string_too_short": "är tom. Skriv en text",
    "string_pattern_mismatch": "har fel form",
    "literal_error": "har ett värde som inte finns",
    "date_from_datetime_parsing": "ska vara ett datum, till exempel 2026-11-10",
    "date_type": "ska vara ett datum, till exempel 2026-11-10",
    "tuple_type": "ska vara en lista med «- » framför varje rad",
    "string_type": "ska vara text. Sätt citattecken om den börjar med en siffra",
    "model_type": "ska ha rader under sig",
    "date_from_datetime_inexact": "ska vara ett datum utan klockslag, till exempel 2026-11-10",
    "validity_order": "är före giltig_fran. Byt plats på datumen",
    "greater_than_equal": "ska ha månader som siffror från 1 till 12",
    "less_than_equal": "ska ha månader som siffror från 1 till 12",
    "int_parsing": "ska ha månader som siffror från 1 till 12",
    "unknown_fact": "nämner en uppgift som inte finns i data/kommun.yml",
}


@dataclass(frozen=True)
class _Place:
    """Where in which file something stands; lines count from 1."""

    path: Path
    line: int

    def tell(self, what: str) -> str:
        return f"{self.path}:{self.line}: {what}"


def load_faq(data_dir: Path) -> tuple[Entry, ...]:
    """Read every entry of `data/faq`, with `{kommun.…}` filled in.

    Raises:
        ContentError: one line a fault, over all files, as `file:line: what to do`.
    """
    municipality = Municipality.load(data_dir)
    faults: list[str] = []
    placed: list[tuple[Entry, _Place]] = []
    for path in sorted((data_dir / "faq").glob("*.yml")):
        try:
            placed += list(_read_file(path, municipality, faults))
        except ContentError as error:
            faults.append(str(error))
    faults += _repeats(placed)
    if faults:
        raise ContentError("\n".join(faults))
    return tuple(entry for entry, _ in placed)


def _read_file(
    path: Path, municipality: Municipality, faults: list[str]
) -> Iterator[tuple[Entry, _Place]]:
    content = _parse(path)
    for key in content.keys() - {*_FILE_KEYS, "fragor"}:
        where = _Place(path, _line_of(content, key) or 1)
        faults.append(where.tell(f"«{key}» överst i filen {_ADVICE['extra_forbidden']}."))
    shared = {key: content[key] for key in _FILE_KEYS if key in content}
    questions = content.get("fragor")
    if not isinstance(questions, list):
        raise ContentError(f"{path}:1: Listan «fragor:» saknas. Lägg till den.")
    for number, raw in enumerate(questions):
        place = _Place(path, _line_of(questions, number) or 1)
        if not isinstance(raw, dict):
            faults.append(place.tell("Varje fråga ska börja med «- id:»."))
            continue
        try:
            yield _entry({**shared, **raw}, municipality), place
        except ValidationError as error:
            faults += [_explain(fault, raw, place) for fault in _innermost(error.errors())]
        except KeyError as error:
            faults.append(place.tell(f"{{kommun.{error.args[0]}}} {_ADVICE['unknown_fact']}."))


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        content: Mapping[str, Any] = read_mapping(path, "«amne:», «rubrik:» och «agare:»")
    except ValueError as error:  # a date that no calendar has
        line = _line_of_impossible_date(path.read_text(encoding="utf-8"))
        raise ContentError(f"{path}:{line}: Datumet finns inte i kalendern. Rätta det.") from error
    return content


def _entry(raw: Mapping[str, Any], municipality: Municipality) -> Entry:
    return Entry.model_validate(_filled(raw, municipality))


def _filled(value: Any, municipality: Municipality) -> Any:
    if isinstance(value, str):
        return municipality.fill(value)
    if isinstance(value, Mapping):
        return {key: _filled(item, municipality) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, municipality) for item in value]
    return value


def _innermost(faults: Iterable[Any]) -> list[Any]:
    """Drop what only follows from a fault further in: a list with one wrong link is not empty."""
    kept = list(faults)
    deep = {fault["loc"][0] for fault in kept if len(fault["loc"]) > 1}
    return [fault for fault in kept if len(fault["loc"]) > 1 or fault["loc"][0] not in deep]


def _explain(fault: Any, raw: Any, place: _Place) -> str:
    key, line = _locate(fault["loc"], raw, place.line)
    advice = _ADVICE.get(fault["type"], "går inte att använda")
    allowed = fault.get("ctx", {}).get("expected")
    where = _Place(place.path, line)
    name = raw.get("id", "en fråga utan id")
    hint = f" (välj {allowed})".replace(" or ", " eller ") if allowed else ""
    return where.tell(f"«{key}» i {name} {advice}{hint}.")


def _locate(loc: Sequence[str | int], raw: Any, line: int) -> tuple[str, int]:
    """Follow `loc` inwards; returns the last name in it and the line nearest to it."""
    name = str(loc[0])
    for step in loc:
        name = step if isinstance(step, str) else name
        line = _line_of(raw, step) or line
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


def _line_of(raw: Any, step: str | int) -> int | None:
    try:
        found = raw.lc.key(step) if isinstance(step, str) else raw.lc.item(step)
        return int(found[0]) + 1
    except (KeyError, AttributeError):
        return None


def _repeats(placed: list[tuple[Entry, _Place]]) -> Iterator[str]:
    """Tell of ids and questions that stand in two entries: the bot could not choose."""
    ids: set[str] = set()
    asked: dict[str, Entry] = {}
    for entry, place in placed:
        if entry.id in ids:
            yield place.tell(f"Id {entry.id} finns redan. Ge frågan ett eget id.")
        ids.add(entry.id)
        for question in {fold(q): q for q in (entry.question, *entry.variants)}.values():
            other = asked.setdefault(fold(question), entry)
            if other.id != entry.id:
                yield place.tell(
                    f'Frågan "{question}" finns redan i {other.id}. Ta bort den ena,'
                    " eller skriv om den så att de frågar olika saker."
                )
