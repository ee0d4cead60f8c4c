"""What may be deleted and when: the decision and the days of `data/gallring.yml`.

Public documents are kept unless a board has decided otherwise (arkivlagen 1990:782, 3 and 10 §§).
The names on the left are the code's, `alias` is what the archivist writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ContentError
from bot.faq.model import Line
from bot.yaml_faults import Place, explain, impossible_date, whole
from bot.yaml_files import mapping_of, read_text

FILE = "gallring.yml"
_Days = Annotated[int, whole(1, 36_500)]


class Category(StrEnum):
    """A class of documents, as the decision names it."""

    BOT = "chatt_med_bot"  # nobody but the bot has answered
    AGENT = "chatt_med_kommunvagledare"  # a person has taken it
    ERRAND = "chatt_med_arende"  # it has become an errand, and follows that
    PRACTICE = "ovning"  # practice, and talk between colleagues
    DELIVERY = "leveranser"  # what other systems have been told, or should have been


class Cause(StrEnum):
    """Why something was deleted."""

    DUE = "due"
    CITIZEN = "citizen"


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Decision(_Written):
    """The board's decision that the classes may be deleted."""

    number: Annotated[Line, Field(max_length=64)] = Field(alias="nummer")
    day: date = Field(alias="datum")
    board: Annotated[Line, Field(max_length=100)] = Field(alias="namnd")
    municipality: Line = Field(alias="kommun")

    def in_protocol(self) -> dict[str, str]:
        return {"number": self.number, "date": self.day.isoformat(), "board": self.board}


class Days(_Written):
    """How many days each class is kept."""

    bot: _Days = Field(30, alias=Category.BOT.value)
    agent: _Days = Field(90, alias=Category.AGENT.value)
    errand: _Days = Field(730, alias=Category.ERRAND.value)
    practice: _Days = Field(14, alias=Category.PRACTICE.value)
    delivery: _Days = Field(14, alias=Category.DELIVERY.value)

    def latest(self, now: datetime) -> Mapping[Category, datetime]:
        """Return for each class the moment up to which its documents are due."""
        kept = {Category[name.upper()]: getattr(self, name) for name in type(self).model_fields}
        return {category: now - timedelta(days=days) for category, days in kept.items()}


class RetentionRules(_Written):
    """The whole file."""

    decision: Decision | None = Field(None, alias="beslut")
    days: Days = Field(default_factory=Days, alias="dagar")


@dataclass(frozen=True)
class Disposed:
    """How much of a class was deleted, or would be. Of deliveries `events` counts what was told."""

    category: Category
    conversations: int = 0
    events: int = 0
    errands: int = 0

    def __bool__(self) -> bool:
        return bool(self.conversations or self.events or self.errands)

    def plus(self, other: "Disposed") -> "Disposed":
        return Disposed(
            self.category,
            self.conversations + other.conversations,
            self.events + other.events,
            self.errands + other.errands,
        )


def load_rules(data_dir: Path) -> RetentionRules:
    """Read `data/gallring.yml`; without a file there is no decision.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    if not path.exists():
        return RetentionRules()
    text = read_text(path)
    try:
        raw: Any = mapping_of(text, path, "«beslut:»")
    except ValueError as error:
        raise ContentError(str(impossible_date(text, path))) from error
    try:
        return RetentionRules.model_validate(raw)
    except ValidationError as error:
        faults = explain(error.errors(), raw, Place(path, 1), "filen")
        raise ContentError("\n".join(map(str, faults))) from error
