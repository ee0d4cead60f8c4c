"""From HTML files to passages: main text by trafilatura, cut at headings, tables kept."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
import trafilatura

from bot.pages.model import Passage

MAX_WORDS = 120  # longer pieces blur: their vector is about everything and nothing
_NEWS = "/nyheter/"
_FEWEST_WORDS = 4
# What Swedish municipal sites put among the text on every page.
_BOILERPLATE = re.compile(
    r"Länk till annan webbplats(, öppnas i nytt fönster)?|Lyssna|På den här sidan"
    r"|Hjälpte informationen på sidan dig\?|Senast (granskad|uppdaterad):?[^\n]*"
    r"|E-tjänst\. Du (loggar in med|behöver ingen) e-legitimation\."
    r"|Denna nyhet är äldre än 12 månader\.?"
)
_log = structlog.get_logger()


def read_site(site_dir: Path, site_url: str) -> tuple[Passage, ...]:
    """Read every `index.html` below `site_dir`; its folder is its address below `site_url`.

    A page that cannot be read is logged and left out: one broken page must not
    stop the others.
    """
    passages: list[Passage] = []
    for path in sorted(site_dir.rglob("index.html")):
        address = "/".join(path.parent.relative_to(site_dir).parts)
        if not address:
            continue  # the start page points the way and answers nothing
        url = f"{site_url}/{address}/"
        try:
            passages += read_page(path.read_bytes(), url)
        except ValueError as error:
            _log.warning("page_unreadable", path=str(path), error=str(error))
    return tuple(passages)


@lru_cache(maxsize=2_000)  # a page takes 10 ms to read, and one of a site has changed
def read_page(content: bytes, url: str) -> tuple[Passage, ...]:
    """Cut one page into passages.

    Raises:
        ValueError: nothing on the page reads as its main text.
    """
    page = trafilatura.load_html(content)  # finds the page's encoding, too
    if page is None:
        raise ValueError("it is no HTML")
    heading, reviewed = _heading(page), _reviewed(page)
    extracted: Any = trafilatura.bare_extraction(page, url=url, include_tables=True)
    if extracted is None or extracted.body is None:
        raise ValueError("no main text was found")
    title = heading or extracted.title or url
    return tuple(
        Passage(url, title, section, text, reviewed, news=_NEWS in url)
        for section, text in _pieces(extracted.body, title)
    )


def _heading(page: Any) -> str | None:
    found = page.find(".//h1")
    return None if found is None else " ".join(found.text_content().split())


def _reviewed(page: Any) -> date | None:
    """The date that the page itself gives for its last review."""
    stamps = page.xpath("//meta[@name='last-modified']/@content | //main//time/@datetime")
    for stamp in stamps:
        try:
            return date.fromisoformat(str(stamp)[:10])
        except ValueError:
            continue
    return None


def _pieces(body: Any, title: str) -> Iterator[tuple[str, str]]:
    for section, blocks in _sections(body, title):
        for piece in _windows(blocks):
            if len(piece.split()) >= _FEWEST_WORDS:
                yield section, piece


def _sections(body: Any, title: str) -> Iterator[tuple[str, list[str]]]:
    section, blocks = "", list[str]()
    for element in body:
        if element.tag != "head":
            blocks += _blocks(element)
            continue
        if blocks:
            yield section, blocks
        heading = _text(element)
        section, blocks = ("" if heading == title else heading), []
    if blocks:
        yield section, blocks


def _blocks(element: Any) -> list[str]:
    if element.tag == "table":
        return list(_rows(element))
    if element.tag == "list":
        return [f"- {_text(item)}" for item in element if _text(item)]
    return [text] if (text := _text(element)) else []


def _rows(table: Any) -> Iterator[str]:
    """Each row on a line of its own with its column heads, so that a cut keeps the meaning."""
    rows = [cells for row in table.iter("row") if (cells := [_text(c) for c in row if _text(c)])]
    while len(rows) > 1 and len(rows[0]) == 1:  # a caption
        yield rows.pop(0)[0]
    if len(rows) == 1:
        yield ", ".join(rows[0])
    for row in rows[1:]:
        yield ", ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=False))


def _windows(blocks: Iterable[str]) -> Iterator[str]:
    piece: list[str] = []
    for block in blocks:
        if piece and sum(len(part.split()) for part in (*piece, block)) > MAX_WORDS:
            yield "\n".join(piece)
            piece = []
        piece.append(block)
    if piece:
        yield "\n".join(piece)


def _text(element: Any) -> str:
    return " ".join(_BOILERPLATE.sub(" ", "".join(element.itertext())).split())
