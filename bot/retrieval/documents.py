"""From the editors' content to documents that can be searched."""

import zlib
from pathlib import Path

from bot.answering.model import Link
from bot.faq.model import Entry
from bot.faq.repository import load_faq
from bot.pages.crawling.passages import read_crawl
from bot.pages.folder import read_site
from bot.pages.model import Passage
from bot.retrieval.model import Document, Translated


def load_documents(
    data_dir: Path, site_url: str, crawl_file: Path | None = None
) -> tuple[Document, ...]:
    """Read the FAQ below `data_dir` and the web pages: those crawled, or those in `site`.

    Args:
        crawl_file: what was crawled, if anything was.

    Raises:
        ContentError: an editor's file is wrong.
        CrawlError: what was crawled cannot be read.
    """
    entries = (entry_document(entry, site_url) for entry in load_faq(data_dir))
    return (*entries, *page_documents(data_dir, site_url, crawl_file))


def page_documents(
    data_dir: Path, site_url: str, crawl_file: Path | None = None
) -> tuple[Document, ...]:
    """Return the passages of the web pages that may be an answer.

    Raises:
        CrawlError: what was crawled cannot be read.
    """
    pages = read_crawl(crawl_file, site_url.rstrip("/")) if crawl_file else None
    if pages is None:
        pages = read_site(data_dir / "site", site_url)
    # Old news carry old fees and old rules: they are never an answer.
    return tuple(page_document(page) for page in pages if not page.news)


def entry_document(entry: Entry, site_url: str) -> Document:
    links = tuple(
        Link(title=link.title, url=_absolute(link.url, site_url), kind=link.kind)
        for link in entry.links
    )
    source, *others = links
    return Document(
        id=entry.id,
        kind="entry",
        title=entry.question,
        text=entry.answer,
        variants=entry.variants,
        topic=entry.topic,
        topic_title=entry.topic_title,
        url=source.url,
        source_title=source.title,
        reviewed=entry.reviewed,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        steps=entry.steps,
        links=tuple(others),
        risky=entry.risk == "hog",
        audience=entry.audience,
        months=entry.season,
        translations={
            language: Translated(title=one.question, text=one.answer, steps=one.steps)
            for language, one in sorted(entry.translations.items())
        },
    )


def page_document(passage: Passage) -> Document:
    return Document(
        id=f"{passage.id}:{hash_of(passage.text):x}",
        kind="page",
        title=f"{passage.page_title}: {passage.section}" if passage.section else passage.page_title,
        text=passage.text,
        url=passage.url,
        section=passage.section or None,
        source_title=passage.page_title,
        reviewed=passage.reviewed,
    )


def hash_of(text: str) -> int:
    """A short stable number for `text`, to tell the pieces of one section apart."""
    return zlib.crc32(text.encode())


def _absolute(url: str, site_url: str) -> str:
    return f"{site_url}{url}" if url.startswith("/") else url
