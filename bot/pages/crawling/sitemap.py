"""What a site lists itself: sitemaps, indexes of sitemaps, packed or not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from bot.pages.fetching import Fault, Fetched, FetchError, inflate

MAX_SITEMAPS = 500
UNPACKED = 50_000_000  # bytes, the most that a sitemap may have (sitemaps.org)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Sitemap:
    """One file: the pages and the further sitemaps that it lists."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """What all sitemaps list together. Not `whole` if one of them could not be read."""

    pages: tuple[str, ...]
    found: bool
    whole: bool


def parse_sitemap(content: bytes) -> Sitemap:
    """Read a sitemap or an index of sitemaps, as far as it can be read.

    Raises:
        ValueError: it is neither.
        FetchError: it is packed and grows without end.
    """
    if content.startswith(_GZIP):
        content = inflate([content], UNPACKED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    kind = "" if root is None else etree.QName(root).localname
    if root is None or kind not in {"urlset", "sitemapindex"}:
        raise ValueError("it is no sitemap")
    found = tuple(
        place.text.strip()
        for place in root.iterfind("./{*}*/{*}loc")
        if place.text and place.text.strip()
    )
    return Sitemap((), found) if kind == "sitemapindex" else Sitemap(found, ())


def read_sitemaps(starts: Iterable[str], get: Callable[[str], Fetched]) -> Listed:
    """Read the sitemaps at `starts` and those that they list; others' are passed over."""
    waiting, seen = list(starts), set[str]()
    pages: dict[str, None] = {}
    found, broken = False, False
    while waiting and len(seen) < MAX_SITEMAPS:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        try:
            sitemap = _read(url, get)
        except FetchError as error:
            broken |= error.fault is not Fault.OTHER_SITE
        except ValueError:
            broken = True
        else:
            found = True
            pages.update(dict.fromkeys(sitemap.pages))
            waiting += sitemap.sitemaps
    return Listed(tuple(pages), found, whole=found and not broken and not waiting)


def _read(url: str, get: Callable[[str], Fetched]) -> Sitemap:
    reply = get(url)
    if reply.status != 200:
        raise ValueError(f"it answers {reply.status}")
    try:
        return parse_sitemap(reply.body)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
