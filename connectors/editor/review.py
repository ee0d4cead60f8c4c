"""Which entries an editor should look at, and why."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.checking.model import Content
from bot.faq.model import Entry
from bot.pages.crawling.sources import SourceChange
from bot.texts import Texts
from connectors.conversation.model import Actor
from connectors.storage.database import Database
from connectors.storage.tables import EventRow, FeedbackRow, counted

DAYS = 90
_FEW_ANSWERS = 200  # before so many answers, an entry that none of them showed says nothing
_FEW_THUMBS = 2  # down; one is a slip

Changes = Callable[[Sequence[Entry]], tuple[SourceChange, ...]]


class Item(BaseModel):
    """An entry on a list. `detail` says why in Swedish."""

    entry: str | None
    title: str
    owner: str | None = None
    detail: str
    count: int | None = None
    since: date | None = None


class Review(BaseModel):
    """The lists, each in the order in which to take it."""

    expired: list[Item]
    expiring: list[Item]
    source_changed: list[Item]
    thumbs_down: list[Item]
    old: list[Item]
    never_hit: list[Item]


@dataclass(frozen=True)
class Use:
    """How often each entry was shown, and how many said that it helped or not."""

    shown: Mapping[str, int]
    down: Mapping[str, int]
    up: Mapping[str, int]


class Reviews:
    """Puts the lists together from the content, the crawl and what citizens did."""

    def __init__(self, database: Database, texts: Texts, changes: Changes) -> None:
        self._database, self._texts, self._changes = database, texts, changes

    async def lists(self, content: Content, now: datetime) -> Review:
        """Return the lists for the entries that may be answers."""
        async with self._database.read() as session:
            use = await _use(session, now - timedelta(days=DAYS))
        changes = await asyncio.to_thread(self._changes, content.faq.shown)
        entries, today, style = content.faq.shown, content.today, content.style
        soon = today + timedelta(days=style.ends_soon_days)
        ended = (e for e in entries if e.valid_to and e.valid_to < today)
        ending = (e for e in entries if e.valid_to and today <= e.valid_to <= soon)
        return Review(
            expired=self._dated("review_expired", ended, lambda e: e.valid_to),
            expiring=self._dated("review_expiring", ending, lambda e: e.valid_to),
            source_changed=list(self._sources(entries, changes)),
            thumbs_down=list(self._thumbs(entries, use)),
            old=self._dated("review_old", _old(content), lambda e: e.reviewed),
            never_hit=list(self._unused(entries, use)),
        )

    def _dated(
        self, key: str, entries: Iterable[Entry], day: Callable[[Entry], date | None]
    ) -> list[Item]:
        items = [self._item(e, key, since=day(e), date=day(e)) for e in entries]
        return sorted(items, key=lambda item: (item.since or date.max, item.entry or ""))

    def _sources(self, entries: Sequence[Entry], changes: Iterable[SourceChange]) -> Iterator[Item]:
        by_id = {entry.id: entry for entry in entries}
        for change in sorted(changes, key=lambda one: one.changed, reverse=True):
            key = "review_source_gone" if change.gone else "review_source_changed"
            entry = by_id[change.entry]
            yield self._item(entry, key, since=change.changed, url=change.url, date=change.changed)

    def _thumbs(self, entries: Sequence[Entry], use: Use) -> Iterator[Item]:
        disliked = [e for e in entries if use.down.get(e.id, 0) >= _FEW_THUMBS]
        for entry in sorted(disliked, key=lambda e: -use.down[e.id]):
            down, up = use.down[entry.id], use.up.get(entry.id, 0)
            yield self._item(entry, "review_thumbs", count=down, down=down, up=up)

    def _unused(self, entries: Sequence[Entry], use: Use) -> Iterator[Item]:
        if sum(use.shown.values()) < _FEW_ANSWERS:
            return
        for entry in entries:
            if entry.id not in use.shown:
                yield self._item(entry, "review_never", days=DAYS)

    def _item(
        self,
        entry: Entry,
        key: str,
        *,
        since: date | None = None,
        count: int | None = None,
        **values: object,
    ) -> Item:
        return Item(
            entry=entry.id,
            title=entry.question,
            owner=entry.owner,
            detail=self._texts.get(key, **values),
            count=count,
            since=since,
        )


def _old(content: Content) -> Iterator[Entry]:
    """Return the entries whose last review is further back than the rules of writing allow."""
    style = content.style
    for entry in content.faq.shown:
        allowed = style.review_days_risky if entry.risk == "hog" else style.review_days
        if (content.today - entry.reviewed).days > allowed:
            yield entry


async def _use(session: AsyncSession, since: datetime) -> Use:
    entry = EventRow.decision["entry"].as_string()
    down = func.sum(case((FeedbackRow.helpful.is_(False), 1), else_=0))
    up = func.sum(case((FeedbackRow.helpful.is_(True), 1), else_=0))
    query = (
        select(entry, func.count(), down, up)
        .outerjoin(
            FeedbackRow,
            (FeedbackRow.conversation_id == EventRow.conversation_id)
            & (FeedbackRow.seq == EventRow.seq),
        )
        .where(
            EventRow.actor == Actor.BOT.value, EventRow.at >= since, entry.is_not(None), counted()
        )
        .group_by(entry)
    )
    rows = (await session.execute(query)).all()
    return Use(
        {name: count for name, count, _, _ in rows},
        {name: int(no) for name, _, no, _ in rows if no},
        {name: int(yes) for name, _, _, yes in rows if yes},
    )
