"""What is searched, and what comes back."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.answering.model import Link


class Translated(BaseModel):
    """What a document asks and answers in another language than Swedish."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    text: str
    steps: tuple[str, ...] = ()


class Document(BaseModel):
    """One thing that may be the answer: an FAQ entry or a passage of a page.

    It carries all that an answer shows, so that an index answers from its own
    copy while editors change their files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal["entry", "page"]
    title: str  # the question, or the page's heading path
    text: str  # the answer, or the passage
    variants: tuple[str, ...] = ()
    topic: str | None = None
    topic_title: str | None = None
    url: str = ""
    section: str | None = None
    source_title: str = ""
    reviewed: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    steps: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    risky: bool = False
    audience: tuple[str, ...] = ()  # as in an entry's `malgrupp`; empty for everybody
    months: tuple[int, ...] = ()  # of its season, 1 to 12; empty for all year
    translations: dict[str, Translated] = {}  # by language

    @property
    def version(self) -> str:
        """A hash of everything that it says: what was shown can be told from what stands now."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Every way to ask for it in Swedish."""
        return (self.title, *self.variants)

    @property
    def asked(self) -> tuple[str, ...]:
        """Every way to ask for it in any language."""
        return (*self.phrasings, *(one.title for one in self.translations.values()))


class Hit(BaseModel):
    """A document with the evidence for it.

    `score` ranks (0 to 1 within one search); the others are comparable between searches:
    `dense` a cosine, `char` the best cosine of letter runs to one phrasing, `whole` that to the
    whole text, `bm25` the share of the question's own BM25 weight, `coverage` the share of its
    terms' weight found, `head` the entry classifier's probability (0 for pages).
    """

    model_config = ConfigDict(frozen=True)

    document: Document
    score: float
    dense: float
    char: float
    whole: float
    bm25: float
    coverage: float
    head: float
    close: float | None = None
    low: float | None = None


class Found(BaseModel):
    """The hits for one question, best first, and what is known of the question itself."""

    model_config = ConfigDict(frozen=True)

    hits: tuple[Hit, ...]
    language: str  # of the question, two letters
    unknown: float  # share of the question's terms that stand in no document
    words: int
    encode_ms: float
    search_ms: float


@dataclass(frozen=True)
class Built:
    """A new index that is in use."""

    folder: Path
    built_from: str
    documents: int
