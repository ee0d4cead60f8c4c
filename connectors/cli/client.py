"""A citizen at the command line: the public API as any widget uses it."""

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from bot.errors import KommunbotError

_REPLY_WITHIN_S = 30.0
_POLL_S = 20


class NotAnswering(KommunbotError):
    """The running system cannot be reached, or gave no reply in time."""


class Talk:
    """One conversation."""

    def __init__(
        self, http: httpx.AsyncClient, conversation_id: str, secret: str, seq: int
    ) -> None:
        self._http = http
        self._path = f"/api/conversations/{conversation_id}"
        self._auth = {"Authorization": f"Bearer {secret}"}
        self._seq = seq

    async def say(self, text: str) -> tuple[dict[str, Any], float]:
        """Send `text` and wait for the bot's reply.

        Returns:
            the reply event, and the milliseconds from sending to having it.

        Raises:
            NotAnswering: no reply within 30 s, or the message was refused.
        """
        started = time.perf_counter()
        body = {"client_message_id": str(uuid4()), "text": text}
        sent = await self._post("/messages", body)
        while time.perf_counter() - started < _REPLY_WITHIN_S:
            reply = await self._next_reply(after=sent["seq"])
            if reply:
                return reply, 1000 * (time.perf_counter() - started)
        raise NotAnswering(f"No reply within {_REPLY_WITHIN_S:.0f} s. Look at `kommunbot doctor`.")

    async def _next_reply(self, after: int) -> dict[str, Any] | None:
        response = await self._http.get(
            f"{self._path}/events",
            params={"after": max(self._seq, after), "wait": _POLL_S},
            headers=self._auth,
        )
        _require_ok(response)
        events = response.json()["events"]
        self._seq = events[-1]["seq"] if events else self._seq
        replies = (e for e in events if e["type"] == "message" and e["actor"] == "bot")
        return next(replies, None)

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        response = await self._http.post(f"{self._path}{path}", json=body, headers=self._auth)
        _require_ok(response)
        return dict(response.json())


@asynccontextmanager
async def gateway(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client of the gateway at `url`.

    Raises:
        NotAnswering: nobody listens there.
    """
    try:
        async with httpx.AsyncClient(base_url=url, timeout=_POLL_S + 10) as http:
            yield http
    except httpx.TransportError as error:
        raise NotAnswering(
            f"Kommunbot does not answer at {url} ({error or type(error).__name__})."
            " Start it with `make run`."
        ) from error


async def start_talk(http: httpx.AsyncClient) -> Talk:
    """Begin a conversation of its own."""
    secret = secrets.token_urlsafe(32)
    body = {"client_id": str(uuid4()), "secret": secret, "page": None, "language": "sv"}
    response = await http.post("/api/conversations", json=body)
    _require_ok(response)
    begun = response.json()
    return Talk(http, begun["conversation_id"], secret, begun["status"]["seq"])


def _require_ok(response: httpx.Response) -> None:
    if response.is_error:
        try:
            told = response.json()["text"]
        except (ValueError, KeyError):
            told = response.text[:200]
        raise NotAnswering(f"{response.request.url.path}: {response.status_code} {told}")
