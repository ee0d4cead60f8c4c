"""The PDF that is handed out: tagged, in Swedish, with every sign that somebody may write."""

import io
import json
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from connectors.conversation.model import Actor
from connectors.records.model import Handout, Heading, Kind, OpenPart, OpenTranscript, Piece
from connectors.records.pdf import draw
from tests.support.gateway import ROOT
from tests.support.records import text_of

SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def handout(*texts: str) -> Handout:
    heading = Heading(
        id=uuid4(), created_at=SUMMER, last_at=SUMMER, language="sv", audience="x", state="closed"
    )
    parts = tuple(
        OpenPart(kind="event", at=SUMMER, actor=Actor.CITIZEN, pieces=(Piece(text=text),))
        for text in texts
    )
    return Handout(
        municipality="Skärvinge kommun",
        reference="KS 2026/12",
        kind=Kind.PUBLIC,
        made_at=SUMMER,
        grounds=(),
        conversations=(OpenTranscript(heading=heading, parts=parts),),
    )


def test_it_is_tagged_and_says_its_title_and_language() -> None:
    reader = PdfReader(io.BytesIO(draw(handout("hej"))))
    root = cast("DictionaryObject", reader.trailer["/Root"].get_object())
    assert str(root["/Lang"]) == "sv"
    assert cast("DictionaryObject", root["/MarkInfo"].get_object())["/Marked"]
    assert cast("DictionaryObject", root["/ViewerPreferences"].get_object())["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Allmän handling KS 2026/12"
    assert b"pdfuaid" in cast("StreamObject", root["/Metadata"].get_object()).get_data()


def test_times_are_swedish() -> None:
    assert "2026-07-02 00.30.00" in text_of(draw(handout("hej")))


@pytest.mark.parametrize(
    "text", ["å ä ö é", "Привіт світе", "#let x = $1$ *a* _b_ @c <d> \\ `e` // f", "ş ğ ı"]
)
def test_what_somebody_wrote_stands_there_as_it_was_written(text: str) -> None:
    assert text in text_of(draw(handout(text)))


def test_arabic_is_drawn_letter_for_letter() -> None:
    told = text_of(draw(handout("مرحبا سلام")))
    assert "سلام" in told and "مرحبا" in told


def test_a_sign_without_a_shape_is_named_by_its_number() -> None:
    told = text_of(draw(handout("hej 😀 中")))
    assert "hej [U+1F600] [U+4E2D]" in told


def test_no_text_can_break_it() -> None:
    corpus = json.loads((ROOT / "web/tests/xss-corpus.json").read_text(encoding="utf-8"))
    texts = [*map(str, corpus), "\x00\x07\u202e\u2028\ufeff\u200d\ud7ff", "👨‍👩‍👧", "", "a" * 5000]
    assert draw(handout(*texts)).startswith(b"%PDF")
