from datetime import date
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.faq.checking.check import check, errors, read_content
from bot.faq.checking.links import check_addresses
from bot.faq.checking.model import Finding, Level
from bot.faq.checking.style import Style
from bot.faq.files import FaqFiles

TODAY = date(2026, 11, 28)
MUNICIPALITY = """\
kommun:
  namn: Testby kommun
  telefon: 031-390 06 00
  epost: info@testby.example
  oppettider: vardagar 8–16
"""
HEAD = "amne: avfall\nrubrik: Avfall\nagare: Renhållningen\nfragor:\n"
RULES = """\
lix: 40
undvik:
  - ord: [erhålla, t.ex.]
    skriv: få
"""


def entry(
    name: str = "avfall-hamtning",
    question: str = "När töms soporna?",
    variants: str = "a1, b2, c3, d4, e5, f6, g7, nar kommer sopbilen",
    answer: str = "Vi kommer varannan vecka.",
    more: str = "",
) -> str:
    return (
        f"  - id: {name}\n    fraga: {question}\n    varianter: [{variants}]\n"
        f"    svar: {answer}\n    granskad: 2026-11-10\n{more}"
        "    lankar:\n      - titel: Avfall\n        url: /avfall/\n"
    )


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "faq").mkdir()
    (tmp_path / "language").mkdir()
    (tmp_path / "site" / "avfall").mkdir(parents=True)
    (tmp_path / "site" / "avfall" / "index.html").write_text("<h1>Avfall</h1>", encoding="utf-8")
    (tmp_path / "kommun.yml").write_text(MUNICIPALITY, encoding="utf-8")
    (tmp_path / "language" / "skrivregler.yml").write_text(RULES, encoding="utf-8")
    return tmp_path


def checked(data_dir: Path, *entries: str, only: set[str] | None = None) -> tuple[Finding, ...]:
    path = data_dir / "faq" / "avfall.yml"
    path.write_text(HEAD + "".join(entries), encoding="utf-8")
    return check(read_content(FaqFiles.read(data_dir), data_dir, TODAY), only)


def test_nothing_is_found_where_nothing_is_wrong(data_dir: Path) -> None:
    assert checked(data_dir, entry()) == ()


LONG = "Du gör så här när du har något som du vill att vi ska ta med oss i bilen till tippen i byn."
HARD = (
    "Fastighetsägaren ansvarar för avfallshanteringen. Renhållningsabonnemanget omfattar"
    " hushållsavfall. Återvinningscentralen mottager grovavfall. Transportvägen underhålls"
    " kontinuerligt. Avfallsbehållaren placeras lättåtkomlig. Sorteringsanvisningarna"
    " efterlevs noggrant. Latrintömning beställs särskilt. Containerhyra faktureras"
    " månadsvis. Trädgårdsavfall komposteras företrädesvis. Miljöfarligt avfall"
    " överlämnas separat. Förpackningar sorteras omsorgsfullt. Uppehåll beviljas undantagsvis."
)
SINGLE = {
    "an answer that has ended": (
        entry(more="    giltig_till: 2026-11-27\n"), "slut", 10, "slutade gälla 2026-11-27",
    ),
    "an answer that ends soon": (
        entry(more="    giltig_till: 2026-12-10\n"), "slutar-snart", 10, "slutar gälla 2026-12-10",
    ),
    "an old review": (
        entry().replace("granskad: 2026-11-10", "granskad: 2025-11-01"),
        "granskad", 9, "granskades för 392 dagar sedan",
    ),
    "a review that is old for what can do harm": (
        entry(more="    risk: hog\n").replace("granskad: 2026-11-10", "granskad: 2026-05-01"),
        "granskad", 9, "högst 183 är lagom",
    ),
    "a review in the future": (
        entry().replace("granskad: 2026-11-10", "granskad: 2027-01-01"),
        "granskad", 9, "granskad i framtiden",
    ),
    "few variants": (entry(variants="sopor, bilen"), "varianter", 7, "har 2 varianter"),
    "no variant without å ä ö": (
        entry(variants="å1, ä2, ö3, å4, å5, å6, å7, ö8"), "varianter", 7, "utan å, ä och ö",
    ),
    "a long sentence": (entry(answer=LONG), "mening", 8, "En mening i avfall-hamtning har 23 ord"),
    "a hard text": (entry(answer=HARD), "lix", 8, "har LIX"),
    "a word to avoid": (entry(answer="Du kan erhålla en säck."), "ord", 8, "Skriv i stället: få"),
    "an abbreviation": (entry(answer="Ta t.ex. en säck."), "ord", 8, "«t.ex.» i avfall-hamtning"),
    "a phone number that has a name": (
        entry(answer="Ring 031-390 06 00."), "uppgift", 8, "Skriv {kommun.telefon}",
    ),
    "the same number written another way": (
        entry(answer="Ring +46 31 390 06 00."), "uppgift", 8, "Skriv {kommun.telefon}",
    ),
    "a page that is not there": (
        entry().replace("/avfall/", "/avfal/"), "lank", 10, "Sidan /avfal/ i avfall-hamtning",
    ),
    "a source that is an e-service": (
        entry() + "        typ: e-tjanst\n", "kalla", 10, "är ingen sida",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SINGLE)
def test_a_fault_of_one_entry_is_found_at_its_line(data_dir: Path, name: str) -> None:
    text, rule, line, told = SINGLE[name]
    (found,) = checked(data_dir, text)
    assert (found.rule, found.line, found.entry) == (rule, line, "avfall-hamtning")
    assert told in found.text


def test_the_municipalitys_facts_by_name_are_what_is_wanted(data_dir: Path) -> None:
    assert checked(data_dir, entry(answer='"Ring {kommun.telefon}."')) == ()


OTHER = "h1, i2, j3, k4, l5, m6, n7"
LIKE = {
    "other order and form": ("När soporna töms?", True),
    "a slip": ("När tömms soporna?", True),
    "a negation": ("När töms inte soporna?", False),
    "another subject": ("När töms slammet?", False),
}


@pytest.mark.parametrize("name", LIKE)
def test_nearly_the_same_question_in_two_entries_is_found(data_dir: Path, name: str) -> None:
    question, alike = LIKE[name]
    other = entry("avfall-annan", question, f"{OTHER}, o8")
    found = checked(data_dir, entry(), other)
    assert [one.rule for one in found] == (["liknande"] if alike else [])
    assert checked(data_dir, entry(), other, only={"avfall-annan"}) == found


FEE = "Grundavgiften för en villa är 3 420 kronor per år."
CONTRADICTIONS = {
    "another amount": ("Grundavgiften för villa är 3 240 kronor per år.", "", True),
    "the same amount": ("För en villa är grundavgiften 3420 kronor per år.", "", False),
    "another thing": ("Grundavgiften för fritidshus är 2 150 kronor per sommar.", "", False),
    "another year": (
        "Grundavgiften för en villa är 3 500 kronor per år.",
        "    giltig_fran: 2027-01-01\n",
        False,
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_two_entries_that_say_different_figures_are_found(data_dir: Path, name: str) -> None:
    answer, more, wrong = CONTRADICTIONS[name]
    first = entry(answer=FEE, more="    giltig_till: 2026-12-31\n")
    second = entry("avfall-b", "Vad kostar det?", f"{OTHER}, o8", answer, more)
    found = [one for one in checked(data_dir, first, second) if one.rule == "motsagelse"]
    assert bool(found) is wrong


@pytest.mark.parametrize("key", ["nlu", "version", "stories"])
def test_a_key_that_rasa_would_train_on_is_an_error(data_dir: Path, key: str) -> None:
    (found,) = errors(checked(data_dir, entry() + f"{key}: []\n"))
    assert (found.level, found.rule, found.key) == (Level.ERROR, "format", key)
    assert "Rasas träningsdata" in found.text


def test_what_cannot_be_read_is_found_beside_what_can(data_dir: Path) -> None:
    broken = entry("avfall-b", "Vad?", "x1").replace("    svar: Vi", "    sva: Vi")
    found = checked(data_dir, entry(answer="Du kan erhålla en säck."), broken)
    assert {one.rule for one in found} == {"format", "ord"}


def test_only_the_entries_that_are_asked_for_are_looked_at(data_dir: Path) -> None:
    two = (entry(variants="x1"), entry("avfall-b", "Vad?", "y2"))
    assert {one.entry for one in checked(data_dir, *two, only={"avfall-b"})} == {"avfall-b"}


def test_a_hidden_entry_is_left_alone(data_dir: Path) -> None:
    assert checked(data_dir, entry(variants="x1", more="    dold: true\n")) == ()


def test_each_address_on_other_sites_is_asked_for_once(data_dir: Path) -> None:
    asked: list[str] = []

    def reachable(url: str) -> str | None:
        asked.append(url)
        return "404" if "borta" in url else None

    links = "".join(
        f"      - titel: {n}\n        url: https://{n}.example/\n" for n in ("borta", "kvar")
    )
    texts = (entry() + links, entry("avfall-b", "Vad?", f"{OTHER}, o8") + links)
    assert checked(data_dir, *texts) == ()
    content = read_content(FaqFiles.read(data_dir), data_dir, TODAY)
    found = list(check_addresses(content.faq.shown, content, reachable))
    assert sorted(asked) == ["https://borta.example/", "https://kvar.example/"]
    assert [one.entry for one in found] == ["avfall-hamtning", "avfall-b"]
    assert "svarar inte (404)" in found[0].text


def test_rules_of_writing_that_cannot_be_used_are_told(data_dir: Path) -> None:
    path = data_dir / "language" / "skrivregler.yml"
    path.write_text("lix: många\n", encoding="utf-8")
    with pytest.raises(ContentError, match="«lix» har ett värde"):
        Style.load(data_dir)


def test_the_sample_content_has_nothing_that_must_change() -> None:
    data = Path("data")
    assert not errors(check(read_content(FaqFiles.read(data), data, TODAY)))
