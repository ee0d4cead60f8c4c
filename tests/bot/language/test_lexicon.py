from bot.language.lexicon import Lexicon


def test_a_misspelled_variant_is_no_word_of_the_content() -> None:
    lexicon = Lexicon([*["slamtömning i Norrby"] * 4, "slamtömnning vecka"])
    assert lexicon.known("slamtömning")
    assert not lexicon.known("slamtömnning")


def test_two_forms_of_one_word_are_both_words() -> None:
    lexicon = Lexicon([*["slambrunnen töms"] * 9, "slambrunnar töms"])
    assert lexicon.known("slambrunnen")
    assert lexicon.known("slambrunnar")


def test_a_variant_written_without_marks_is_no_evidence_for_how_words_are_written() -> None:
    lexicon = Lexicon(["när töms slambrunnen", "nar toms slambrunnen"])
    assert lexicon.content["slambrunnen"] == 1
    assert "nar" not in lexicon.content


def test_forms_are_the_words_that_a_word_without_marks_may_stand_for() -> None:
    lexicon = Lexicon()
    assert {"var", "vår"} <= set(lexicon.forms("var"))
    assert lexicon.best_form("nar") == "när"
    assert lexicon.forms("xyzzy") == ()


def test_a_word_of_the_content_counts_for_more_than_a_word_of_swedish() -> None:
    assert Lexicon(["altan"]).frequency("altan") > Lexicon().frequency("altan")
