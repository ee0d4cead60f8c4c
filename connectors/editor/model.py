"""Pure values of the editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from bot.answering.model import Decision
from bot.faq.checking.model import Finding
from bot.faq.files import FaqFiles
from bot.retrieval.model import Found
from connectors.accounts.model import Account
from connectors.http import Body

MAX_NOTE = 500  # characters
MAX_YAML = 50_000  # characters: far more than the longest entry
MAX_QUESTION = 2000  # characters, as for citizens
MAX_DEPTH = 5  # of fields: translations, a language, steps
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


class Kind(StrEnum):
    """What a publication did."""

    EDIT = "edit"
    NEW = "new"
    REMOVE = "remove"
    ROLLBACK = "rollback"
    FILE = "file"  # changed in the file by hand


class EntryLine(BaseModel):
    """An entry as one line of a list."""

    id: str
    question: str
    topic: str
    topic_title: str
    owner: str
    reviewed: date
    valid_from: date | None
    valid_to: date | None
    risk: str
    scope: str
    audience: tuple[str, ...]
    file: str = Field(description="below data/faq")
    line: int
    national: bool = Field(description="only the national pack says it")
    overridden: bool = Field(description="the national pack says it too")
    hidden: bool
    findings: int
    text: str = Field(description="variants, answer and steps, to search in")


class EntryFull(BaseModel):
    """An entry as it is opened."""

    line: EntryLine
    yaml: str = Field(description="the entry's own block, dedented, with its comments")
    fields: dict[str, Any] = Field(
        description="its values by Swedish key, {kommun.x} not filled in"
    )
    version: str
    national_yaml: str | None = None


class FileLine(BaseModel):
    """A file of entries."""

    path: str = Field(description="below data/faq")
    topic: str
    title: str
    owner: str
    national: bool


class Draft(Body):
    """An entry as it would be: as YAML, as fields, or as fields to be written into a YAML."""

    entry: str | None = Field(
        None, max_length=200, pattern=PRINTABLE, description="null: a new one"
    )
    file: str = Field(max_length=500, description="below data/faq")
    version: str | None = Field(None, max_length=64, description="the one that was opened")
    yaml: str | None = Field(None, max_length=MAX_YAML)
    fields: dict[str, Any] | None = Field(
        None, description="written into `yaml`, else into the text that is live"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.yaml is None and self.fields is None:
            raise ValueError("neither yaml nor fields")
        if self.fields is not None and not _is_plain(self.fields, MAX_DEPTH):
            raise ValueError("values that an entry cannot have")
        return self


class Publication(BaseModel):
    """A change of one entry that went live."""

    id: UUID
    entry: str
    file: str
    at: datetime
    editor: str
    note: str
    kind: Kind
    commit: str | None
    version_before: str | None
    version_after: str | None
    index: str | None


class Why(BaseModel):
    """A hit and what it counts for."""

    id: str
    title: str
    kind: str
    confidence: float | None
    score: float
    dense: float
    whole: float
    coverage: float
    close: float | None
    head: float


class Asked(BaseModel):
    """What the bot does with a question."""

    outcome: str
    text: str
    question: str
    confidence: float | None
    why: list[Why]


@dataclass(frozen=True)
class Author:
    """Who changes something. Without a username it was changed in the file."""

    name: str
    username: str | None = None

    @classmethod
    def of(cls, account: Account) -> "Author":
        return cls(account.name, account.username)


class Previewed(Protocol):
    """The part of a preview that decides whether an edit may go live."""

    @property
    def blocked(self) -> bool: ...

    @property
    def needs_confirmation(self) -> bool: ...

    def model_dump(self, *, mode: str = ...) -> dict[str, Any]: ...


class Replied(Protocol):
    """What the bot does with one question, and what it found for it."""

    @property
    def decision(self) -> Decision: ...

    @property
    def found(self) -> Found: ...

    @property
    def confidences(self) -> tuple[float, ...]: ...


class Previewer(Protocol):
    """Says what the bot would do if the files were others. Slow until it is warm."""

    def warm(self) -> None: ...

    def preview(self, after: FaqFiles) -> Previewed: ...

    def ask(self, after: FaqFiles | None, question: str) -> Replied: ...


def shown(finding: Finding) -> dict[str, Any]:
    """Return a finding as it is sent."""
    return finding.model_dump(mode="json")


def asked(question: str, replied: Replied) -> Asked:
    """Return what the bot does with `question` as it is sent."""
    decision, confidences = replied.decision, replied.confidences
    return Asked(
        outcome=decision.outcome,
        text=decision.text or "",
        question=question,
        confidence=decision.confidence,
        why=_why(replied.found, confidences),
    )


def _why(found: Found, confidences: Sequence[float]) -> list[Why]:
    told = [*confidences, *[None] * len(found.hits)]
    return [
        Why(
            id=hit.document.id,
            title=hit.document.title,
            kind=hit.document.kind,
            confidence=confidence,
            **{name: getattr(hit, name) for name in _CHANNELS},
        )
        for hit, confidence in zip(found.hits[:10], told, strict=False)
    ]


_CHANNELS = ("score", "dense", "whole", "coverage", "close", "head")


def _is_plain(value: Any, depth: int) -> bool:
    """Tell whether `value` can be written: not too deep, and of characters that exist."""
    if isinstance(value, str):
        return _can_be_written(value)
    if isinstance(value, dict):
        return depth > 0 and all(
            _is_plain(key, 0) and _is_plain(one, depth - 1) for key, one in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and all(_is_plain(one, depth - 1) for one in value)
    return True


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
