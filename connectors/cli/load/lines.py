"""A WebSocket client that costs little: `websockets` without a task for each connection."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

Json = dict[str, Any]
SOCKETS_PER_ADDRESS = 15_000  # a source address has some 28,000 ports


class Line(asyncio.Protocol):
    """One open socket: says hello, and hands every frame on."""

    def __init__(
        self, url: str, hello: Json, heard: Callable[[Json], None], cookie: str | None = None
    ) -> None:
        self._uri = parse_uri(url)
        self._hello, self._heard, self._cookie = json.dumps(hello), heard, cookie
        self._protocol = ClientProtocol(self._uri, max_size=None)
        self._transport: asyncio.Transport | None = None
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_open = False

    async def open(self, number: int, timeout_s: float) -> None:
        """Connect, and wait for the first frame. `number` spreads lines over source addresses.

        Raises:
            OSError, TimeoutError: there is no answer.
        """
        loop, host = asyncio.get_running_loop(), self._uri.host
        source = f"127.0.0.{1 + number // SOCKETS_PER_ADDRESS}" if host == "127.0.0.1" else None
        local = (source, 0) if source else None
        async with asyncio.timeout(timeout_s):
            await loop.create_connection(lambda: self, host, self._uri.port, local_addr=local)
            await self.answered

    def say(self, frame: Json) -> None:
        if self.is_open:
            self._protocol.send_text(json.dumps(frame).encode())
            self._flush()

    def cut(self) -> None:
        """End it without a word, as a network does."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # it is one for TCP
        request = self._protocol.connect()
        if self._cookie:
            request.headers["Cookie"] = self._cookie
        self._protocol.send_request(request)
        self._flush()

    def data_received(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._greet()
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._hear(json.loads(bytes(event.data)))
        self._flush()

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if not self.answered.done():
            self.answered.set_exception(ConnectionResetError("closed before the first frame"))
            self.answered.exception()  # whoever waits hears it; nobody else needs to

    def _greet(self) -> None:
        if self._protocol.handshake_exc is not None:
            self.cut()
            return
        self.is_open = True
        self._protocol.send_text(self._hello.encode())

    def _hear(self, frame: Json) -> None:
        if not self.answered.done():
            self.answered.set_result(None)
        self._heard(frame)

    def _flush(self) -> None:
        if self._transport is None:
            return
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)
            else:
                self._transport.close()
