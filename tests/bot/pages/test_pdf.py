from datetime import date

import pytest

from bot.pages.pdf import pdf_passages, read_pdf
from tests.support.pdf import pdf

URL = "https://testby.example/taxa.pdf"


def test_each_sheet_of_a_pdf_is_a_section_of_its_own() -> None:
    text = read_pdf(pdf("Taxa för slam i kommunen", "Tömning av brunn kostar 980 kronor"))
    passages = pdf_passages(text, URL)
    assert [(passage.section, passage.text) for passage in passages] == [
        ("sida 1", "Taxa för slam i kommunen"),
        ("sida 2", "Tömning av brunn kostar 980 kronor"),
    ]
    assert {(passage.page_title, passage.reviewed) for passage in passages} == {
        ("Taxa", date(2025, 1, 10))
    }


def test_a_pdf_without_a_title_goes_by_its_name() -> None:
    text = read_pdf(pdf("Taxa för slam i kommunen", title=""))
    assert pdf_passages(text, URL)[0].page_title == "taxa.pdf"


def test_a_scanned_pdf_has_nothing_to_read() -> None:
    with pytest.raises(ValueError, match="no text"):
        pdf_passages(read_pdf(pdf("")), URL)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.4\n" + b"<<" * 100_000])
def test_a_broken_pdf_is_told_of(content: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_pdf(content)


def test_a_pdf_that_takes_too_long_is_left() -> None:
    with pytest.raises(ValueError, match="takes more than"):
        read_pdf(pdf("Taxa för slam i kommunen"), seconds=0.001)
