from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.authorities import LIKELY, Authorities, Authority, Referral, Referrals
from bot.errors import ContentError
from bot.faq.repository import load_faq
from tests.docs.reading import ROOT

DATA = ROOT / "data"
TAX = Authority.model_validate(
    {
        "id": "skatten",
        "namn": "Skatten",
        "gor": "Dit betalar du.",
        "webb": "https://skatten.example",
        "fraser": ["skatt"],
    }
)


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities.load(DATA)


@pytest.fixture(scope="module")
def our_phrasings() -> list[str]:
    return [text for entry in load_faq(DATA) for text in (entry.question, *entry.variants)]


@pytest.fixture(scope="module")
def referrals(authorities: Authorities, our_phrasings: list[str]) -> Referrals:
    return Referrals(authorities, our_phrasings)


@pytest.mark.parametrize(
    ("question", "authority"),
    [
        ("jag vill ha ett nytt pass", "polisen"),
        ("hur lång tid tar det att få föräldrapenning", "forsakringskassan"),
        ("VAR FÖRNYAR MAN KÖRKORTET", "transportstyrelsen"),
        ("bvc telefon", "varden"),
        ("hur soker man studiemedel", "csn"),
        ("jag vill ansöka om lagfart på huset", "lantmateriet"),
    ],
)
def test_a_matter_of_another_authority_is_known(
    referrals: Referrals, question: str, authority: str
) -> None:
    referral = referrals.find(question)
    assert referral
    assert referral.authority.id == authority
    assert referral.beats(0.1)


def test_hardly_any_way_to_ask_for_an_entry_of_ours_looks_like_another_authoritys_matter(
    referrals: Referrals, our_phrasings: list[str]
) -> None:
    found = [referrals.find(text) for text in our_phrasings]
    away = [referral for referral in found if referral and referral.beats(0.3)]
    assert len(away) <= 0.01 * len(our_phrasings)


def test_the_entries_that_are_offered_beside_an_address_exist(authorities: Authorities) -> None:
    known = {entry.id for entry in load_faq(DATA)}
    assert {name for one in authorities.others for name in one.see_also} <= known


def test_an_authority_and_a_phrase_stand_in_the_file_once(authorities: Authorities) -> None:
    names = [one.id for one in authorities.others]
    phrases = [phrase.lower() for one in authorities.others for phrase in one.phrases]
    assert len(set(names)) == len(names)
    assert len(set(phrases)) == len(phrases)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_surer_our_own_answer_the_fewer_are_sent_away(
    probability: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    referral = Referral(TAX, probability)
    assert referral.beats(low) >= referral.beats(high)
    assert not referral.beats(0) or probability >= LIKELY


def test_without_the_file_nobody_is_referred(tmp_path: Path) -> None:
    assert Referrals(Authorities.load(tmp_path), ["bygglov"]).find("pass") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("myndigheter: [{id: a, namn: A, gor: B, fraser: [c]}]", "myndigheter.1.webb saknas"),
        (
            "myndigheter: [{id: a, namn: A, gor: B, webb: 'http://a', fraser: [c]}]",
            "webb ska börja med https://",
        ),
        (
            "myndigheter: [{id: a, namn: A, gor: B, webb: 'https://a', telefon: 1, fraser: [c]}]",
            "telefon ska vara text",
        ),
        ("egna: [x]\nandra: []", "andra är ingen känd rad"),
        ("myndigheter: [", "går inte att läsa"),
    ],
)
def test_a_faulty_file_is_refused_with_what_to_do(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "authorities.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        Authorities.load(tmp_path)
