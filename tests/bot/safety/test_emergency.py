from pathlib import Path

import pytest

from bot.answering.model import Outcome
from bot.errors import ContentError
from bot.safety.emergency import EmergencyRules


@pytest.fixture(scope="module")
def rules() -> EmergencyRules:
    return EmergencyRules.load(Path("data"))


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("DET BRINNER I MITT HUS", "brand"),
        ("hej jag undrar om bygglov men min man andas inte!!", "livsfara"),
        ("jag orkar inte leva längre", "sjalvmord"),
        ("jag vill do", "sjalvmord"),
        ("min sambo slår mig", "vald"),
        ("pappa slår lillebror", "barn-i-fara"),
        ("min dementa mamma har försvunnit", "forsvunnen"),
        ("vår son på fyra år har gått vilse i skogen", "forsvunnen"),
        ("någon hotar personalen i receptionen", "hot"),
        ("jag ska spränga hela kommunhuset", "hot"),
        ("hon är medvetslsö", "livsfara"),
        ("jag vill inteleva längre", "sjalvmord"),
        ("vill bara döööö", "sjalvmord"),
        ("hjälp självmord nu", "sjalvmord"),
        ("barnet har druckit propplösare", "forgiftning"),
        ("my house is on fire", "brand"),
        ("he is not breathing", "livsfara"),
        ("I want to die", "sjalvmord"),
        ("my mother collapsed and is not responding", "livsfara"),
        ("det har börjat brinna i soprummet", "brand"),
        ("mannen bredvid mig är livlös", "livsfara"),
        ("han hotar mig med kniv", "vald"),
    ],
)
def test_danger_gets_its_fixed_text_with_112_first(
    rules: EmergencyRules, message: str, kind: str
) -> None:
    decision = rules.check(message)
    assert decision
    assert decision.outcome is Outcome.EMERGENCY
    assert decision.topic == kind
    assert decision.phones[0].number == "112"
    assert "112" in decision.text


@pytest.mark.parametrize(
    "message",
    [
        "jag är dödtrött på er kö",
        "vem slår gräset i parken",
        "hon brinner för sitt jobb",
        "det brinner i knutarna med min ansökan",
        "finns det utbildning i självmordsprevention",
        "när kommer brandskyddskontrollen",
        "det slår mig att jag glömt blanketten",
        "kan man stryka ett barn ur kön",
        "får jag elda löv",
        "jag dör av nyfikenhet",
        "skjuta upp en betalning",
        "slå på vattnet",
        "hur anmäler jag ett brandfarligt upplag",
        "min dotter ska skära till en skylt",
        "vem betalar efter en trafikskada på lyktstolpen",
        "jag vill inte vara med i kön längre",
        "finns det kurser i att rädda någon ur vattnet",
        "is there a fire ban",
        "får jag ha öppen eld i trädgården",
        "jobba på valdagen",
        "kommunens arbete mot självmord",
        "hot och våld i riskanalysen",
        "min dotter är borta från skolan idag",
        "jackan är försvunnen",
    ],
)
def test_idioms_and_trade_words_raise_no_alarm(rules: EmergencyRules, message: str) -> None:
    assert rules.check(message) is None


def test_the_bot_does_not_start_without_its_rules(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"akut\.yml"):
        EmergencyRules.load(tmp_path)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Vakna! Det brinner!", "brand"),
        ("ett ljus välte och nu brinner gardinen", "brand"),
        ("min man slår mig", "vald"),
        ("han tappade mobilen och ramlade i vattnet", "livsfara"),
        ("barnet krampar i armar och ben", "livsfara"),
        ("katten och min dotter är försvunna", "forsvunnen"),
        ("min dotter är borta och hon är sjuk", "forsvunnen"),
        ("När öppnar ni? Jag är dödtrött, jag vill dö", "sjalvmord"),
    ],
)
def test_a_harmless_word_hides_no_danger_beside_it(
    rules: EmergencyRules, message: str, kind: str
) -> None:
    decision = rules.check(message)
    assert decision and decision.topic == kind


@pytest.mark.parametrize(
    ("message", "kind", "threat"),
    [
        ("jag ska bränna ner kommunhuset", "hot", True),
        ("jag ska döda er på socialkontoret och sen ta mitt liv", "sjalvmord", True),
        ("jag ska slå ihjäl dig, min man slår mig", "vald", True),
        ("I will kill you all and then myself", "sjalvmord", True),
        ("jag vill inte leva längre", "sjalvmord", False),
        ("det brinner hos grannen", "brand", False),
    ],
)
def test_a_threat_is_told_beside_whatever_is_answered(
    rules: EmergencyRules, message: str, kind: str, threat: bool
) -> None:
    decision = rules.check(message)
    assert decision and (decision.topic, decision.threat) == (kind, threat)


def test_threat_and_missing_say_what_to_do(rules: EmergencyRules) -> None:
    threat = rules.check("han hotar oss på biblioteket")
    missing = rules.check("min femåring är försvunnen")
    assert threat and missing
    assert [phone.number for phone in threat.phones] == ["112", "114 14"]
    assert "någon är i fara" in threat.text
    assert [phone.number for phone in missing.phones] == ["112"]
    assert "klädd" in missing.text
