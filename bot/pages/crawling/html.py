"""What a page says of itself besides its text: letters, links, its own address, «do not index»."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml.etree import LxmlError

from bot.pages.crawling.site import Site
from bot.pages.fetching import Fault, FetchError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 2_048  # bytes of a page in which it must name its letters (HTML standard)
_LETTERS = ("utf-8", "utf-16", "iso8859", "cp125", "ascii", "mac-roman")
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # as browsers read them (WHATWG)
_HIDDEN = frozenset({"noindex", "none"})
_DEAD_ENDS = frozenset({"nofollow", "none"})


@dataclass(frozen=True)
class Marks:
    """What a page says of itself. `canonical` is an address of the site, or "" for elsewhere."""

    links: tuple[str, ...]
    canonical: str | None
    noindex: bool


def decode(body: bytes, content_type: str) -> str:
    """Read the letters of a page, whatever it or the server claims they are.

    What is valid UTF-8 is UTF-8: other letters hardly ever look like it.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace")
    told = (_CHARSET.search(content_type.encode("ascii", "replace")), _CHARSET.search(body[:_HEAD]))
    for name in ("utf-8-sig", *(_letters(found[1]) for found in told if found)):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode("cp1252", "replace")


def _letters(name: bytes) -> str:
    try:
        known = codecs.lookup(name.decode("ascii")).name
    except LookupError:
        return "cp1252"
    return _READ_AS.get(known, known) if known.startswith(_LETTERS) else "cp1252"


def read_marks(page: str, url: str, headers: Mapping[str, str], site: Site) -> Marks:
    """Read what the page at `url` says of itself.

    Raises:
        FetchError: it is no HTML.
    """
    try:
        tree = trafilatura.load_html(page)
    except (LxmlError, ValueError) as error:
        raise FetchError(Fault.UNREADABLE, str(error)[:200]) from error
    if tree is None:
        raise FetchError(Fault.UNREADABLE, "it is no HTML")
    rules = _rules(tree.xpath("//meta[@content]"), headers.get("x-robots-tag", ""))
    base = next(iter(tree.xpath("//base/@href")), None)
    start = (site.address(str(base), url) if base else None) or url
    links = () if rules & _DEAD_ENDS else _links(tree.xpath("//a[@href]"), start, site)
    told = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    canonical = None if told is None or not told.strip() else site.address(str(told), start) or ""
    return Marks(links, canonical, bool(rules & _HIDDEN))


def _rules(metas: list[Any], header: str) -> set[str]:
    """The words of meta robots and of X-Robots-Tag that are meant for us or for everybody."""
    told = [
        str(meta.get("content"))
        for meta in metas
        if (meta.get("name") or "").strip().lower() in {"robots", "kommunbot"}
    ]
    for rule in header.lower().split(";"):
        agent, colon, words = rule.rpartition(":")
        if not colon or agent.strip() == "kommunbot":
            told.append(words)
    return {word.strip().lower() for line in told for word in line.split(",")}


def _links(anchors: list[Any], base: str, site: Site) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for anchor in anchors:
        rel = (anchor.get("rel") or "").lower().split()
        link = site.address(str(anchor.get("href")), base)
        if link and "nofollow" not in rel:
            found[link] = None
    return tuple(found)
