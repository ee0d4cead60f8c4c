"""From kept pages to passages."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.pages.crawling.kept import kept_pages, used_pages
from bot.pages.crawling.model import KeptPage
from bot.pages.model import Passage
from bot.pages.pdf import pdf_passages
from bot.pages.reading import cut_page


def read_crawl(path: Path, site: str) -> tuple[Passage, ...] | None:
    """Return the passages of the crawled pages of `site`, or None where there is no crawl of it.

    Raises:
        CrawlError: the file cannot be read.
    """
    pages = kept_pages(path, site, with_body=True)
    if pages is None:
        return None
    return tuple(passage for page in used_pages(pages) for passage in passages_of(page))


def passages_of(page: KeptPage) -> tuple[Passage, ...]:
    """Cut a kept page into passages; none if it cannot be read any longer."""
    try:
        return read_text(page.kind, page.body or b"", page.url)
    except ValueError:
        return ()


def read_text(kind: str, body: bytes, url: str) -> tuple[Passage, ...]:
    """Cut a page's text into passages.

    Raises:
        ValueError: there is none.
    """
    return pdf_passages(body, url) if kind == "pdf" else cut_page(body, url)


def text_hash(passages: Iterable[Passage]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.page_title}\0{passage.section}\0{passage.text}\0".encode())
    return digest.hexdigest()[:32]
