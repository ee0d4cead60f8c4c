"""Reading the FAQ: the national pack, what the municipality adds and overrides, every fault."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.errors import ContentError
from bot.faq.files import FaqFiles
from bot.faq.model import Entry
from bot.language.normalise import fold
from bot.municipality import Municipality
from bot.yaml_faults import ADVICE, Fault, Place, explain, impossible_date, line_of
from bot.yaml_files import mapping_of

FILE_KEYS = ("amne", "rubrik", "agare")
# What Rasa takes a file for training data by.
_RASA_KEYS = frozenset(
    {"version", "nlu", "rules", "stories", "intents", "entities", "slots", "responses", "actions"}
    | {"forms", "e2e_actions", "session_config", "regex", "synonym", "lookup"}
)
BEGINS_WITH = "«amne:», «rubrik:» och «agare:»"
_NAMELESS = "en fråga utan id"
_ADDED = "varianter"  # an override adds to this list and replaces every other key


@dataclass(frozen=True)
class Faq:
    """What could be read of an FAQ, where each entry stands, and what is wrong.

    `entries` include hidden ones; an entry that overrides one of the national pack stands at
    its local place.
    """

    entries: tuple[Entry, ...]
    places: Mapping[str, Place]
    faults: tuple[Fault, ...]
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)  # by id and key
    written: Mapping[str, str] = field(default_factory=dict)  # answers with their {kommun.…}, by id

    def place(self, entry_id: str, key: str) -> Place:
        """Return where `key` of an entry stands, or where the entry begins."""
        begin = self.places[entry_id]
        return Place(begin.path, self.lines.get((entry_id, key), begin.line))

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that may be an answer."""
        return tuple(entry for entry in self.entries if not entry.hidden)


def load_faq(data_dir: Path) -> tuple[Entry, ...]:
    """Read every entry that may be an answer, with `{kommun.…}` filled in.

    Raises:
        ContentError: one line a fault, over all files, as `file:line: what to do`.
    """
    faq = read_faq(FaqFiles.read(data_dir), Municipality.load(data_dir))
    if faq.faults:
        raise ContentError("\n".join(map(str, faq.faults)))
    return faq.shown


def read_faq(files: FaqFiles, municipality: Municipality) -> Faq:
    """Read what can be read of `files`; whatever is wrong is among the faults."""
    reading = _Reading(municipality)
    national = list(reading.all_of(files.national()))
    local = list(reading.all_of(files.local()))
    overridden = {raw.id for raw in local}
    for raw in national:
        if raw.id is None or raw.id not in overridden:
            reading.take(raw.merged, raw)
    pack = {raw.id: raw for raw in national if raw.id}
    for raw in local:
        reading.take(_override(pack.get(raw.id or ""), raw), raw)
    return Faq(
        tuple(entry for entry, _ in reading.taken),
        {entry.id: place for entry, place in reading.taken},
        (*reading.faults, *_repeats(reading.taken)),
        reading.lines,
        reading.written,
    )


@dataclass(frozen=True)
class _Raw:
    """An entry as it is written, and the keys that its file gives to all of its entries."""

    written: Any
    shared: Mapping[str, Any]
    place: Place

    @property
    def id(self) -> str | None:
        name = self.written.get("id")
        return name if isinstance(name, str) else None

    @property
    def merged(self) -> dict[str, Any]:
        return {**self.shared, **self.written}


@dataclass
class _Reading:
    """Collects entries and faults over all files."""

    municipality: Municipality
    taken: list[tuple[Entry, Place]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def all_of(self, texts: Iterable[tuple[Path, str]]) -> Iterator[_Raw]:
        for path, text in texts:
            yield from self._file(path, text)

    def take(self, content: Mapping[str, Any], raw: _Raw) -> None:
        """Make an entry of `content`, or tell what keeps it from being one."""
        try:
            filled = _filled(content, self.municipality)
            entry = Entry.model_validate(filled)
            self.taken.append((entry, raw.place))
            self.written[entry.id] = "\n".join([content["svar"], *content.get("gor_sa_har", ())])
            self.lines |= {(entry.id, k): n for k in raw.written if (n := line_of(raw.written, k))}
        except ValidationError as error:
            self.faults += explain(error.errors(), raw.written, raw.place, _NAMELESS)
        except KeyError as error:
            text = f"{{kommun.{error.args[0]}}} {ADVICE['unknown_fact']}."
            self.faults.append(Fault(raw.place, text, entry=raw.id))

    def _file(self, path: Path, text: str) -> Iterator[_Raw]:
        try:
            content = mapping_of(text, path, BEGINS_WITH)
        except ContentError as error:
            self.faults.append(_told(error, path))
            return
        except ValueError:
            self.faults.append(impossible_date(text, path))
            return
        yield from self._questions(content, path)

    def _questions(self, content: Any, path: Path) -> Iterator[_Raw]:
        for key in content.keys() - {*FILE_KEYS, "fragor"}:
            place = Place(path, line_of(content, key) or 1)
            advice = "rasa_key" if key in _RASA_KEYS else "extra_forbidden"
            told = f"«{key}» överst i filen {ADVICE[advice]}."
            self.faults.append(Fault(place, told, key=key))
        shared = {key: content[key] for key in FILE_KEYS if key in content}
        questions = content.get("fragor")
        if not isinstance(questions, list):
            self.faults.append(Fault(Place(path, 1), "Listan «fragor:» saknas. Lägg till den."))
            return
        for number, written in enumerate(questions):
            place = Place(path, line_of(questions, number) or 1)
            if isinstance(written, dict):
                yield _Raw(written, shared, place)
            else:
                self.faults.append(Fault(place, "Varje fråga ska börja med «- id:»."))


def _override(national: _Raw | None, local: _Raw) -> dict[str, Any]:
    """Put a local entry over the national one with its id: its keys count, its variants add."""
    if national is None:
        return local.merged
    both = {**national.merged, **local.merged}
    theirs, ours = national.written.get(_ADDED), local.written.get(_ADDED)
    if isinstance(theirs, list) and isinstance(ours, list):
        both[_ADDED] = [*theirs, *ours]
    return both


def _filled(value: Any, municipality: Municipality) -> Any:
    if isinstance(value, str):
        return municipality.fill(value)
    if isinstance(value, Mapping):
        return {key: _filled(item, municipality) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, municipality) for item in value]
    return value


def _told(error: ContentError, path: Path) -> Fault:
    """Take a told fault apart again: `path:line: text`."""
    line, text = str(error).removeprefix(f"{path}:").split(": ", 1)
    return Fault(Place(path, int(line)), text)


def _repeats(taken: Iterable[tuple[Entry, Place]]) -> Iterator[Fault]:
    """Tell of ids and questions that stand in two entries: the bot could not choose."""
    ids: set[str] = set()
    asked: dict[str, Entry] = {}
    for entry, place in taken:
        if entry.id in ids:
            told = f"Id {entry.id} finns redan. Ge frågan ett eget id."
            yield Fault(place, told, entry.id, "id")
        ids.add(entry.id)
        for question in {fold(q): q for q in (entry.question, *entry.variants)}.values():
            other = asked.setdefault(fold(question), entry)
            if other.id != entry.id:
                told = (
                    f'Frågan "{question}" finns redan i {other.id}. Ta bort den ena,'
                    " eller skriv om den så att de frågar olika saker."
                )
                yield Fault(place, told, entry.id, "varianter")
