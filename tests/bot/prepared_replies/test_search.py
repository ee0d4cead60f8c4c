from pathlib import Path

import pytest

from bot.prepared_replies.model import PreparedReply
from bot.prepared_replies.repository import load_replies
from bot.prepared_replies.search import search

REPLIES = (
    PreparedReply(id="hej", title="Hälsa", text="Hej! Vad gäller det?", keywords=("börja",)),
    PreparedReply(id="slam", title="Beställa slamtömning", text="Beställ här.", topic="slam"),
    PreparedReply(id="sopor", title="Soporna", text="Beställ tömning av kärlet."),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["hej", "slam", "sopor"]),
        ("hälsa", ["hej"]),
        ("HALSA", ["hej"]),
        ("borja", ["hej"]),
        ("bestäl", ["slam", "sopor"]),
        ("tömning", ["slam", "sopor"]),
        ("kärlet beställ", ["sopor"]),
        ("slam", ["slam"]),
        ("bygglov", []),
        ("slam bygglov", []),
    ],
)
def test_a_reply_is_found_by_any_of_its_words_the_title_first(
    question: str, found: list[str]
) -> None:
    assert [reply.id for reply in search(REPLIES, question)] == found


def test_each_sample_reply_comes_first_or_nearly_so_by_its_own_title() -> None:
    replies = load_replies(Path("data")).all
    for reply in replies:
        nearest = [one.id for one in search(replies, reply.title)[:3]]
        assert reply.id in nearest, reply.title
