"""Notices in a channel of Teams or the like: an incoming webhook that takes an adaptive card.

A notice says that something has happened, with its id and subject. Who may read the channel is
not ours to know, so nothing that somebody wrote is ever in it, whatever the settings say.
"""

import json
from typing import Any

from bot.texts import Texts
from connectors.outside.connector import Answer, Parcel
from connectors.outside.model import Told
from connectors.outside.posting import Poster
from connectors.outside.telling import heading, id_of
from connectors.outside.webhook import DELIVERY

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_CARD = "application/vnd.microsoft.card.adaptive"


class Notice:
    """Posts a card for each event."""

    def __init__(self, url: str, poster: Poster, texts: Texts) -> None:
        self._url, self._poster, self._texts = url, poster, texts

    async def deliver(self, parcel: Parcel) -> Answer:
        card = json.dumps(card_of(parcel.event, self._texts), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", DELIVERY: str(parcel.id)}
        return await self._poster.post(self._url, card, headers)


def card_of(event: Told, texts: Texts) -> dict[str, Any]:
    """Return the card of an event: what has happened, its id and its subject."""
    facts = [{"title": texts["outside_id"], "value": id_of(event)}]
    if topic := getattr(event, "topic", None):
        facts.append({"title": texts["outside_topic"], "value": topic})
    title = {"type": "TextBlock", "text": heading(event, texts), "weight": "Bolder", "wrap": True}
    content = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [title, {"type": "FactSet", "facts": facts}],
    }
    return {"type": "message", "attachments": [{"contentType": _CARD, "content": content}]}
