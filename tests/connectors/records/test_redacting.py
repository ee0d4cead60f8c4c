"""What is secret is in nothing that is handed out."""

import itertools
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.model import Source
from connectors.conversation.model import Actor
from connectors.records.model import Heading, MarkView, Part, Piece, Span, Transcript
from connectors.records.redacting import count_grounds, open_part, pieces_of, redact, same_words

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HEADING = Heading(
    id=uuid4(), created_at=NOW, last_at=NOW, language="sv", audience="privat", state="closed"
)


def mark(start: int, end: int, ground: str = "OSL 26:1", part: str = "event:1") -> MarkView:
    return MarkView(
        id=uuid4(), part=part, start=start, end=end, ground=ground, marked_by="registrator"
    )


marks = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 40), st.sampled_from(["OSL 26:1", "OSL 21:1"])),
    max_size=6,
)


@given(st.text(max_size=40), marks)
def test_what_is_left_is_the_text_without_the_marked_characters(
    text: str, wished: list[tuple[int, int, str]]
) -> None:
    chosen = [mark(start, start + size, ground) for start, size, ground in wished]
    hidden = {at for one in chosen for at in range(one.start, one.end)}
    left = "".join(sign for at, sign in enumerate(text) if at not in hidden)
    pieces = pieces_of(text, chosen)
    assert "".join(piece.text for piece in pieces) == left
    assert all(bool(piece.text) != bool(piece.secret) for piece in pieces)
    for one, after in itertools.pairwise(pieces):
        assert not (one.secret and after.secret)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], ["Min son Kalle bor här"]),
        ([mark(8, 13)], ["Min son ", ("OSL 26:1",), " bor här"]),
        (
            [mark(4, 9, "OSL 21:1"), mark(8, 13)],
            ["Min ", ("OSL 21:1", "OSL 26:1"), " bor här"],
        ),
        ([mark(8, 900)], ["Min son ", ("OSL 26:1",)]),
    ],
)
def test_marks_that_meet_are_one_place(
    chosen: list[MarkView], expected: list[str | tuple[str, ...]]
) -> None:
    pieces = pieces_of("Min son Kalle bor här", chosen)
    assert [piece.text or piece.secret for piece in pieces] == expected


def test_where_all_is_secret_the_source_does_not_tell_what_was_said() -> None:
    source = Source(title="Orosanmälan", url="https://x.example/oro", kind="page")
    part = Part(
        key="event:1",
        kind="event",
        at=NOW,
        actor=Actor.BOT,
        text="Ring socialjouren.",
        sources=(source,),
        entry="oro-anmalan",
        helpful=True,
    )
    whole = open_part(part, [mark(0, 18)])
    assert whole.sources == () and whole.entry is None and whole.helpful is None
    assert (whole.at, whole.actor) == (NOW, Actor.BOT)
    some = open_part(part, [mark(5, 17)])
    assert some.sources == (source,) and some.entry == "oro-anmalan"


@pytest.mark.parametrize(
    ("words", "left"), [("försörjningsstöd", 0), ("Försörjningsstöd!", 0), ("till", 1)]
)
def test_a_source_that_holds_a_marked_word_is_left_out_wherever_it_stands(
    words: str, left: int
) -> None:
    source = Source(title="Ansök", url="https://x.example/forsorjningsstod", kind="page")
    text = f"Jag vill söka {words} till hyran"
    said = Part(key="event:1", kind="event", text=text)
    answer = Part(key="event:2", kind="event", text="Du söker i e-tjänsten.", sources=(source,))
    start = text.index(words)
    opened = redact(
        Transcript(heading=HEADING, parts=(said, answer)), [mark(start, start + len(words))]
    )
    assert len(opened.parts[1].sources) == left


def test_places_are_counted_by_ground() -> None:
    parts = (Part(key="event:1", kind="event", text="en två"), Part(key="page", kind="page"))
    opened = redact(Transcript(heading=HEADING, parts=parts), [mark(0, 2), mark(3, 6, "OSL 21:1")])
    found = {one.ground: one.places for one in count_grounds([opened, opened])}
    assert found == {"OSL 21:1": 2, "OSL 26:1": 2}
    assert opened.parts[0].pieces[1] == Piece(text=" ")


def test_the_same_words_are_found_in_every_part_whatever_their_case() -> None:
    parts = (
        Part(key="event:1", kind="event", text="Åsa Öberg, åsa öberg"),
        Part(key="note:1", kind="note", text="ÅSA ÖBERG ringde. İ Åsa."),
    )
    first = Span("event:1", 0, 9)
    found = same_words(Transcript(heading=HEADING, parts=parts), first)
    assert found == [first, Span("event:1", 11, 20), Span("note:1", 0, 9)]
