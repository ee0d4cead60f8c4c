import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.courtesy import hear


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("tack! en sista grej, när kommer sotaren", "när kommer sotaren"),
        ("Hej! Hoppas ni mår bra. Jag vill ha ett larm. Mvh Ove Ek", "Jag vill ha ett larm."),
        ("hej, tack för hjälpen men vad kostar det", "men vad kostar det"),
        ("Hur bokar man? Tack på förhand!", "Hur bokar man?"),
        ("ok tack då vet jag. var ligger tippen", "var ligger tippen"),
        ("HEJ VAD KOSTAR DAGIS", "vad kostar dagis"),
        ("vi önskar boka vigsel", "vi önskar boka vigsel"),
        ("det är hål i vägen", "det är hål i vägen"),
        ("god man till min mamma", "god man till min mamma"),
        ("sopor och/eller slam", "sopor och/eller slam"),
        ("hejarklack", "hejarklack"),
        ("ok", "ok"),
    ],
)
def test_courtesy_is_taken_off_what_is_asked(message: str, asked: str) -> None:
    assert hear(message).asked == asked


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hej", "greeting"),
        ("god kväll på er 😊", "greeting"),
        ("Hejsan! Kan du hjälpa mig med en sak?", "greeting"),
        ("tack", "thanks"),
        ("åh vad bra, tusen tack för hjälpen!!", "thanks"),
        ("hej då, ha det bra", "goodbye"),
        ("Tack och hej!", "goodbye"),
    ],
)
def test_courtesy_alone_asks_nothing_and_says_what_it_is(message: str, kind: str) -> None:
    heard = hear(message)
    assert (heard.asked, heard.kind) == ("", kind)


@pytest.mark.parametrize("message", ["😂", "🙏🙏", "?!", " ", ""])
def test_signs_without_words_are_neither_a_question_nor_thanks(message: str) -> None:
    heard = hear(message)
    assert (heard.asked, heard.kind) == ("", None)


@given(
    st.sampled_from(["hej!", "tack så mycket!", "God morgon,", "ursäkta att jag stör,", ""]),
    st.sampled_from(["När töms slambrunnen?", "vad kostar bygglov", "pass", "Öppettider tippen"]),
    st.sampled_from(["", "Tack på förhand!", "Ha en fin dag!", "Med vänliga hälsningar Åsa Öst"]),
)
def test_no_courtesy_takes_a_word_of_the_question(before: str, question: str, after: str) -> None:
    assert hear(f"{before} {question} {after}").asked == question


@given(st.text(max_size=80))
def test_any_message_can_be_heard_and_hearing_again_changes_nothing(message: str) -> None:
    asked = hear(message).asked
    assert not asked or hear(asked).asked == asked
