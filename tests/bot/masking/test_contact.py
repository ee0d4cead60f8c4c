"""E-mail and street addresses are hidden, those of the municipality are not."""

import pytest

from bot.masking.masker import Masker
from bot.masking.model import Kind

EMAILS = [
    "mejla anna.svensson@mejl.example",
    "ANNA@MEJL.EXAMPLE",
    "anna underscore ek snabel a mejl punkt com",
    "anna_s @ mejl.example",
    "anna punkt svensson snabel-a mejl punkt com",
    "min mejl är anna snabel a mejl.example",
    "anna(at)mejl.example",
    "anna [at] mejl (dot) com",
    "anna@mejl,com",
    "anna@mejl",
    "annasvensson på gmail",
    "anna@post.mejl.example.com",
    "svara till anna.ek@mejl.example.org. Tack",
]
ADDRESSES = [
    ("jag bor på Storgatan 5", "jag bor på [adress]"),
    ("JAG BOR PÅ STORGATAN 5 B", "JAG BOR PÅ [adress]"),
    ("bor på storgatan 5b lgh 1101", "bor på [adress]"),
    ("bor pa bjorkvagen 12", "bor pa [adress]"),
    ("Storgatan 5, 411 19 Göteborg", "[adress]"),
    ("Norra Hamngatan 4 A, 3 tr, 411 19 Göteborg", "[adress]"),
    ("c/o Andersson, Storgatan 5", "[adress]"),
    ("Kungsv. 12", "[adress]"),
    ("Olof Palmes gata 5", "Olof [adress]"),
    ("min adress: Björkliden 4, 999 02 Norrby", "min adress: [adress]"),
    ("jag bor i Ytterholmen 214", "jag bor i [adress]"),
    ("Granitvägn 17, 743 36 Storbyn", "[adress]"),
    ("Storgatn 12 B", "[adress]"),
    ("Torpet Solhem 14, 743 92 Lillbyn", "Torpet [adress]"),
    ("kyrkogatan 22:A", "[adress]"),
    ("på Fiskargatan fjorton", "på [adress]"),
    ("grannen vid Storgatan 5 slår sina barn", "grannen vid [adress] slår sina barn"),
    ("jag bor i huset vid Storgatan 5", "jag bor i huset vid [adress]"),
    ("min soptunna på Storgatan 5 är inte tömd", "min soptunna på [adress] är inte tömd"),
    ("vi bor på Storgatan 5. Gatlampan lyser inte", "vi bor på [adress]. Gatlampan lyser inte"),
    ("نسكن في Ramels väg 77", "نسكن في [adress]"),
    ("Hän asuu osoitteessa Kotila 19", "Hän asuu osoitteessa [adress]"),
]
PLACES = [
    "hål i gatan utanför Storgatan 5",
    "lampan vid björkvägen 12 är trasig",
    "KLOTTER PÅ BUSSKUREN MITT EMOT KÖPMANGATAN 5",
    "Gatlampan på Parkgatan 3 är släckt",
    "NÄR SNÖRÖJER NI NYGATAN 18",
    "a scooter left across the pavement on Nygatan 9",
    "fence on tallen 3",
    "vi har bott i Uppsala 3 år",
]


@pytest.mark.parametrize("text", EMAILS)
def test_an_address_for_mail_is_hidden(masker: Masker, text: str) -> None:
    masked = masker.mask(text)
    assert masked.kinds == (Kind.EMAIL,)
    assert "anna" not in masked.text.lower() and "mejl.ex" not in masked.text.lower()


@pytest.mark.parametrize(("text", "hidden"), ADDRESSES)
def test_where_somebody_lives_is_hidden(masker: Masker, text: str, hidden: str) -> None:
    assert masker.mask(text).text == hidden


@pytest.mark.parametrize("text", PLACES)
def test_where_something_is_broken_is_told(masker: Masker, text: str) -> None:
    assert masker.mask(text).text == text


@pytest.mark.parametrize(
    "text", ["snöröj Storgatan", "Fastigheten Kvarnen 12", "lekplats 4", "@kommunen på torget"]
)
def test_a_street_without_a_number_is_no_address(masker: Masker, text: str) -> None:
    assert masker.mask(text).text == text
