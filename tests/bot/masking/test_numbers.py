"""Numbers of people are hidden however they are written; others are left."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.masking.checksums import is_personal
from bot.masking.masker import Masker
from bot.masking.model import Kind
from bot.masking.names import Names
from bot.masking.reading import Reading
from bot.masking.words import Words
from bot.people.source import CsvStaff
from connectors.errands.reference import SIGNS, read_reference
from tests.bot.masking.numbers import card, company, personal, with_check, written_personal

# What may stand around a number: anything that does not make it another number.
around = st.text(max_size=40).filter(
    lambda text: not any(unicodedata.digit(sign, None) is not None for sign in text)
)
PUBLISHED = sorted({p.phone for p in CsvStaff(Path("data")).load().people if p.phone})[::5]
some = settings(max_examples=150, deadline=None)


def digits_of(text: str) -> str:
    values = (unicodedata.digit(sign, None) for sign in text)
    return "".join(str(value) for value in values if value is not None)


@some
@given(around, written_personal(), around)
def test_a_personnummer_never_survives(
    masker: Masker, before: str, written: str, after: str
) -> None:
    masked = masker.mask(f"{before} {written} {after}")
    assert written not in masked.text
    assert digits_of(written)[-10:] not in digits_of(masked.text)
    assert masked.kinds
    assert masker.mask_numbers(f"{before} {written} {after}").text != f"{before} {written} {after}"


@some
@given(personal(), st.text("0123456789", max_size=3), st.text("0123456789", max_size=3))
def test_nor_with_other_digits_right_beside_it(
    masker: Masker, twelve: str, before: str, after: str
) -> None:
    written = f"{twelve[:8]}-{twelve[8:]}"
    masked = masker.mask(f"nr {before}{written}{after}.").text
    assert twelve[2:] not in digits_of(masked)


@some
@given(personal(), st.integers(0, 3000))
@example("193806161000", 1797)  # «al 1938…tan vi undrar» has the check digits of an Albanian IBAN
def test_nor_anywhere_in_a_long_text(masker: Masker, twelve: str, place: int) -> None:
    text = "vi undrar över bygglov för altan. " * 120
    written = f"{text[:place]} {twelve} {text[place:]}"
    assert masker.mask(written).text == f"{text[:place]} [personnummer] {text[place:]}"


@given(personal())
def test_the_generated_numbers_are_right(twelve: str) -> None:
    assert is_personal(twelve) and is_personal(twelve[2:])


@some
@given(card(), st.sampled_from(("", " ", "-", ".")))
def test_a_card_never_survives(masker: Masker, digits: str, between: str) -> None:
    parts = [digits[n : n + 4] for n in range(0, len(digits), 4)]
    masked = masker.mask(f"jag betalade med {between.join(parts)} i går")
    assert not re.search(r"\d{4}", masked.text)
    assert Kind.CARD in masked.kinds or Kind.PERSONAL in masked.kinds


PERSONAL = [
    "mitt pnr är 850709-9805",
    "MITT PERSONNUMMER ÄR 850709 9805",
    "pers.nr: 19850709-9805",
    "född 1985-07-09-9805",
    "1985/07/09 9805",
    "850709/9805",
    "personnumer 8507099806 o lite till",  # mistyped word and number
    "850709-9806 stämmer inte",
    "8507099806 är mitt personnummer",
    "har bara samordningsnummer 850769-9803",
    "samordningsnr 700061-2393",
    "åttiofem noll sju noll nio streck nittioåtta noll fem",
    "attiofem noll sju noll nio, nittioatta noll fem",
    "nittonhundraåttiofem noll sju noll nio nittioåtta noll fem",
    "mina fyra sista är 9805",
    "tf-nummer 850709-T123",
    "pnr 850709 -\n9805",
    "85O7O9-98O5",  # letters in the place of zeros
    "jag är född 9/7 1985 9805",
    "pnr 850709-xxxx",
    "mitt lma kort har nr 501234567",
    "Uppehållstillståndskortet har nummer SEA0482917",
    "passnummer AA1234567",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_personnummer_in_many_ways(masker: Masker, text: str) -> None:
    masked = masker.mask(text)
    assert masked.kinds == (Kind.PERSONAL,)
    assert not re.search(r"\d{4}|noll|nio", masked.text)


OTHERS = [
    ("kort 4111 1111 1111 1111", Kind.CARD),
    ("KORTNR 4111-1111-1111-1112", Kind.CARD),  # mistyped
    ("mitt kort 378282246310005", Kind.CARD),
    ("konto 8327-9, 993 412 877-5", Kind.ACCOUNT),
    ("clearing 6000 och kontonr 123 456 789", Kind.ACCOUNT),
    ("sätt in på mitt bankgiro 5050-1055", Kind.ACCOUNT),
    ("nordea 3300-850709 9805", Kind.ACCOUNT),
    ("dra från 6789-123 456 789", Kind.ACCOUNT),
    ("3300-850709 9805", Kind.ACCOUNT),
    ("SE45 5000 0000 0583 9825 7466", Kind.ACCOUNT),
    ("iban de89370400440532013000", Kind.ACCOUNT),
    ("070-123 45 67", Kind.PHONE),
    ("ring 0701234568", Kind.PHONE),
    ("RING MIG PÅ 070 123 45 67", Kind.PHONE),
    ("(08) 123 456 78", Kind.PHONE),
    ("031-12 34 56", Kind.PHONE),
    ("+46 (0)70 123 45 67", Kind.PHONE),
    ("0046 31 123456", Kind.PHONE),
    ("+358 40 1234567", Kind.PHONE),
    ("tel 12 34 56", Kind.PHONE),
    ("angående fakturan 070-123 45 67", Kind.PHONE),
    ("mitt swishnummer 0701234568", Kind.PHONE),
    ("O7O-174 O6 O5", Kind.PHONE),
    ("nås på 46701740605", Kind.PHONE),
    ("numret till mig är plus fyrtiosex sjuttiotre tjugonio elva åttiofem", Kind.PHONE),
    ("pengarna ska till mitt konto. Det är 9022 14 385 07", Kind.ACCOUNT),
    ("noll sju noll ett två tre fyra fem sex sju", Kind.PHONE),
]


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_other_numbers_in_many_ways(masker: Masker, text: str, kind: Kind) -> None:
    masked = masker.mask(text)
    assert masked.kinds == (kind,)
    assert not re.search(r"\d{4}", masked.text)


def test_staff_may_give_a_telephone_number_but_no_personnummer(masker: Masker) -> None:
    text = "Ring 070-123 45 67 om 850709-9805. Anna Berg, anna@x.example, Storgatan 5"
    masked = masker.mask_numbers(text)
    assert masked.text == text.replace("850709-9805", "[personnummer]")
    assert masked.kinds == (Kind.PERSONAL,)


KEPT = [
    "OCR 1234567890123",
    "faktura 100234567897",
    "faktura 20260315-0045",
    "KS 2026/0123",
    "BN 2026-000412",
    "dnr 2026-1234",
    "Skärvinge 1:23",
    "Kvarnen 12",
    "SK-7F3K2P",
    "SK-234567",
    "031-390 06 00",
    "+46 31 390 06 00",
    "växeln 0313900600",
    "margareta.sandell@skarvinge.example",
    "KONTAKTCENTER@SKARVINGE.EXAMPLE",
    "112, 114 14, 1177, 113 13, 116 111, 90101, 020-50 50 50",
    "ring 114 14 eller 1177",
    "0771-567 567",
    "Hamngatan 2, 999 01 Skärvinge",
    "tångenvägen 5",
    "2026-03-12 08.00-16.30",
    "telefontid 08.00-16.30",
    "12/3 2026",
    "250 000 kr",
    "3 420 kronor",
    "PBL 2010:900",
    "lag (2018:218)",
    "999 01 Skärvinge",
    "ABC 123",
    "anläggnings-id 735999102030405067",
    "mätarnummer 12345678",
    "bankgiro 5050-1055",
    "kommunens swish 123 456 78 90",
    "Storgatan är halkig",
    "cykelvägen 2 km",
    "detaljplan 2019",
    "en altan på 15 m2 4,5 meter från gränsen",
    "ett två tre fyra fem",
]


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("frame", ["{}", "Hej, vad gäller för {}?", "jag undrar om {} tack"])
def test_numbers_that_tell_nobodys_name_are_left(masker: Masker, kept: str, frame: str) -> None:
    text = frame.format(kept)
    assert masker.mask(text).text == text


@some
@given(company(), st.sampled_from(("{}", "orgnr {} tack", "Vi, {}, söker bidrag", "16{} ok")))
def test_an_organisation_number_always_survives(masker: Masker, number: str, frame: str) -> None:
    text = frame.format(number)
    assert masker.mask(text).text == text


@some
@given(
    st.sampled_from(("ks", "BN", "SBN", "dnr KS")),
    st.integers(1990, 2030),
    st.sampled_from("/-"),
    st.integers(1, 9999),
)
def test_a_diary_number_always_survives(
    masker: Masker, board: str, year: int, mark: str, number: int
) -> None:
    text = f"hur går det med {board} {year}{mark}{number:04}?"
    assert masker.mask(text).text == text


@some
@given(st.text("123456789", min_size=7, max_size=18).map(with_check))
def test_a_payment_reference_after_its_word_survives(masker: Masker, reference: str) -> None:
    text = f"jag betalade OCR {reference} i går"
    if not any(is_personal(reference[n : n + 10]) for n in range(len(reference))):
        assert masker.mask(text).text == text


@pytest.mark.parametrize("number", PUBLISHED)
@pytest.mark.parametrize(
    "written",
    ["{}", "ring {} tack", "ÄR {} RÄTT NUMMER", "tel: {}.", "kom in på {}", "autogiro, {}"],
)
def test_a_published_telephone_number_always_survives(
    masker: Masker, number: str, written: str
) -> None:
    abroad = "+46 " + number[1:].replace("-", " ")
    for text in (number, abroad, number.replace("-", " "), re.sub(r"\D", "", number)):
        assert masker.mask(written.format(text)).text == written.format(text)


@some
@given(st.text(SIGNS, min_size=5, max_size=5), st.sampled_from(("SK", "sk", "KALMAR")))
def test_our_own_reference_numbers_survive(masker: Masker, signs: str, prefix: str) -> None:
    for last in SIGNS:
        reference = f"{prefix}-{signs}{last}"
        if read_reference(reference, prefix.upper()):
            assert masker.mask(f"ring om {reference}").text == f"ring om {reference}"


@dataclass(frozen=True)
class Taken:
    """The whole text, taken for a person's name, as the pipeline takes some reference numbers."""

    text: str
    label: str = "PER"
    start: int = 0

    @property
    def end(self) -> int:
        return len(self.text)


@some
@given(st.text(SIGNS, min_size=5, max_size=5), st.sampled_from(("SK", "sk", "KALMAR", "A1")))
def test_also_when_the_pipeline_takes_them_for_names(signs: str, prefix: str) -> None:
    names = Names(Words.load(Path("data")), lambda piece: [Taken(piece)])
    for last in SIGNS:
        text = f"jag heter {prefix}-{signs}{last}"
        if read_reference(text.removeprefix("jag heter "), prefix.upper()):
            reading = Reading.of(text)
            assert not list(names.sensitive(reading, [], frozenset()))
            assert not list(names.everybody(reading))
