import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import fold, normalise
from bot.language.tokens import terms, words


@pytest.mark.parametrize(
    ("written", "even"),
    [
        (unicodedata.normalize("NFD", "förskola på ön"), "förskola på ön"),
        ("  vad\n\tkostar   det ", "vad kostar det"),
        ("VAD KOSTAR FÖRSKOLAN", "vad kostar förskolan"),
        ("SFI", "SFI"),
        ("Vad är LSS?", "Vad är LSS?"),
        ("bygg\u200blov\u202e", "bygglov"),
        ("hej \x00\x07du", "hej du"),
        ("🙂👍", "🙂👍"),
    ],
)
def test_text_is_made_even(written: str, even: str) -> None:
    assert normalise(written) == even


@given(st.text())
def test_making_even_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="abcåäöÅÄÖ éü"))
def test_folded_text_has_no_swedish_letters(text: str) -> None:
    assert not set(fold(text)) & set("åäöÅÄÖéü")


def test_words_are_the_same_with_and_without_diacritics() -> None:
    assert words("Får jag elda löv?") == words("far jag elda lov")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Behöver jag bygglov för altaner?", ["behova", "bygglov", "altan"]),
        ("Vem sköter VA?", ["skota", "va"]),
        ("var är det?", ["vara", "ar", "den"]),
        ("...", []),
    ],
)
def test_terms_are_content_words_in_their_base_form(text: str, found: list[str]) -> None:
    assert terms(text) == found
