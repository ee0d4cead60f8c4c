"""The web pages as files in a folder, for a site that has not been crawled."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from bot.pages.crawling.html import decode, read_marks
from bot.pages.crawling.site import Site
from bot.pages.fetching import FetchError
from bot.pages.model import Passage
from bot.pages.reading import read_page

_log = structlog.get_logger()


def read_site(site_dir: Path, site_url: str) -> tuple[Passage, ...]:
    """Read every `index.html` below `site_dir`; its folder is its address below `site_url`.

    Left out as a crawl would: pages that ask not to be indexed, and copies that name another
    page as the canonical one. A page that cannot be read is logged and left out: one broken page
    must not stop the others.
    """
    passages: list[Passage] = []
    for path in sorted(site_dir.rglob("index.html")):
        address = "/".join(path.parent.relative_to(site_dir).parts)
        if not address:
            continue  # the start page points the way and answers nothing
        try:
            passages += _read(path.read_bytes(), address, site_url)
        except (ValueError, FetchError) as error:
            _log.warning("page_unreadable", path=str(path), error=str(error))
    return tuple(passages)


@lru_cache(maxsize=2_000)  # a page takes 20 ms to read, and one of a site has changed
def _read(content: bytes, address: str, site_url: str) -> tuple[Passage, ...]:
    url = f"{site_url}/{address}/"
    marks = read_marks(decode(content, ""), url, {}, Site.of(site_url))
    copied = marks.canonical and not urlsplit(marks.canonical).path.endswith(f"/{address}/")
    return () if marks.noindex or copied else read_page(content, url)
