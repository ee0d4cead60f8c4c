import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import swedish
from bot.language.compounds import Compounds
from bot.language.lexicon import Lexicon
from bot.language.normalise import bare, normalise
from bot.language.pieces import joined, pieces
from bot.language.spelling import Speller, slips


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("vad kostar byglov", "vad kostar bygglov"),
        ("slamtömnning", "slamtömning"),
        ("felanmälna ett hål", "felanmälan ett hål"),
        ("när öpnar återvinningcentralen", "när öppnar återvinningscentralen"),
        ("min sonn ska börja på förskolan", "min son ska börja på förskolan"),
        ("bibliotekt på lördag", "biblioteket på lördag"),
        ("avgifften för slamtömning?", "avgiften för slamtömning?"),
        ("Byglov för altan", "Bygglov för altan"),
    ],
)
def test_a_misspelled_word_is_mended(speller: Speller, written: str, meant: str) -> None:
    assert speller.correct(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nar oppnar atervinningscentralen", "när öppnar återvinningscentralen"),
        ("hur lang tid tar bygglov", "hur lång tid tar bygglov"),
        ("hur mycket ar avgiften per ar", "hur mycket är avgiften per år"),
        ("mamma ar 84 ar", "mamma är 84 år"),
        ("trad vid var tomt", "träd vid vår tomt"),
        ("var ligger lekplatsen och nar oppnar den", "var ligger lekplatsen och när öppnar den"),
        ("far jag bygga har", "får jag bygga här"),
        ("en pojke far illa hemma, vad gor man", "en pojke far illa hemma, vad gör man"),
        ("jag vill andra min ansokan", "jag vill ändra min ansökan"),
        ("min dotter tal inte mjolk", "min dotter tål inte mjölk"),
        ("vilken plats har vi i kon till forskolan", "vilken plats har vi i kön till förskolan"),
        ("vi har salt huset, nar slutar vi betala", "vi har sålt huset, när slutar vi betala"),
        ("hur far jag tag pa er", "hur får jag tag på er"),
        ("var ar farjelaget", "var är färjeläget"),
    ],
)
def test_marks_are_put_back(speller: Speller, written: str, meant: str) -> None:
    assert speller.correct(written) == meant


@pytest.mark.parametrize(
    "line",
    [
        "hur mycket kostar det att hyra en lokal",
        "var bor min far när han är gammal",
        "Hej Nasrin, jag heter Gunvald Persbo",
        "nasrin altam svarar inte",
        "jag bor på Lindå",
        "mejla info@byglov.example om byglov2",
        "se www.byglov.example/atervining",
        "får man bygga 40kvm",
        "det brinnner",
        "tänker på självmorddstankar",
        "en man, ett hus, tre barn",
        "p-tilstånd",
        "SFI och KAA",
        "vi vill ha en god man",
        "kommundelsnämndens ordförandeskap",
    ],
)
def test_what_is_right_or_protected_is_left_alone(speller: Speller, line: str) -> None:
    assert speller.correct(line) == line


@pytest.mark.parametrize(
    ("line", "unguarded"),
    [
        ("kan jag få prata med elyas om mitt ärende", "elias"),
        ("kathe har inte svarat på mitt mejl", "kate"),
        ("jag heter adelle och vill söka bygglov", "adele"),
    ],
)
def test_a_name_that_is_in_no_list_is_left_alone(
    lexicon: Lexicon, compounds: Compounds, speller: Speller, line: str, unguarded: str
) -> None:
    guarded = Speller(lexicon, compounds, find_names=swedish.names)
    assert guarded.correct(line) == line
    assert unguarded in speller.correct(line)


def test_what_is_clearly_a_slip_is_mended_though_it_be_taken_for_a_name(
    lexicon: Lexicon, compounds: Compounds
) -> None:
    def everything(line: str) -> list[swedish.Name]:
        return [swedish.Name(line, "PER", 0, len(line))]

    guarded = Speller(lexicon, compounds, find_names=everything)
    assert guarded.correct("vad kostar byglov för elyas") == "vad kostar bygglov för elyas"


def test_names_are_looked_for_only_where_a_word_would_be_changed(
    lexicon: Lexicon, compounds: Compounds
) -> None:
    asked: list[str] = []

    def noting(line: str) -> list[swedish.Name]:
        asked.append(line)
        return []

    Speller(lexicon, compounds, find_names=noting).correct("vad kostar bygglov för en altan")
    assert not asked


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bygg lov för altan", "bygglov för altan"),
        ("fel anmälan om hål", "felanmälan om hål"),
        ("slam tömning", "slamtömning"),
        ("god man", "god man"),
        ("bygg, lov", "bygg, lov"),
    ],
)
def test_halves_of_a_word_of_the_content_are_joined(
    speller: Speller, written: str, meant: str
) -> None:
    assert speller.correct(written) == meant


@given(st.text(alphabet="abåäö byglv,.-1@:/Å ", max_size=40))
def test_pieces_are_the_line_again(line: str) -> None:
    assert joined(pieces(line)) == line


@given(st.lists(st.sampled_from(["nar", "oppnar", "slam", "byglov", "ar", "for", "vi", "har"])))
def test_restoring_changes_marks_and_nothing_else(speller: Speller, words: list[str]) -> None:
    line = normalise(" ".join(words))
    assert bare(speller.restore(line)) == line


@given(st.sampled_from(["slamtömning byglov", "avgifften kön", "god man sover", "nar oppnar ni"]))
def test_correcting_twice_changes_nothing_more(speller: Speller, line: str) -> None:
    once = speller.correct(line)
    assert speller.correct(once) == once


@pytest.mark.parametrize(
    ("likelier", "rarer", "meant"),
    [
        ("byhglov", "bykglov", "bygglov"),  # a key beside, another letter
        ("altna", "altra", "altan"),  # two letters swapped, another letter
        ("avgifften", "avgikften", "avgiften"),  # a letter doubled, a letter too much
        ("bgglov", "ygglov", "bygglov"),  # a letter missing, the first letter missing
        ("forskola", "fyrskola", "förskola"),  # a mark missing, another letter
    ],
)
def test_slips_that_people_make_count_for_less(likelier: str, rarer: str, meant: str) -> None:
    assert slips(likelier, meant) < slips(rarer, meant)
