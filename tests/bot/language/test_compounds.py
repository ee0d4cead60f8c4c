import pytest

from bot.language.compounds import Compounds
from bot.language.lexicon import Lexicon

# Each with its parts as words; written for this test.
COMPOUNDS = """
slamtömningsavgift:slam,tömning,avgift sophämtning:sop,hämtning parkeringsböter:parkering,böter
bygglovsansökan:ansökan skolskjuts:skola,skjuts vattenmätare:vatten,mätare kulturskola:kultur,skola
avloppsanläggning:avlopp,anläggning snöröjning:snö,röjning gatubelysning:gata,belysning
cykelbana:cykel,bana badplats:bad,plats båtplats:båt,plats bibliotekskort:bibliotek,kort
lånekort:kort skolmat:skola,mat busskort:buss,kort matlåda:mat,låda hyreskontrakt:hyra,kontrakt
trygghetslarm:trygghet,larm bostadsanpassning:bostad,anpassning eldningsförbud:eldning,förbud
grillförbud:förbud brandvägg:brand,vägg köksfläkt:kök,fläkt rivningslov:rivning,lov
marklov:mark,lov strandskydd:strand,skydd tomtgräns:tomt,gräns bullerstörning:buller,störning
värmepump:värme,pump livsmedelskontroll:kontroll torghandel:torg,handel skolval:skola,val
vuxenutbildning:vuxen,utbildning elevhälsa:elev,hälsa simhall:sim,hall idrottshall:idrott,hall
föreningsbidrag:förening,bidrag lokalhyra:lokal,hyra feriejobb:ferie,jobb dagverksamhet:verksamhet
anhörigstöd:stöd färdtjänst:färd,tjänst barnfamilj:barn,familj kvarterskrog:kvarter,krog
soptunna:sop,tunna matavfall:mat,avfall återvinningsstation:återvinning,station
trädgårdsavfall:trädgård,avfall fastighetsägare:fastighet,ägare vattenläcka:vatten,läcka
dricksvatten:vatten sommarstuga:sommar,stuga vinterväg:vinter,väg fullmäktigemöte:fullmäktige,möte
socialsekreterare:sekreterare bergvärme:berg,värme kyrkogård:kyrka,gård familjehem:familj,hem
gatukontor:gata,kontor äldreboende:boende förskoleplats:förskola,plats bostadskö:
skolbuss:skola,buss gymnasieval:val hemtjänstavgift:avgift
"""

SIMPLEX = """
kontakt kultur protokoll blankett kontroll restaurang kommun kontor semester program ansvar adress
telefon paragraf personal syskon matematik material statistik trafik faktura parkera information
bostad ansökan avgift anmälan beslut handling register politik familj person förskola skola
bibliotek intresse resultat problem minister protest transport artikel betala komplett tillstånd
förslag uppdrag anslag kostnad hantera månader lördag sommar vinter telegram konstant fönster
tidning byggnad förening sjukdom lägenhet utredning ledare grannar människa kvinna doktor rektor
""".split()  # noqa: SIM905  # a list would take seventy lines


@pytest.fixture(scope="module")
def swedish() -> Compounds:
    """Splits with Swedish words alone: no content that has just the right parts."""
    return Compounds(Lexicon())


def test_most_compounds_come_apart_into_their_parts(swedish: Compounds) -> None:
    cases = [line.split(":") for line in COMPOUNDS.split()]
    missed = {
        word: swedish.split(word)
        for word, parts in cases
        if not set(filter(None, parts.split(",")))
        <= {*swedish.split(word), *swedish.smallest(word)}
    }
    assert len(cases) >= 60
    assert len(missed) <= 0.1 * len(cases), missed


def test_simplex_words_stay_whole(swedish: Compounds) -> None:
    split = {word: swedish.split(word) for word in SIMPLEX if swedish.split(word)}
    assert len(SIMPLEX) >= 60
    assert not split


def test_a_word_of_the_content_is_a_part_that_swedish_does_not_know(swedish: Compounds) -> None:
    local = Compounds(Lexicon(["Skvalpkarren töms.", "Skvalpkarr i hamnen."]))
    assert local.split("skvalpkarrsavgift") == ("skvalpkarr", "avgift")
    assert swedish.split("skvalpkarrsavgift") == ()


@pytest.mark.parametrize(
    ("without", "word"),
    [
        ("farjelage", "färjeläge"),
        ("vaderleksforandring", "väderleksförändring"),
        ("matlada", "matlåda"),
        ("badvatten", None),
    ],
)
def test_a_compound_gets_its_marks_back_by_its_parts(
    swedish: Compounds, without: str, word: str | None
) -> None:
    assert swedish.restore(without) == word


@pytest.mark.parametrize("word", ["", "a", "x" * 200, "öööööööööö"])
def test_what_is_no_word_has_no_parts(swedish: Compounds, word: str) -> None:
    assert swedish.split(word) == ()
