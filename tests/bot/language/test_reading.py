import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.colloquial import Colloquial, Word
from bot.language.normalise import normalise
from bot.language.reading import Reader
from bot.language.tokens import terms
from tests.bot.language.conftest import CONTENT


def word(everyday: str, official: str, ambiguous: str = "nej") -> Word:
    return Word.model_validate(
        {
            "vardag": everyday.split(","),
            "kommun": official.split(","),
            "tvetydigt": ambiguous,
        }
    )


LEXICON = Colloquial(
    (
        word("dagis,fsk,dagmamma", "barnstuga,förskola"),
        word("soc,socialen", "socialtjänst,ekonomiskt bistånd"),
        word("sossen", "socialtjänst", "ja"),
        word("VA", "vatten och avlopp"),
        word("soptunna", "kärl"),
        word("hål i gatan", "felanmälan"),
        word("simis", "simhall"),
        word("lekplats", "lekpark"),
    ),
    {"nån": "någon", "bl a": "bland annat"},
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.over(CONTENT, LEXICON)


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("vad kostar dagis", "vad kostar förskola"),
        ("dagiset är stängt", "förskola är stängt"),
        ("avgift för dagisen", "avgift för förskola"),
        ("säga upp dagisplatsen", "säga upp förskoleplatsen"),
        ("nar oppnar dagis", "när öppnar förskola"),
        ("soc svarar inte", "socialtjänst svarar inte"),
        ("socialens nummer", "socialtjänst nummer"),
        ("VA i kommunen", "vatten och avlopp i kommunen"),
        ("va ska man göra", "va ska man göra"),
        ("anmäla hål i gatan", "anmäla felanmälan"),
        ("kan nån hjälpa mig med bl a avgiften", "kan någon hjälpa mig med bland annat avgiften"),
        ("när öppnar simis", "när öppnar simis"),
        ("sossen på hörnet", "sossen på hörnet"),
        ("kärl och soptunnor", "kärl och kärl"),
    ],
)
def test_everyday_words_become_the_municipalitys(reader: Reader, line: str, canonical: str) -> None:
    assert reader.read(line).canonical == canonical


@pytest.mark.parametrize(
    ("line", "added"),
    [
        ("slamtömningsavgift", {"slamtomning", "avgift"}),
        ("sossen på hörnet", {"socialtjanst"}),
        ("soc", {"socialtjanst", "bistand"}),
        ("dagisplats", {"forskola"}),
    ],
)
def test_parts_and_equivalents_are_searched_for_as_well(
    reader: Reader, line: str, added: set[str]
) -> None:
    assert added <= set(reader.read(line).added)


def test_words_that_the_content_lacks_are_not_added(reader: Reader) -> None:
    assert reader.read("hästhovsklippare").added == ()


def test_a_word_that_the_content_uses_itself_stays() -> None:
    reader = Reader.over(["Lekplatsen vid lekparken.", "Lekplatser."], LEXICON)
    reading = reader.read("trasig lekplats")
    assert reading.canonical == "trasig lekplats"
    assert reading.added == ("lekpark",)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("How do I apply for a place for my child", "en"),
        ("missä kirjasto on ja milloin se aukeaa", "fi"),
        ("hvordan søker jeg plass i barnehagen", "no"),
        ("كيف أسجل طفلي في الروضة", "ar"),
    ],
)
def test_other_languages_pass_unchanged(reader: Reader, line: str, language: str) -> None:
    reading = reader.read(line)
    assert reading.language == language
    assert reading.text == reading.corrected == reading.canonical == line
    assert not reading.changed


def test_a_short_line_is_in_the_language_of_the_talk(reader: Reader) -> None:
    assert reader.read("dagis", session_language="en").canonical == "dagis"
    assert reader.read("dagis").canonical == "förskola"


def test_a_reader_without_lexicon_only_mends_spelling() -> None:
    reading = Reader.over(CONTENT, None).read("byglov för dagis")
    assert (reading.corrected, reading.canonical) == ("bygglov för dagis", "bygglov för dagis")
    assert reading.changed


def test_an_index_without_content_is_read_with_swedish_alone() -> None:
    reading = Reader.over((), LEXICON).read("nar oppnar dagis")
    assert reading.canonical == "när öppnar dagis"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_line_can_be_read(reader: Reader, line: str) -> None:
    reading = reader.read(line)
    assert reading.text == normalise(line)
    assert reading.terms == tuple(terms(reading.corrected))
    assert not set(reading.added) & set(reading.terms)
