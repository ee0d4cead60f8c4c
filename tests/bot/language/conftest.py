import pytest

from bot.language.compounds import Compounds
from bot.language.lexicon import Lexicon
from bot.language.spelling import Speller

CONTENT = (
    "Vad kostar bygglov för en altan?",
    "Bygglov behövs när du bygger ut. Sök bygglov i e-tjänsten.",
    "När töms slambrunnen? Slamtömning av slambrunnar sker en gång om året.",
    "Avgiften för slamtömning beror på slambrunnens storlek.",
    "När öppnar återvinningscentralen? Återvinningscentralen har öppet på lördagar.",
    "Köplats i förskolan: du kan ställa ditt barn i kö till förskolan.",
    "Vad kostar förskolan? Avgiften för förskolan följer maxtaxan.",
    "Förskoleplatsen måste sägas upp två månader i förväg. Säg upp förskoleplatsen.",
    "Gör en felanmälan om du ser ett hål i vägen. Felanmälan görs på webben.",
    "God man och förvaltare: en god man hjälper dig med ekonomin.",
    "Vi ansvarar för vatten och avlopp. Ring om du ser en vattenläcka vid vår tomt.",
    "Våra lekplatser. Var ligger lekplatsen?",
    "Socialtjänsten ger stöd. Ansök om ekonomiskt bistånd hos socialtjänsten.",
    "Biblioteket lånar ut böcker. Biblioteket har öppet.",
    "Avfall hämtas varannan vecka. Kärl för avfall.",
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon(CONTENT)


@pytest.fixture(scope="session")
def compounds(lexicon: Lexicon) -> Compounds:
    return Compounds(lexicon)


@pytest.fixture(scope="session")
def speller(lexicon: Lexicon, compounds: Compounds) -> Speller:
    return Speller(
        lexicon,
        compounds,
        names=["Nasrin Altam", "Lindå"],
        protected=["ta livet av mig", "självmordd*", "brinnner"],
    )
