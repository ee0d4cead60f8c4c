from datetime import UTC, date, datetime

import pytest

from bot.faq.model import Entry
from bot.pages.crawling.fees import contradicting_fees
from bot.pages.crawling.model import KeptPage, State
from bot.pages.crawling.report import old_pages
from bot.pages.crawling.sources import source_changes
from bot.pages.model import Passage

SITE = "https://testby.example"
TODAY = date(2026, 11, 28)


def passage(path: str, title: str, text: str, section: str = "", *, news: bool = False) -> Passage:
    return Passage(f"{SITE}{path}", title, section, text, None, news=news)


CONFLICTS = [
    (
        "Passerkort",
        "Ett nytt kort kostar 100 kronor.",
        "Passerkort",
        "Ett nytt kort kostar 150 kr.",
    ),
    ("Simhall", "Bad: Vuxen, Pris: 60 kr", "Simhallen", "Bad: Vuxen, Pris: 70 kr"),
    (
        "Slam",
        "Tjänst: Extra tömning, Avgift (kr): 1 200",
        "Slam och brunn",
        "Tjänst: Extra tömning, Avgift (kr): 980",
    ),
    (
        "Kartor och detaljplan",
        "Karta: Nybyggnadskarta, Avgift: 8 900 kronor",
        "Vad kostar bygglovet?",
        "Ärende: Nybyggnadskarta, Avgift: 8 500 kronor",
    ),
    (
        "Kopior",
        "Den tionde kopian kostar 50 kronor.",
        "Allmänna handlingar",
        "Den tionde kopian kostar 60 kronor.",
    ),
    (
        "Hemtjänst",
        "Avgiften är högst 2 660 kronor i månaden.",
        "Hemtjänst avgift",
        "Avgiften är högst 2 575 kronor i månaden.",
    ),
]


@pytest.mark.parametrize(("title", "text", "other_title", "other_text"), CONFLICTS)
def test_two_amounts_for_the_same_thing_are_found(
    title: str, text: str, other_title: str, other_text: str
) -> None:
    found = contradicting_fees(
        [passage("/a/", title, text), passage("/b/", other_title, other_text)]
    )
    assert [(pair.one.url, pair.other.url) for pair in found] == [(f"{SITE}/a/", f"{SITE}/b/")]
    assert found[0].one.kronor != found[0].other.kronor


NO_CONFLICTS = [
    ("Slam", "Ett passerkort kostar 100 kronor.", "Kort", "Ett passerkort kostar 100 kr."),
    ("Slam", "Ett passerkort kostar 1 200 kronor.", "Kort", "Ett passerkort kostar 1200 kr."),
    (
        "Simhallen i Norrby",
        "Bad: Vuxen, Pris: 60 kr",
        "Simhallen i Hamra",
        "Bad: Vuxen, Pris: 70 kr",
    ),
    ("Slam", "Extra tömning kostar 980 kr.", "Latrin", "Extra tömning kostar 450 kr."),
    ("Museet", "Ett familjekort kostar 300 kr.", "Badet", "Ett familjekort kostar 450 kr."),
    ("Museet", "Biljett: Vuxen, Pris: 60 kr", "Färjan", "Biljett: Vuxen, Pris: 70 kr"),
    ("Förskola", "Första barnet: 1 547 kronor", "Fritidshem", "Första barnet: 1 031 kronor"),
    ("Avgift", "Avgiften 2025 är 100 kronor.", "Avgift", "Avgiften 2026 är 120 kronor."),
    ("Kort", "Ett passerkort kostar 100 kronor.", "Kort", "Tidigare kostade ett passerkort 80 kr."),
    ("Bistånd", "Har du 10 000 kronor i inkomst?", "Bistånd", "Har du 12 000 kronor i inkomst?"),
    (
        "Slam",
        "Det kostar mellan 100 och 200 kronor.",
        "Slam",
        "Det kostar mellan 300 och 400 kronor.",
    ),
    ("Slam", "Ring 031-390 06 00.", "Slam", "Ring 031-390 06 90."),
]


@pytest.mark.parametrize(("title", "text", "other_title", "other_text"), NO_CONFLICTS)
def test_what_only_looks_like_the_same_thing_is_left(
    title: str, text: str, other_title: str, other_text: str
) -> None:
    pages = [passage("/a/", title, text), passage("/b/", other_title, other_text)]
    assert contradicting_fees(pages) == ()


def test_news_and_one_page_alone_contradict_nobody() -> None:
    text, other = "Ett passerkort kostar 100 kronor.", "Ett passerkort kostar 150 kronor."
    assert contradicting_fees([passage("/a/", "Kort", text), passage("/a/", "Kort", other)]) == ()
    news = passage("/nyheter/kort/", "Kort", other, news=True)
    assert contradicting_fees([passage("/a/", "Kort", text), news]) == ()


def kept(path: str, **more: object) -> KeptPage:
    return KeptPage(url=f"{SITE}{path}", state=State.PAGE, **more)  # type: ignore[arg-type]


def test_pages_older_than_twelve_months_are_told_oldest_first() -> None:
    pages = [
        kept("/ny/", reviewed=date(2025, 11, 28)),
        kept("/gammal/", reviewed=date(2025, 11, 27)),
        kept("/nyheter/x/", reviewed=date(2020, 1, 1), news=True),
        kept("/aldre/", reviewed=date(2024, 2, 29)),
        kept("/utan/"),
    ]
    assert [page.url for page in old_pages(pages, TODAY)] == [f"{SITE}/aldre/", f"{SITE}/gammal/"]


def entry(url: str, reviewed: date) -> Entry:
    return Entry.model_validate(
        {
            "id": "slam-nar",
            "fraga": "När töms brunnen?",
            "varianter": ["slam"],
            "svar": "I juni.",
            "lankar": [{"titel": "Slam", "url": url}],
            "agare": "VA",
            "granskad": reviewed,
            "amne": "slam",
            "rubrik": "Slam",
        }
    )


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("url", ["/slam/", "/slam/#nar", f"{SITE}/slam", f"{SITE}:443/slam/"])
@pytest.mark.parametrize(
    ("changed", "reviewed", "told"),
    [(20, 19, True), (20, 20, False), (20, 21, False), (None, 1, False)],
)
def test_an_entry_is_told_of_when_its_source_changed_after_its_review(
    url: str, changed: int | None, reviewed: int, told: bool
) -> None:
    path = "/slam" if url.endswith("/slam") else "/slam/"
    pages = [kept(path, changed_at=None if changed is None else at(changed))]
    found = source_changes([entry(url, date(2026, 11, reviewed))], pages, SITE)
    assert [(change.entry, change.changed) for change in found] == (
        [("slam-nar", date(2026, 11, 20))] if told else []
    )


def test_an_entry_is_told_of_when_its_source_is_gone() -> None:
    gone = KeptPage(f"{SITE}/slam/", State.GONE, gone_in=2, fetched_at=at(20))
    (change,) = source_changes([entry("/slam/", TODAY)], [gone], f"{SITE}/")
    assert change.gone


def test_a_source_that_has_moved_is_followed() -> None:
    pages = [
        KeptPage(f"{SITE}/slam/", State.COPY, target=f"{SITE}/va/slam/"),
        kept("/va/slam/", changed_at=at(20)),
    ]
    (change,) = source_changes([entry("/slam/", date(2026, 11, 1))], pages, SITE)
    assert change.url == f"{SITE}/va/slam/"


def test_a_source_elsewhere_says_nothing() -> None:
    pages = [kept("/slam/", changed_at=at(20))]
    assert source_changes([entry("https://skatteverket.se/", date(2020, 1, 1))], pages, SITE) == ()
