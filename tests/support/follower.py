"""A client's side of the contract: it keeps its place, notices a silent line, and comes again."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.support.clients import AgentClient, Citizen, Json

SILENT_SECONDS = 1.0  # the widget waits 45 s; a test that waited so long would not be run
AGAIN_SECONDS = 0.05


@dataclass
class Follower:
    """Follows a conversation over a socket, as the widget or as the desk."""

    url: str
    hello: Json
    conversation_id: str
    headers: Json = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    lists: list[Json] = field(default_factory=list)
    connected: int = 0

    @classmethod
    def of_citizen(cls, citizen: Citizen, port: int) -> "Follower":
        url = f"ws://127.0.0.1:{port}/api/conversations/{citizen.id}/socket"
        return cls(url, {"type": "hello", "token": citizen.secret}, citizen.id)

    @classmethod
    def of_agent(cls, agent: AgentClient, port: int, conversation_id: str) -> "Follower":
        cookie = {"Cookie": f"kommunbot_desk={agent.http.cookies['kommunbot_desk']}"}
        url = f"ws://127.0.0.1:{port}/api/desk/socket"
        return cls(url, {"type": "hello"}, conversation_id, cookie)

    @property
    def seq(self) -> int:
        return self.events[-1]["seq"] if self.events else 0

    async def run(self) -> None:
        """Follow for ever."""
        while True:
            with suppress(OSError, TimeoutError, WebSocketException):
                await self._connect()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _connect(self) -> None:
        async with connect(
            self.url, additional_headers=self.headers, close_timeout=0.1, ping_interval=None
        ) as socket:
            self.connected += 1
            after = self.seq if "token" in self.hello else {self.conversation_id: self.seq}
            await socket.send(json.dumps({**self.hello, "after": after}))
            while True:
                self._keep(await self._next(socket))

    async def _next(self, socket: ClientConnection) -> Json:
        """Return the next frame; asks for a pulse first, so a line that is well is never silent."""
        for _ in range(2):
            with suppress(TimeoutError):
                async with asyncio.timeout(SILENT_SECONDS):
                    frame: Json = json.loads(await socket.recv())
                    return frame
            await socket.send(json.dumps({"type": "pulse"}))
        raise TimeoutError

    def _keep(self, frame: Json) -> None:
        if frame["type"] == "conversations":
            self.lists.append(frame)
        if frame["type"] != "events":
            return
        if frame.get("conversation_id", self.conversation_id) == self.conversation_id:
            self.events += frame["events"]


@asynccontextmanager
async def following(*followers: Follower) -> AsyncIterator[None]:
    """Let them follow for as long as the block lasts."""
    tasks = [asyncio.create_task(follower.run()) for follower in followers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
