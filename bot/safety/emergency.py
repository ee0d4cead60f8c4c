"""Recognising an emergency by readable rules, and answering with a fixed, reviewed text."""

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.answering.model import Decision, Outcome, Phone
from bot.errors import ContentError
from bot.language.normalise import fold
from bot.texts import Texts


class EmergencyRule(BaseModel):
    """One kind of emergency.

    In a phrase `*` stands for the rest of a word and `…` for at most four words between.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str  # key in data/texts
    phones: tuple[str, ...] = Field(alias="nummer", min_length=1)
    phrases: tuple[str, ...] = Field(alias="fraser", min_length=1)
    harmless: tuple[str, ...] = Field((), alias="ofarligt")


@dataclass(frozen=True)
class _Compiled:
    rule: EmergencyRule
    alarm: re.Pattern[str]
    harmless: re.Pattern[str] | None


class EmergencyRules:
    """The rules of `data/safety/akut.yml`, in the order in which they are tried."""

    def __init__(self, rules: tuple[EmergencyRule, ...], texts: Texts) -> None:
        self._rules = tuple(
            _Compiled(
                rule, _pattern(rule.phrases), _pattern(rule.harmless) if rule.harmless else None
            )
            for rule in rules
        )
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
        """Return what raises an alarm, as it is written in the file."""
        return tuple(phrase for compiled in self._rules for phrase in compiled.rule.phrases)

    def check(self, text: str) -> Decision | None:
        """Return what to say where `text` tells of an emergency. Never stores or logs it."""
        folded = fold(text)
        for compiled in self._rules:
            left = compiled.harmless.sub(" ", folded) if compiled.harmless else folded
            if compiled.alarm.search(left):
                return self._decision(compiled.rule)
        return None

    def _decision(self, rule: EmergencyRule) -> Decision:
        return Decision(
            outcome=Outcome.EMERGENCY,
            text=self._texts[rule.text],
            phones=tuple(
                Phone(label=self._texts[f"phone_{number}"], number=number) for number in rule.phones
            ),
            confidence=1.0,
            topic=rule.id,
        )


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{_phrase(phrase)}\b" for phrase in phrases))


def _phrase(phrase: str) -> str:
    parts = [re.escape(fold(part)) for part in phrase.replace("…", " … ").split()]
    joined = r"\W+".join(parts)
    gap = re.escape(fold("…"))
    return joined.replace(rf"\W+{gap}\W+", r"\W+(?:\w+\W+){0,4}?").replace(r"\*", r"\w*")
