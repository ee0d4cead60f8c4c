"""Crawling the municipality's site, and telling what was found."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from bot.errors import ContentError
from bot.faq.model import Entry
from bot.faq.repository import load_faq
from bot.municipality import Municipality
from bot.pages.crawling.crawl import Crawler, Fetchers, Told
from bot.pages.crawling.fees import FeeConflict
from bot.pages.crawling.kept import kept_pages, last_run
from bot.pages.crawling.model import CrawlError, KeptPage
from bot.pages.crawling.pace import Pace
from bot.pages.crawling.passages import read_crawl
from bot.pages.crawling.report import SiteReport, site_report
from bot.pages.crawling.robots import PRODUCT
from bot.pages.crawling.site import Site
from bot.pages.crawling.sitemap import UNPACKED
from bot.pages.crawling.sources import SourceChange
from bot.pages.crawling.store import CrawlStore
from bot.pages.fetching import Limits, SafeFetcher
from bot.settings import Settings

_SHOWN = 20  # rows of one kind in the table; JSON has them all
_SITEMAP_SECONDS = 120.0
_NOTES = {
    "limit_reached": "There are more pages than KOMMUNBOT_CRAWL_MAX_PAGES.",
    "sitemap_broken": "A sitemap could not be read, so pages that it no longer lists were kept.",
    "too_many_gone": "More than half of the pages are no longer listed. They were kept: is the"
    " sitemap whole?",
}


def crawl(
    settings: Settings,
    url: str | None,
    *,
    hosts: tuple[str, ...] = (),
    allow_private: bool = False,
    told: Told = lambda *_: None,
) -> SiteReport:
    """Crawl the site at `url`, or the one of the settings, and report.

    Args:
        hosts: others that belong to the site.

    Raises:
        CrawlError: the site cannot be crawled, or a crawl is at work already.
    """
    site = _site(url or settings.site_url, hosts)
    with _alone(settings.crawl_file), closing(CrawlStore(settings.crawl_file, site.key)) as store:
        fetchers = _fetchers(settings, allow_private=allow_private)
        pace = Pace(settings.crawl_per_second)
        most = settings.crawl_max_pages
        Crawler(site, store, fetchers, pace, most=most, told=told).run()
    return report(settings, site.key, datetime.now(UTC).date())


def report(settings: Settings, site: str, today: date) -> SiteReport:
    """Report on the last crawl of `site`.

    Raises:
        CrawlError: there is none, or it cannot be read.
    """
    path = settings.crawl_file
    run, pages, passages = last_run(path, site), kept_pages(path, site), read_crawl(path, site)
    if run is None or pages is None or passages is None:
        raise CrawlError(f"{site} has not been crawled. Run `kommunbot crawl {site}`.")
    return site_report(
        site, run, pages=pages, passages=passages, entries=_entries(settings), today=today
    )


def user_agent(settings: Settings) -> str:
    """Name the program and whom to write to."""
    facts = Municipality.load(settings.data_dir)
    return f"{PRODUCT} (+{facts.get('webbplats', settings.site_url)}; {facts['epost']})"


def as_json(found: SiteReport) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "site": found.site,
        "finished_at": found.run.finished_at and found.run.finished_at.isoformat(),
        "by_sitemap": found.run.by_sitemap,
        "notes": found.run.note.split(),
        "pages": found.used,
        **{name: _rows(getattr(found, name)) for name in ("new", "changed", "gone")},
        "failed": _rows(found.failed),
        "left_out": _rows(found.left_out),
        "old": _rows(found.old),
        "fees": [asdict(pair) for pair in found.fees],
        "sources": [
            asdict(one) | {"reviewed": str(one.reviewed), "changed": str(one.changed)}
            for one in found.sources
        ],
    }


def tables(found: SiteReport) -> Iterator[Table]:
    """Return the report as tables, empty ones left out."""
    counts = Table("What", "Pages", title=found.site)
    kinds: dict[str, Sequence[KeptPage]] = {
        "new": found.new,
        "changed": found.changed,
        "gone": found.gone,
        "failed": found.failed,
        "left out": found.left_out,
        "older than 12 months": found.old,
    }
    counts.add_row("in use", str(found.used))
    for name, pages in kinds.items():
        counts.add_row(name, str(len(pages)))
    yield counts
    first = found.run.id == 1 or len(found.new) == found.used
    for name, pages in kinds.items():
        if pages and name != "left out" and not (name == "new" and first):
            yield _listed(name.capitalize(), ("Page", "Why"), [_page(page) for page in pages])
    if found.fees:
        head = ("What", "Kronor", "Page")
        rows = [row for pair in found.fees for row in _pair(pair)]
        yield _listed("Contradicting fees", head, rows)
    if found.sources:
        columns = ("Entry", "Reviewed", "Source changed", "Source")
        lines = [_source(change) for change in found.sources]
        yield _listed("Entries whose source has changed", columns, lines)


def sentences(found: SiteReport, settings: Settings) -> Iterator[str]:
    """Say what the tables do not."""
    for note in found.run.note.split():
        yield _NOTES[note]
    if found.site != settings.site_url.rstrip("/"):
        yield (
            f"Answers come from {settings.site_url}. Set KOMMUNBOT_SITE_URL={found.site} to answer"
            " from the pages just crawled."
        )
    elif found.new or found.changed or found.gone:
        yield "Run `make index` to take the pages into use."


def _site(url: str, hosts: tuple[str, ...]) -> Site:
    try:
        return Site.of(url, hosts)
    except ValueError as error:
        raise CrawlError(f"{error}.") from error


def _fetchers(settings: Settings, *, allow_private: bool) -> Fetchers:
    agent = user_agent(settings)
    size, seconds = int(settings.crawl_max_mb * 1_000_000), settings.crawl_timeout_s
    pages = SafeFetcher(agent, Limits(size, seconds), allow_private=allow_private)
    larger = Limits(UNPACKED, max(seconds, _SITEMAP_SECONDS))
    return Fetchers(pages, SafeFetcher(agent, larger, allow_private=allow_private))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one crawl at a time write the file; the lock dies with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CrawlError("A crawl is at work already. Wait until it has finished.") from error
        yield


def _entries(settings: Settings) -> tuple[Entry, ...]:
    """A fault in the FAQ is `make index`'s to tell; the pages are reported all the same."""
    try:
        return tuple(load_faq(settings.data_dir))
    except ContentError:
        return ()


def _rows(pages: Sequence[KeptPage]) -> list[dict[str, Any]]:
    return [
        {
            "url": page.url,
            "title": page.title,
            "reason": page.fault,
            "detail": page.detail,
            "reviewed": page.reviewed and page.reviewed.isoformat(),
            "changed_at": page.changed_at and page.changed_at.isoformat(),
        }
        for page in pages
    ]


def _page(page: KeptPage) -> tuple[str, str]:
    why = " ".join(part for part in (page.fault, page.detail) if part)
    return page.url, why or (f"reviewed {page.reviewed}" if page.reviewed else "")


def _pair(pair: FeeConflict) -> Iterator[tuple[str, ...]]:
    for fee in (pair.one, pair.other):
        yield fee.what, f"{fee.kronor:g}", fee.url


def _source(change: SourceChange) -> tuple[str, ...]:
    when = f"{change.changed}{', gone' if change.gone else ''}"
    return change.entry, str(change.reviewed), when, change.url


def _listed(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    more = f" ({_SHOWN} of {len(rows)})" if len(rows) > _SHOWN else ""
    table = Table(title=title + more)
    for name in head:
        table.add_column(name, overflow="fold")  # an address must be whole to be copied
    for row in rows[:_SHOWN]:
        table.add_row(*row)
    return table
