"""What people in danger write, as it stands in `data/safety`: the rules, and a file a language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import texts
from bot.errors import ContentError
from bot.safety.phrases import JOINED, Groups, words_of
from bot.texts import SWEDISH
from bot.yaml_files import read_content

RULES = Path("safety", "akut.yml")
# Where phrases of several are found, the first is told. Easy Swedish is Swedish here.
LANGUAGES = tuple(one for one in (*texts.LANGUAGES, *texts.WARNED) if one != texts.EASY)

_PHRASES = Path("safety", "fraser")

Model = TypeVar("Model", bound=BaseModel)


class EmergencyRule(BaseModel):
    """One kind of emergency, and what is said and whom to call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str  # key in data/texts
    phones: tuple[str, ...] = Field(alias="nummer", min_length=1)


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[EmergencyRule, ...] = Field(alias="regler", min_length=1)


class Dangers(BaseModel):
    """What people write in one language, by the id of the rule.

    In a phrase `*` stands for a part of a word, `…` for at most four words between, `a/b` for
    one of the two and `[name]` for a word of that group. A phrase that begins with `!` holds only
    where it is the whole message. Parts with ` + ` between may stand in any order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    alarms: dict[str, tuple[str, ...]] = Field(alias="fraser")
    harmless: dict[str, tuple[str, ...]] = Field({}, alias="ofarligt")
    groups: dict[str, tuple[str, ...]] = Field({}, alias="ordgrupper")  # words by one name
    alike: tuple[str, ...] = Field((), alias="snarlika")  # ordinary words near an alarm word
    spoken: dict[str, str] = Field({}, alias="talsprak")  # how a word is said, and written

    @classmethod
    def load(cls, data_dir: Path, language: str) -> "Dangers":
        """Read the file of a language.

        Raises:
            ContentError: it is missing or wrong, names a group that it has not, or a phrase has
                signs that do not go together.
        """
        path = phrases_path(data_dir, language)
        found = _validated(cls, path)
        try:
            words_of((*_all(found.alarms), *_all(found.harmless)), found.groups)
        except KeyError as error:
            raise ContentError(f"{path}: Ordgruppen {error} finns inte.") from error
        for phrase, fault in _unread(found):
            raise ContentError(f"{path}: «{phrase}»: {fault}")
        return found

    def words(self) -> tuple[str, ...]:
        """Return every word that may raise an alarm."""
        return words_of(_all(self.alarms), self.groups)


@dataclass(frozen=True)
class Lexicon:
    """The rules in the order in which they are tried, with the phrases of each language."""

    rules: tuple[EmergencyRule, ...]
    languages: Mapping[str, Dangers]  # in the order of LANGUAGES

    @classmethod
    def load(cls, data_dir: Path) -> "Lexicon":
        """Read the rules and the files of all languages.

        Raises:
            ContentError: a file is missing or wrong, tells of a rule that there is not, or the
                Swedish one leaves one out.
        """
        rules = read_rules(data_dir)
        languages = {language: Dangers.load(data_dir, language) for language in LANGUAGES}
        for fault in _faults({rule.id for rule in rules}, languages):
            raise ContentError(f"{data_dir / _PHRASES}: {fault}")
        return cls(rules, languages)

    def alarms(self, rule: EmergencyRule) -> dict[str, tuple[str, ...]]:
        """Return the phrases of a rule by language."""
        return {one: said.alarms.get(rule.id, ()) for one, said in self.languages.items()}

    def harmless(self, rule: EmergencyRule) -> tuple[str, ...]:
        """Return what is no danger, in all languages."""
        all_said = (said.harmless.get(rule.id, ()) for said in self.languages.values())
        return tuple(phrase for said in all_said for phrase in said)

    @cached_property
    def groups(self) -> Groups:
        """The groups of all languages; those of one name are one."""
        joined: dict[str, tuple[str, ...]] = {}
        for said in self.languages.values():
            for name, words in said.groups.items():
                joined[name] = (*joined.get(name, ()), *words)
        return joined

    @property
    def alike(self) -> tuple[str, ...]:
        return tuple(word for said in self.languages.values() for word in said.alike)

    @property
    def spoken(self) -> dict[str, str]:
        return {word: as_ for said in self.languages.values() for word, as_ in said.spoken.items()}


def read_rules(data_dir: Path) -> tuple[EmergencyRule, ...]:
    """Return the rules of `data/safety/akut.yml` in the order in which they are tried.

    Raises:
        ContentError: the file is missing or wrong.
    """
    return _validated(_Rules, data_dir / RULES).rules


def phrases_path(data_dir: Path, language: str) -> Path:
    """Return where the phrases of a language stand."""
    return data_dir / _PHRASES / f"{language}.yml"


def _unread(said: Dangers) -> Iterator[tuple[str, str]]:
    """Yield phrases that cannot be found in any message, and why."""
    for phrase in (*_all(said.alarms), *_all(said.harmless)):
        if "" in re.split(r"[/ ]", phrase):
            yield phrase, "Det fattas ett ord bredvid / eller mellan två mellanslag."
        if JOINED in phrase and "…" in phrase:
            yield phrase, "En fras kan ha + eller …, inte båda. Byt … mot +."
    for phrase in _all(said.harmless):
        if JOINED in phrase:
            yield phrase, "Under «ofarligt» står orden i ordning. Byt + mot …."


def _faults(rules: set[str], languages: Mapping[str, Dangers]) -> Iterator[str]:
    for language, said in languages.items():
        for rule in sorted({*said.alarms, *said.harmless} - rules):
            yield f"{language}.yml: Regeln «{rule}» finns inte i {RULES}."
    for rule in sorted(rules - {*languages[SWEDISH].alarms}):
        yield f"{SWEDISH}.yml: Fraser saknas för regeln «{rule}»."


def _all(phrases: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (phrase for said in phrases.values() for phrase in said)


def _validated(model: type[Model], path: Path) -> Model:
    content = read_content(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]
        place = " ".join(map(str, fault["loc"]))
        raise ContentError(f"{path}: {place}: {fault['msg']}") from error
