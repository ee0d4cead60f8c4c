"""A citizen and an agent, as small as they can be."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

Json = dict[str, Any]
DEADLINE_SECONDS = 30.0
ENDING = {
    "errand_type": "bygglov",
    "cause": "radgivning",
    "resolution": "lost",
    "searched_web": "vet_ej",
}


class Citizen:
    """A conversation seen from the widget."""

    def __init__(self, http: httpx.AsyncClient, secret: str | None = None) -> None:
        self.http = http
        self.secret = secret or secrets.token_urlsafe(32)
        self.client_id = str(uuid4())
        self.id = ""

    @classmethod
    async def start(cls, http: httpx.AsyncClient) -> "Citizen":
        citizen = cls(http)
        response = await citizen.create()
        assert response.status_code == 201, response.text
        citizen.id = response.json()["conversation_id"]
        return citizen

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    async def create(self) -> httpx.Response:
        body = {
            "client_id": self.client_id,
            "secret": self.secret,
            "page": "https://skarvinge.example/bygga-bo/?namn=nn",
            "language": "sv",
        }
        return await self.http.post("/api/conversations", json=body)

    async def post(
        self, text: str, *, message_id: str | None = None, choice: str | None = None
    ) -> httpx.Response:
        body = {"client_message_id": message_id or str(uuid4()), "text": text, "choice": choice}
        return await self.http.post(
            f"/api/conversations/{self.id}/messages", json=body, headers=self.headers
        )

    async def say(self, text: str, *, choice: str | None = None) -> Json:
        response = await self.post(text, choice=choice)
        assert response.status_code == 201, response.text
        event: Json = response.json()
        return event

    async def move(self, move: str, *, move_id: str | None = None) -> httpx.Response:
        body = {"move": move, "move_id": move_id or str(uuid4())}
        return await self.http.post(
            f"/api/conversations/{self.id}/moves", json=body, headers=self.headers
        )

    async def news(self, after: int = 0, wait: int = 0) -> Json:
        response = await self.http.get(
            f"/api/conversations/{self.id}/events",
            params={"after": after, "wait": wait},
            headers=self.headers,
        )
        assert response.status_code == 200, response.text
        news: Json = response.json()
        return news

    async def until(self, wanted: Callable[[Json], bool]) -> Json:
        """Ask until the news (all events and the status) are as wanted."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            while True:
                news = await self.news()
                if wanted(news):
                    return news
                await asyncio.sleep(0.02)

    async def until_answered(self) -> list[Json]:
        """Wait until the bot owes nothing; returns all events."""
        events: list[Json] = (await self.until(lambda news: not news["status"]["pending"]))[
            "events"
        ]
        return events

    @asynccontextmanager
    async def socket(
        self, socket_url: str, after: int = 0, **hello: Any
    ) -> AsyncIterator[ClientConnection]:
        async with connect(f"{socket_url}/api/conversations/{self.id}/socket") as socket:
            first = {"type": "hello", "token": self.secret, "after": after, **hello}
            await socket.send(json.dumps(first))
            yield socket


class AgentClient:
    """An agent's browser."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    @classmethod
    @asynccontextmanager
    async def logged_in(
        cls, url: str, username: str, password: str
    ) -> AsyncIterator["AgentClient"]:
        async with httpx.AsyncClient(base_url=url, timeout=30) as http:
            body = {"username": username, "password": password}
            response = await http.post("/api/desk/login", json=body)
            assert response.status_code == 200, response.text
            yield cls(http)

    async def lists(self) -> Json:
        found: Json = (await self.http.get("/api/desk/conversations")).json()
        return found

    async def take(self, conversation_id: str) -> httpx.Response:
        return await self.http.post(f"/api/desk/conversations/{conversation_id}/take")

    async def open(self, conversation_id: str, after: int = 0) -> httpx.Response:
        return await self.http.get(
            f"/api/desk/conversations/{conversation_id}", params={"after": after}
        )

    async def post(
        self, conversation_id: str, text: str, message_id: str | None = None
    ) -> httpx.Response:
        body = {"client_message_id": message_id or str(uuid4()), "text": text}
        return await self.http.post(
            f"/api/desk/conversations/{conversation_id}/messages", json=body
        )

    async def move(
        self, conversation_id: str, move: str, move_id: str | None = None
    ) -> httpx.Response:
        body = {"move": move, "move_id": move_id or str(uuid4())}
        return await self.http.post(f"/api/desk/conversations/{conversation_id}/moves", json=body)

    async def close(
        self, conversation_id: str, move_id: str | None = None, **changes: Any
    ) -> httpx.Response:
        """End a conversation with its outcome."""
        body = {"move_id": move_id or str(uuid4()), **ENDING, **changes}
        return await self.http.post(f"/api/desk/conversations/{conversation_id}/close", json=body)

    async def return_to_bot(
        self, conversation_id: str, move_id: str | None = None
    ) -> httpx.Response:
        """Let the bot go on, with an outcome."""
        return await self.close(conversation_id, move_id, to="bot")

    async def next(self) -> httpx.Response:
        return await self.http.post("/api/desk/conversations/next")

    async def transfer(
        self, conversation_id: str, to: str, note: str = "Vill veta mer.", move_id: str = ""
    ) -> httpx.Response:
        """Ask a colleague, or with `to` as `department:<id>` a department, to take over."""
        whom = {"department": to.removeprefix("department:")} if ":" in to else {"to": to}
        body = {"move_id": move_id or str(uuid4()), **whom, "note": note}
        return await self.http.post(
            f"/api/desk/conversations/{conversation_id}/transfer", json=body
        )

    async def presence(self, status: str) -> httpx.Response:
        return await self.http.post("/api/desk/presence", json={"status": status})

    @asynccontextmanager
    async def socket(
        self, socket_url: str, after: dict[str, int] | None = None
    ) -> AsyncIterator[ClientConnection]:
        token = self.http.cookies.get("kommunbot_desk")
        headers = {"Cookie": f"kommunbot_desk={token}"}
        async with connect(f"{socket_url}/api/desk/socket", additional_headers=headers) as socket:
            await socket.send(json.dumps({"type": "hello", "after": after or {}}))
            yield socket


async def eventually(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not true():  # noqa: ASYNC110  # what is waited for happens outside our tasks
            await asyncio.sleep(0.002)


async def frame(socket: ClientConnection, kind: str) -> Json:
    """Return the next frame of a kind; others are passed over."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            found: Json = json.loads(await socket.recv())
            if found["type"] == kind:
                return found


def texts(events: list[Json]) -> list[str]:
    """Return what was said, in order, without the welcome."""
    return [event["text"] for event in events if event["type"] == "message"][1:]


def assert_whole(events: list[Json]) -> None:
    """No gap, no double, nothing out of order."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
