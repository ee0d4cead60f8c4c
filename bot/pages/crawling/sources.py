"""Entries whose source page is another than the one that was read at their review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.faq.model import Entry
from bot.pages.crawling.model import KeptPage, State
from bot.pages.crawling.site import Site


@dataclass(frozen=True)
class SourceChange:
    """An entry whose source page has another text than when the entry was reviewed."""

    entry: str
    question: str
    url: str
    reviewed: date
    changed: date
    gone: bool = False


def source_changes(
    entries: Iterable[Entry], pages: Iterable[KeptPage], site: str
) -> tuple[SourceChange, ...]:
    """Return the entries whose source changed, or left, after the day they were reviewed.

    A change on the day of the review counts as seen: the editor came after the night's run.

    Args:
        site: the address that links beginning with `/` are below.
    """
    by_url = {page.url: page for page in pages}
    own = Site.of(site)
    return tuple(
        change
        for entry in entries
        if (change := _source_change(entry, by_url, own, site.rstrip("/"))) is not None
    )


def _source_change(
    entry: Entry, pages: dict[str, KeptPage], own: Site, site: str
) -> SourceChange | None:
    link = entry.links[0].url
    full = f"{site}{link}" if link.startswith("/") else link
    page = pages.get(own.address(full) or full)
    if page is not None and page.state is State.COPY:
        page = pages.get(page.target or "", page)
    if page is None:
        return None
    gone = page.state in (State.GONE, State.HIDDEN) and page.gone_in is not None
    moment = page.fetched_at if gone else page.changed_at
    if moment is None or (moment.date() <= entry.reviewed and not gone):
        return None
    return SourceChange(
        entry.id, entry.question, page.url, entry.reviewed, moment.date(), gone=gone
    )
