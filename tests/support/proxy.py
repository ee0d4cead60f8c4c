"""A network between a client and a server that can go wrong: one way, both ways, or slowly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.support.postgres import free_port

CHUNK = 64 * 1024


@dataclass(eq=False)
class Line:
    """One connection through the network."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    deaf: bool = False  # nothing from the server arrives any longer, and neither end is told

    def cut(self) -> None:
        for side in (self.client, self.server):
            side.transport.abort()


@dataclass
class Proxy:
    """Passes bytes on to a server as long as the network is well."""

    target: int
    port: int = field(default_factory=free_port)
    slow_s: float = 0.0  # how long what the client sends is under way
    refuses: bool = False
    lines: set[Line] = field(default_factory=set)

    def deafen(self) -> None:
        """Lose everything that the server sends on the connections of now; new ones are well."""
        for line in self.lines:
            line.deaf = True

    def cut(self) -> None:
        """Break every connection."""
        for line in tuple(self.lines):
            line.cut()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either end closes it."""
        if self.refuses:
            writer.transport.abort()
            return
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.target)
        line = Line(writer, server_writer)
        self.lines.add(line)
        try:
            await asyncio.gather(self._up(reader, line), self._down(server_reader, line))
        finally:
            self.lines.discard(line)
            line.cut()

    async def _up(self, reader: asyncio.StreamReader, line: Line) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await asyncio.sleep(self.slow_s)
                line.server.write(data)
                await line.server.drain()
        line.server.close()

    async def _down(self, reader: asyncio.StreamReader, line: Line) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if not line.deaf:
                    line.client.write(data)
                    await line.client.drain()
        line.client.close()


@asynccontextmanager
async def network(target: int) -> AsyncIterator[Proxy]:
    """Put a network before the server at port `target`."""
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", proxy.port)
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut()
        await server.wait_closed()
