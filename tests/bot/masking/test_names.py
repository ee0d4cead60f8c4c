"""A name is hidden where it is sensitive who is meant, and never where staff are asked for."""

from collections.abc import Callable

import pytest

from bot.masking.masker import Masker
from bot.masking.model import Kind

HIDDEN = [
    ("jag heter ali hassan och vill ha plats", "jag heter [namn] och vill ha plats"),
    ("JAG HETER INGVAR SJÖLIND", "JAG HETER [namn]"),
    ("Tack! Mvh Anna Svensson", "Tack! Mvh [namn]"),
    ("Hur gör jag?\nHälsningar\nAnna", "Hur gör jag?\nHälsningar\n[namn]"),
    ("vad kostar det? /Karin", "vad kostar det? /[namn]"),
    ("min son Kalle blir mobbad", "min son [namn] blir mobbad"),
    ("min dotter lova har adhd", "min dotter [namn] har adhd"),
    ("grannen Lars Persson spelar högt", "grannen [namn] spelar högt"),
    ("MIN MAN ERIK SLÅR MIG", "MIN MAN [namn] SLÅR MIG"),
    ("klienten Ahmed Omar", "klienten [namn]"),
    ("läraren Olle Ek slog min son Kalle", "läraren Olle Ek slog min son [namn]"),
    ("Anna Berg har fått avslag på försörjningsstöd", "[namn] har fått avslag på försörjningsstöd"),
    ("Karin (min mamma) behöver hjälp", "[namn] (min mamma) behöver hjälp"),
    ("Eriks skola ringde om min son Erik", "[namn] skola ringde om min son [namn]"),
    ("Ingrid Wallner, 470321-1740", "[namn], [personnummer]"),
    (
        "Tack.\nVänliga hälsningar\nKerstin och Bengt Holm",
        "Tack.\nVänliga hälsningar\n[namn] och [namn]",
    ),
    ("vi ses! Anna Svensson", "vi ses! [namn]"),
    (
        "min handläggare är bra. Min sambo heter Jonas",
        "min handläggare är bra. Min sambo heter [namn]",
    ),
    ("familjen Lindell bråkar", "familjen [namn] bråkar"),
    ("vår lilla Ines behöver stöd", "vår lilla [namn] behöver stöd"),
    ("my name is John Smith", "my name is [namn]"),
    ("det är pontus som slår henne", "det är [namn] som slår henne"),
    ("blev slagen av pontus ekenstråle igår", "blev slagen av [namn] igår"),
    ("Sverker af Geijer slår sin fru", "[namn] slår sin fru"),
    ("Zdzisława Wrzesień jobbar svart", "[namn] jobbar svart"),
    ("Мене звати Оксана Гриценко, я хвора", "Мене звати [namn], я хвора"),
    ("اسمي سلمى الدباغ وأنا حامل", "اسمي [namn] وأنا حامل"),
    ("دخترم نازنین افسرده است", "دخترم [namn] افسرده است"),
    ("äitini Aune Kortela sairastaa muistisairautta", "äitini [namn] sairastaa muistisairautta"),
    ("hooyaday Faadumo way xanuunsan tahay", "hooyaday [namn] way xanuunsan tahay"),
    ("our neighbour Tom Brown hits his kids", "our neighbour [namn] hits his kids"),
    ("min tjej mahtab har ångest", "min tjej [namn] har ångest"),
    ("min son Aryan blir mobbad", "min son [namn] blir mobbad"),
]
LEFT = [
    "sök lars lindqvist soc",
    "kan jag få numret till Anna-Karin Öberg på bygg",
    "vem är rektor",
    "SÖK KERSTIN MALM PÅ ÄLDREOMSORGEN",
    "min handläggare Maria Berg på soc svarar inte",
    "min socialsekreterare Josefin vägrar",
    "är Gunvor kvar på soc",
    "anna svensson",
    "Hälsningar från Lindö",
    "min handläggare är sjuk, hon heter Lena Ek",
    "Vad tycker Ulf Kristersson om bygglov?",
    "det ska rapporteras enligt lex Sarah",
    "min fru har Alzheimers sjukdom",
    "får man säga nej till grannens hus",
    "vad betalar man per månad på hemmet",
    "När öppnar äldreboendet Greta Garbos hus?",
    "min man vill klara sig hemma",
    "färdtjänst till barnbarnen i Stockholm",
    "/restart",
    '/choose{"entry":"bygglov-altan"}',
    "A man is threatening the staff at the library",
    "پسرم افسرده است",
    "ابني مريض",
    "poikani on masentunut",
    "she has depression and has not been to Viktoria School since 20 January",
    "the landlord will evict us in June",
    "My wife hits me",
    "I can hear my neighbour beating his wife through the wall",
    "Are there any events on Suicide Prevention Day?",
    "there is fire in the dryer, who takes care of the booking",
]


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
def test_a_name_that_tells_is_hidden(masker: Masker, text: str, hidden: str) -> None:
    assert masker.mask(text).text == hidden


@pytest.mark.parametrize("text", LEFT)
def test_staff_that_are_asked_for_and_names_that_tell_nothing_are_left(
    masker: Masker, text: str
) -> None:
    assert masker.mask(text).text == text


@pytest.mark.parametrize("command", ["/restart", "/session_start", '/choose{"entry":"altan"}'])
def test_a_command_is_no_signature_of_what_was_written_before(masker: Masker, command: str) -> None:
    before = ("Behöver jag bygglov för en altan?",)
    assert masker.mask(command, before).text == command
    assert masker.mask("/karin", before).text == "/[namn]"


def test_others_than_an_agent_read_no_name_at_all(masker: Masker) -> None:
    masked = masker.mask_all("Nej. Fråga Kerstin Lund på bygglov.")
    assert masked.text == "Nej. Fråga [namn] på bygglov."
    assert masked.kinds == (Kind.NAME,)


@pytest.mark.parametrize("verb", ["stryper mig", "slår mig", "andas inte", "kvävs", "drunknar"])
@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_a_word_of_danger_beside_a_name_is_no_part_of_it(
    masker: Masker, verb: str, written: Callable[[str], str]
) -> None:
    masked = masker.mask(written(f"min son erik {verb}"))
    assert written(verb) in masked.text
    assert written("erik") not in masked.text
