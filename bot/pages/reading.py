"""From HTML files to passages: main text by trafilatura, cut at headings, tables kept."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import trafilatura

from bot.language.identify import identify
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
# What lies over a page until somebody clicks it away.
_OVERLAYS = "//*[contains(concat(@class, ' ', @id), 'cookie')][not(self::html or self::body)]"
_STAMPS = (
    "//meta[@name='last-modified']/@content | //main//time/@datetime"
    " | //meta[@property='article:modified_time']/@content"
    " | //meta[translate(@name, 'DCTERMSODIF', 'dctermsodif')='dcterms.modified']/@content"
)
_TOLD = re.compile(
    r"(?:granskad|uppdaterad|ändrad)(?:es)?:?\s+(?:den\s+)?"
    r"(?:(\d{4}-\d{2}-\d{2})|(\d{1,2})\s+([a-zåäö]+)\s+(\d{4}))",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENOUGH_TO_TELL = 1_000  # characters, to know a language by
_LANGUAGE = re.compile(r"[a-z]{2}(?![a-z])")
_UNMARKED = 2  # the level of a heading that tells none
PATH = " > "


@lru_cache(maxsize=2_000)  # a page takes 10 ms to read, and one of a site has changed
def read_page(content: bytes, url: str) -> tuple[Passage, ...]:
    """Cut one page into passages, and remember them. Raises as `cut_page` does."""
    return cut_page(content, url)


def cut_page(content: bytes, url: str) -> tuple[Passage, ...]:
    """Cut one page into passages.

    Raises:
        ValueError: nothing on the page reads as its main text.
    """
    page = trafilatura.load_html(content)  # finds the page's encoding, too
    if page is None:
        raise ValueError("it is no HTML")
    for overlay in page.xpath(_OVERLAYS):
        overlay.drop_tree()
    heading, reviewed, news = _heading(page), _reviewed(page), _NEWS in url or _is_news(page)
    told = _language(page)
    extracted: Any = trafilatura.bare_extraction(page, url=url, include_tables=True)
    if extracted is None or extracted.body is None:
        raise ValueError("no main text was found")
    title = heading or extracted.title or url
    pieces = list(_pieces(extracted.body, title))
    language = told or identify(" ".join(text for _, text in pieces)[:_ENOUGH_TO_TELL])
    return tuple(
        Passage(url, title, section, text, reviewed, news, language) for section, text in pieces
    )


def _heading(page: Any) -> str | None:
    found = page.find(".//h1")
    return None if found is None else " ".join(found.text_content().split())


def _reviewed(page: Any) -> date | None:
    """The date that the page itself gives for its last review."""
    for stamp in page.xpath(_STAMPS):
        try:
            return date.fromisoformat(str(stamp)[:10])
        except ValueError:
            continue
    return _told_date(page.text_content())


def _told_date(text: str) -> date | None:
    """The date in «Senast granskad: 10 november 2026»."""
    if not (found := _TOLD.search(text)):
        return None
    stamp, day, month, year = found.groups()
    try:
        if stamp:
            return date.fromisoformat(stamp)
        return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def _is_news(page: Any) -> bool:
    kinds = page.xpath("//meta[@name='page-type']/@content")
    return any(kind.strip().lower() in {"news", "nyhet"} for kind in kinds)


def _language(page: Any) -> str | None:
    """The language that the page says it is in."""
    told = _LANGUAGE.match((page.get("lang") or "").strip().lower())
    return told[0] if told else None


def _pieces(body: Any, title: str) -> Iterator[tuple[str, str]]:
    for section, blocks in _sections(body, title):
        for piece in windows(blocks):
            if len(piece.split()) >= _FEWEST_WORDS:
                yield section, piece


def _sections(body: Any, title: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading's own text, under the path of headings that it stands below."""
    path, blocks = dict[int, str](), list[str]()
    for element in body:
        if element.tag != "head":
            blocks += _blocks(element)
            continue
        if blocks:
            yield PATH.join(path.values()), blocks
        path, blocks = _below(path, element, title), []
    if blocks:
        yield PATH.join(path.values()), blocks


def _below(path: Mapping[int, str], heading: Any, title: str) -> dict[int, str]:
    """Return the path to `heading`: it ends every section of its own level and below."""
    text, rank = _text(heading), heading.get("rend", "")
    if text == title:
        return {}
    level = int(rank[1]) if re.fullmatch(r"h[1-6]", rank) else _UNMARKED
    above = {own: told for own, told in path.items() if own < level}
    return {**above, level: text} if text else above


def _blocks(element: Any) -> list[str]:
    if element.tag == "table":
        return list(_rows(element))
    if element.tag == "list":
        return [f"- {_text(item)}" for item in element if _text(item)]
    return [text] if (text := _text(element)) else []


def _rows(table: Any) -> Iterator[str]:
    """Each row on a line of its own with its column heads, so that a cut keeps the meaning."""
    rows = [cells for row in table.iter("row") if (cells := [c for c in row if _text(c)])]
    while len(rows) > 1 and len(rows[0]) == 1:  # a caption
        yield _text(rows.pop(0)[0])
    if rows and _names_its_rows(rows[0]):
        yield from (": ".join((_text(row[0]), _listed(row[1:]))) for row in rows if len(row) > 1)
        return
    if len(rows) == 1:
        yield _listed(rows[0])
    for row in rows[1:]:
        named = zip(rows[0], row, strict=False)
        yield ", ".join(f"{_text(name)}: {_text(cell)}" for name, cell in named)


def _names_its_rows(row: Sequence[Any]) -> bool:
    """A head before cells that are none: the table has a head a row, and none a column."""
    first, *rest = (cell.get("role") == "head" for cell in row)
    return first and bool(rest) and not any(rest)


def _listed(cells: Iterable[Any]) -> str:
    return ", ".join(map(_text, cells))


def windows(blocks: Iterable[str]) -> Iterator[str]:
    """Put blocks together to pieces that are not longer than `MAX_WORDS`, if no block is."""
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
