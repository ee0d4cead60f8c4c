"""One pass over a site: what it lists, page after page, in peace. It may be cut anywhere.

list     the sitemap says which pages there are; without one the links do, from the start page
visit    each page is asked for once, and once more at the end if it failed
finish   what was not found any longer is gone
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpx
import structlog

from bot.pages.crawling.html import decode, read_marks
from bot.pages.crawling.model import CrawlError, KeptPage, Outcome, Run, State, Text
from bot.pages.crawling.pace import Pace
from bot.pages.crawling.passages import read_text
from bot.pages.crawling.robots import Robots, read_robots
from bot.pages.crawling.site import Site, origin
from bot.pages.crawling.sitemap import Listed, read_sitemaps
from bot.pages.crawling.store import CrawlStore
from bot.pages.fetching import TRANSIENT, Fault, Fetched, FetchError, SafeFetcher
from bot.pages.model import Passage
from bot.pages.pdf import read_pdf

GIVE_UP = 20  # pages in a row without any reply: the site is down, not the pages
LONGEST_HTML = 1_000_000  # characters that are read: the time for tables grows with the square
LONGEST_PAUSE = 300.0  # seconds that a site may ask us to stay away
_MANY = 10  # pages that may vanish at once without being suspected
_OUT = frozenset({Fault.ROBOTS, Fault.OTHER_SITE, Fault.CONTENT_TYPE})  # not to be used at all
_BY_TEXT = frozenset({None, Fault.NOINDEX, Fault.NO_TEXT, Fault.CANONICAL_ELSEWHERE})
_SILENT = frozenset({Fault.UNREACHABLE, Fault.TOO_SLOW})
_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf"}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_log = structlog.get_logger()

Told = Callable[[int, int, str], None]  # done, found so far, the address


@dataclass(frozen=True)
class Fetchers:
    """One for pages and one for sitemaps, which may be larger."""

    pages: SafeFetcher
    sitemaps: SafeFetcher


class Crawler:
    """Fetches a site into its store.

    Args:
        most: addresses of one run; more are left out and told of.
        told: hears of each page that is done.
    """

    def __init__(  # noqa: PLR0913  # where from, where to, how fast, how much
        self,
        site: Site,
        store: CrawlStore,
        fetchers: Fetchers,
        pace: Pace,
        *,
        most: int,
        told: Told = lambda *_: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._site = site
        self._store = store
        self._fetch = fetchers
        self._pace = pace
        self._most = most
        self._told = told
        self._now = now
        self._robots: dict[str, Robots] = {}
        self._silent = 0
        self._by_sitemap = False

    def run(self) -> Run:
        """Crawl, or go on where the last run was cut.

        Raises:
            CrawlError: the site cannot be reached or forbids it; what is kept stays.
        """
        self._require_entry()
        run = self._store.begin(self._now())
        if not run.listed:
            self._list(run)
            run = self._store.begin(self._now())
        self._by_sitemap = run.by_sitemap
        while page := self._store.next(run):
            self._visit(run, page)
            self._told(*self._store.progress(run), page.url)
        self._finish(run)
        done = self._store.last_finished()
        assert done is not None  # noqa: S101  # it was just written
        return done

    # --- list

    def _require_entry(self) -> None:
        root = self._site.root
        try:
            robots = self._robots_of(root)
        except FetchError as error:
            raise CrawlError(f"{root} cannot be crawled. {_said(error)}") from error
        if not robots.allows(root):
            raise CrawlError(f"robots.txt of {origin(root)} does not let Kommunbot in.")

    def _list(self, run: Run) -> None:
        sitemap = self._sitemap()
        pages = [page for link in sitemap.pages if (page := self._site.address(link))]
        if pages:
            self._store.list_pages(run, pages, self._most)
            self._store.listed(run, whole=sitemap.whole, by_sitemap=True)
            return
        before = self._store.last_finished()
        had_sitemap = before is not None and before.by_sitemap
        known = self._store.known() if had_sitemap else ()
        self._store.list_pages(run, [self._site.root, *known], self._most)
        self._store.listed(run, whole=not had_sitemap, by_sitemap=False)

    def _sitemap(self) -> Listed:
        root = self._site.root
        if told := self._robots_of(root).sitemaps:
            return read_sitemaps(told, self._get_sitemap)
        listed = Listed((), found=False, whole=False)
        for guess in dict.fromkeys((f"{origin(root)}/sitemap.xml", urljoin(root, "sitemap.xml"))):
            listed = read_sitemaps([guess], self._get_sitemap)
            if any(map(self._site.address, listed.pages)):
                break
        return listed

    def _get_sitemap(self, url: str) -> Fetched:
        return self._fetch.sitemaps.get(url, before=self._before_any)

    # --- visit

    def _visit(self, run: Run, page: KeptPage) -> None:
        try:
            reply = self._fetch.pages.get(
                page.url, headers=_conditions(page), before=self._before, takes=_is_wanted
            )
            outcome = self._judge(page, reply)
        except FetchError as error:
            outcome = self._failed(page, error)
        except Exception as error:  # whatever one page does, the others follow
            _log.warning("page_unreadable", url=page.url, error=type(error).__name__)
            outcome = Outcome(State.HIDDEN, Fault.UNREADABLE, type(error).__name__)
        else:
            self._silent = 0
            final = self._site.address(reply.url) or page.url
            if outcome.text is not None and final != page.url:
                self._moved(run, page.url, final, outcome)
                return
        self._keep(run, page.url, outcome)
        if self._silent >= GIVE_UP:
            raise CrawlError(
                f"{self._site.root} has stopped answering. Run the command again to go on."
            )

    def _moved(self, run: Run, old: str, new: str, outcome: Outcome) -> None:
        if not self._store.is_done(run, new):
            self._keep(run, new, outcome)
        self._keep(run, old, Outcome(State.COPY, http_status=301, target=new))

    def _keep(self, run: Run, url: str, outcome: Outcome) -> None:
        self._store.write(run, url, outcome, self._now(), self._most)

    def _judge(self, page: KeptPage, reply: Fetched) -> Outcome:
        if reply.status == 200:
            return self._read(reply)
        if reply.status == 304 and page.body is not None:
            fault = page.fault if page.state is State.HIDDEN else None
            return Outcome(fault=fault, http_status=304, links=self._links_of(page))
        if reply.status in (404, 410):
            return Outcome(State.GONE, detail=str(reply.status), http_status=reply.status)
        self._heed(reply)
        raise FetchError(Fault.SERVER_ERROR, str(reply.status))

    def _read(self, reply: Fetched) -> Outcome:
        url = self._site.address(reply.url) or reply.url
        if _kind(reply) == "pdf":
            return self._read_pdf(reply, url)
        page = decode(reply.body, reply.headers.get("content-type", ""))[:LONGEST_HTML]
        marks = read_marks(page, url, reply.headers, self._site)
        body = page.encode("utf-8", "replace")
        text = Text("html", body, _passages("html", body, url))
        state, fault, target = State.PAGE, None, None
        if marks.noindex:
            state, fault = State.HIDDEN, Fault.NOINDEX
        elif marks.canonical == "":
            state, fault = State.HIDDEN, Fault.CANONICAL_ELSEWHERE
        elif url == self._site.root:
            state = State.HIDDEN  # the start page points the way and answers nothing
        elif marks.canonical not in (None, url, self._site.root):
            state, target = State.COPY, marks.canonical
        elif not text.passages:
            state, fault = State.HIDDEN, Fault.NO_TEXT
        links = (*self._followed(marks.links), *([target] if target else []))
        return Outcome(state, fault, "", reply.status, target, text, reply.headers, links)

    def _read_pdf(self, reply: Fetched, url: str) -> Outcome:
        if "noindex" in reply.headers.get("x-robots-tag", "").lower():
            return Outcome(State.HIDDEN, Fault.NOINDEX, http_status=reply.status)
        try:
            body = read_pdf(reply.body)
        except ValueError as error:
            return Outcome(State.HIDDEN, Fault.UNREADABLE, str(error), reply.status)
        text = Text("pdf", body, _passages("pdf", body, url))
        state, fault = (State.PAGE, None) if text.passages else (State.HIDDEN, Fault.NO_TEXT)
        return Outcome(state, fault, "", reply.status, None, text, reply.headers)

    def _failed(self, page: KeptPage, error: FetchError) -> Outcome:
        """What is known of the page stays in use, unless it must not be used at all."""
        self._silent = self._silent + 1 if error.fault in _SILENT else 0
        status = int(error.detail) if error.fault is Fault.SERVER_ERROR else None
        return Outcome(
            State.HIDDEN if error.fault in _OUT else None,
            error.fault,
            error.detail,
            status,
            links=self._links_of(page),
            again=error.fault in TRANSIENT,
        )

    def _links_of(self, page: KeptPage) -> tuple[str, ...]:
        """The links of a page as it was when it was last read."""
        if page.kind != "html" or not page.body:
            return ()
        marks = read_marks(page.body.decode(), page.url, {}, self._site)
        return (*self._followed(marks.links), *([page.target] if page.target else []))

    def _followed(self, links: tuple[str, ...]) -> tuple[str, ...]:
        """Sitemaps rarely list PDFs: those are found by links even where there is one."""
        if not self._by_sitemap:
            return links
        return tuple(link for link in links if urlsplit(link).path.lower().endswith(".pdf"))

    # --- before each request

    def _before(self, url: str) -> None:
        if self._site.address(url) is None:
            raise FetchError(Fault.OTHER_SITE, urlsplit(url).netloc)
        if not self._robots_of(url).allows(url):
            raise FetchError(Fault.ROBOTS)
        self._pace.wait(url)

    def _before_any(self, url: str) -> None:
        """As for robots.txt and sitemaps, which may lie anywhere on the site's hosts."""
        if not self._site.shares_host(url):
            raise FetchError(Fault.OTHER_SITE, urlsplit(url).netloc)
        self._pace.wait(url)

    def _robots_of(self, url: str) -> Robots:
        host = origin(url)
        if host not in self._robots:
            robots = read_robots(
                host, lambda where: self._fetch.pages.get(where, before=self._before_any)
            )
            self._robots[host] = robots
            self._pace.slow_down(url, robots.delay)
        return self._robots[host]

    def _heed(self, reply: Fetched) -> None:
        """Stay away for as long as the site asks for (RFC 9110, Retry-After in seconds)."""
        told = reply.headers.get("retry-after", "")
        if told.isdecimal():
            self._pace.pause(reply.url, min(float(told), LONGEST_PAUSE))

    # --- finish

    def _finish(self, run: Run) -> None:
        _, found = self._store.progress(run)
        missing, used = self._store.unlisted(run)
        notes = []
        if found >= self._most:
            notes.append("limit_reached")
        if not run.whole:
            notes.append("sitemap_broken")
        if missing > _MANY and missing * 2 > used:
            notes.append("too_many_gone")
        self._store.finish(run, self._now(), " ".join(notes), drop=not notes)


def _conditions(page: KeptPage) -> dict[str, str]:
    """Ask only for what is new, where what is old told all that there is to know."""
    judged_by_text = page.state in (State.PAGE, State.COPY) or (
        page.state is State.HIDDEN and page.fault in _BY_TEXT
    )
    if page.body is None or not judged_by_text:
        return {}
    told = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in told.items() if value}


def _is_wanted(headers: httpx.Headers) -> bool:
    kind = _content_type(headers)
    return kind in _KINDS or kind in _UNTOLD


def _kind(reply: Fetched) -> str:
    told = _content_type(reply.headers)
    if told in _KINDS:
        return _KINDS[told]
    start = reply.body[:1_024].lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"<"):
        return "html"
    raise FetchError(Fault.CONTENT_TYPE, told or "none")


def _content_type(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def _passages(kind: str, body: bytes, url: str) -> tuple[Passage, ...]:
    try:
        return read_text(kind, body, url)
    except ValueError:
        return ()


def _said(error: FetchError) -> str:
    told = f" ({error.detail})" if error.detail else ""
    return f"{_MEANS.get(error.fault, str(error.fault))}{told}."


_MEANS = {
    Fault.PRIVATE_ADDRESS: "It lies on a private network; `--allow-private` lets it",
    Fault.UNREACHABLE: "It cannot be reached",
    Fault.TOO_SLOW: "It answers too slowly",
    Fault.OTHER_SITE: "It leads to another host: crawl that one, or list it with `--hosts`",
    Fault.SERVER_ERROR: "Its robots.txt cannot be read",
}
