import pytest

from bot.language.readability import readability, sentences


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    # 8 words in 2 sentences, 2 of them longer than six letters: 4 + 25.
    told = readability("Du ansöker om bygglov själv. Det går bra.")
    assert told.lix == pytest.approx(4 + 100 * 2 / 8)
    assert (told.words, told.longest, told.longest_words) == (8, "Du ansöker om bygglov själv.", 5)


def test_a_text_of_nothing_is_easy() -> None:
    assert readability(" \n- \n").lix == 0


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Hej. Vad vill du?", ["Hej.", "Vad vill du?"]),
        ("Vi öppnar klockan 8.00. Kom då.", ["Vi öppnar klockan 8.00.", "Kom då."]),
        ("Ta med:\n- intyg\n- ritning", ["Ta med:", "intyg", "ritning"]),
        ("**Obs** läs [sidan](https://x.example/a).", ["Obs läs sidan ."]),
        ("| Barn | Avgift |\n|---|---|\n| 1 | 1 547 |", ["Barn Avgift", "1 1 547"]),
    ],
)
def test_text_is_cut_into_sentences_and_lines(text: str, cut: list[str]) -> None:
    assert [" ".join(s.split()) for s in sentences(text)] == cut
