"""What goes over the sockets, and a socket that no hostile frame can break."""

import asyncio
import json
from typing import Annotated, Literal, TypeVar

from fastapi import WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from connectors.conversation.model import Actor, Event, Status

BAD_FRAME, BAD_TOKEN, RESTARTING = 4400, 4401, 1012
MAX_SEQ = 2**31 - 1
HELLO_SECONDS = 10.0
SEND_SECONDS = 20.0  # a client that takes nothing for so long is gone
REREAD_SECONDS = 10.0  # heals a lost wake-up
PULSE_SECONDS = 20.0  # proxies close a silent socket after 30 s

T = TypeVar("T")


class BadFrame(Exception):  # the name says it
    """The client sent something that is not in the contract."""


class Frame(BaseModel):
    """A frame from a client; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hello(Frame):
    """A citizen's first frame."""

    type: Literal["hello"]
    token: str = Field(max_length=200)
    after: int = Field(0, ge=0, le=MAX_SEQ)


class TypingFrame(Frame):
    """The citizen starts or stops writing."""

    type: Literal["typing"]
    on: bool


class PulseFrame(Frame):
    """The client asks whether the gateway still hears it; the answer is a pulse."""

    type: Literal["pulse"]


class EventsOut(BaseModel):
    """New events, and where the conversation stands."""

    type: Literal["events"] = "events"
    events: list[Event]
    status: Status


class StatusOut(BaseModel):
    """Where the conversation stands, when only that has changed."""

    type: Literal["status"] = "status"
    status: Status


class TypingOut(BaseModel):
    """Somebody on the other side starts or stops writing."""

    type: Literal["typing"] = "typing"
    actor: Actor
    on: bool


class PulseOut(BaseModel):
    """The last event's number: a client that has less has lost something and asks again."""

    type: Literal["pulse"] = "pulse"
    seq: int


CitizenFrame = Annotated[TypingFrame | PulseFrame, Field(discriminator="type")]
CITIZEN_FRAMES: TypeAdapter[TypingFrame | PulseFrame] = TypeAdapter(CitizenFrame)
HELLO: TypeAdapter[Hello] = TypeAdapter(Hello)


class Channel:
    """A WebSocket that speaks frames."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, frame: BaseModel) -> None:
        """Send; a client that does not take it in time counts as gone.

        Raises:
            WebSocketDisconnect: the client is gone.
        """
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send_text(frame.model_dump_json())
        except (TimeoutError, RuntimeError, OSError) as error:
            raise WebSocketDisconnect(1006) from error

    async def receive(self, kinds: TypeAdapter[T]) -> T:
        """Return the next frame.

        Raises:
            BadFrame: it is none of `kinds`.
            WebSocketDisconnect: the client is gone.
        """
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1006))
        text = message.get("text")
        if text is None:
            raise BadFrame
        try:
            return kinds.validate_python(json.loads(text))
        except (ValueError, RecursionError, ValidationError) as error:
            raise BadFrame from error

    async def hello(self, kind: TypeAdapter[T]) -> T:
        """Return the first frame, which must come soon.

        Raises:
            BadFrame: it is something else, or does not come.
        """
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                return await self.receive(kind)
        except TimeoutError as error:
            raise BadFrame from error

    async def close(self, code: int) -> None:
        """Close, if that has not happened yet."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.close(code)
        except (TimeoutError, RuntimeError, OSError, WebSocketDisconnect):
            return


async def first_to_end(*parts: "asyncio.Task[None]") -> None:
    """Wait for one of a socket's tasks to end, stop the others, and raise what ended it."""
    try:
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for part in parts:
            part.cancel()
        await asyncio.gather(*parts, return_exceptions=True)
    for part in done:
        part.result()
