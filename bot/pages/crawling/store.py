"""The crawled pages in one SQLite file. Every fetch is written in one transaction.

var/site/pages.sqlite   run    one row a pass over a site
                        page   one row an address of a site, with its text packed

A process may be killed at any moment: what `run.id` has not done yet is what remains.
"""

import gzip
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.pages.crawling import kept
from bot.pages.crawling.model import KeptPage, Outcome, Run, State, Text
from bot.pages.crawling.passages import passages_of, text_hash

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    started_at TEXT NOT NULL,
    listed INTEGER NOT NULL DEFAULT 0,
    whole INTEGER NOT NULL DEFAULT 0,
    by_sitemap INTEGER NOT NULL DEFAULT 0,
    finished_at TEXT,
    note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS page (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    url TEXT NOT NULL,
    listed INTEGER NOT NULL,           -- the last run that found the address
    done INTEGER NOT NULL DEFAULT 0,   -- the last run that was through with it
    tries INTEGER NOT NULL DEFAULT 0,  -- of the run at work
    state TEXT NOT NULL DEFAULT 'waiting',
    kind TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    news INTEGER NOT NULL DEFAULT 0,
    reviewed TEXT,
    fault TEXT,
    detail TEXT NOT NULL DEFAULT '',
    http_status INTEGER,
    target TEXT,
    etag TEXT,
    last_modified TEXT,
    fetched_at TEXT,
    changed_at TEXT,
    text_hash TEXT NOT NULL DEFAULT '',
    new_in INTEGER,
    changed_in INTEGER,
    gone_in INTEGER,
    body BLOB,
    UNIQUE (site, url)
);
CREATE INDEX IF NOT EXISTS page_waiting ON page (site, listed, done, tries, id);
"""


class CrawlStore:
    """The pages of one site, read and written by the crawler.

    Raises:
        CrawlError: the file is damaged or no crawl at all.
    """

    def __init__(self, path: Path, site: str) -> None:
        self.site = site
        with kept.told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = kept.connect(str(path))
            self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def begin(self, now: datetime) -> Run:
        """Go on with the run that was cut, or start a new one."""
        row = self._db.execute(
            "SELECT * FROM run WHERE site = ? AND finished_at IS NULL ORDER BY id DESC",
            (self.site,),
        ).fetchone()
        if row is None:
            with self._db:
                self._db.execute(
                    "INSERT INTO run (site, started_at) VALUES (?, ?)", (self.site, _stamp(now))
                )
            return self.begin(now)
        return kept.run_of(row)

    def last_finished(self) -> Run | None:
        return kept.last_finished(self._db, self.site)

    def list_pages(self, run: Run, urls: Iterable[str], most: int) -> None:
        """Note addresses as found in this run, `most` in all."""
        with self._db:
            self._list(run, urls, most)

    def listed(self, run: Run, *, whole: bool, by_sitemap: bool) -> None:
        """Note that everything that the site lists has been found."""
        with self._db:
            self._db.execute(
                "UPDATE run SET listed = 1, whole = ?, by_sitemap = ? WHERE id = ?",
                (whole, by_sitemap, run.id),
            )

    def known(self) -> tuple[str, ...]:
        """Return the addresses that were there after the last run."""
        rows = self._db.execute(
            "SELECT url FROM page WHERE site = ? AND state != 'gone' ORDER BY id", (self.site,)
        )
        return tuple(row["url"] for row in rows)

    def next(self, run: Run) -> KeptPage | None:
        """Return the next page to fetch; those that failed once come last."""
        row = self._db.execute(
            "SELECT * FROM page WHERE site = ? AND listed = ? AND done < ?"
            " ORDER BY tries, id LIMIT 1",
            (self.site, run.id, run.id),
        ).fetchone()
        return None if row is None else kept.page_of(row, with_body=True)

    def is_done(self, run: Run, url: str) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM page WHERE site = ? AND url = ? AND done = ?", (self.site, url, run.id)
        )
        return found.fetchone() is not None

    def progress(self, run: Run) -> tuple[int, int]:
        """Return how many of the addresses found so far are done, and how many there are."""
        done, found = self._db.execute(
            "SELECT coalesce(sum(done = listed), 0), count(*) FROM page"
            " WHERE site = ? AND listed = ?",
            (self.site, run.id),
        ).fetchone()
        return int(done), int(found)

    def write(self, run: Run, url: str, outcome: Outcome, now: datetime, most: int) -> None:
        """Keep what one fetch came to, and the addresses that it led to, `most` in all."""
        with self._db:
            self._list(run, outcome.links, most)
            self._list(run, [url], sys.maxsize)
            row = self._db.execute(
                "SELECT * FROM page WHERE site = ? AND url = ?", (self.site, url)
            ).fetchone()
            changes = _changes(kept.page_of(row, with_body=True), outcome, run, now)
            changes["tries"] = row["tries"] + 1
            changes["done"] = row["done"] if outcome.again and not row["tries"] else run.id
            names = ", ".join(f"{name} = ?" for name in changes)
            self._db.execute(
                f"UPDATE page SET {names} WHERE id = ?",  # noqa: S608  # our own names
                (*changes.values(), row["id"]),
            )

    def finish(self, run: Run, now: datetime, note: str, *, drop: bool) -> None:
        """End the run; with `drop` what it did not find is gone."""
        with self._db:
            if drop:
                self._db.execute(
                    "UPDATE page SET state = 'gone', detail = 'not listed', fault = NULL,"
                    " gone_in = CASE state WHEN 'page' THEN :run ELSE gone_in END"
                    " WHERE site = :site AND listed < :run AND state != 'gone'",
                    {"run": run.id, "site": self.site},
                )
            self._db.execute(
                "UPDATE run SET finished_at = ?, note = ? WHERE id = ?",
                (_stamp(now), note, run.id),
            )

    def unlisted(self, run: Run) -> tuple[int, int]:
        """Return how many used pages this run did not find, and how many there are."""
        missing, used = self._db.execute(
            "SELECT coalesce(sum(listed < ?), 0), count(*) FROM page"
            " WHERE site = ? AND state = 'page'",
            (run.id, self.site),
        ).fetchone()
        return int(missing), int(used)

    def _list(self, run: Run, urls: Iterable[str], most: int) -> None:
        (found,) = self._db.execute(
            "SELECT count(*) FROM page WHERE site = ? AND listed = ?", (self.site, run.id)
        ).fetchone()
        for url in urls:
            known = self._db.execute(
                "UPDATE page SET listed = :run, tries = 0"
                " WHERE site = :site AND url = :url AND listed < :run",
                {"run": run.id, "site": self.site, "url": url},
            )
            if known.rowcount == 0:
                known = self._db.execute(
                    "INSERT OR IGNORE INTO page (site, url, listed) SELECT :site, :url, :run"
                    " WHERE :room",
                    {"run": run.id, "site": self.site, "url": url, "room": found < most},
                )
            found += known.rowcount


def _changes(before: KeptPage, outcome: Outcome, run: Run, now: datetime) -> dict[str, Any]:
    """What the outcome changes in the row of a page."""
    changes: dict[str, Any] = {
        "fault": outcome.fault,
        "detail": outcome.detail,
        "fetched_at": _stamp(now),
        "http_status": outcome.http_status,
    }
    if outcome.state is not None:
        changes |= {"state": outcome.state, "target": outcome.target}
        was, is_now = before.state is State.PAGE, outcome.state is State.PAGE
        if is_now and not was:
            changes["new_in"] = run.id
        if was and outcome.state in (State.GONE, State.HIDDEN):
            changes["gone_in"] = run.id
        if outcome.state in (State.GONE, State.COPY) and outcome.text is None:
            changes |= {"body": None, "text_hash": "", "etag": None, "last_modified": None}
    if outcome.text is not None:
        changes |= _text_changes(before, outcome.text, run, now)
        changes["etag"] = outcome.headers.get("etag")
        changes["last_modified"] = outcome.headers.get("last-modified")
    return changes


def _text_changes(before: KeptPage, text: Text, run: Run, now: datetime) -> dict[str, Any]:
    passages, hashed = text.passages, text_hash(text.passages)
    changes: dict[str, Any] = {"kind": text.kind, "text_hash": hashed, "body": _pack(text.body)}
    if passages:
        first = passages[0]
        reviewed = first.reviewed and first.reviewed.isoformat()
        changes |= {"title": first.page_title, "language": first.language}
        changes |= {"news": first.news, "reviewed": reviewed}
    if before.text_hash and before.text_hash != hashed and _was_other(before, hashed):
        changes |= {"changed_at": _stamp(now), "changed_in": run.id}
    return changes


def _was_other(before: KeptPage, hashed: str) -> bool:
    """Tell a new text from an old one that is read in a new way, after an update of ours."""
    return text_hash(passages_of(before)) != hashed


def _pack(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
