import pytest

from bot.preview.sentences import gone, turned


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Du behöver inte ansöka om lov.", "Du behöver ansöka om lov."),
        ("Du behöver inget lov för ett plank.", "Du behöver lov för ett plank."),
        ("Du får elda hela året.", "Du får inte elda hela året."),
        ("Ansök före den 1 maj.", "Ansök efter den 1 maj."),
        ("Det tar minst två veckor.", "Det tar högst två veckor."),
        ("Besöket är gratis för barn.", "Besöket kostar för barn."),
        ("Du får lämna in senare.", "Du måste lämna in senare."),
        ("Bränn aldrig målat trä.", "Bränn målat trä."),
    ],
)
def test_a_sentence_that_is_turned_round_is_seen(before: str, after: str) -> None:
    assert [one.after for one in turned(before, after)] == [after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Du behöver inte ansöka.", "Du behöver inte skicka någon ansökan."),
        ("Ansök i e-tjänsten.", "Gör en ansökan i e-tjänsten."),
        ("Du får svar inom en vecka. Ring oss annars.", "Ring oss annars. Du får svar snart."),
        ("Vi svarar fort.", "Du får inte parkera här."),
    ],
)
def test_other_words_for_the_same_turn_nothing_round(before: str, after: str) -> None:
    assert not list(turned(before, after))


def test_a_condition_that_falls_away_is_seen_though_its_words_stand_elsewhere() -> None:
    before = "Säg upp barnets plats. Har barnet två vårdnadshavare ska båda säga upp sin plats."
    assert [*gone(before, "Säg upp barnets plats.")] == [before.partition(". ")[2]]


def test_a_condition_in_other_words_is_not_gone() -> None:
    before = "Du måste ansöka senast den 1 mars."
    assert not list(gone(before, "Ansökan ska vara inne senast den 1 mars."))


def test_a_courtesy_may_fall_away() -> None:
    assert not list(gone("Välkommen hit. Ansök nu.", "Ansök nu."))
