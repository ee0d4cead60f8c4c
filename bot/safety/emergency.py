"""Recognising an emergency by readable rules, and answering with a fixed, reviewed text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.answering.model import Decision, Outcome, Phone
from bot.errors import ContentError
from bot.safety.phrases import Groups, pattern, plain, words_of
from bot.safety.slips import Slips
from bot.texts import SWEDISH, Texts, said_in

_Other = Annotated[str, Field(pattern=r"^(en|fi|ar|so|uk|fa)$")]
_LATIN = frozenset({SWEDISH, "en", "fi", "so"})  # what is in these letters is in no other language


class EmergencyRule(BaseModel):
    """One kind of emergency.

    In a phrase `*` stands for a part of a word, `…` for at most four words between, `a/b` for
    one of the two and `[name]` for a word of that group. A phrase that begins with `!` holds only
    where it is the whole message.
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
    def of(cls, rule: EmergencyRule, groups: Groups) -> "_Compiled":
        phrases = {SWEDISH: rule.phrases, **rule.others}
        alarms = {language: pattern(said, groups) for language, said in phrases.items() if said}
        return cls(rule, alarms, pattern(rule.harmless, groups) if rule.harmless else None)

    def language(self, said: str) -> str | None:
        """Return the language in which `said` raises the alarm, or None if it does not."""
        left = self.harmless.sub(" ", said) if self.harmless else said
        spoken = _LATIN if left.isascii() else self.alarms
        heard = (one for one in self.alarms if one in spoken and self.alarms[one].search(left))
        return next(heard, None)


class EmergencyRules:
    """The rules of `data/safety/akut.yml`, in the order in which they are tried."""

    def __init__(
        self,
        rules: tuple[EmergencyRule, ...],
        texts: Texts,
        groups: Groups | None = None,
        alike: tuple[str, ...] = (),
    ) -> None:
        """Compile the rules.

        Args:
            groups: words that phrases call by one name.
            alike: ordinary words that are one slip from a word of the phrases.

        Raises:
            KeyError: a phrase names a group that there is not.
        """
        self.groups = groups or {}
        self._rules = tuple(_Compiled.of(rule, self.groups) for rule in rules)
        self._texts = texts
        alarms = [said for rule in rules for said in (rule.phrases, *rule.others.values())]
        ordinary = [*alike, *words_of([p for rule in rules for p in rule.harmless], self.groups)]
        self._slips = Slips([w for said in alarms for w in words_of(said, self.groups)], ordinary)

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
            groups = {name: tuple(words) for name, words in raw.get("ordgrupper", {}).items()}
            return cls(rules, Texts.load(data_dir), groups, tuple(raw.get("snarlika", ())))
        except (OSError, UnicodeDecodeError, YAMLError, KeyError, TypeError) as error:
            raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error
        except ValidationError as error:
            fault = error.errors()[0]
            raise ContentError(f"{path}: {fault['loc'][0]}: {fault['msg']}") from error

    def phrases(self) -> tuple[str, ...]:
        """Return what raises an alarm in Swedish, with every word of its groups."""
        said = (phrase for compiled in self._rules for phrase in compiled.rule.phrases)
        return words_of(said, self.groups)

    def check(self, text: str, talk: str | None = None) -> Decision | None:
        """Return what to say where `text` tells of an emergency. Never stores or logs it.

        It is said in the language of the phrase that was found: short cries for help tell a
        detector of languages little.

        Args:
            talk: the language of the talk so far.
        """
        said = plain(text)
        if heard := self._heard(said, talk):
            return heard
        mended = self._slips.mended(said)
        return self._heard(mended, talk) if mended != said else None

    def _heard(self, said: str, talk: str | None) -> Decision | None:
        for compiled in self._rules:
            if found := compiled.language(said):
                return self._decision(compiled.rule, said_in(found, talk))
        return None

    def _decision(self, rule: EmergencyRule, language: str) -> Decision:
        texts = self._texts.warning(language)
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
