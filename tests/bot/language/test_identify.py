import pytest

from bot.language.identify import identify

# Short messages written for this test; nobody's real ones.
MESSAGES = {
    "sv": (
        "bygglov", "sopor", "dagis", "när öppnar biblioteket", "nar oppnar biblioteket",
        "vad kostar det att bygga en altan", "hur far man ett bygglov", "hej på dig",
        "tack så mycket", "går det att boka tid för vigsel", "simhall pris", "SFI", "?", "", "🙂",
        "112", "fick en lapp på rutan", "var slänger man glas", "vill prata med en människa",
        "socialens nummer",
    ),
    "en": ("hello", "building permit", "How do I apply for preschool?", "opening hours library",
           "I want to talk to a person", "where can i pay my parking fine"),
    "fi": ("moi", "rakennuslupa", "missä kirjasto on", "paljonko päivähoito maksaa"),
    "ar": ("مرحبا", "رخصة بناء", "كيف أسجل طفلي في الروضة"),
    "fa": ("مهدکودک کجاست", "پروانه ساخت"),
    "uk": ("привіт", "дозвіл на будівництво", "як записати дитину в садок"),
    "so": ("xanaanada carruurta", "sidee ayaan u codsadaa"),
    "pl": ("gdzie jest przedszkole", "pozwolenie na budowę"),
    "de": ("wo kann ich parken", "Öffnungszeiten Bibliothek"),
    "no": ("hvordan søker jeg barnehage",),
    "da": ("hvad koster det at bygge",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"), [(text, code) for code, texts in MESSAGES.items() for text in texts]
)
def test_a_message_is_recognised(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("text", "session", "language"),
    [
        ("bygglov", "en", "en"),
        ("library please", "sv", "sv"),
        ("where is the library", "sv", "en"),
        ("vad kostar ett bygglov", "fi", "sv"),
        ("روضة", "sv", "ar"),
        ("дитячий садок", "sv", "uk"),
        ("ok", "ar", "ar"),
    ],
)
def test_the_language_of_the_talk_is_kept_for_short_messages(
    text: str, session: str, language: str
) -> None:
    assert identify(text, session) == language


def test_a_word_of_the_content_speaks_for_swedish() -> None:
    line = "compost container plastic"
    assert identify(line) != "sv"
    assert identify(line, ours=set(line.split())) == "sv"
