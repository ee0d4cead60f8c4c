"""Every check over the whole content, or over one entry of it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.faq.checking.completeness import check_completeness
from bot.faq.checking.contradictions import check_contradictions
from bot.faq.checking.likeness import check_likeness
from bot.faq.checking.links import check_links
from bot.faq.checking.model import Content, Finding, Level, of_fault
from bot.faq.checking.style import Style
from bot.faq.checking.validity import check_validity
from bot.faq.checking.wording import check_facts, check_wording
from bot.faq.files import FaqFiles
from bot.faq.model import Entry
from bot.faq.repository import read_faq
from bot.municipality import Municipality
from bot.registry.repository import FILE as REGISTRY
from bot.registry.repository import load_e_services

_OF_ONE: tuple[Callable[[Entry, Content], Iterable[Finding]], ...] = (
    check_completeness,
    check_facts,
    check_links,
    check_validity,
    check_wording,
)


def read_content(files: FaqFiles, data_dir: Path, today: date) -> Content:
    """Read what `files` say, and what they are checked against below `data_dir`.

    Raises:
        ContentError: data/kommun.yml, the rules of writing or the registry cannot be read.
    """
    municipality = Municipality.load(data_dir)
    return Content(
        faq=read_faq(files, municipality),
        style=Style.load(data_dir),
        today=today,
        facts=dict(municipality),
        pages=_pages(data_dir),
        e_services=_e_services(data_dir),
    )


def check(content: Content, only: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Return everything that an editor should look at, in the order of the files.

    Args:
        only: ids of the entries to look at, each against all the others; default is every one.
            Faults of the files are always told.
    """
    found = [of_fault(fault) for fault in content.faq.faults]
    found += _findings(content, only)
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.level, one.text)))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that keep content from being published."""
    return [finding for finding in findings if finding.level is Level.ERROR]


def _findings(content: Content, only: Collection[str] | None) -> Iterator[Finding]:
    for entry in content.faq.shown:
        if only is None or entry.id in only:
            for rule in _OF_ONE:
                yield from rule(entry, content)
    yield from check_likeness(content, only)
    yield from check_contradictions(content, only)


def _e_services(data_dir: Path) -> frozenset[str] | None:
    if not (data_dir / REGISTRY).exists():
        return None
    return frozenset(service.url for service in load_e_services(data_dir))


def _pages(data_dir: Path) -> frozenset[str] | None:
    """Return the paths of the municipality's pages, or None where there are none to look at."""
    site = data_dir / "site"
    if not site.exists():
        return None
    folders = (path.parent.relative_to(site) for path in site.rglob("index.html"))
    return frozenset("/" if folder == Path() else f"/{folder.as_posix()}/" for folder in folders)
