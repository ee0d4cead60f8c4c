"""An entry is read back from the index that was built from it."""

from datetime import date

import pytest

from bot.faq.model import Entry, EntryLink
from bot.preview.reading import as_entry
from bot.retrieval.documents import entry_document

SITES = ["http://localhost:8000/demo", "https://www.testby.example"]
ENTRY = Entry(
    id="avfall-hamtning",
    question="När töms soporna?",
    variants=("hämtdag",),
    answer="Varannan vecka.",
    links=(
        EntryLink(title="Avfall", url="/avfall/"),
        EntryLink(title="Karta", url="https://karta.example/", kind="extern"),
        EntryLink(title="Sortera", url="/avfall/sortera/"),
    ),
    owner="Renhållningen",
    reviewed=date(2026, 11, 10),
    topic="avfall",
    topic_title="Avfall",
)


@pytest.mark.parametrize("site_url", SITES)
def test_an_entry_that_is_gone_has_the_links_that_it_had(site_url: str) -> None:
    read = as_entry(entry_document(ENTRY, site_url), None, site_url)
    assert [link.url for link in read.links] == [link.url for link in ENTRY.links]
    assert (read.answer, read.variants) == (ENTRY.answer, ENTRY.variants)


@pytest.mark.parametrize("site_url", SITES)
def test_an_entry_that_is_still_there_is_read_back_whole(site_url: str) -> None:
    assert as_entry(entry_document(ENTRY, site_url), ENTRY, site_url) == ENTRY
