from datetime import date
from pathlib import Path

import pytest

from bot.pages.folder import read_site
from bot.pages.reading import MAX_WORDS, read_page

PAGE = """<!doctype html><html lang="sv"><head><title>Avgift – Testby</title>
<meta name="last-modified" content="2026-11-10"></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/a">Bygga och bo</a></li></ul></nav>
<main><h1>Avgift i förskolan</h1>
<p>Du betalar en avgift som följer den nationella maxtaxan. Avgiften beror på hushållets inkomst
och på hur många barn du har i förskolan.</p>
<h2>Vad kostar det?</h2>
<p>Avgiften betalas varje månad, även när barnet är ledigt eller sjukt.</p>
<table><caption>Högsta avgift</caption><tr><th>Barn</th><th>Avgift i månaden</th></tr>
<tr><td>Första barnet</td><td>1 547 kronor</td></tr>
<tr><td>Andra barnet</td><td>1 031 kronor</td></tr></table>
<h2>Så här gör du</h2>
<ul><li>Logga in i e-tjänsten.</li><li>Lämna uppgift om hushållets inkomst.</li></ul>
<p>Hjälpte informationen på sidan dig?</p>
</main><footer>Testby kommun, Storgatan 1</footer></body></html>"""


def test_a_page_is_cut_at_its_headings() -> None:
    sections = [
        passage.section for passage in read_page(PAGE.encode(), "https://testby.example/a/")
    ]
    assert sections == ["", "Vad kostar det?", "Så här gör du"]


def test_a_heading_below_another_keeps_its_path() -> None:
    page = PAGE.replace(
        "<h2>Så här gör du</h2>",
        "<h3>Rabatt för syskon</h3><p>Det yngsta barnet räknas som barn ett i hushållet.</p>"
        "<h4>Två hem</h4><p>Barn med två hem räknas i båda hushållen var för sig.</p>"
        "<h2>Så här gör du</h2>",
    )
    assert [
        passage.section for passage in read_page(page.encode(), "https://testby.example/a/")
    ] == [
        "",
        "Vad kostar det?",
        "Vad kostar det? > Rabatt för syskon",
        "Vad kostar det? > Rabatt för syskon > Två hem",
        "Så här gör du",
    ]


def test_a_table_with_a_head_a_row_is_read_row_by_row() -> None:
    table = "<table><tr><th>Besök</th><td>Hamngatan 2</td></tr><tr><th>Öppet</th><td>8–16</td></tr>"
    page = PAGE.replace("<h2>Så här gör du</h2>", f"{table}</table><h2>Så här gör du</h2>")
    fees = read_page(page.encode(), "https://testby.example/a/")[1]
    assert "Besök: Hamngatan 2\nÖppet: 8–16" in fees.text


def test_a_table_row_keeps_its_column_heads() -> None:
    fees = read_page(PAGE.encode(), "https://testby.example/a/")[1]
    assert "Barn: Första barnet, Avgift i månaden: 1 547 kronor" in fees.text


def test_menu_footer_and_boilerplate_are_left_out() -> None:
    whole = " ".join(p.text for p in read_page(PAGE.encode(), "https://testby.example/a/"))
    for stray in ("Bygga och bo", "Storgatan", "Hjälpte informationen"):
        assert stray not in whole


def test_title_and_date_of_review_are_the_pages_own() -> None:
    passage = read_page(PAGE.encode(), "https://testby.example/a/")[0]
    assert passage.page_title == "Avgift i förskolan"
    assert passage.reviewed == date(2026, 11, 10)


STAMP = '<meta name="last-modified" content="2026-11-10">'


@pytest.mark.parametrize(
    ("head", "told", "day"),
    [
        (
            '<meta property="article:modified_time" content="2025-03-01T08:00:00+01:00">',
            "",
            "2025-03-01",
        ),
        ('<meta name="DCTERMS.modified" content="2025-03-01">', "", "2025-03-01"),
        ("", "<p>Senast uppdaterad: 1 mars 2025</p>", "2025-03-01"),
        ("", "<p>Sidan granskades den 1 mars 2025.</p>", "2025-03-01"),
        ("", "<p>Senast granskad 2025-03-01</p>", "2025-03-01"),
        ("", "<p>Senast granskad: 31 februari 2025</p>", None),
        ("", "", None),
    ],
)
def test_the_day_is_found_where_pages_put_it(head: str, told: str, day: str | None) -> None:
    page = PAGE.replace(STAMP, head).replace("</main>", f"{told}</main>")
    reviewed = read_page(page.encode(), "https://testby.example/a/")[0].reviewed
    assert (reviewed and reviewed.isoformat()) == day


def test_the_language_is_what_the_page_says_or_what_it_reads_like() -> None:
    english = "<p>You pay a fee for preschool every month, also when your child is at home.</p>" * 2
    for page, language in (
        (PAGE, "sv"),
        (PAGE.replace('lang="sv"', 'lang="en-GB"'), "en"),
        (PAGE.replace(' lang="sv"', ""), "sv"),
        (f"<html><body><main><h1>Fees</h1>{english}</main></body></html>", "en"),
    ):
        assert read_page(page.encode(), "https://testby.example/a/")[0].language == language


def test_a_long_section_is_cut_between_paragraphs() -> None:
    paragraphs = "".join(
        f"<p>{f'Kommunen svarar på fråga {number} om avgiften varje vardag. ' * 8}</p>"
        for number in range(4)
    )
    long = PAGE.replace("<ul><li>Logga in", paragraphs + "<ul><li>Logga in")
    passages = read_page(long.encode(), "https://testby.example/a/")
    assert len(passages) > 3
    assert all(len(p.text.split()) <= MAX_WORDS for p in passages)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no main text"):
        read_page(b"<html><body></body></html>", "https://testby.example/tom/")


def test_one_broken_page_does_not_stop_the_others(tmp_path: Path) -> None:
    for name, content in (("hel", PAGE.encode()), ("trasig", b"\xff\xfe\x00<")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_bytes(content)
    urls = {passage.url for passage in read_site(tmp_path, "https://testby.example")}
    assert urls == {"https://testby.example/hel/"}


def test_news_are_told_apart() -> None:
    (first, *_) = read_page(PAGE.encode(), "https://testby.example/nyheter/avgift/")
    assert first.news
    page = PAGE.replace("</title>", '</title><meta name="page-type" content="News">')
    assert read_page(page.encode(), "https://testby.example/a/")[0].news
    assert not read_page(PAGE.encode(), "https://testby.example/a/")[0].news


BANNER = '<div class="cookie-banner"><h2>Kakor</h2><p>Vi använder kakor på webbplatsen.</p></div>'


def test_what_lies_over_a_page_is_no_part_of_it() -> None:
    page = PAGE.replace("<main>", f"<main>{BANNER}")
    assert read_page(page.encode(), "https://testby.example/a/") == read_page(
        PAGE.encode(), "https://testby.example/a/"
    )


HEADS = {
    "a page of its own": ("", True),
    "a page that names itself": ('<link rel="canonical" href="/annan/mapp/sida/">', True),
    "a copy": ('<link rel="canonical" href="https://testby.example/original/">', False),
    "a page that asks not to be found": ('<meta name="robots" content="noindex">', False),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_folder_is_read_as_a_crawl_would(tmp_path: Path, name: str) -> None:
    head, used = HEADS[name]
    (tmp_path / "sida").mkdir()
    page = PAGE.replace("</head>", f"{head}</head>")
    (tmp_path / "sida" / "index.html").write_text(page, encoding="utf-8")
    assert bool(read_site(tmp_path, "https://testby.example")) is used
