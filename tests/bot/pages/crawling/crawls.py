"""Crawls of a test's own server, as `kommunbot crawl` makes them."""

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.pages.crawling.crawl import Crawler, Fetchers
from bot.pages.crawling.kept import kept_pages, last_run, used_pages
from bot.pages.crawling.model import KeptPage, State
from bot.pages.crawling.pace import Pace
from bot.pages.crawling.passages import read_crawl
from bot.pages.crawling.report import SiteReport, site_report
from bot.pages.crawling.site import Site
from bot.pages.crawling.store import CrawlStore
from bot.pages.fetching import Limits, SafeFetcher
from bot.pages.model import Passage
from tests.support.site_server import SiteServer

FIRST_NIGHT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
LIMITS = Limits(size=200_000, seconds=10.0)


@dataclass
class Crawls:
    """One site, crawled night after night into one file."""

    server: SiteServer
    file: Path
    below: str = "/"
    hosts: tuple[str, ...] = ()
    most: int = 1_000
    limits: Limits = LIMITS
    waits: list[float] = field(default_factory=list)
    nights: int = 0

    @property
    def site(self) -> Site:
        return Site.of(self.server.url + self.below, self.hosts)

    def night(self) -> SiteReport:
        """Crawl once more, a day later."""
        now = FIRST_NIGHT + timedelta(days=self.nights)
        self.nights += 1
        self.server.asked.clear()
        fetcher = SafeFetcher("Kommunbot (+mailto:test)", self.limits, allow_private=True)
        pace = Pace(1_000, clock=lambda: 0.0, sleep=self.waits.append)
        with closing(CrawlStore(self.file, self.site.key)) as store:
            Crawler(
                self.site,
                store,
                Fetchers(fetcher, fetcher),
                pace,
                most=self.most,
                now=lambda: now,
            ).run()
        return self.report()

    def report(self) -> SiteReport:
        run = last_run(self.file, self.site.key)
        assert run is not None
        return site_report(
            self.site.key,
            run,
            pages=self.kept(),
            passages=self.passages(),
            entries=(),
            today=date(2026, 11, 28),
        )

    def kept(self) -> tuple[KeptPage, ...]:
        return kept_pages(self.file, self.site.key) or ()

    def passages(self) -> tuple[Passage, ...]:
        return read_crawl(self.file, self.site.key) or ()

    def paths(self) -> list[str]:
        """Return the pages in use."""
        return self.short(used_pages(self.kept()))

    def short(self, pages: tuple[KeptPage, ...]) -> list[str]:
        return [page.url.removeprefix(self.server.url) for page in pages]

    def page(self, path: str) -> KeptPage:
        return next(page for page in self.kept() if page.url == self.server.url + path)

    def states(self) -> dict[str, State]:
        return {page.url.removeprefix(self.server.url): page.state for page in self.kept()}
