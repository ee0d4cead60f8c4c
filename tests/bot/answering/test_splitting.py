import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.splitting import questions


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("När öppnar badet? Och vad kostar det?", ("När öppnar badet?", "Och vad kostar det?")),
        (
            "hur söker man plats och vad kostar det",
            ("hur söker man plats", "och vad kostar det"),
        ),
        (
            "Vi har köpt hus. Hur anmäler vi det? sen undrar jag när soporna hämtas",
            ("Vi har köpt hus. Hur anmäler vi det?", "sen undrar jag när soporna hämtas"),
        ),
        ("hur bokar vi, vilka papper behövs", ("hur bokar vi", "vilka papper behövs")),
        ("får jag elda samt måste jag anmäla det", ("får jag elda", "samt måste jag anmäla det")),
    ],
)
def test_questions_are_cut_where_another_begins(asked: str, parts: tuple[str, ...]) -> None:
    assert questions(asked) == parts


@pytest.mark.parametrize(
    "asked",
    [
        "hur sorterar jag plast och papper?",
        "Vad är startbesked och slutbesked?",
        "får jag måla om och byta fönster",
        "Jag vårdar min man och är helt slut, finns det hjälp?",
        "gatlampan är trasig, var anmäler jag",
        "hur säger man upp platsen och till vilken ålder får barnet gå",
        "öppettider",
        "Sopor? När hämtas de",
        "Min brunn är full. Den svämmar över.",
        "hur stort får ett hus på 30.5 kvm vara",
    ],
)
def test_one_question_stays_whole(asked: str) -> None:
    assert len(questions(asked)) == 1


@given(
    st.lists(
        st.sampled_from(
            ["vad", "när", "och", "hus?", "bygga,", "det", "kostar.", "samt", "man\n", "får", "Å"]
        )
    )
)
def test_nothing_that_was_written_is_lost(words: list[str]) -> None:
    asked = " ".join(words)
    kept = "".join(char for part in questions(asked) for char in part if char.isalpha())
    assert kept == "".join(char for char in asked if char.isalpha())


@given(st.text(max_size=120))
def test_any_text_can_be_cut(asked: str) -> None:
    assert len(questions(asked)) >= 1
