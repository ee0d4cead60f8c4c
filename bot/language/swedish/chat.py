"""Make up chat messages with names in them, to train the name finder on."""

import csv
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from ruamel.yaml import YAML
from spacy.language import Language
from spacy.tokens import Doc

from bot.language.normalise import fold
from bot.language.swedish import LanguageModelError
from bot.language.swedish.texts import unmark

_SLOT = re.compile(r"\{(\w+)\}")
_FEWEST_BEARERS = 15  # rarer first names are often misspellings
_EVENED = 0.5  # power of a name's count: common names stay common, rare ones are seen too


@dataclass(frozen=True)
class Names:
    """Names to draw from, each list with its summed weights."""

    first: tuple[Sequence[str], Sequence[float]]
    surnames: tuple[Sequence[str], Sequence[float]]
    places: Sequence[str]


@dataclass(frozen=True)
class Templates:
    """Sentences with slots, the words for the slots, and how many messages to make."""

    sentences: Sequence[str]
    words: Mapping[str, Sequence[str]]
    messages: Mapping[str, int]


def read_templates(path: Path) -> Templates:
    """Read chat.yml.

    Raises:
        LanguageModelError: the file is missing.
    """
    try:
        return Templates(**YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LanguageModelError(f"{path} cannot be read: {error.strerror}.") from error


def read_names(folder: Path) -> Names:
    """Read Statistics Sweden's names from `folder`.

    Raises:
        LanguageModelError: a list is missing.
    """
    try:
        counts = [
            (name, int(count))
            for sex in ("kvinnor", "man")
            for name, count in _rows(folder / f"namn_tilltalsnamn-{sex}.csv")
            if int(count) >= _FEWEST_BEARERS
        ]
        surnames = [
            (name, int(count)) for name, count in _rows(folder / "namn_efternamn_2019_top1000.csv")
        ]
        towns = [row[0] for row in _rows(folder / "platser_ortsnamn.csv")]
        municipalities = [row[1] for row in _rows(folder / "platser_kommuner.csv")]
        countries = [row[0] for row in _rows(folder / "platser_lander.csv")]
    except OSError as error:
        raise LanguageModelError(f"{error.filename} cannot be read: {error.strerror}.") from error
    places = [*towns, *(name.removesuffix(" kommun") for name in municipalities), *countries]
    return Names(_weighted(counts), _weighted(surnames), places)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _weighted(counts: Sequence[tuple[str, int]]) -> tuple[list[str], list[float]]:
    weights = accumulate(count**_EVENED for _, count in counts)
    return [name for name, _ in counts], list(weights)


class Chat:
    """Draws messages from templates and lists of names; the same seed draws the same."""

    def __init__(self, templates: Templates, names: Names, seed: int) -> None:
        self._templates = templates
        self._names = names
        self._random = random.Random(seed)  # noqa: S311  # training must be repeatable
        self._special: Mapping[str, Callable[[], str]] = {
            "person": self._person,
            "first": self._first,
            "place": lambda: self._random.choice(names.places),
            "street": self._street,
            "school": lambda: self._of("stem") + "skolan",
            "digits": self._house,
        }

    def docs(self, count: int, nlp: Language) -> Iterator[Doc]:
        """Yield `count` messages, their names marked as entities."""
        return (unmark(self.message(), nlp) for _ in range(count))

    def message(self) -> str:
        """Return one message with its names marked."""
        sentences = [self._sentence()]
        if self._chance(0.2):
            sentences.append(self._sentence())
        if self._chance(0.2):
            sentences.insert(0, self._of("hello"))
        if self._chance(0.12):
            sentences.append(self._of("bye"))
        return self._written(self._random.choice((" ", ", ", ". ", " ")).join(sentences))

    def _sentence(self) -> str:
        template = self._random.choice(self._templates.sentences)
        text = _SLOT.sub(lambda slot: self._fill(slot[1]), template)
        return text + self._random.choice(("", "", "", "?", ".", "!", "??", " ."))

    def _fill(self, slot: str) -> str:
        return self._special[slot]() if slot in self._special else self._of(slot)

    def _of(self, slot: str) -> str:
        return self._random.choice(self._templates.words[slot])

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _first(self) -> str:
        first = self._drawn(self._names.first)
        return f"{first}-{self._drawn(self._names.first)}" if self._chance(0.04) else first

    def _person(self) -> str:
        kind = self._random.random()
        if kind < 0.35:
            return self._first()
        if kind < 0.43:
            return self._surname()
        if kind < 0.46:
            return f"{self._first()} {self._surname()[0]}"
        middle = f" {self._first()}" if self._chance(0.1) else ""
        return f"{self._first()}{middle} {self._surname()}"

    def _surname(self) -> str:
        kind = self._random.random()
        if kind < 0.35:
            return self._of("surname")
        if kind < 0.42:  # a father's name as surname, as in Somali and Arabic
            return self._first()
        surname = self._drawn(self._names.surnames)
        return f"{surname} {self._of('surname')}" if kind > 0.97 else surname

    def _drawn(self, names: tuple[Sequence[str], Sequence[float]]) -> str:
        return self._random.choices(names[0], cum_weights=names[1])[0]

    def _street(self) -> str:
        before = self._random.choice(("Norra ", "Stora ", "Lilla ", "Västra ", "Övre "))
        return (before if self._chance(0.08) else "") + self._of("stem") + self._of("way")

    def _house(self) -> str:
        return str(self._random.randint(1, 120)) + self._random.choice(("", "", "A", " B", "c"))

    def _written(self, marked: str) -> str:
        """Spell as citizens do: mostly in lower case, some without diacritics or with slips."""
        kind = self._random.random()
        if self._chance(0.15):
            marked = self._slip(marked)
        if kind < 0.45:
            return _outside_labels(str.lower, marked)
        if kind < 0.55:
            return _outside_labels(fold, marked)
        if kind < 0.58:
            return _outside_labels(str.upper, marked)
        return marked[0].upper() + marked[1:] if kind < 0.85 else marked

    def _slip(self, marked: str) -> str:
        """Swap or drop a letter somewhere."""
        at = self._random.randrange(len(marked) - 1)
        if not marked[at : at + 2].isalpha() or marked[at : at + 2].isupper():
            return marked
        swapped = marked[at + 1] + marked[at] if self._chance(0.5) else marked[at]
        return marked[:at] + swapped + marked[at + 2 :]


def _outside_labels(spell: Callable[[str], str], marked: str) -> str:
    """Apply `spell` to everything but the labels of marks, keeping spaces."""
    return "".join(
        part if part.startswith("](") else _kept_spaces(spell, part)
        for part in re.split(r"(\]\(\w+\))", marked)
    )


def _kept_spaces(spell: Callable[[str], str], text: str) -> str:
    return "".join(part if part.isspace() else spell(part) for part in re.split(r"(\s+)", text))
