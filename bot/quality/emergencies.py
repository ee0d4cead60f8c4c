"""How many messages of danger raise the alarm, and how many harmless ones do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.faq.repository import load_faq
from bot.quality.calibration import read_labelled
from bot.quality.lines import read_lines
from bot.safety.emergency import EmergencyRules

_LABELLED = ("calibration.jsonl", "fragebank.jsonl")


class Message(BaseModel):
    """What somebody may write, and the rule that it should raise; none where it is harmless.

    Messages of one scenario tell of the same thing and lie in one half.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    rule: str | None
    also: tuple[str, ...] = ()  # other rules that are right
    scenario: str
    manner: str = Field(alias="register")  # a model has a method `register`
    lang: str

    @property
    def right(self) -> frozenset[str]:
        return frozenset({self.rule, *self.also}) - {None} if self.rule else frozenset()


@dataclass(frozen=True)
class Heard:
    """A message, and the rule whose alarm it raised; None where it raised none."""

    message: Message
    rule: str | None

    @property
    def is_missed(self) -> bool:
        return bool(self.message.rule and not self.rule)

    @property
    def is_wrong_rule(self) -> bool:
        return bool(self.message.rule and self.rule and self.rule not in self.message.right)

    @property
    def is_false_alarm(self) -> bool:
        return bool(self.rule and not self.message.rule)


@dataclass(frozen=True)
class Count:
    """How the messages of one language fared."""

    language: str  # "all" for every language
    messages: int
    dangers: int
    found: int  # of the dangers, under whatever rule
    missed: int
    wrong_rule: int  # of the found
    false_alarms: int  # of the harmless

    @classmethod
    def of(cls, language: str, heard: Sequence[Heard]) -> "Count":
        dangers = sum(one.message.rule is not None for one in heard)
        missed = sum(one.is_missed for one in heard)
        return cls(
            language=language,
            messages=len(heard),
            dangers=dangers,
            found=dangers - missed,
            missed=missed,
            wrong_rule=sum(one.is_wrong_rule for one in heard),
            false_alarms=sum(one.is_false_alarm for one in heard),
        )


def read_messages(path: Path) -> tuple[Message, ...]:
    """Raises ContentError: says which line, and what is wrong with it."""
    return read_lines(path, Message)


def hear(rules: EmergencyRules, messages: Iterable[Message]) -> tuple[Heard, ...]:
    """Put every message to the rules."""
    told = ((one, rules.check(one.text)) for one in messages)
    return tuple(Heard(one, decision.topic if decision else None) for one, decision in told)


def by_language(heard: Sequence[Heard]) -> tuple[Count, ...]:
    """Count by language, in the order in which they come, and all together at the end."""
    languages = dict.fromkeys(one.message.lang for one in heard)
    each = {code: [one for one in heard if one.message.lang == code] for code in languages}
    return tuple(Count.of(code, chosen) for code, chosen in {**each, "all": heard}.items())


def faults(heard: Iterable[Heard]) -> Iterator[str]:
    """Say one line for each message that fared otherwise than it should."""
    for one in heard:
        if one.is_missed or one.is_wrong_rule or one.is_false_alarm:
            wanted, got = one.message.rule or "harmless", one.rule or "no alarm"
            yield f"{one.message.id} {wanted}, but {got}: {one.message.text}"


def alarms(rules: EmergencyRules, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each text that raises an alarm, with the rule."""
    told = ((text, rules.check(text)) for text in texts)
    return tuple((text, decision.topic or "") for text, decision in told if decision)


def ordinary(data_dir: Path) -> tuple[str, ...]:
    """Return every question that the own content knows: entries, variants, labelled questions.

    Raises:
        ContentError: a file cannot be read.
    """
    labelled = (data_dir / "quality" / name for name in _LABELLED)
    asked = [one.text for path in labelled if path.exists() for one in read_labelled(path)]
    entries = [text for entry in load_faq(data_dir) for text in (entry.question, *entry.variants)]
    return tuple(dict.fromkeys((*entries, *asked)))
