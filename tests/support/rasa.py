"""A small Rasa: it answers as the test says, as slowly as the test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.gateway import serving

Answer = Callable[[dict[str, Any]], Any]


def echo(message: dict[str, Any]) -> Any:
    decision = {"outcome": "answer", "text": f"Rasa: {message['message']}"}
    return [{"recipient_id": message["sender"], "custom": {"decision": decision}}]


class FakeRasa:
    """Remembers what it was asked.

    Each message is answered after `delay_s`; one that is `silent` is as slow in all it does.
    """

    def __init__(
        self, answer: Answer = echo, delay_s: float = 0.0, *, silent: bool = False
    ) -> None:
        self.answer, self.delay_s, self.silent = answer, delay_s, silent
        self.asked: list[dict[str, Any]] = []

    @asynccontextmanager
    async def listen(self, port: int) -> AsyncIterator["FakeRasa"]:
        routes = [
            Route("/", self._root),
            Route("/webhooks/rest/webhook", self._webhook, methods=["POST"]),
        ]
        async with serving(Starlette(routes=routes), port):
            yield self

    async def _root(self, _request: Request) -> Response:
        await asyncio.sleep(self.delay_s if self.silent else 0)
        return Response("Hello")

    async def _webhook(self, request: Request) -> Response:
        message = await request.json()
        self.asked.append(message)
        await asyncio.sleep(self.delay_s)
        return JSONResponse(self.answer(message))
