"""Simulated citizens and agents. They keep books of everything that they send and read."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter
from uuid import uuid4

import httpx

from connectors.cli.load.ledger import Ledger, Reader
from connectors.cli.load.lines import Json, Line

OPEN_SECONDS = 30.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.8, 30.0  # as the widget's
TRIES_SECONDS = 30.0
CONNECTING_SECONDS = 120.0


async def pause(longest_s: float) -> None:
    """Wait between half of `longest_s` and all of it, so that not everybody comes at once."""
    await asyncio.sleep(random.uniform(longest_s / 2, longest_s))  # noqa: S311  # no secret


def done(response: httpx.Response | None) -> bool:
    return response is not None and response.is_success


@dataclass
class Door:
    """One gateway, and the connections to its API that everybody here shares."""

    url: str
    http: httpx.AsyncClient

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1)


@dataclass
class Person(ABC):
    """What a citizen and an agent have in common: a socket that comes back."""

    number: int
    door: Door
    ledger: Ledger
    line: Line | None = None

    @abstractmethod
    def make_line(self) -> Line:
        """Return a new socket with what is said first."""

    async def connect(self) -> bool:
        """Open the socket; tries again, later each time, as a browser does; False: in vain."""
        pause_s, deadline = FIRST_PAUSE_SECONDS, perf_counter() + CONNECTING_SECONDS
        while True:
            self.line = self.make_line()
            try:
                await self.line.open(self.number, OPEN_SECONDS)
                return True
            except OSError:
                self.line.cut()
                if perf_counter() > deadline:
                    return False
            await pause(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_SECONDS)

    def pulse(self) -> None:
        if self.line is not None:
            self.line.say({"type": "pulse"})

    def cut(self) -> None:
        if self.line is not None:
            self.line.cut()

    async def post(self, path: str, body: Json, headers: dict[str, str]) -> httpx.Response | None:
        """Send until there is an answer, as an outbox does; None if there is none for too long."""
        deadline = perf_counter() + TRIES_SECONDS
        while True:
            try:
                response = await self.door.http.post(path, json=body, headers=headers)
                if response.status_code < 500:
                    return response
            except httpx.TransportError:
                pass
            if perf_counter() > deadline:
                return None
            await pause(FIRST_PAUSE_SECONDS)


@dataclass
class Citizen(Person):
    """A conversation as its widget sees it."""

    id: str = ""
    secret: str = ""
    reader: Reader = field(default_factory=Reader)

    def make_line(self) -> Line:
        hello = {"type": "hello", "token": self.secret, "after": self.reader.seq}
        url = f"{self.door.socket_url}/api/conversations/{self.id}/socket"
        return Line(url, hello, self._hear)

    async def say(self, due: float) -> None:
        """Write a message that was due at `due`."""
        message_id = str(uuid4())
        self.ledger.send(message_id, due)
        body = {"client_message_id": message_id, "text": f"Fråga {message_id}"}
        headers = {"Authorization": f"Bearer {self.secret}"}
        path = f"/api/conversations/{self.id}/messages"
        response = await self.post(path, body, headers)
        if not done(response):
            self.ledger.refuse(message_id)

    def _hear(self, frame: Json) -> None:
        if frame["type"] == "events":
            _read(frame["events"], self.reader, self.ledger, "agent")


@dataclass
class Agent(Person):
    """An agent's browser, with every conversation that the agent holds."""

    token: str = ""
    readers: dict[str, Reader] = field(default_factory=lambda: defaultdict(Reader))

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"kommunbot_desk={self.token}"}

    def make_line(self) -> Line:
        after = {one: reader.seq for one, reader in self.readers.items()}
        url = f"{self.door.socket_url}/api/desk/socket"
        return Line(url, {"type": "hello", "after": after}, self._hear, self.headers["Cookie"])

    async def arrive(self) -> None:
        """Say that chats may come. A desk without statuses knows no such address."""
        await self.post("/api/desk/presence", {"status": "chatt"}, self.headers)

    async def take(self, conversation_id: str) -> bool:
        """Claim a conversation; False if somebody else has it, or there is no room for it."""
        path = f"/api/desk/conversations/{conversation_id}/take"
        return done(await self.post(path, {}, self.headers))

    async def give_back(self, conversation_id: str) -> None:
        """Let the bot have it, so that there is room for the next one."""
        path = f"/api/desk/conversations/{conversation_id}"
        choices = (await self.door.http.get(f"{path}/closing", headers=self.headers)).json()
        body = {
            "move_id": str(uuid4()),
            "errand_type": choices["errand_types"][0]["id"],
            "cause": choices["causes"][0]["id"],
            "resolution": choices["resolutions"][0]["id"],
            "searched_web": "vet_ej",
            "to": "bot",
        }
        await self.post(f"{path}/close", body, self.headers)

    async def say(self, conversation_id: str, due: float) -> None:
        """Write a message that was due at `due`."""
        message_id = str(uuid4())
        self.ledger.send(message_id, due)
        body = {"client_message_id": message_id, "text": f"Svar {message_id}"}
        path = f"/api/desk/conversations/{conversation_id}/messages"
        response = await self.post(path, body, self.headers)
        if not done(response):
            self.ledger.refuse(message_id)

    def _hear(self, frame: Json) -> None:
        if frame["type"] == "events":
            reader = self.readers[frame["conversation_id"]]
            _read(frame["events"], reader, self.ledger, "citizen")


def _read(events: list[Json], reader: Reader, ledger: Ledger, other: str) -> None:
    """Note what has come; `other` is the side whose messages are waited for."""
    now = perf_counter()
    reader.read(event["seq"] for event in events)
    for event in events:
        if event["actor"] == other and event["client_message_id"]:
            ledger.come(event["client_message_id"], now)
