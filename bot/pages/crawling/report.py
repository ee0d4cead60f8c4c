"""What a pass over the site tells those who keep it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.faq.model import Entry
from bot.pages.crawling.fees import FeeConflict, contradicting_fees
from bot.pages.crawling.kept import used_pages
from bot.pages.crawling.model import KeptPage, Run, State
from bot.pages.crawling.sources import SourceChange, source_changes
from bot.pages.fetching import Fault
from bot.pages.model import Passage

OLD_AFTER_MONTHS = 12
# The site's own choice, no fault of it.
_MEANT = frozenset({Fault.ROBOTS, Fault.NOINDEX, Fault.CONTENT_TYPE, Fault.OTHER_SITE})


@dataclass(frozen=True)
class SiteReport:
    """What the last run found, with what an editor should look at."""

    site: str
    run: Run
    used: int
    new: tuple[KeptPage, ...]
    changed: tuple[KeptPage, ...]
    gone: tuple[KeptPage, ...]
    failed: tuple[KeptPage, ...]
    left_out: tuple[KeptPage, ...]
    old: tuple[KeptPage, ...]
    fees: tuple[FeeConflict, ...]
    sources: tuple[SourceChange, ...]


def site_report(  # noqa: PLR0913  # what was found, and what to hold it against
    site: str,
    run: Run,
    *,
    pages: Sequence[KeptPage],
    passages: Iterable[Passage],
    entries: Iterable[Entry],
    today: date,
) -> SiteReport:
    """Put together what the run found."""
    used = used_pages(pages)
    here = [page for page in pages if page.state is State.PAGE]
    return SiteReport(
        site=site,
        run=run,
        used=len(used),
        new=tuple(page for page in used if page.new_in == run.id),
        changed=tuple(p for p in here if p.changed_in == run.id and p.new_in != run.id),
        gone=tuple(page for page in pages if page.gone_in == run.id and page not in here),
        failed=tuple(page for page in pages if page.fault and _failed(page)),
        left_out=tuple(page for page in pages if page.fault and not _failed(page)),
        old=old_pages(used, today),
        fees=contradicting_fees(passages),
        sources=source_changes(entries, pages, site),
    )


def old_pages(pages: Iterable[KeptPage], today: date) -> tuple[KeptPage, ...]:
    """Return the pages in use whose own date is more than twelve months back, oldest first.

    News are meant to grow old, and a page without a date tells nothing.
    """
    oldest = _months_before(today, OLD_AFTER_MONTHS)
    dated = [(page.reviewed, page.url, page) for page in pages if page.reviewed and not page.news]
    return tuple(
        page for day, _, page in sorted(dated, key=lambda found: found[:2]) if day < oldest
    )


def _failed(page: KeptPage) -> bool:
    return page.fault not in _MEANT and page.state is not State.GONE


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, 28))
