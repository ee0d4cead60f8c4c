"""What may stand in a message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.conversation.text import MAX_LENGTH, clean, told
from connectors.errors import MessageEmpty, MessageTooLong


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Hej  ", "Hej"),
        ("en\r\ntvå\rtre\tfyra", "en\ntvå\ntre\tfyra"),
        ("ko\x00m\x07mun\x1b[31m", "kommun[31m"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\ufeffHej", "Hej"),
        ("🙂", "🙂"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\u030a", "a\u030a"),
        ("سلام\u200cعلیکم", "سلام\u200cعلیکم"),
    ],
)
def test_only_harmful_signs_are_taken_away(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize("raw", ["", "   \n\t ", "\x00\x01", "\u200b\u200d", "\u202e", "\u00a0"])
def test_a_message_with_nothing_to_see_is_empty(raw: str) -> None:
    with pytest.raises(MessageEmpty):
        clean(raw)


def test_a_message_that_is_too_long_says_how_long_it_is() -> None:
    assert len(clean("å" * MAX_LENGTH)) == MAX_LENGTH
    with pytest.raises(MessageTooLong) as refused:
        clean("å" * 10_000)
    assert refused.value.values == {"length": 10_000, "limit": MAX_LENGTH}


@given(st.text(max_size=200))
def test_what_is_kept_is_clean_and_stays_as_it_is(raw: str) -> None:
    try:
        kept = clean(raw)
    except MessageEmpty:
        return
    assert clean(kept) == kept
    assert all(unicodedata.category(sign) != "Cc" for sign in kept if sign not in "\n\t")


@pytest.mark.parametrize(
    ("stored", "told_of_it"),
    [
        ("Ring [telefonnummer] om soporna", "Ring   om soporna"),
        ("[personnummer]", "[personnummer]"),
        ("Jag är [nummer borttaget].\nNär?", "Jag är  .\nNär?"),
        ("När töms soporna?", "När töms soporna?"),
        ("a[0] [" + "x" * 41 + "]", "a  [" + "x" * 41 + "]"),
    ],
)
def test_what_is_hidden_tells_nothing(stored: str, told_of_it: str) -> None:
    assert told(stored) == told_of_it
