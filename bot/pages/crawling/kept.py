"""What a crawl has left behind, for those who only read it: reads no HTML, so it loads quickly."""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.pages.crawling.model import CrawlError, KeptPage, Run, State
from bot.pages.fetching import Fault

_PLAIN = [own.name for own in fields(KeptPage) if own.name != "body"]
_REBUILD = "Remove it and run `kommunbot crawl`."


def kept_pages(path: Path, site: str, *, with_body: bool = False) -> tuple[KeptPage, ...] | None:
    """Return every address of `site` that is kept, or None where no crawl of it has finished.

    Raises:
        CrawlError: the file cannot be read.
    """
    if not path.exists():
        return None
    with told(path), closing(connect(f"{path.resolve().as_uri()}?mode=ro")) as db:
        if last_finished(db, site) is None:
            return None
        columns = ", ".join([*_PLAIN, *(["body"] if with_body else [])])
        rows = db.execute(
            f"SELECT {columns} FROM page WHERE site = ? ORDER BY url",  # noqa: S608  # our own names
            (site,),
        )
        return tuple(page_of(row, with_body=with_body) for row in rows)


def last_run(path: Path, site: str) -> Run | None:
    """Return the last run over `site` that was finished. Raises as `kept_pages` does."""
    if not path.exists():
        return None
    with told(path), closing(connect(f"{path.resolve().as_uri()}?mode=ro")) as db:
        return last_finished(db, site)


def used_pages(pages: Sequence[KeptPage]) -> tuple[KeptPage, ...]:
    """Choose one address for each text: what is answered from.

    A page that names another as the canonical one counts only if that one cannot be used: two
    pages may name each other, or one that is not there. Of equal texts the shortest address counts.
    """
    used = {page.url for page in pages if page.state is State.PAGE}
    chosen: dict[str, KeptPage] = {}
    for page in sorted(pages, key=lambda page: (page.state is State.COPY, len(page.url), page.url)):
        alone = page.state is State.COPY and page.text_hash and page.target not in used
        if page.state is State.PAGE or alone:
            chosen.setdefault(page.text_hash, page)
    return tuple(sorted(chosen.values(), key=lambda page: page.url))


def crawl_hash(path: Path, site: str) -> str | None:
    """Return the hash of everything that `read_crawl` gives, or None where there is no crawl.

    It follows the texts, not the bytes: a page with a new stamp in its foot is the same page.

    Raises:
        CrawlError: the file cannot be read.
    """
    pages = kept_pages(path, site)
    if pages is None:
        return None
    digest = hashlib.sha256()
    for page in used_pages(pages):
        digest.update(f"{page.url}\0{page.text_hash}\0{page.reviewed}\0{page.news}\0".encode())
    return digest.hexdigest()


def connect(where: str) -> sqlite3.Connection:
    db = sqlite3.connect(where, uri=where.startswith("file:"), timeout=30)
    db.row_factory = sqlite3.Row
    return db


@contextmanager
def told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise CrawlError(f"{path} cannot be read: {error}. {_REBUILD}") from error


def last_finished(db: sqlite3.Connection, site: str) -> Run | None:
    row = db.execute(
        "SELECT * FROM run WHERE site = ? AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1",
        (site,),
    ).fetchone()
    return None if row is None else run_of(row)


def run_of(row: sqlite3.Row) -> Run:
    return Run(
        id=row["id"],
        started_at=datetime.fromisoformat(row["started_at"]),
        listed=bool(row["listed"]),
        whole=bool(row["whole"]),
        by_sitemap=bool(row["by_sitemap"]),
        finished_at=_moment(row["finished_at"]),
        note=row["note"],
    )


def page_of(row: sqlite3.Row, *, with_body: bool = False) -> KeptPage:
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    plain |= {
        "state": State(row["state"]),
        "news": bool(row["news"]),
        "fault": row["fault"] and Fault(row["fault"]),
        "reviewed": row["reviewed"] and date.fromisoformat(row["reviewed"]),
        "fetched_at": _moment(row["fetched_at"]),
        "changed_at": _moment(row["changed_at"]),
    }
    packed = row["body"] if with_body else None
    return KeptPage(**plain, body=None if packed is None else gzip.decompress(packed))


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None
