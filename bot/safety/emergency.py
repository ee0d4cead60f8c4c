"""Recognising an emergency by readable rules, and answering with a fixed, reviewed text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.answering.model import Decision, Outcome, Phone
from bot.errors import ContentError
from bot.language.normalise import fold
from bot.texts import SWEDISH, Texts, said_in

# The forms of one Arabic letter that people write for one another, and of the apostrophe.
_FORMS = str.maketrans("أإآىة’ʼ`", "ااايه'''", "\u0640")
_Other = Annotated[str, Field(pattern=r"^(en|fi|ar|so|uk)$")]
_AND = "[وف]?"  # «and», written together with the next word in Arabic


class EmergencyRule(BaseModel):
    """One kind of emergency.

    In a phrase `*` stands for the rest of a word and `…` for at most four words between.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str  # key in data/texts
    phones: tuple[str, ...] = Field(alias="nummer", min_length=1)
    phrases: tuple[str, ...] = Field(alias="fraser", min_length=1)  # in Swedish
    others: dict[_Other, tuple[str, ...]] = Field({}, alias="andra_sprak")
    harmless: tuple[str, ...] = Field((), alias="ofarligt")


@dataclass(frozen=True)
class _Compiled:
    rule: EmergencyRule
    alarms: Mapping[str, re.Pattern[str]]  # by language, Swedish first
    harmless: re.Pattern[str] | None

    @classmethod
    def of(cls, rule: EmergencyRule) -> "_Compiled":
        phrases = {SWEDISH: rule.phrases, **rule.others}
        alarms = {language: _pattern(said) for language, said in phrases.items() if said}
        return cls(rule, alarms, _pattern(rule.harmless) if rule.harmless else None)

    def language(self, plain: str) -> str | None:
        """Return the language in which `plain` raises the alarm, or None if it does not."""
        left = self.harmless.sub(" ", plain) if self.harmless else plain
        return next((one for one, alarm in self.alarms.items() if alarm.search(left)), None)


class EmergencyRules:
    """The rules of `data/safety/akut.yml`, in the order in which they are tried."""

    def __init__(self, rules: tuple[EmergencyRule, ...], texts: Texts) -> None:
        self._rules = tuple(map(_Compiled.of, rules))
        self._texts = texts

    @classmethod
    def load(cls, data_dir: Path) -> "EmergencyRules":
        """Read `data/safety/akut.yml`.

        Raises:
            ContentError: the file is missing or wrong. The bot does not start without it.
        """
        path = data_dir / "safety" / "akut.yml"
        try:
            raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
            rules = tuple(EmergencyRule.model_validate(rule) for rule in raw["regler"])
        except (OSError, UnicodeDecodeError, YAMLError, KeyError, TypeError) as error:
            raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error
        except ValidationError as error:
            fault = error.errors()[0]
            raise ContentError(f"{path}: {fault['loc'][0]}: {fault['msg']}") from error
        return cls(rules, Texts.load(data_dir))

    def phrases(self) -> tuple[str, ...]:
        """Return what raises an alarm in Swedish, as it is written in the file."""
        return tuple(phrase for compiled in self._rules for phrase in compiled.rule.phrases)

    def check(self, text: str, talk: str | None = None) -> Decision | None:
        """Return what to say where `text` tells of an emergency. Never stores or logs it.

        It is said in the language of the phrase that was found: short cries for help tell a
        detector of languages little.

        Args:
            talk: the language of the talk so far.
        """
        plain = _plain(text)
        for compiled in self._rules:
            if found := compiled.language(plain):
                return self._decision(compiled.rule, said_in(found, talk))
        return None

    def _decision(self, rule: EmergencyRule, language: str) -> Decision:
        texts = self._texts.spoken(language)
        return Decision(
            outcome=Outcome.EMERGENCY,
            text=texts[rule.text],
            text_language=texts.language,
            phones=tuple(
                Phone(label=texts[f"phone_{number}"], number=number) for number in rule.phones
            ),
            confidence=1.0,
            topic=rule.id,
            language=language,
        )


def _plain(text: str) -> str:
    """Return `text` folded, without the marks above and below letters of other scripts."""
    folded = fold(text).translate(_FORMS)
    if folded.isascii():
        return folded
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{_AND}{_phrase(phrase)}\b" for phrase in phrases))


def _phrase(phrase: str) -> str:
    parts = [re.escape(_plain(part)) for part in phrase.replace("…", " … ").split()]
    joined = r"\W+".join(parts)
    gap = re.escape(_plain("…"))
    return joined.replace(rf"\W+{gap}\W+", r"\W+(?:\w+\W+){0,4}?").replace(r"\*", r"\w*")
