"""What a check looks at, and what it finds."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.faq.checking.style import Style
from bot.faq.model import Entry
from bot.faq.repository import Faq
from bot.yaml_faults import Fault


class Level(StrEnum):
    """How bad it is."""

    ERROR = "fel"  # the content is not published
    WARNING = "varning"


class Finding(BaseModel):
    """Something that an editor should look at; `text` says what is wrong and what to do."""

    model_config = ConfigDict(frozen=True)

    level: Level
    rule: str
    file: str
    line: int
    entry: str | None = None
    key: str | None = None
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Content:
    """Everything that an entry is checked against.

    `pages` are the paths of the municipality's own pages, `e_services` the addresses of the
    registry; None where there is nothing to check against.
    """

    faq: Faq
    style: Style
    today: date
    facts: dict[str, str] = field(default_factory=dict)
    pages: frozenset[str] | None = None
    e_services: frozenset[str] | None = None

    def finding(
        self, rule: str, entry: Entry, key: str, text: str, level: Level = Level.WARNING
    ) -> Finding:
        """Return a finding at the line of `key` in `entry`."""
        place = self.faq.place(entry.id, key)
        return Finding(
            level=level,
            rule=rule,
            file=str(place.path),
            line=place.line,
            entry=entry.id,
            key=key,
            text=text,
        )


def of_fault(fault: Fault) -> Finding:
    """Return what keeps a file from being read as a finding."""
    return Finding(
        level=Level.ERROR,
        rule="format",
        file=str(fault.place.path),
        line=fault.place.line,
        entry=fault.entry,
        key=fault.key,
        text=fault.text,
    )
