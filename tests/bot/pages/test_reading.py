from datetime import date
from pathlib import Path

import pytest

from bot.pages.reading import MAX_WORDS, read_page, read_site

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
