"""A page as it is kept, and what one fetch of it came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.errors import KommunbotError
from bot.pages.fetching import Fault
from bot.pages.model import Passage


class CrawlError(KommunbotError):
    """The site could not be crawled, or what was crawled cannot be read."""


class State(StrEnum):
    """What a kept address is.

    waiting   found, and not yet read with success
    page      a page whose text is used
    copy      another address of a page: it redirects there or names it as canonical
    hidden    exists, and must not be used: noindex, robots.txt, no text, another type
    gone      answers 404 or 410, or is no longer listed
    """

    WAITING = "waiting"
    PAGE = "page"
    COPY = "copy"
    HIDDEN = "hidden"
    GONE = "gone"


@dataclass(frozen=True)
class Text:
    """The text of a page as read at one moment, and the bytes it was read from."""

    kind: str  # html or pdf
    body: bytes  # HTML in UTF-8, or a PDF's text as JSON
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class KeptPage:
    """One address of the site with what is known of it. Times are in UTC.

    `changed_at` is when its text was last seen to be another; None while it is as it was
    when first seen. `reviewed` is the page's own date. `new_in`, `changed_in` and `gone_in`
    are the runs in which that happened last. `fault` tells of the last try, `detail` more of it.
    """

    url: str
    state: State
    kind: str = ""
    title: str = ""
    language: str = ""
    news: bool = False
    reviewed: date | None = None
    fault: Fault | None = None
    detail: str = ""
    http_status: int | None = None
    target: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime | None = None
    changed_at: datetime | None = None
    text_hash: str = ""
    new_in: int | None = None
    changed_in: int | None = None
    gone_in: int | None = None
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Run:
    """One pass over the site. `listed` once the sitemap has been read; `note` for its report."""

    id: int
    started_at: datetime
    listed: bool = False
    whole: bool = False  # everything that exists was listed: what was not is gone
    by_sitemap: bool = False
    finished_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one fetch of an address came to; what is None is left as it is kept."""

    state: State | None = None
    fault: Fault | None = None
    detail: str = ""
    http_status: int | None = None
    target: str | None = None
    text: Text | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    again: bool = False  # worth another try in this run
