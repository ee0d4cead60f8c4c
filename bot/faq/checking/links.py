"""Do the links lead anywhere, and is there a source?"""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from bot.faq.checking.model import Content, Finding, Level
from bot.faq.model import Entry

Reachable = Callable[[str], str | None]  # an address to what is wrong with it, in Swedish


def check_links(entry: Entry, content: Content) -> Iterator[Finding]:
    """Find links to pages and e-services that do not exist, and sources that are none."""
    source = entry.links[0]
    if source.kind in {"e-tjanst", "blankett"}:
        told = (
            f"Den första länken i {entry.id} är ingen sida. Sätt sidan där svaret kan kontrolleras"
            " först."
        )
        yield content.finding("kalla", entry, "lankar", told)
    for link in entry.links:
        if link.url.startswith("/") and _lacks(content.pages, _path(link.url)):
            told = f"Sidan {link.url} i {entry.id} finns inte. Rätta länken."
            yield content.finding("lank", entry, "lankar", told, Level.ERROR)
        if link.kind == "e-tjanst" and _lacks(content.e_services, link.url):
            told = (
                f"E-tjänsten {link.url} i {entry.id} finns inte i data/e-tjanster.yml."
                " Rätta länken eller lägg till e-tjänsten."
            )
            yield content.finding("e-tjanst", entry, "lankar", told)


def check_addresses(
    entries: Iterable[Entry], content: Content, reachable: Reachable
) -> Iterator[Finding]:
    """Ask each address on other sites once whether it answers. Takes time, and the network."""
    wrong: dict[str, str | None] = {}
    for entry in entries:
        for link in entry.links:
            if link.url.startswith("/"):
                continue
            if link.url not in wrong:
                wrong[link.url] = reachable(link.url)
            if reason := wrong[link.url]:
                told = f"Länken {link.url} i {entry.id} svarar inte ({reason}). Rätta den."
                yield content.finding("dod-lank", entry, "lankar", told)


def _lacks(known: frozenset[str] | None, address: str) -> bool:
    return known is not None and address not in known


def _path(url: str) -> str:
    return urlsplit(url).path
