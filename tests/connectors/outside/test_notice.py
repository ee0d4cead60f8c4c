import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Texts
from connectors.outside.connector import Parcel
from connectors.outside.model import KINDS, Told, read, types
from connectors.outside.notice import card_of
from connectors.outside.smtp import message_of
from tests.connectors.outside.events import every_event
from tests.support.gateway import ROOT

TEXTS = Texts.load(ROOT / "data")
conversation_texts = st.text(min_size=1, max_size=200)


@given(words=conversation_texts)
def test_a_card_is_the_same_whatever_was_written(words: str) -> None:
    for written, silent in zip(every_event(words), every_event(None), strict=True):
        assert card_of(written, TEXTS) == card_of(silent, TEXTS)


@given(words=conversation_texts)
def test_what_was_written_is_not_in_the_card(words: str) -> None:
    marked = f"¤{words}¤"
    for event in every_event(marked):
        assert marked not in json.dumps(card_of(event, TEXTS), ensure_ascii=False)


@given(words=conversation_texts)
def test_without_words_nothing_of_them_is_left_in_any_form(words: str) -> None:
    parcel_id = uuid4()
    for written, silent in zip(every_event(words), every_event(None), strict=True):
        one, other = (Parcel(parcel_id, event.without_words()) for event in (written, silent))
        assert one.json() == other.json()
        mails = [message_of(parcel, "a@b.se", "c@d.se", TEXTS) for parcel in (one, other)]
        assert mails[0].as_bytes() == mails[1].as_bytes()


@given(words=conversation_texts)
def test_an_event_is_read_as_it_was_stored(words: str) -> None:
    for event in every_event(words):
        assert read(json.loads(json.dumps(event.model_dump(mode="json")))) == event


def test_a_card_says_what_has_happened_with_its_id_and_subject() -> None:
    event = next(one for one in every_event(None) if one.type == "errand.created")
    (attachment,) = card_of(event, TEXTS)["attachments"]
    title, facts = attachment["content"]["body"]
    assert title["text"] == "Nytt ärende"
    assert facts["facts"] == [
        {"title": "Id", "value": "SK-7F3K2P"},
        {"title": "Ämne", "value": "Bygglov"},
    ]


def test_each_kind_has_a_type_of_its_own() -> None:
    assert [kind.model_fields["type"].default for kind in KINDS] == list(types())


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_with_a_telling_name_is_taken_for_harmless(kind: type[Told]) -> None:
    telling = {"text", "question", "contact", "note", "result", "agent_name"}
    assert telling & kind.model_fields.keys() == kind.words()
