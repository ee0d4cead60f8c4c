"""What the masking knows of Swedish, from `data/language/maskering.yml` and the names beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.language.normalise import fold
from bot.masking.model import Kind
from bot.masking.phrases import Phrases
from bot.safety.lexicon import Dangers
from bot.texts import SWEDISH
from bot.yaml_files import read_mapping

FILE = Path("language") / "maskering.yml"
_NAMES = Path("language") / "namn"
_PARTS = {
    "ersattning": {kind.value for kind in Kind},
    "nummer": {"personal", "four", "document", "phone", "card", "account", "own", "public"},
    "adress": {"slut", "svaga", "inte", "bor", "co", "plats", "sak"},
    "namn": {
        "aldrig",
        "namngiven",
        "kanske",
        "själv",
        "privat",
        "personal",
        "efter",
        "känsligt",
        "utfyllnad",
        "ord",
        "inte",
        "mellan",
        "uppkallat",
    },
}
SELF, MAYBE, PRIVATE = "själv", "kanske", "privat"
STAFF, NAMED = "personal", "namngiven"
PLACE, THING = "plats", "sak"


@dataclass(frozen=True)
class Words:
    """The words, as the rules look them up; all folded.

    Names are there with their marks as well: «säga» is no Saga.
    """

    masks: Mapping[Kind, str]
    numbers: Phrases  # cues before a number, by what the number is
    streets: tuple[str, ...]  # endings
    weak_streets: tuple[str, ...]
    no_streets: frozenset[str]
    lives: Phrases  # before an address
    places: Phrases  # before one where nobody lives: PLACE right before it, THING near it
    introducing: Phrases  # cues before a name: SELF, PRIVATE, STAFF, NAMED
    nobody: Phrases
    working: Phrases  # after a name
    sensitive: Phrases
    fillers: frozenset[str]
    also_words: frozenset[str]
    no_names: frozenset[str]
    particles: frozenset[str]  # between a first name and a surname
    named_after: frozenset[str]  # what is called after people
    first_names: frozenset[str]
    surnames: frozenset[str]

    @cached_property
    def all_names(self) -> frozenset[str]:
        return self.first_names | self.surnames

    @classmethod
    def load(cls, data_dir: Path) -> "Words":
        """Read the words.

        Raises:
            ContentError: a file or a part of one is missing, or a mask has a digit in it.
        """
        path = data_dir / FILE
        found = _read(path)
        streets, names = found["adress"], found["namn"]
        first_names = _lines(data_dir / _NAMES / "fornamn.txt")
        first_names |= _lines(data_dir / _NAMES / "fler-fornamn.txt")
        surnames = _lines(data_dir / _NAMES / "efternamn.txt")
        return cls(
            masks=_masks(path, found["ersattning"]),
            numbers=Phrases(found["nummer"]),
            streets=tuple(map(fold, streets["slut"])),
            weak_streets=tuple(map(fold, streets["svaga"])),
            no_streets=_folded(streets["inte"]),
            lives=Phrases({name: streets[name] for name in ("bor", "co")}),
            places=Phrases({label: streets[label] for label in (PLACE, THING)}),
            introducing=Phrases(
                {label: names[label] for label in (SELF, STAFF, PRIVATE, NAMED, MAYBE)}
            ),
            nobody=Phrases({"aldrig": names["aldrig"]}),
            working=Phrases({"efter": names["efter"]}),
            sensitive=Phrases({"känsligt": names["känsligt"]}),
            fillers=_folded(names["utfyllnad"]),
            also_words=_folded(names["ord"]),
            no_names=_folded(names["inte"]) | (_alarming(data_dir) - first_names - surnames),
            particles=_folded(names["mellan"]),
            named_after=_folded(names["uppkallat"]),
            first_names=first_names,
            surnames=surnames,
        )


def _read(path: Path) -> Any:
    try:
        found = read_mapping(path, "«ersattning:», «nummer:», «adress:» och «namn:»")
    except OSError as error:
        raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error
    for part, keys in _PARTS.items():
        given = found.get(part)
        missing = keys - set(given) if isinstance(given, dict) else keys
        if missing:
            raise ContentError(f"{path}: «{min(missing)}» saknas under «{part}:». Lägg till raden.")
    return found


def _masks(path: Path, written: Mapping[str, str]) -> Mapping[Kind, str]:
    masks = {kind: str(written[kind.value]) for kind in Kind}
    for kind, mask in masks.items():
        bracketed = mask.startswith("[") and mask.endswith("]") and len(mask) > len("[]")
        if not bracketed or any(sign.isdigit() for sign in mask):
            raise ContentError(
                f"{path}: «{kind.value}» ska stå inom hakparenteser och vara utan siffror."
                " Skriv till exempel [namn]."
            )
    return masks


def _alarming(data_dir: Path) -> frozenset[str]:
    """Return the words of danger: «min man erik stryper mig» names nobody Stryper."""
    said = Dangers.load(data_dir, SWEDISH).words()
    return _folded([word for phrase in said for word in phrase.split("_") if "*" not in word])


def _folded(written: list[str]) -> frozenset[str]:
    return frozenset(map(fold, written))


def _lines(path: Path) -> frozenset[str]:
    try:
        names = path.read_text(encoding="utf-8").lower().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: Filen går inte att läsa. Spara den som UTF-8.") from error
    return frozenset((*names, *map(fold, names)))
