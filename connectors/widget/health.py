"""Whether every part works: asked for real, with short time-outs, at most every other second."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from time import monotonic
from typing import Literal

import httpx
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError

from bot.answering.model import Versions
from connectors.conversation.thinking import Thinker
from connectors.conversation.wakeups import Wakeups
from connectors.rasa.client import RasaClient
from connectors.storage.database import Database

KEEP_SECONDS = 2.0
PART_SECONDS = 1.5


class Part(StrEnum):
    """How a part is."""

    OK = "ok"
    DOWN = "down"


class Parts(BaseModel):
    """Every part that an answer needs."""

    database: Part
    wakeups: Part
    index: Part
    rasa: Part
    actions: Part


class Health(BaseModel):
    """How the whole is: degraded means that citizens get answers or a person, but not all."""

    status: Literal["ok", "degraded"]
    parts: Parts
    versions: Versions = Field(description="what the answers are made with")


class HealthCheck:
    """Asks the parts and keeps the answer for a moment."""

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        thinker: Thinker,
        rasa: RasaClient,
        actions_url: str,
    ) -> None:
        self._database, self._wakeups = database, wakeups
        self._thinker, self._rasa = thinker, rasa
        self._http = httpx.AsyncClient(base_url=actions_url, timeout=1.0, trust_env=False)
        self._kept: tuple[float, Health] | None = None
        self._asking = asyncio.Lock()

    async def __call__(self) -> Health:
        async with self._asking:
            if self._kept is None or monotonic() - self._kept[0] > KEEP_SECONDS:
                self._kept = (monotonic(), await self._ask())
            return self._kept[1]

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self) -> Health:
        found = await asyncio.gather(
            _part(self._ping),
            _part(self._hears),
            _part(self._searches),
            _part(self._rasa.alive),
            _part(self._actions),
        )
        names = ("database", "wakeups", "index", "rasa", "actions")
        parts = Parts(**dict(zip(names, found, strict=True)))
        whole = all(part is Part.OK for part in found)
        versions = await asyncio.to_thread(self._thinker.versions)
        return Health(status="ok" if whole else "degraded", parts=parts, versions=versions)

    async def _ping(self) -> bool:
        await self._database.ping()
        return True

    async def _hears(self) -> bool:
        return self._wakeups.hears

    async def _searches(self) -> bool:
        return await asyncio.to_thread(lambda: self._thinker.problem) is None

    async def _actions(self) -> bool:
        return (await self._http.get("/health")).is_success


async def _part(check: Callable[[], Awaitable[bool]]) -> Part:
    try:
        async with asyncio.timeout(PART_SECONDS):
            return Part.OK if await check() else Part.DOWN
    except (TimeoutError, OSError, SQLAlchemyError, httpx.HTTPError):
        return Part.DOWN
