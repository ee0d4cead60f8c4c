"""Alarms in the other languages: in words that are not the file's own, and never where none is."""

import re
from pathlib import Path

import pytest

from bot.safety.emergency import EmergencyRules
from bot.safety.lexicon import Lexicon
from bot.safety.phrases import named
from bot.texts import LANGUAGES, WARNED, Texts

RULES = EmergencyRules.load(Path("data"))
TEXTS = Texts.load(Path("data"))

DANGER = {
    "en": [
        ("I feel so bad, I just don't want to live anymore", "sjalvmord"),
        ("My ex keeps stalking me and I am scared", "vald"),
        ("the neighbour is always hitting my child", "barn-i-fara"),
        ("Help, our neighbour's house is burning!", "brand"),
        ("grandpa is having a stroke I think", "livsfara"),
        ("my toddler drank some bleach", "forgiftning"),
    ],
    "fi": [
        ("Minä en jaksa enää elää näin", "sjalvmord"),
        ("mieheni hakkaa minua joka ilta", "vald"),
        ("Naapuri lyo lapsiaan", "barn-i-fara"),
        ("APUA NAAPURIN TALO PALAA", "brand"),
        ("vaimoni ei enää hengitä, hän ei hengitä!", "livsfara"),
        ("tyttö nieli yhden pienen pariston", "forgiftning"),
    ],
    "ar": [
        ("انا تعبان واريد ان اموت", "sjalvmord"),
        ("ساعدوني زوجي يَضرِبُني كل يوم", "vald"),
        ("جاري يضرب اولاده كل ليلة", "barn-i-fara"),
        ("النجدة! هناك حريق في العمارة", "brand"),
        ("أمي سقطت وفقدت الوعي", "livsfara"),
        ("ابني شرب القليل من الكلور", "forgiftning"),
    ],
    "so": [
        ("Aad baan u murugaysnahay, waxaan rabaa inaan dhinto", "sjalvmord"),
        ("ninkaygu maalin walba wuu i garaacaa", "vald"),
        ("deriska wuxuu garaacaa carruurta", "barn-i-fara"),
        ("i caawiya gurigayga dab baa ka kacay", "brand"),
        ("aabbahay ma neefsanayo", "livsfara"),
        ("ilmuhu sun jiir ayuu cabay", "forgiftning"),
    ],
    "uk": [
        ("Мені дуже погано, я більше не хочу жити", "sjalvmord"),
        ("допоможіть, чоловік б’є мене щодня", "vald"),
        ("сусід постійно б'є своїх дітей", "barn-i-fara"),
        ("ДОПОМОЖІТЬ У НАС ПОЖЕЖА", "brand"),
        ("мій тато лежить і не дихає", "livsfara"),
        ("син проковтнув маленьку батарейку", "forgiftning"),
    ],
    "fa": [
        ("از زندگی خسته شده ام", "sjalvmord"),
        ("همسرم مرا کتک می زند", "vald"),
        ("بابام خواهرم را میزنه", "barn-i-fara"),
        ("كمك خونه همسايه آتيش گرفته", "brand"),
        ("بابام بیهوش شده", "livsfara"),
        ("بچه قرص زیادی خورده", "forgiftning"),
        ("دخترم گم شده است", "forsvunnen"),
        ("یک مرد کارمندان را تهدید می‌کند", "hot"),
    ],
}

HARMLESS = {
    "en": [
        "Where can I apply for a parking permit after my heart operation?",
        "I don't want to live in this apartment any longer, how do I move?",
        "Is there a course in suicide prevention?",
        "may we have a fire on the beach in summer",
        "how do I recycle batteries and old pills",
        "my child hits other children at preschool, who can help",
    ],
    "fi": [
        "En halua elää tässä kaupungissa, miten vaihdan asuntoa?",
        "Milloin lapsi saa paikan esikoulusta?",
        "Saako puutarhassa polttaa risuja?",
        "mihin vien vanhat paristot ja lääkkeet",
        "milloin posti palaa lomalta",
        "onko teillä kurssia itsemurhien ehkäisystä",
    ],
    "ar": [
        "كيف أسجل طفلي في المدرسة؟",
        "هل يمكنني إشعال النار في الحديقة؟",
        "أين أرمي البطاريات القديمة والحبوب؟",
        "لا أريد العيش في هذه المدينة",
        "متى يفتح المسبح؟",
        "كم تكلفة الماء والغاز؟",
    ],
    "so": [
        "Sidee ayaan carruurta ugu qori karaa dugsiga?",
        "xaggee la geeyaa batariyada duugga ah",
        "goorma ayay maktabaddu furan tahay",
        "sidee loo codsadaa guri cusub",
        "biyaha guriga immisa ayay ku kacaan",
        "ma jiraa koorso ka hortagga is-dilka",
    ],
    "uk": [
        "Як записати дитину до школи?",
        "Я не хочу жити в цьому місті, як змінити адресу?",
        "куди здати старі батарейки і таблетки",
        "чи можна палити багаття в саду",
        "муніципалітет не реагує на мою скаргу",
        "скільки коштує вода і газ",
    ],
    "fa": [
        "ساعت کار کتابخانه چیست؟",
        "کجا می‌توانم باتری‌های کهنه را تحویل بدهم؟",
        "برای اجاره خانه چطور درخواست بدهم؟",
        "آیا مدرسه تعطیل است؟",
        "سگم گم شده است",
        "کلاس شنا کی شروع می‌شود؟",
    ],
}


def _all(kept: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, message) for language, messages in kept.items() for message in messages]


@pytest.mark.parametrize(
    ("language", "message", "kind"),
    [(code, *told) for code, messages in DANGER.items() for told in messages],
)
def test_danger_is_heard_and_answered_in_the_citizens_language(
    language: str, message: str, kind: str
) -> None:
    decision = RULES.check(message, talk="sv")
    assert decision
    assert (decision.topic, decision.language) == (kind, language)
    own = TEXTS.warning(language)
    (rule,) = [one for one in RULES.rules if one.id == kind]
    assert decision.text == own[rule.text]
    assert decision.phones[0].label == own["phone_112"]


@pytest.mark.parametrize(("language", "message"), _all(HARMLESS))
def test_what_is_harmless_in_another_language_raises_no_alarm(language: str, message: str) -> None:
    assert RULES.check(message) is None, language


def _said(phrase: str) -> str:
    """Return a message that says `phrase` with the first of its words."""
    parts = phrase.removeprefix("!").replace(" + ", " ").split()
    first = [part.split("/")[0] for part in parts]
    words = [named(word, RULES.groups)[0] for word in first]
    return re.sub(r"[*…]", "", " ".join(words)).replace("_", " ")


def test_every_rule_knows_every_language_and_each_of_its_phrases_raises_an_alarm() -> None:
    lexicon = Lexicon.load(Path("data"))
    assert {*lexicon.languages} == {*LANGUAGES, *WARNED} - {"sv-latt"}
    for rule in lexicon.rules:
        alarms = lexicon.alarms(rule)
        del alarms["sv"]
        for phrases in alarms.values():
            assert len(phrases) >= 8
            for phrase in phrases:
                assert RULES.check(_said(phrase)), phrase


def test_what_is_not_danger_is_said_in_swedish_to_who_writes_persian() -> None:
    assert TEXTS.spoken("fa") is TEXTS
    assert TEXTS.warning("fa").language == "fa"


def test_who_reads_easy_swedish_is_told_in_easy_swedish() -> None:
    decision = RULES.check("det brinner i köket", talk="sv-latt")
    assert decision
    assert decision.text == TEXTS.spoken("sv-latt")["emergency_life"]
    assert decision.text != TEXTS["emergency_life"]
